// Reads the type declarations of the packages whose types are asked for.
//
// gofmt puts each at the beginning of a line, or one tab from it inside of "type (", where nothing else of the tree stands;
// so lines will do, and no file is parsed for its types.
#include "scan/go_types.h"

#include "gosrc/go_layout.h"
#include "scan/go_basic.h"

namespace libcify::scan {
namespace {

// "Handle uintptr" or "size = uint32 // comment": name and type.
std::pair<std::string, std::string> ReadSpec(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && IsWord(line[end])) ++end;
  const std::string name(line.substr(0, end));
  std::size_t begin = line.find_first_not_of(' ', end);
  if (begin == std::string_view::npos || begin == end) return {};
  if (line[begin] == '=') begin = line.find_first_not_of("= ", begin);
  if (begin == std::string_view::npos) return {};
  const std::string_view type = line.substr(begin, line.find(" //", begin) - begin);
  return {name, std::string(type.substr(0, type.find_last_not_of(' ') + 1))};
}

}  // namespace

// Pointers of Go's wasm have 64 bits in its memory, and 32 where they are handed to the engine (cmd/compile,
// "go:wasmimport"); its ints have 64.
GoTypes::GoTypes(const SourceTree& tree, const Port& port)
    : tree_(tree), pointer_bits_(port.word_bits), word_bits_(port.goarch == "wasm" ? 64 : port.word_bits) {}

const std::map<std::string, GoTypes::Meaning>& GoTypes::DeclarationsOf(const std::string& package) {
  const auto [found, fresh] = declarations_.try_emplace(package);
  if (!fresh) return found->second;
  for (std::size_t i = 0; i < tree_.files.size(); ++i) {
    const SourceFile& file = tree_.files[i];
    if (file.package != package || file.kind != FileKind::kGo) continue;
    bool group = false;
    for (std::size_t at = 0, end; at < file.text.size(); at = end + 1) {
      end = std::min(file.text.find('\n', at), file.text.size());
      std::string_view line = file.text.substr(at, end - at);
      if (group && line.starts_with(')')) group = false;
      if (line == "type (") group = true;
      if (!line.starts_with(group ? "\t" : "type ")) continue;
      auto [name, type] = ReadSpec(line.substr(group ? 1 : 5));
      if (!name.empty()) found->second.emplace(std::move(name), Meaning{i, std::move(type)});
    }
  }
  return found->second;
}

// Few files are asked for, and not all of them are parsed for what they hold.
const std::vector<GoImport>& GoTypes::ImportsOf(std::size_t file) {
  const auto [found, fresh] = imports_.try_emplace(file);
  if (!fresh) return found->second;
  const SourceFile& source = tree_.files[file];
  found->second = libcify::ImportsOf(source.text, LayoutOf(source.text));
  return found->second;
}

GoTypes::Meaning GoTypes::Resolve(std::size_t file, std::string type) {
  for (int steps = 0; steps < 8; ++steps) {  // a name stands for a name, seldom more than once
    if (FindBasic(type) != nullptr) break;
    std::string package = tree_.files[file].package;
    std::string name = type;
    if (const std::size_t dot = type.find('.'); dot != std::string::npos) {
      package = PathOf(ImportsOf(file), type.substr(0, dot));
      name = type.substr(dot + 1);
    }
    const auto& known = DeclarationsOf(package);
    const auto found = known.find(name);
    if (found == known.end()) break;
    file = found->second.file;
    type = found->second.type;
  }
  return {file, std::move(type)};
}

std::optional<CType> GoTypes::Find(std::size_t file, std::string_view type) {
  CType out{.spelling = std::string(type)};
  const bool bare = type == "unsafe.Pointer";
  if (bare || type.starts_with('*')) {
    out.kind = CTypeKind::kPointer;
    out.bits = pointer_bits_;
    out.pointee = bare ? "void" : Resolve(file, std::string(type.substr(1))).type;
    return out;
  }
  const Meaning meaning = Resolve(file, std::string(type));
  if (meaning.type != type && (meaning.type.starts_with('*') || meaning.type == "unsafe.Pointer")) {
    std::optional<CType> pointer = Find(meaning.file, meaning.type);
    pointer->spelling = type;
    return pointer;
  }
  const GoBasic* basic = FindBasic(meaning.type);
  if (basic == nullptr) return std::nullopt;
  out.kind = CTypeKind::kInteger;
  out.bits = basic->bits == 0 ? word_bits_ : basic->bits;
  out.is_signed = basic->is_signed;
  return out;
}

}  // namespace libcify::scan
