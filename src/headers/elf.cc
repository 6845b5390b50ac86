// Exported symbols of a shared object with their versions (see symbols.h).
//
// Formats: System V gABI, chapters "Object Files" and "Dynamic Linking"; Linux Standard Base Core, "Symbol Versioning"
// (.gnu.version holds one index per dynamic symbol, .gnu.version_d names the indexes).
//
// A name may be exported several times: once as the default of a version and again, for old programs, with older versions.
// The oldest counts: a program linked against a library of that time gets the name. A name without any default is for old
// programs only, and no linker binds to it.
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <set>
#include <vector>

#include "headers/symbols.h"

namespace libcify {
namespace {

constexpr std::uint32_t kSectionDynamic = 6, kSectionDynsym = 11;
constexpr std::uint32_t kSectionVerdef = 0x6ffffffd, kSectionVersym = 0x6fffffff;
constexpr std::uint64_t kDynamicSoname = 14;
constexpr int kVersionMask = 0x7fff, kNotDefault = 0x8000;
constexpr std::string_view kGlibcPrefix = "GLIBC_";

struct Section {
  std::uint32_t type = 0, link = 0;
  std::uint64_t offset = 0, size = 0;
};

// Bounds-checked fields of an ELF file. Reads outside give 0 and note that the file is cut short.
class Elf {
 public:
  explicit Elf(std::string_view bytes) : bytes_(bytes) {
    wide_ = Byte(4) == 2;
    big_endian_ = Byte(5) == 2;
  }

  [[nodiscard]] bool wide() const { return wide_; }
  [[nodiscard]] bool broken() const { return broken_; }

  std::uint64_t Number(std::uint64_t at, int size) {
    if (at > bytes_.size() || bytes_.size() - at < static_cast<std::size_t>(size)) {
      broken_ = true;
      return 0;
    }
    std::uint64_t value = 0;
    for (int i = 0; i < size; ++i) {
      std::uint64_t byte = Byte(at + static_cast<std::uint64_t>(big_endian_ ? i : size - 1 - i));
      value = value << 8 | byte;
    }
    return value;
  }
  std::uint64_t Word(std::uint64_t at) { return Number(at, wide_ ? 8 : 4); }

  std::string_view Text(const Section& strings, std::uint64_t offset) {
    std::uint64_t at = strings.offset + offset;
    if (offset >= strings.size || at >= bytes_.size()) {
      broken_ = true;
      return {};
    }
    std::string_view rest = bytes_.substr(at);
    return rest.substr(0, std::min(rest.find('\0'), rest.size()));
  }

  std::vector<Section> Sections() {
    std::uint64_t start = Word(wide_ ? 0x28 : 0x20);
    std::uint64_t entry = Number(wide_ ? 0x3a : 0x2e, 2), count = Number(wide_ ? 0x3c : 0x30, 2);
    std::vector<Section> out;
    for (std::uint64_t i = 0; i < count && !broken_; ++i) {
      std::uint64_t at = start + i * entry;
      out.push_back({.type = static_cast<std::uint32_t>(Number(at + 4, 4)),
                     .link = static_cast<std::uint32_t>(Number(at + (wide_ ? 0x28 : 0x18), 4)),
                     .offset = Word(at + (wide_ ? 0x18 : 0x10)),
                     .size = Word(at + (wide_ ? 0x20 : 0x14))});
    }
    return out;
  }

 private:
  [[nodiscard]] unsigned char Byte(std::uint64_t at) const {
    return at < bytes_.size() ? static_cast<unsigned char>(bytes_[at]) : 0;
  }

