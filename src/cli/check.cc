// libcify check: are all rules used, is the output current, do the shims compile, do the facts agree with the headers here.
//
// Each part says what it compared; what cannot be checked on this machine is named as such, never counted as fine.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/pipeline.h"
#include "cli/report.h"
#include "cli/subprocess.h"
#include "headers/headers.h"
#include "rules/rules.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

struct Part {
  std::string name;
  std::string said;
};

struct Checked {
  std::vector<Part> parts;
  Errors errors;
};

// Extract rules and edits that match nothing are errors of scan and emit already; this counts them, and judges the rest.
void CheckRules(const Generated& generated, Checked& out) {
  const Scanned& scanned = generated.bound.scanned;
  std::set<std::string> used;
  for (const Binding& binding : generated.bound.bindings) used.insert(binding.proof.rule);
  std::size_t extract = 0, bind = 0, unused = 0;
  for (const ExtractRule& rule : scanned.rules.extract) extract += Covers(rule.scope, scanned.place.target) ? 1 : 0;
  for (const BindRule& rule : scanned.rules.bind) {
    if (!Covers(rule.scope, scanned.place.target)) continue;
    ++bind;
    if (used.contains(rule.id)) continue;
    ++unused;
    out.errors.push_back({.where = {rule.file},
                          .what = "decides nothing on this target: " + rule.doc,
                          .rule = rule.id,
                          .hint = "mend it, or take it out"});
  }
  out.parts.push_back({"rules", std::to_string(extract) + " extract rules, each used; " + std::to_string(bind - unused) +
                                    " of " + std::to_string(bind) + " bind rules used"});
}

void CheckOutput(const Generated& generated, const fs::path& out_folder, Checked& out) {
  std::map<std::string, const std::string*> wanted;
  for (const TreeEntry& file : generated.files) wanted[file.path] = &file.text;
  std::error_code code;
  std::size_t same = 0;
  const std::string hint = "run libcify generate again";
  for (const auto& [path, text] : wanted) {
    const Result<std::string> found = ReadFile(out_folder / path);
    if (found && *found == *text) {
      ++same;
    } else {
      out.errors.push_back(
          {.where = {(out_folder / path).string()}, .what = found ? "is not current" : "is missing", .hint = hint});
    }
  }
  for (fs::recursive_directory_iterator it(out_folder, code), end; !code && it != end; it.increment(code)) {
    const std::string path = it->path().lexically_relative(out_folder).string();
    if (!it->is_directory(code) && !wanted.contains(path)) {
      out.errors.push_back({.where = {it->path().string()}, .what = "belongs to no output", .hint = hint});
    }
  }
  out.parts.push_back({"output", std::to_string(same) + " of " + std::to_string(wanted.size()) + " files current"});
}

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

// A command that compiles C++ against the target's libc; empty where there is none. musl's Debian package has a specs file
// for GCC (musl-gcc(1)), other systems a compiler of its own.
std::vector<std::string> FindCompiler(const Target& target) {
  const char* named = std::getenv("CXX");
  if (named != nullptr && FindProgram(named)) return {named};
  if (target.libc == "musl") {
    const std::string triple = target.triple.substr(0, target.triple.find('-')) + "-linux-musl";
    if (FindProgram(triple + "-g++")) return {triple + "-g++"};
    const std::string specs = "/usr/lib/" + triple + "/musl-gcc.specs";
    std::error_code code;
    if (FindProgram("g++") && fs::exists(specs, code)) return {"g++", "-specs=" + specs};
    return {};
  }
  for (const char* name : {"g++", "clang++"}) {
    if (FindProgram(name)) return {name};
  }
  return {};
}

