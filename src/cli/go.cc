// libcify go: the go command with the overlay in place.
//
// In: the go command's own arguments. It becomes that command (execve), so signals and exit codes pass. Subcommands that
// compile nothing run as they are. Two ways: -overlay behind the subcommand; or, for toolchains below GOMODCACHE, whose
// files go refuses to overlay, the bin/go of a materialised tree in the cache.
#include <algorithm>
#include <cstdlib>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/materialise.h"
#include "cli/output.h"
#include "cli/places.h"
#include "cli/subprocess.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;
using Env = std::map<std::string, std::string>;

// go demands that -C stands first: how many words behind the subcommand it takes, and its folder.
std::size_t ChangeFolder(const Words& words, std::string& folder) {
  if (words.size() < 2) return 0;
  for (const std::string dash : {"-", "--"}) {
    if (words[1].starts_with(dash + "C=")) {
      folder = words[1].substr(dash.size() + 2);
      return 1;
    }
    if (words[1] == dash + "C" && words.size() > 2) {
      folder = words[2];
      return 2;
    }
  }
  return 0;
}

const Words& Compiling() {
  static const Words kWords = {"build", "test", "run", "install", "vet", "list"};
  return kWords;
}

bool Compiles(const Words& words) {
  return !words.empty() && std::find(Compiling().begin(), Compiling().end(), words.front()) != Compiling().end();
}

bool NamesOverlay(const std::string& word) { return word.starts_with("-overlay") || word.starts_with("--overlay"); }

// What would make a program that does not link, or that libcify cannot serve.
Errors CheckEnvironment(const Words& words, Env& env) {
  Errors errors;
  if (env["CGO_ENABLED"] != "1") {
    const char* set = std::getenv("CGO_ENABLED");
    const std::string compiler = env["CC"].substr(0, env["CC"].find(' '));
    if (set == nullptr && !FindProgram(compiler)) {
      errors.push_back(EnvironmentError("", "there is no C compiler ('" + compiler + "'), so go leaves cgo out",
                                        "install gcc and g++, or set CC and CXX: programs reach libc through runtime/cgo"));
    } else {
      errors.push_back(EnvironmentError("", "CGO_ENABLED=0: a program without cgo has no libc to call",
                                        "set CGO_ENABLED=1, or build with the go command itself"));
    }
  }
  const std::string cxx = env["CXX"].substr(0, env["CXX"].find(' '));
  if (!FindProgram(cxx)) {
    errors.push_back(EnvironmentError("", "there is no C++ compiler ('" + cxx + "'): the table of libc functions is C++",
                                      "install g++ or clang++, or set CXX"));
  }
  const bool in_flags = env["GOFLAGS"].find("-overlay") != std::string::npos;
  if (in_flags || std::any_of(words.begin(), words.end(), NamesOverlay)) {
    errors.push_back({.what = "go takes one -overlay, and libcify go needs it",
                      .hint = "use libcify generate and join the two JSON files",
                      .cls = ErrorClass::kUsage});
  }
  return errors;
}

bool IsBelow(const fs::path& path, const fs::path& folder) {
  std::error_code code;
  const fs::path relative = fs::weakly_canonical(path, code).lexically_relative(fs::weakly_canonical(folder, code));
  return !folder.empty() && !relative.empty() && *relative.begin() != "..";
}

Result<void> BecomeMaterialised(const Words& words, const fs::path& goroot, const fs::path& home, bool changed) {
  const Result<fs::path> tree = KeepMaterialised(goroot, home, changed);
  if (!tree) return Fail(tree.error());
  Words argv = {(*tree / "bin/go").string()};
  argv.insert(argv.end(), words.begin(), words.end());
  return Become(argv[0], argv, {"GOTOOLCHAIN=local", "GOROOT=" + tree->string()});
}

Result<void> BecomeOverlaid(const Words& words, const fs::path& go, const fs::path& home, std::size_t keep) {
  Words argv = {go.string(), words.front()};
  argv.insert(argv.end(), words.begin() + 1, words.begin() + 1 + static_cast<std::ptrdiff_t>(keep));
  argv.push_back("-overlay=" + (home / "overlay" / "overlay.json").string());
  argv.insert(argv.end(), words.begin() + 1 + static_cast<std::ptrdiff_t>(keep), words.end());
  return Become(go, argv, {});
}

Result<void> Run(const Arguments& arguments) {
  const Words& words = arguments.operands();
  Result<fs::path> go = FindGo();
  if (!go) return Fail(std::move(go.error()));
  if (!Compiles(words)) {
    Words argv = {go->string()};
    argv.insert(argv.end(), words.begin(), words.end());
    return Become(*go, argv, {});
  }
  std::string folder;
  const std::size_t keep = ChangeFolder(words, folder);
  Result<Env> env =
      GoEnv(*go, {"GOROOT", "GOMODCACHE", "CGO_ENABLED", "CC", "CXX", "GOFLAGS", "GOOS", "GOARCH", "GOEXPERIMENT"}, folder);
  if (!env) return Fail(std::move(env.error()));
  if (Errors errors = CheckEnvironment(words, *env); !errors.empty()) return Fail(std::move(errors));
  Result<fs::path> data = DataFolder("");
  if (!data) return Fail(std::move(data.error()));
  Result<fs::path> cache = CacheFolder();
  if (!cache) return Fail(std::move(cache.error()));
  const Result<KeptOutput> kept = KeepOutput(*data, *cache, *env, "gc", "");
  if (!kept) return Fail(kept.error());
  const fs::path& goroot = kept->selection.goroot;
  const fs::path& home = kept->home;
  if (IsBelow(goroot, (*env)["GOMODCACHE"])) return BecomeMaterialised(words, goroot, home, kept->changed);
  return BecomeOverlaid(words, *go, home, keep);
}

}  // namespace

Command GoCommand() {
  return {
      .name = "go",
      .summary = "run the go command with the overlay in place (build, test, run, install, vet, list)",
      .operands = "ARGS…",
      .first_words = Compiling(),
      .examples =
          "  libcify go build ./...\n"
          "  libcify go test -v ./...\n"
          "  libcify go run -race .\n"
          "\nThere are no options of its own: libcify help lists the variables that it obeys (LIBCIFY_LIBC and others).\n",
      .run = Run,
      .passes_all = true};
}

}  // namespace libcify
