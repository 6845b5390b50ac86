// A Go tree: its version, the packages of its standard library and the files that a target compiles of each.
//
// In: a directory. Out: what `go list std` says for GOOS/GOARCH with CGO_ENABLED as asked, found without running go:
// file name suffixes, //go:build lines, release tags, the toolchain's default GOEXPERIMENT tags
// (src/internal/buildcfg/exp.go) and GOAMD64-like architecture levels (cmd/go/internal/imports, go/build).
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/target.h"

namespace libcify {

struct GoPackage {
  std::string import_path;  // "internal/runtime/syscall/linux", "vendor/golang.org/x/net/idna"
  // File names without folder, sorted. The folder is src/<import_path>.
  std::vector<std::string> go_files;   // .go without tests and without cgo files
  std::vector<std::string> cgo_files;  // .go that import "C"
  std::vector<std::string> s_files;    // .s (and .S where the package uses cgo)
  std::vector<std::string> h_files;
  std::vector<std::string> c_files;    // .c
  std::vector<std::string> cxx_files;  // .cc .cpp .cxx

  friend bool operator==(const GoPackage&, const GoPackage&) = default;
};

// Nothing is read before it is asked for; what was read is kept and shared by all copies, as the tree was at that moment.
// Safe to use from several threads.
class Goroot {
 public:
  // Fails (kEnvironment) when the directory does not exist or is not a Go tree, and says what is missing.
  [[nodiscard]] static Result<Goroot> Open(const std::filesystem::path& root);

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  [[nodiscard]] const std::string& version() const { return version_; }  // first word of VERSION: "go1.27.3"

  // Packages of std that have files for the target, sorted by import path; a package of tests alone has empty lists.
  // Fails with the errors of all files that the target would compile.
  [[nodiscard]] Result<std::vector<GoPackage>> Packages(const Target& target, bool cgo) const;
  // All tags that hold in the build, each true: "linux", "gc", "go1.1", "amd64.v1", "goexperiment.regabiargs".
  [[nodiscard]] Result<std::map<std::string, bool>> Tags(const Target& target, bool cgo) const;
  // Symbols that cmd/go's -D flags predefine for assembly: GOOS_linux, GOARCH_amd64, GOAMD64_v1, GOEXPERIMENT_x.
  [[nodiscard]] Result<std::map<std::string, std::string>> AssemblerDefines(const Target& target) const;
  // GOOS/GOARCH pairs that the tree itself knows (src/internal/platform or cmd/dist), sorted: `go tool dist list`. Packages
  // and Tags also serve those that the tree calls broken.
  [[nodiscard]] Result<std::vector<std::string>> Ports() const;

  // Text of a file below src ("runtime/proc.go"). It lives as long as any copy of this Goroot.
  [[nodiscard]] Result<std::string_view> Read(const std::string& path) const;

 private:
  struct State;
  Goroot() = default;
  std::filesystem::path root_;
  std::string version_;
  std::shared_ptr<State> state_;
};

}  // namespace libcify