Result<void> CompileShims(const Generated& generated, Checked& out) {
  const Target& target = generated.bound.scanned.place.target;
  std::vector<std::string> command = FindCompiler(target);
  if (command.empty()) {
    out.parts.push_back({"shims", "not checked: there is no C++ compiler for " + target.libc + " (CXX, g++, clang++)"});
    return {};
  }
  const ScratchFolder scratch;
  if (scratch.path().empty()) {
    return Fail({.what = "cannot make a folder for temporary files", .cls = ErrorClass::kEnvironment});
  }
  std::size_t count = 0;
  for (const Artifact& artifact : generated.artifacts) {
    if (!artifact.path.ends_with(".cc")) continue;
    const fs::path file = scratch.path() / fs::path(artifact.path).filename();
    if (Result<void> written = WriteFileAtomically(file, artifact.text); !written) return written;
    std::vector<std::string> words = command;
    words.insert(words.end(), {"-fsyntax-only", "-Wall", "-Wextra", "-Werror", file.string()});
    Result<Captured> done = Capture(words);
    if (!done) return Fail(std::move(done.error()));
    ++count;
    if (done->status == 0) continue;
    std::string said = done->err.substr(0, done->err.find('\n'));
    if (const std::size_t at = done->err.find("error:"); at != std::string::npos) {
      said = done->err.substr(at + 7, done->err.find('\n', at) - at - 7);
    }
    out.errors.push_back({.where = {artifact.path}, .what = command[0] + " refuses it: " + said});
  }
  out.parts.push_back({"shims", std::to_string(count) + " files through " + command[0] + " -Wall -Wextra -Werror"});
  return {};
}

void CheckFacts(const Selection& selection, const PortAndTarget& place, Checked& out) {
  const Result<Facts> committed = FindFacts(selection, place, "");
  if (!committed) {
    Append(out.errors, committed.error());
    return;
  }
  HeaderSource source{.data = selection.data / "rules" / "facts"};
  if (const char* common = std::getenv("LIBCIFY_KERNEL_HEADERS")) source.kernel_headers = common;
  if (const char* arch = std::getenv("LIBCIFY_KERNEL_ARCH")) source.kernel_arch = arch;
  const Result<Facts> fresh = ReadHeaders(committed->target, place.port, source);
  if (!fresh) {
    const Error& first = fresh.error().front();
    out.parts.push_back({"facts", "not checked: " + first.what + (first.hint.empty() ? "" : "; " + first.hint)});
    return;
  }
  if (fresh->sources != committed->sources) {
    std::string versions;
    for (const auto& [name, version] : fresh->sources) versions += " " + name + " " + version;
    out.parts.push_back({"facts", "not checked: made from other versions than this machine has:" + versions});
    return;
  }
  Errors differences = CompareFacts(*committed, *fresh);
  out.parts.push_back(
      {"facts", std::to_string(committed->calls.size()) + " calls and " + std::to_string(committed->functions.size()) +
                    " functions compared with the headers here, " + std::to_string(differences.size()) + " differ"});
  Append(out.errors, std::move(differences));
}

Result<void> Run(const Arguments& arguments) {
  Result<Selection> selection = Select(arguments);
  if (!selection) return Fail(std::move(selection.error()));
  const std::string& folder = arguments.Get("out");
  const fs::path out = folder.empty() ? fs::path("/") : fs::absolute(folder).lexically_normal();
  Checked checked;
  {
    Progress progress;
    Result<Generated> generated =
        GenerateOne(*selection, arguments.Get("dialect"), 0, "", out.has_filename() ? out : out.parent_path(), progress);
    if (!generated) return Fail(std::move(generated.error()));
    CheckRules(*generated, checked);
    if (!folder.empty()) CheckOutput(*generated, out, checked);
    progress.Step("compiling the shims");
    if (Result<void> compiled = CompileShims(*generated, checked); !compiled) return compiled;
    progress.Step("reading C headers");
    CheckFacts(*selection, generated->bound.scanned.place, checked);
  }
  if (!arguments.json()) {
    for (const Part& part : checked.parts) Print(part.name + std::string(9 - part.name.size(), ' ') + part.said + "\n");
  } else if (checked.errors.empty()) {
    Json json = Json::Object();
    for (const Part& part : checked.parts) json.Add(part.name, Json::String(part.said));
    Print(json.Pretty() + "\n");
  }
  if (!checked.errors.empty()) return Fail(std::move(checked.errors));
  return {};
}

}  // namespace

Command CheckCommand() {
  Command command{.name = "check",
                  .summary = "are all rules used, is the output current, do the shims compile, do the facts agree",
                  .options = SelectionOptions(),
                  .examples =
                      "  libcify check\n"
                      "  libcify check --out build/overlay\n",
                  .run = Run};
  command.options.insert(command.options.end(), {{"dialect", "NAME", "the compiler that it is for", "gc", {"gc"}},
                                                 {"out", "DIR", "an output of libcify generate that must be current"},
                                                 FormatOption()});
  return command;
}

}  // namespace libcify
