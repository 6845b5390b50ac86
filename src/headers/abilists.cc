// Zig's lists of glibc's and the BSDs' symbols for all versions and architectures (see symbols.h).
//
// Layout: count and names of the libraries; count of versions, three bytes each; count and names of the targets; then
// functions and objects, each as a 16-bit count of inclusions. An inclusion: the name, ended by 0, unless the one before
// said that it goes on; the set of targets as LEB128 bits; for objects a size as LEB128; the library's index in five bits,
// above them marks of the BSDs (a symbol without version, a weak one) and at the top one that ends the symbol; the versions'
// indexes, of which the last has its top bit set.
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "headers/facts_codec.h"
#include "headers/symbols.h"

namespace libcify {
namespace {

// Shared objects of glibc by the short names of the list. Since 2.34 nearly all of them are part of libc.so.6.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kSonames = {{
    {"c", "libc.so.6"},
    {"dl", "libdl.so.2"},
    {"ld", "ld.so"},
    {"m", "libm.so.6"},
    {"pthread", "libpthread.so.0"},
    {"resolv", "libresolv.so.2"},
    {"rt", "librt.so.1"},
    {"util", "libutil.so.1"},
}};

constexpr std::string_view kLibc = "c";

std::string SonameOf(std::string_view name, bool glibc) {
  if (!glibc) return "lib" + std::string(name) + ".so";  // its number differs by release
  for (const auto& [key, soname] : kSonames) {
    if (key == name) return std::string(soname);
  }
  return "lib" + std::string(name) + ".so";
}

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool broken() const { return broken_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  int Byte() {
    if (rest_.empty()) {
      broken_ = true;
      return 0x80;  // also ends every list
    }
    int value = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  int Short() {
    int low = Byte();
    return low | Byte() << 8;
  }
  std::string Text() {
    std::size_t end = rest_.find('\0');
    if (end == std::string_view::npos) {
      broken_ = true;
      rest_ = {};
      return {};
    }
    std::string out(rest_.substr(0, end));
    rest_.remove_prefix(end + 1);
    return out;
  }
  std::uint64_t Leb128() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int byte = Byte();
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    broken_ = true;
    return value;
  }

 private:
  std::string_view rest_;
  bool broken_ = false;
};

std::vector<std::string> Texts(ByteReader& in) {
  std::vector<std::string> out(static_cast<std::size_t>(in.Byte()));
  for (std::string& text : out) text = in.Text();
  return out;
}

std::vector<std::string> Versions(ByteReader& in) {
  std::vector<std::string> out(static_cast<std::size_t>(in.Byte()));
  for (std::string& version : out) {
    int major = in.Byte(), minor = in.Byte(), patch = in.Byte();
    version = std::to_string(major) + "." + std::to_string(minor) + (patch == 0 ? "" : "." + std::to_string(patch));
  }
  return out;
}

enum class System { kGlibc, kFreeBsd, kOtherBsd };

// "freebsd14-gnueabihf" of "armv7-unknown-freebsd14-gnueabihf".
std::string_view SystemPart(std::string_view triple) {
  (void)CutAt(triple, "-");
  (void)CutAt(triple, "-");
  return triple;
}

System SystemOf(std::string_view triple) {
  const std::string_view system = SystemPart(triple);
  if (system.starts_with("freebsd")) return System::kFreeBsd;
  return system.starts_with("netbsd") || system.starts_with("openbsd") ? System::kOtherBsd : System::kGlibc;
}

// "14" of "x86_64-unknown-freebsd14", "" where a triple names no release.
std::string ReleaseOf(std::string_view triple) {
  if (SystemOf(triple) == System::kGlibc) return "";
  std::string_view system = SystemPart(triple);
  system = system.substr(0, system.find('-'));
  system.remove_prefix(std::min(system.find_first_of("0123456789"), system.size()));
  return std::string(system);
}

// FreeBSD's symbols have versions of their own, FBSD_1.0 since release 7, FBSD_1.1 since 8 and so on (its
// lib/libc/Versions.def): here they are named by the release. The lists of NetBSD and OpenBSD begin with a recent release,
// so that one says nothing of a symbol's age.
void NameReleases(System system, std::vector<std::string>& versions) {
  constexpr int kFirst = 7;
  for (std::string& version : versions) {
    int minor = 0;
    bool counted = version.starts_with("1.") && ReadInt(std::string_view(version).substr(2), minor);
    if (system == System::kFreeBsd && counted) version = std::to_string(minor + kFirst);
  }
  if (system == System::kOtherBsd && !versions.empty()) versions.front().clear();
}

// Reads one list of inclusions and keeps what `target` has.
class Inclusions {
 public:
  Inclusions(ByteReader& in, const std::vector<std::string>& libraries, const std::vector<std::string>& versions,
             std::size_t target, const std::string& triple, SymbolList& out)
      : in_(in),
        libraries_(libraries),
        versions_(versions),
        target_(target),
        system_(SystemOf(triple)),
        release_(ReleaseOf(triple)),
        out_(out) {}