  std::string_view bytes_;
  bool wide_ = false;
  bool big_endian_ = false;
  bool broken_ = false;
};

const Section* Find(const std::vector<Section>& sections, std::uint32_t type) {
  for (const Section& section : sections) {
    if (section.type == type) return &section;
  }
  return nullptr;
}

// Index -> "GLIBC_2.2.5". Entries are chained by relative offsets; each step must lead forward, so the walk ends.
std::map<int, std::string> VersionNames(Elf& elf, const std::vector<Section>& sections) {
  std::map<int, std::string> names;
  const Section* verdef = Find(sections, kSectionVerdef);
  if (verdef == nullptr || verdef->link >= sections.size()) return names;
  std::uint64_t at = verdef->offset;
  while (!elf.broken()) {
    int index = static_cast<int>(elf.Number(at + 4, 2));
    std::uint64_t name = elf.Number(at + elf.Number(at + 12, 4), 4);
    names[index] = std::string(elf.Text(sections[verdef->link], name));
    std::uint64_t next = elf.Number(at + 16, 4);
    if (next == 0) break;
    at += next;
  }
  return names;
}

std::string Soname(Elf& elf, const std::vector<Section>& sections) {
  const Section* dynamic = Find(sections, kSectionDynamic);
  if (dynamic == nullptr || dynamic->link >= sections.size()) return {};
  std::uint64_t word = elf.wide() ? 8 : 4;
  for (std::uint64_t at = 0; at + 2 * word <= dynamic->size && !elf.broken(); at += 2 * word) {
    if (elf.Word(dynamic->offset + at) != kDynamicSoname) continue;
    return std::string(elf.Text(sections[dynamic->link], elf.Word(dynamic->offset + at + word)));
  }
  return {};
}

struct ElfSymbol {
  std::string_view name;
  bool exported = false;
};

ElfSymbol ReadSymbol(Elf& elf, std::uint64_t at, const Section& strings) {
  int info = static_cast<int>(elf.Number(at + (elf.wide() ? 4 : 12), 1));
  int other = static_cast<int>(elf.Number(at + (elf.wide() ? 5 : 13), 1));
  std::uint64_t section = elf.Number(at + (elf.wide() ? 6 : 14), 2);
  int binding = info >> 4, type = info & 15, visibility = other & 3;
  // Global or weak (or unique), a function, object or indirect function, defined here, and not hidden.
  bool linkable = binding == 1 || binding == 2 || binding == 10;
  bool value = type <= 2 || type == 10;
  bool visible = visibility == 0 || visibility == 3;
  return {elf.Text(strings, elf.Number(at, 4)), linkable && value && visible && section != 0};
}

// "2.2.5" for "GLIBC_2.2.5", nothing for a version that programs cannot link to ("GLIBC_PRIVATE").
std::optional<std::string> PublicVersion(std::string_view name) {
  if (name.empty()) return "";
  if (!name.starts_with(kGlibcPrefix)) return std::nullopt;
  name.remove_prefix(kGlibcPrefix.size());
  if (name.empty() || name[0] < '0' || name[0] > '9') return std::nullopt;
  return std::string(name);
}

}  // namespace

Result<SymbolList> ParseElfSymbols(const std::string& file, std::string_view bytes) {
  Elf elf(bytes);
  std::vector<Section> sections = elf.Sections();
  const Section* dynsym = Find(sections, kSectionDynsym);
  const Section* versym = Find(sections, kSectionVersym);
  if (elf.broken() || dynsym == nullptr || dynsym->link >= sections.size()) {
    return Fail(Error{.where = {file},
                      .what = "no ELF file with a dynamic symbol table",
                      .hint = "name the C library's shared object",
                      .cls = ErrorClass::kEnvironment});
  }
  std::map<int, std::string> versions = VersionNames(elf, sections);
  std::string library = Soname(elf, sections);
  SymbolList out;
  std::set<std::string_view> defaults;
  std::uint64_t entry = elf.wide() ? 24 : 16;
  for (std::uint64_t i = 1; (i + 1) * entry <= dynsym->size && !elf.broken(); ++i) {
    ElfSymbol symbol = ReadSymbol(elf, dynsym->offset + i * entry, sections[dynsym->link]);
    if (!symbol.exported) continue;
    int version = versym == nullptr ? 1 : static_cast<int>(elf.Number(versym->offset + 2 * i, 2));
    int index = version & kVersionMask;
    auto named = versions.find(index);
    // 0 is local, 1 the base, which is no version.
    std::optional<std::string> since = index <= 1 || named == versions.end() ? "" : PublicVersion(named->second);
    if (index == 0 || !since) continue;
    if (VersionLess(out.newest, *since)) out.newest = *since;
    if ((version & kNotDefault) == 0) defaults.emplace(symbol.name);
    auto [slot, is_new] = out.symbols.try_emplace(std::string(symbol.name), Symbol{*since, library});
    if (!is_new && VersionLess(*since, slot->second.since)) slot->second.since = *since;
  }
  std::erase_if(out.symbols, [&](const auto& symbol) { return !defaults.contains(symbol.first); });
  if (elf.broken()) {
    return Fail(Error{.where = {file}, .what = "the ELF file is cut short or damaged", .cls = ErrorClass::kEnvironment});
  }
  return out;
}

}  // namespace libcify
