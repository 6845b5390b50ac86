// libcify llgo: the LLGo compiler over a tree whose calls go to libc by name.
//
// In: the arguments of llgo. It becomes llgo (execve), with a materialised GOROOT, an LLGO_ROOT without what that tree has
// in it now and with what overlays/llgo/root adds, and a build tag that names both: LLGo's cache looks at neither.
#include <algorithm>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/materialise.h"
#include "cli/output.h"
#include "cli/pipeline.h"
#include "cli/places.h"
#include "cli/subprocess.h"
#include "rules/rules.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

bool IsLlgoRoot(const fs::path& folder) {
  std::error_code code;
  return fs::exists(folder / "runtime/go.mod", code);
}

Result<fs::path> FindLlgo() {
  const std::string given = EnvironmentValue("LLGO");
  const std::optional<fs::path> found = FindProgram(given.empty() ? "llgo" : given);
  if (found) return *found;
  return Fail(EnvironmentError("", "there is no " + (given.empty() ? "llgo on PATH" : given), "set LLGO to the compiler"));
}

// As LLGo finds its own: what LLGO_ROOT says, or the folder above its bin.
Result<fs::path> FindLlgoRoot(const fs::path& llgo) {
  const std::string given = EnvironmentValue("LLGO_ROOT");
  std::error_code code;
  const fs::path root = given.empty() ? fs::canonical(llgo, code).parent_path().parent_path() : fs::absolute(given, code);
  if (IsLlgoRoot(root)) return root.lexically_normal();
  return Fail(
      EnvironmentError("", given.empty() ? "no tree of LLGo lies around " + llgo.string() : given + " is no tree of LLGo",
                       "set LLGO_ROOT to the folder that has runtime/go.mod"));
}

const Words& Compiling() {
  static const Words kWords = {"build", "test", "run", "install"};
  return kWords;
}

bool Compiles(const Words& words) {
  return !words.empty() && std::find(Compiling().begin(), Compiling().end(), words.front()) != Compiling().end();
}

// The words with one more build tag: in the list that is given, or in one of its own behind the subcommand.
Words WithTag(const Words& words, const std::string& tag) {
  Words out = words;
  for (std::size_t i = 1; i < out.size(); ++i) {
    if ((out[i] == "-tags" || out[i] == "--tags") && i + 1 < out.size()) {
      out[i + 1] += "," + tag;
      return out;
    }
    if (out[i].starts_with("-tags=") || out[i].starts_with("--tags=")) {
      out[i] += "," + tag;
      return out;
    }
  }
  out.insert(out.begin() + 1, {"-tags", tag});
  return out;
}

// What the compiler's tree has that the rewritten tree has now.
Result<Words> LeftOut(const Selection& selection) {
  Result<RuleSet> rules = LoadRules(selection.data / "rules");
  Result<PortAndTarget> place = FindPlace(selection);
  if (!rules) return Fail(std::move(rules.error()));
  if (!place) return Fail(std::move(place.error()));
  Words out;
  for (const DialectRules& dialect : rules->dialects) {
    for (const RemoveRule& rule : dialect.removes) {
      if (dialect.name == "llgo" && Covers(rule.scope, place->target)) {
        out.insert(out.end(), rule.compiler.begin(), rule.compiler.end());
      }
    }
  }
  return out;
}

Result<void> BecomeLlgo(const fs::path& llgo, const Words& words, const std::vector<std::string>& environment) {
  Words argv = {llgo.string()};
  argv.insert(argv.end(), words.begin(), words.end());
  return Become(llgo, argv, environment);
}

Result<void> Run(const Arguments& arguments) {
  const Words& words = arguments.operands();
  Result<fs::path> llgo = FindLlgo();
  if (!llgo) return Fail(std::move(llgo.error()));
  if (!Compiles(words)) return BecomeLlgo(*llgo, words, {});
  Result<fs::path> root = FindLlgoRoot(*llgo);
  Result<fs::path> go = FindGo();
  Result<fs::path> data = DataFolder("");
  Result<fs::path> cache = CacheFolder();
  Errors errors;
  for (const Result<fs::path>* path : {&root, &go, &data, &cache}) {
    if (!*path) Append(errors, path->error());
  }
  if (!errors.empty()) return Fail(std::move(errors));
  Result<std::map<std::string, std::string>> env = GoEnv(*go, {"GOROOT", "GOOS", "GOARCH", "GOEXPERIMENT"}, "");
  if (!env) return Fail(std::move(env.error()));
  const Result<KeptOutput> kept = KeepOutput(*data, *cache, *env, "llgo", "\n" + root->string());
  if (!kept) return Fail(kept.error());
  const fs::path& home = kept->home;
  const Result<Words> left_out = LeftOut(kept->selection);
  if (!left_out) return Fail(left_out.error());
  Result<fs::path> tree = KeepMaterialised(kept->selection.goroot, home, kept->changed);
  if (!tree) return Fail(std::move(tree.error()));
  const fs::path slim = home / "llgo";
  // What the compiler reads of its own tree.
  Result<void> linked = KeepLinked(*root, {"runtime", "go.mod", "targets"}, *left_out, *data / "overlays/llgo/root", slim);
  if (!linked) return linked;
  Result<std::string> marker = ReadFile(home / "overlay/manifest.json");
  if (!marker) return Fail(std::move(marker.error()));
  return BecomeLlgo(*llgo, WithTag(words, "libcify_" + Fingerprint(*marker + home.string())),
                    {"GOTOOLCHAIN=local", "GOROOT=" + tree->string(), "LLGO_ROOT=" + slim.string(),
                     "PATH=" + (*tree / "bin").string() + ":" + EnvironmentValue("PATH")});
}

}  // namespace

Command LlgoCommand() {
  return {.name = "llgo",
          .summary = "run the LLGo compiler over a tree whose calls go to libc by name (build, test, run, install)",
          .operands = "ARGS…",
          .first_words = Compiling(),
          .examples =
              "  libcify llgo build .\n"
              "  libcify llgo test -v ./...\n"
              "  libcify llgo run .\n"
              "\nThere are no options of its own: libcify help lists the variables that it obeys (LLGO, LLGO_ROOT and "
              "others).\n",
          .run = Run,
          .passes_all = true};
}

}  // namespace libcify
