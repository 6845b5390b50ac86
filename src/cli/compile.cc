#include "cli/compile.h"

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <sstream>

#include "base/file.h"
#include "cli/subprocess.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

// A folder that goes when it goes out of scope.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::error_code code;
    std::string name = (fs::temp_directory_path(code) / "libcify-check-XXXXXX").string();
    if (!code && mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Whether a compiler makes code for the target's processor and system.
bool Serves(const std::string& compiler, const Target& target) {
  if (!FindProgram(compiler)) return false;
  const Result<Captured> said = Capture({compiler, "-dumpmachine"});
  const std::string arch = target.triple.substr(0, target.triple.find('-') + 1);
  return said && said->status == 0 && said->out.starts_with(arch) && said->out.find(target.goos) != std::string::npos;
}

// "i386-linux-gnu-g++" is known by the name of the processor that Debian builds for.
std::string CompilerName(const std::string& triple) {
  return (triple.starts_with("i386-linux-") ? "i686" + triple.substr(4) : triple) + "-g++";
}

}  // namespace

// musl's Debian package has a specs file for GCC (musl-gcc(1)), other systems a compiler of its own.
std::vector<std::string> FindCompiler(const Target& target, const std::string& asked) {
  std::istringstream words(asked);
  std::vector<std::string> command(std::istream_iterator<std::string>(words), {});
  if (!command.empty() && FindProgram(command.front())) return command;
  const std::string arch = target.triple.substr(0, target.triple.find('-'));
  const std::string triple = target.libc == "musl" ? arch + "-linux-musl" : target.triple;
  if (FindProgram(CompilerName(triple))) return {CompilerName(triple)};
  if (target.libc == "musl") {
    const std::string specs = "/usr/lib/" + triple + "/musl-gcc.specs";
    std::error_code code;
    if (Serves("g++", target) && fs::exists(specs, code)) return {"g++", "-specs=" + specs};
    return {};
  }
  for (const char* name : {"g++", "clang++"}) {
    if (Serves(name, target)) return {name};
  }
  return {};
}

Result<std::optional<std::string>> Refusal(const std::vector<std::string>& compiler, const std::string& text) {
  const ScratchFolder scratch;
  if (scratch.path().empty()) {
    return Fail({.what = "cannot make a folder for temporary files", .cls = ErrorClass::kEnvironment});
  }
  const fs::path file = scratch.path() / "libcify.cc";
  if (Result<void> written = WriteFileAtomically(file, text); !written) return Fail(std::move(written.error()));
  std::vector<std::string> words = compiler;
  words.insert(words.end(), {"-fsyntax-only", "-Wall", "-Wextra", "-Werror", file.string()});
  const Result<Captured> done = Capture(words);
  if (!done) return Fail(done.error());
  if (done->status == 0) return std::optional<std::string>();
  const std::size_t at = done->err.find("error:");
  if (at == std::string::npos) return std::optional(done->err.substr(0, done->err.find('\n')));
  return std::optional(done->err.substr(at + 7, done->err.find('\n', at) - at - 7));
}

}  // namespace libcify