  void Read(bool have_size) {
    int count = in_.Short();
    std::string name;
    bool goes_on = false;
    for (int i = 0; i < count && !in_.broken(); ++i) {
      if (!goes_on) name = in_.Text();
      bool ours = (in_.Leb128() >> target_ & 1) != 0;
      if (have_size) (void)in_.Leb128();
      int library = in_.Byte();
      goes_on = (library & 0x80) == 0;
      for (bool last = false; !last;) {
        int version = in_.Byte();
        last = (version & 0x80) != 0;
        if (ours) Note(name, static_cast<std::size_t>(library & 0x1f), static_cast<std::size_t>(version & 0x7f));
      }
    }
  }

 private:
  // The oldest version counts for `since`, but on FreeBSD the newest, which is what a program gets that is compiled with
  // these headers: a new version there is a new layout (of struct stat and others in 12). The symbol is now in libc if it
  // ever was, else where its newest version is: before 2.34 libpthread had second copies of lseek64 and others.
  void Note(const std::string& name, std::size_t library, std::size_t version) {
    if (library >= libraries_.size() || version >= versions_.size()) return;
    if (!release_.empty() && VersionLess(release_, versions_[version])) return;
    const std::string soname = SonameOf(libraries_[library], system_ == System::kGlibc);
    auto [slot, is_new] = out_.symbols.try_emplace(name, Symbol{versions_[version], soname});
    auto [newest, first] = newest_.try_emplace(name, version);
    if (is_new) return;
    bool older = VersionLess(versions_[version], slot->second.since);
    if (older != (system_ == System::kFreeBsd)) slot->second.since = versions_[version];
    bool in_libc = libraries_[library] == kLibc;
    if (in_libc || (version > newest->second && slot->second.library != SonameOf(kLibc, system_ == System::kGlibc))) {
      newest->second = version;
      slot->second.library = soname;
    }
  }

  ByteReader& in_;
  const std::vector<std::string>& libraries_;
  const std::vector<std::string>& versions_;
  std::size_t target_;
  System system_;
  std::string release_;  // of a BSD: what is newer is left out; "" for all
  SymbolList& out_;
  std::map<std::string, std::size_t> newest_;
};

// What a BSD's triple says, "armv7-unknown-freebsd14-gnueabihf", as the lists do, "arm-freebsd-eabihf".
std::string BsdTarget(const std::string& arch, std::string_view system) {
  std::string name(system.substr(0, system.find("bsd") + 3));  // clang knows "netbsdelf9", too
  bool arm = arch.starts_with("arm");
  return (arm              ? "arm"
          : arch == "i386" ? "x86"
                           : arch) +
         "-" + name +
         (!arm                ? "-none"
          : name == "openbsd" ? "-eabi"
                              : "-eabihf");
}

// Zig says "x86" where clang's triples say "i386" or "i686", and says how mips passes floating-point values, which Debian's
// triples do not: in registers.
std::string ZigTarget(const std::string& triple) {
  std::string arch = triple.substr(0, triple.find('-'));
  if (SystemOf(triple) != System::kGlibc) return BsdTarget(arch, SystemPart(triple));
  bool is_386 = arch.size() == 4 && arch[0] == 'i' && arch.ends_with("86");
  if (is_386) return "x86" + triple.substr(arch.size());
  return arch == "mips" || arch == "mipsel" ? arch + "-linux-gnueabihf" : triple;
}

}  // namespace

Result<SymbolList> ParseAbilists(const std::string& file, std::string_view bytes, const std::string& triple) {
  ByteReader in(bytes);
  std::vector<std::string> libraries = Texts(in);
  std::vector<std::string> versions = Versions(in);
  std::vector<std::string> targets = Texts(in);
  Error error{.where = {file}, .cls = ErrorClass::kEnvironment};
  std::size_t target = 0;
  while (target < targets.size() && targets[target] != ZigTarget(triple)) ++target;
  if (!in.broken() && (target == targets.size() || target >= 64)) {
    error.what = "the list has no target " + ZigTarget(triple);
    return Fail(error);
  }
  SymbolList out;
  NameReleases(SystemOf(triple), versions);
  Inclusions inclusions(in, libraries, versions, target, triple, out);
  if (!in.broken()) inclusions.Read(false);
  if (!in.broken()) inclusions.Read(true);
  if (in.broken() || versions.empty()) {
    error.what = "neither an ELF file nor a whole list of glibc's symbols";
    error.hint = "expected libc's shared object or Zig's lib/libc/glibc/abilists";
    return Fail(error);
  }
  out.newest = versions.back();
  out.all_versions = true;
  return out;
}

}  // namespace libcify
