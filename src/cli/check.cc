// libcify check: are all rules used, is the output current, do the shims compile, do the facts agree with the headers here.
//
// Each part says what it compared; what cannot be checked on this machine is named as such, never counted as fine.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "base/file.h"
#include "bind/bind.h"
#include "bind/go_calls.h"
#include "bind/library.h"
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
  std::optional<GoCallReport> go_calls;
  Errors errors;
};

// Rules that decide something on any port, for any of its C libraries, at the baseline or at the newest version that the
// committed facts know.
Result<std::set<std::string>> UsedSomewhere(const fs::path& data, const RuleSet& rules) {
  std::set<std::string> used;
  Result<std::vector<Port>> ports = LoadPorts(data / "rules");
  if (!ports) return Fail(std::move(ports.error()));
  for (const Port& port : *ports) {
    for (const auto& [libc, baseline] : port.libcs) {
      PortAndTarget place{port, {port.goos, port.goarch, libc, baseline, port.triple}};
      if (!WhyNoOutput({.data = data}, place).empty()) continue;  // so nothing is bound there
      const Result<Facts> facts = FindFacts({.data = data}, place, "");
      if (!facts) return Fail(facts.error());
      for (const std::string& version : {baseline, facts->target.libc_version}) {
        place.target.libc_version = version;
        const Result<std::vector<Binding>> bindings = CallsLibrary(port)
                                                          ? BindLibrary(*facts, place.target, rules, CallsOf(*facts))
                                                          : Bind(*facts, place.target, port, rules);
        if (!bindings) return Fail(bindings.error());
        for (const Binding& binding : *bindings) used.insert(binding.proof.rule);
      }
    }
  }
  return used;
}

