// libcify check: what a maintainer wants to know before a change of rules, facts or glue lands, or a new Go is served.
//
// Each part says what it compared; what cannot be checked on this machine is named as such, never counted as fine.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/file.h"
#include "base/parallel.h"
#include "cli/commands.h"
#include "cli/compile.h"
#include "cli/current.h"
#include "cli/forms.h"
#include "cli/layouts.h"
#include "cli/report.h"
#include "headers/headers.h"
#include "rules/rules.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

struct Part {
  std::string name;
  std::string said;
};

// What all parts look at, and what they find.
struct Check {
  const Selection& selection;
  const Sources& sources;
  const AllForms& all;
  int jobs = 0;
  std::vector<Part> parts = {};
  Errors errors = {};

  [[nodiscard]] bool whole() const { return selection.target == "all" && selection.libc.empty(); }
  void Say(std::string part, std::string said) { parts.push_back({std::move(part), std::move(said)}); }
};

std::string Text(std::size_t count) { return std::to_string(count); }

std::string Joined(const std::set<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

// Ports with a library each: "freebsd (386 amd64), linux musl (arm)".
using Ports = std::set<std::pair<std::string, std::string>>;  // system and library; processor

void AddPort(const PortAndTarget& place, Ports& to) {
  const bool only = place.port.libcs.size() < 2;
  to.emplace(place.target.goos + (only ? "" : " " + place.target.libc), place.target.goarch);
}

std::string Joined(const Ports& ports) {
  std::string out, last;
  for (const auto& [system, processor] : ports) {
    if (system != last) out += (last.empty() ? "" : "), ") + system + " (" + processor;
    if (system == last) out += " " + processor;
    last = system;
  }
  return out + (out.empty() ? "" : ")");
}

// The scan has refused what no rule explains, and a number that has no binding; this counts them.
void CountSites(Check& check) {
  std::size_t places = 0;
  for (const auto& [port, record] : check.all.records) places += record.places.size();
  Ports none;
  for (const PortAndTarget& place : check.all.none) AddPort(place, none);
  check.Say("sites", Text(places) + " places of " + Text(check.all.records.size()) + " ports, each explained by a rule" +
                         (none.empty() ? "" : "; read only: " + Joined(none)));
}

// Every rule must do something: in this tree, or in another that rules/trees.json knows. While that file is written tree by
// tree, it does not know all of them yet: `judge` is false.
void CheckRules(const KnownTrees& known, bool judge, Check& check) {
  const std::vector<RuleName> rules = RuleNames(check.sources.scanner.rules());
  const std::set<std::string> used = UsedRules(check.all);
  std::size_t covering = 0, here = 0, elsewhere = 0;
  for (const RuleName& rule : rules) {
    const auto covers = [&](const PortAndTarget& place) { return Covers(*rule.scope, place.target); };
    if (std::none_of(check.sources.places.begin(), check.sources.places.end(), covers)) continue;
    ++covering;
    if (used.contains(rule.id)) {
      ++here;
    } else if (const auto of = known.rules.find(rule.id); of != known.rules.end() && !of->second.empty()) {
      ++elsewhere;
    } else if (judge) {
      check.errors.push_back({.where = {rule.file},
                              .what = "decides nothing: not here, and in no tree that rules/trees.json knows",
                              .rule = rule.id,
                              .hint = "mend it, or take it out"});
    }
  }
  check.Say("rules", Text(covering) + ": " + Text(here) + " do something in this tree, " + Text(elsewhere) +
                         (check.whole() ? " in others" : " in other trees or ports"));
}

Result<void> CompileUnits(Check& check) {
  const char* const named = std::getenv("CXX");
  const std::string asked = named == nullptr || check.selection.target == "all" ? "" : named;
  struct Unit {
    std::string path, form;
    std::vector<std::string> compiler;
    const std::string* text;
    Result<std::optional<std::string>> refusal = std::optional<std::string>();
  };
  std::vector<Unit> units;
  std::set<std::string> compilers;
  Ports without;
  std::set<std::pair<std::string, std::string>> seen;  // by compiler and text
  std::map<std::string, std::vector<std::string>> compiler_of;
  for (const FormReport& form : check.all.forms) {
    const Target& target = form.place.target;
    const auto [known, is_new] = compiler_of.try_emplace(target.Name() + " " + target.libc);
    if (is_new && !form.units.empty()) known->second = FindCompiler(target, asked);
    for (const Artifact& unit : form.units) {
      const std::vector<std::string>& compiler = known->second;
      if (compiler.empty()) {
        AddPort(form.place, without);
      } else if (seen.emplace(compiler.front() + compiler.back(), unit.text).second) {
        compilers.insert(compiler.front());
        units.push_back({unit.path, target.Name() + " " + form.name, compiler, &unit.text});
      }
    }
  }
  ForEach(units.size(), check.jobs, [&](std::size_t i) { units[i].refusal = Refusal(units[i].compiler, *units[i].text); });
  for (Unit& unit : units) {
    if (!unit.refusal) return Fail(std::move(unit.refusal.error()));
    if (!*unit.refusal) continue;
    check.errors.push_back(
        {.where = {unit.path}, .what = unit.form + ": " + unit.compiler.front() + " refuses it: " + **unit.refusal});
  }
  std::string said = Text(units.size()) + " files through " + Joined(compilers) + " -Wall -Wextra -Werror";
  if (units.empty()) said = "not checked: there is no C++ compiler for";
  if (!without.empty()) said += (units.empty() ? " " : "; not checked: no C++ compiler for ") + Joined(without);
  if (units.empty() && asked.empty()) said += "; name one by CXX";
  check.Say("shims", units.empty() && without.empty() ? "none" : said);
  return {};
}

// Whether the committed facts are what the headers of this machine say.
void CheckFacts(Check& check) {
  std::size_t compared = 0, calls = 0, functions = 0, differing = 0;
  std::map<std::string, Ports> unread;  // by the reason
  HeaderSource source{.data = check.selection.data / "rules" / "facts"};
  if (const char* common = std::getenv("LIBCIFY_KERNEL_HEADERS")) source.kernel_headers = common;
  if (const char* arch = std::getenv("LIBCIFY_KERNEL_ARCH")) source.kernel_arch = arch;
  std::set<std::string> seen;
  for (const PortAndTarget& place : check.sources.places) {
    const std::string name = place.target.Name() + " " + place.target.libc;
    if (!seen.insert(name).second || !WhyNoOutput(check.selection, place).empty()) continue;
    if (place.target.goos != "linux") {
      AddPort(place, unread["scripts/facts check reads these headers anew"]);
      continue;
    }
    const Result<Facts> committed = FindFacts(check.selection, place, "");
    if (!committed) {
      Append(check.errors, committed.error());
      continue;
    }
    const Result<Facts> fresh = ReadHeaders(committed->target, place.port, source);
    if (!fresh) {
      const Error& first = fresh.error().front();
      AddPort(place, unread[first.what + (first.hint.empty() ? "" : "; " + first.hint)]);
      continue;
    }
    if (fresh->sources != committed->sources) {
      std::string versions;
      for (const auto& [header, version] : fresh->sources) versions += " " + header + " " + version;
      AddPort(place, unread["made from other versions than this machine has:" + versions]);
      continue;
    }
    Errors differences = CompareFacts(*committed, *fresh);
    ++compared;
    calls += committed->calls.size();
    functions += committed->functions.size();
    differing += differences.size();
    Append(check.errors, std::move(differences));
  }
  std::string said;
  if (compared > 0) {
    said = Text(calls) + " calls and " + Text(functions) + " functions compared with the headers here, " + Text(differing) +
           " differ";
  }
  const std::string begin = said.empty() ? "not checked" : "; not checked";
  if (unread.size() == 1) said += begin + ": " + unread.begin()->first;
  if (unread.size() > 1) {
    Ports all;
    for (const auto& [why, ports] : unread) all.insert(ports.begin(), ports.end());
    said += begin + " of " + Joined(all) + ": their headers are not here; scripts/facts check reads them";
  }
  check.Say("facts", said.empty() ? "none" : said);
}

// On ports whose calls go by name. What Go and a header disagree about is told, and is no error of ours.
void CountGoCalls(Check& check) {
  GoCallReport all;
  std::size_t ports = 0;
  for (const FormReport& form : check.all.forms) {
    if (!form.go_calls) continue;
    const GoCallReport& one = *form.go_calls;
    ++ports;
    all.calls += one.calls;
    all.functions += one.functions;
    all.arguments += one.arguments;
    all.typed += one.typed;
    all.results += one.results;
    all.blocks += one.blocks;
    all.findings.insert(all.findings.end(), one.findings.begin(), one.findings.end());
  }
  if (ports == 0) return;
  check.Say("calls",
            Text(all.calls) + " calls of " + Text(all.functions) + " functions compared with the headers: " +
                Text(all.typed) + " of " + Text(all.arguments) + " arguments have a type in Go's text, " +
                Text(all.results) + " results are looked at, " + Text(all.findings.size()) + " findings" +
                (all.blocks == 0 ? "" : ", " + Text(all.blocks) + " calls more have their arguments in a block of memory") +
                (ports == 1 ? "" : "; libcify check --target GOOS/GOARCH tells each"));
}

// A function of libc's that would read Go's memory as something else is an error.
void CheckLayouts(Check& check) {
  LayoutReport all;
  std::size_t libraries = 0;
  for (const FormReport& form : check.all.forms) {
    if (!form.layouts) continue;
    ++libraries;
    Add(*form.layouts, all);
  }
  if (libraries > 0) check.Say("layouts", Said(all));
  Append(check.errors, std::move(all.errors));
}

std::string Lines(const GoCallReport& report) {
  std::string out;
  for (const GoCallFinding& finding : report.findings) {
    out += finding.site.span.file + ":" + std::to_string(finding.site.span.line) + ": " + Name(finding.kind) + ": " +
           finding.symbol + ": " + finding.what + "\n";
  }
  return out;
}

void AddFindings(const FormReport& form, Json& out) {
  for (const GoCallFinding& finding : form.go_calls->findings) {
    Json one = Json::Object();
    one.Add("target", Json::String(form.place.target.Name()));
    one.Add("kind", Json::String(Name(finding.kind)));
    one.Add("symbol", Json::String(finding.symbol));
    one.Add("what", Json::String(finding.what));
    one.Add("file", Json::String(finding.site.span.file));
    one.Add("line", Json::Integer(finding.site.span.line));
    out.Add(std::move(one));
  }
}

void PrintJson(const Check& check) {
  Json all = Json::Object(), findings = Json::Array();
  for (const Part& part : check.parts) all.Add(part.name, Json::String(part.said));
  bool compared = false;
  for (const FormReport& form : check.all.forms) {
    compared = compared || form.go_calls;
    if (form.go_calls) AddFindings(form, findings);
  }
  if (compared) all.Add("findings", std::move(findings));
  Print(all.Pretty() + "\n");
}

void PrintText(const Check& check) {
  if (check.selection.target != "all") {
    for (const FormReport& form : check.all.forms) {
      if (form.go_calls) Print(Lines(*form.go_calls));
    }
  }
  for (const Part& part : check.parts) Print(part.name + std::string(12 - part.name.size(), ' ') + part.said + "\n");
}

Result<void> RunParts(const Arguments& arguments, const std::vector<CheckedOutput>& outputs, Check& check,
                      Progress& progress) {
  Append(check.errors, ErrorsOf(check.all.errors));
  CountSites(check);
  Result<KnownTrees> known = LoadKnownTrees(check.selection);
  if (!known) return Fail(std::move(known.error()));
  if (arguments.Has("update") && !check.all.errors.empty()) check.Say("update", "nothing is written: see the errors");
  if (arguments.Has("update") && check.all.errors.empty()) {
    if (Result<void> updated = Update(check.sources, check.all, *known); !updated) return updated;
  }
  CheckRules(*known, !arguments.Has("update") && check.all.errors.empty(), check);
  Result<Currency> inventories = CompareInventories(check.sources, check.all, check.whole());
  if (!inventories) return Fail(std::move(inventories.error()));
  check.Say("inventories", inventories->said);
  Append(check.errors, std::move(inventories->errors));
  Currency forms = CompareForms(check.sources, check.all, *known, check.whole());
  check.Say("forms", forms.said);
  Append(check.errors, std::move(forms.errors));
  if (!outputs.empty()) {
    progress.Step("reading the outputs");
    Currency current = CompareOutputs(check.sources, outputs, check.jobs, progress);
    check.Say("output", current.said);
    Append(check.errors, std::move(current.errors));
  }
  CountGoCalls(check);
  CheckLayouts(check);
  if (arguments.Has("quick")) return {};
  progress.Step("compiling the shims");
  if (Result<void> compiled = CompileUnits(check); !compiled) return compiled;
  progress.Step("reading C headers");
  CheckFacts(check);
  return {};
}

Result<void> Run(const Arguments& arguments) {
  Result<int> jobs = Jobs(arguments);
  if (!jobs) return Fail(std::move(jobs.error()));
  Result<std::vector<CheckedOutput>> outputs = FindOutputs(arguments.Get("out"));
  if (!outputs) return Fail(std::move(outputs.error()));
  Result<Selection> selection = Select(arguments);
  if (!selection) return Fail(std::move(selection.error()));
  // Of one output its own port and library are looked at.
  if (outputs->size() == 1 && !arguments.Has("target") && !arguments.Has("libc")) {
    const Manifest& manifest = outputs->front().manifest;
    selection->target = manifest.target;
    selection->libc = manifest.libc;
    selection->experiments = manifest.experiments;
  }
  if (arguments.Has("update") &&
      (selection->target != "all" || !selection->libc.empty() || !selection->experiments.empty())) {
    return Fail({.what = "--update is for all ports and their libraries, as the tree has them by itself",
                 .hint = "leave out --target, --libc, --out and GOEXPERIMENT",
                 .cls = ErrorClass::kUsage});
  }
  Result<Named> named = FindNamed(*selection);
  if (!named) return Fail(std::move(named.error()));
  Errors unknown;
  for (const std::string& port : named->unread) {
    unknown.push_back({.what = "no row of rules/ports.json describes " + port});
  }
  Result<std::vector<PortAndTarget>> places = WithAllLibraries(*selection, named->places);
  if (!places) return Fail(std::move(places.error()));
  named->places = std::move(*places);
  std::optional<Progress> progress(std::in_place);
  const Result<Sources> sources = OpenSources(*selection, std::move(*named), *jobs, *progress);
  if (!sources) return Fail(sources.error());
  const AllForms all = MakeAllForms(*sources, *jobs, *progress);
  Check check{*selection, *sources, all, *jobs, {}, std::move(unknown)};
  if (Result<void> done = RunParts(arguments, *outputs, check, *progress); !done) return done;
  progress.reset();
  if (!arguments.json()) PrintText(check);
  if (arguments.json() && check.errors.empty()) PrintJson(check);
  if (!check.errors.empty()) return Fail(std::move(check.errors));
  return {};
}

}  // namespace

Command CheckCommand() {
  Command command{.name = "check",
                  .summary = "are rules, inventories, facts, shims and outputs in order, on all ports",
                  .options = SelectionOptions(),
                  .examples =
                      "  libcify check\n"
                      "  libcify check --target linux/riscv64\n"
                      "  libcify check --out build/overlay\n"
                      "  libcify check --update\n",
                  .run = Run};
  for (OptionSpec& option : command.options) {
    if (option.name == "target")
      option = {"target", "GOOS/GOARCH", "one port alone (with --out: that of the output)", "all"};
  }
  command.options.insert(command.options.end(),
                         {{"out", "DIR", "an output of libcify generate that must be current"},
                          {"update", "", "write rules/inventory and rules/trees.json anew where the tree differs from them"},
                          {"quick", "", "without compilers and C headers"},
                          {"jobs", "N", "threads (default: one per processor)"},
                          FormatOption()});
  return command;
}

}  // namespace libcify