// Extract rules and edits that match nothing are errors of scan and emit already; this counts them, and judges the rest.
Result<void> CheckRules(const fs::path& data, const Generated& generated, Checked& out) {
  const Scanned& scanned = generated.bound.scanned;
  std::set<std::string> here;
  for (const Binding& binding : generated.bound.bindings) here.insert(binding.proof.rule);
  std::size_t extract = 0, bind = 0, used = 0, elsewhere_only = 0;
  std::vector<const BindRule*> idle;
  for (const ExtractRule& rule : scanned.rules().extract) extract += Covers(rule.scope, scanned.place.target) ? 1 : 0;
  for (const BindRule& rule : scanned.rules().bind) {
    if (!Covers(rule.scope, scanned.place.target)) continue;
    ++bind;
    if (here.contains(rule.id)) {
      ++used;
    } else {
      idle.push_back(&rule);
    }
  }
  if (!idle.empty()) {
    const Result<std::set<std::string>> elsewhere = UsedSomewhere(data, scanned.rules());
    if (!elsewhere) return Fail(elsewhere.error());
    for (const BindRule* rule : idle) {
      if (elsewhere->contains(rule->id)) {
        ++elsewhere_only;
        continue;
      }
      out.errors.push_back({.where = {rule->file},
                            .what = "decides nothing on any port: " + rule->doc,
                            .rule = rule->id,
                            .hint = "mend it, or take it out"});
    }
  }
  out.parts.push_back({"rules", std::to_string(extract) + " extract rules, each used; " + std::to_string(used) + " of " +
                                    std::to_string(bind) + " bind rules used here, " + std::to_string(elsewhere_only) +
                                    " on other ports only"});
  return {};
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

// Whether a compiler makes code for the target's processor and system.
bool Serves(const std::string& compiler, const Target& target) {
  if (!FindProgram(compiler)) return false;
  const Result<Captured> said = Capture({compiler, "-dumpmachine"});
  const std::string arch = target.triple.substr(0, target.triple.find('-') + 1);
  return said && said->status == 0 && said->out.starts_with(arch) && said->out.find(target.goos) != std::string::npos;
}

// A command that compiles C++ against the target's libc; empty where there is none. musl's Debian package has a specs file
// for GCC (musl-gcc(1)), other systems a compiler of its own.
std::vector<std::string> FindCompiler(const Target& target) {
  const char* named = std::getenv("CXX");
  std::istringstream words(named == nullptr ? "" : named);
  std::vector<std::string> command(std::istream_iterator<std::string>(words), {});
  if (!command.empty() && FindProgram(command.front())) return command;
  const std::string arch = target.triple.substr(0, target.triple.find('-'));
  const std::string triple = target.libc == "musl" ? arch + "-linux-musl" : target.triple;
  if (FindProgram(triple + "-g++")) return {triple + "-g++"};
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

Result<void> CompileShims(const Generated& generated, Checked& out) {
  const Target& target = generated.bound.scanned.place.target;
  std::vector<std::string> command = FindCompiler(target);
  if (command.empty()) {
    out.parts.push_back({"shims", "not checked: there is no C++ compiler for " + target.Name() + " and " + target.libc +
                                      "; name one by CXX"});
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
  if (place.target.goos != "linux") {
    out.parts.push_back({"facts", "not checked: scripts/facts check " + place.target.Name() + " reads the headers anew"});
    return;
  }
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

// On ports whose calls go by name. What Go and a header disagree about is told, and is no error of ours.
Result<void> CheckGoCalls(const Selection& selection, const Bound& bound, Checked& out) {
  const Scanned& scanned = bound.scanned;
  Result<Facts> facts = FindFacts(selection, scanned.place, "");
  if (!facts) return Fail(std::move(facts.error()));
  static const std::vector<Binding> kNone;
  const bool entries_tell_errors = scanned.place.port.mechanism == "trampoline";
  GoCallReport report =
      CompareGoCalls(scanned.inventory, *facts, scanned.place.port, entries_tell_errors ? bound.bindings : kNone);
  const auto text = [](std::size_t count) { return std::to_string(count); };
  const std::string blocks =
      report.blocks == 0 ? "" : ", " + text(report.blocks) + " calls more have their arguments in a block of memory";
  out.parts.push_back({"calls", text(report.calls) + " calls of " + text(report.functions) + " functions compared with " +
                                    "the headers: " + text(report.typed) + " of " + text(report.arguments) +
                                    " arguments have a type in Go's text, " + text(report.results) +
                                    " results are looked at, " + text(report.findings.size()) + " findings" + blocks});
  out.go_calls = std::move(report);
  return {};
}

std::string Lines(const GoCallReport& report) {
  std::string out;
  for (const GoCallFinding& finding : report.findings) {
    out += finding.site.span.file + ":" + std::to_string(finding.site.span.line) + ": " + Name(finding.kind) + ": " +
           finding.symbol + ": " + finding.what + "\n";
  }
  return out;
}

Json FindingsJson(const GoCallReport& report) {
  Json out = Json::Array();
  for (const GoCallFinding& finding : report.findings) {
    Json one = Json::Object();
    one.Add("kind", Json::String(Name(finding.kind)));
    one.Add("symbol", Json::String(finding.symbol));
    one.Add("what", Json::String(finding.what));
    one.Add("file", Json::String(finding.site.span.file));
    one.Add("line", Json::Integer(finding.site.span.line));
    out.Add(std::move(one));
  }
  return out;
}

void PrintParts(const Checked& checked, bool json) {
  if (!json) {
    if (checked.go_calls) Print(Lines(*checked.go_calls));
    for (const Part& part : checked.parts) Print(part.name + std::string(9 - part.name.size(), ' ') + part.said + "\n");
  } else if (checked.errors.empty()) {
    Json all = Json::Object();
    for (const Part& part : checked.parts) all.Add(part.name, Json::String(part.said));
    if (checked.go_calls) all.Add("findings", FindingsJson(*checked.go_calls));
    Print(all.Pretty() + "\n");
  }
}

// What generate makes: its rules, its files, the shims.
Result<void> CheckGenerated(const Arguments& arguments, const Selection& selection, Progress& progress, Checked& out) {
  const std::string& folder = arguments.Get("out");
  const fs::path path = folder.empty() ? fs::path("/") : fs::absolute(folder).lexically_normal();
  Result<Sources> sources = OpenSources(selection, 0, progress);
  if (!sources) return Fail(std::move(sources.error()));
  Result<Generated> generated = GenerateOne(*sources, 0,
                                            {.dialect = arguments.Get("dialect"),
                                             .sysroot = {},
                                             .out = path.has_filename() ? path : path.parent_path(),
                                             .as = arguments.Get("as")},
                                            progress);
  if (!generated) return Fail(std::move(generated.error()));
  if (Result<void> rules = CheckRules(selection.data, *generated, out); !rules) return rules;
  if (CallsLibrary(generated->bound.scanned.place.port)) {
    if (Result<void> compared = CheckGoCalls(selection, generated->bound, out); !compared) return compared;
  }
  if (!folder.empty()) CheckOutput(*generated, path, out);
  progress.Step("compiling the shims");
  return CompileShims(*generated, out);
}

Result<void> Run(const Arguments& arguments) {
  Result<Selection> selection = Select(arguments);
  if (!selection) return Fail(std::move(selection.error()));
  Result<PortAndTarget> place = FindPlace(*selection);
  if (!place) return Fail(std::move(place.error()));
  Checked checked;
  {
    Progress progress;
    if (Result<void> done = CheckGenerated(arguments, *selection, progress, checked); !done) return done;
    progress.Step("reading C headers");
    CheckFacts(*selection, *place, checked);
  }
  PrintParts(checked, arguments.json());
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
  command.options.insert(
      command.options.end(),
      {DialectOption(), FormOption(), {"out", "DIR", "an output of libcify generate that must be current"}, FormatOption()});
  return command;
}

}  // namespace libcify
