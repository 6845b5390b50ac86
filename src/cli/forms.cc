#include "cli/forms.h"

#include <algorithm>

#include "base/parallel.h"
#include "cli/layouts.h"
#include "emit/emit.h"
#include "rules/rules.h"

namespace libcify {
namespace {

// One thing to make.
struct Job {
  std::size_t place = 0;
  std::string dialect;  // "": what is bound alone
  std::string as = "tree";
  bool own = false;       // the port's own dialect, as a tree
  bool standard = false;  // that with its own library
};

void AddOnce(Error error, Errors& to) {
  if (std::find(to.begin(), to.end(), error) == to.end()) to.push_back(std::move(error));
}

std::string LibraryName(const Target& target) { return target.libc + "-" + target.libc_version; }

void AddRulesOf(const std::vector<Binding>& bindings, std::set<std::string>& out) {
  for (const Binding& binding : bindings) {
    if (!binding.proof.rule.empty()) out.insert(binding.proof.rule);
    out.insert(binding.proof.rests_on.begin(), binding.proof.rests_on.end());
  }
}

// Without `mark` and the `more` characters behind it.
void Erase(std::string& text, const std::string& mark, std::size_t more) {
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
    text.erase(at, mark.size() + more);
}

std::string FingerprintOf(const Generated& generated) {
  std::string all;
  for (const TreeEntry& file : generated.files) {
    if (file.path == "overlay.json") continue;  // paths of this machine; manifest.json has the same
    std::string text = file.text;
    Erase(text, generated.identity, 0);
    if (file.path == "manifest.json") Erase(text, "\"fingerprint\": \"", Fingerprint("").size());
    all += file.path + '\0' + text + '\0';
  }
  return Fingerprint(all);
}

// What a job gives. A record is there as soon as the calls are bound.
struct Made {
  std::optional<FormReport> form;
  std::optional<Record> record;
  Errors errors;
};

Result<FormReport> BindForm(const Sources& sources, const Job& job, Progress& progress) {
  const PortAndTarget& place = sources.places[job.place];
  const Result<Bound> bound = BindOne(sources, job.place, {.jobs = 1}, progress);
  if (!bound) return Fail(bound.error());
  FormReport out{.place = place, .name = LibraryName(place.target)};
  out.fingerprint = Fingerprint(BindingsJson(place.target, bound->bindings));
  AddRulesOf(bound->bindings, out.rules);
  return out;
}

// How Go calls the port's library, where it does.
Result<std::optional<GoCallReport>> GoCallsOf(const Sources& sources, const PortAndTarget& place, const Bound& bound) {
  if (!CallsLibrary(place.port)) return std::optional<GoCallReport>();
  const Result<Facts> facts = FindFacts(sources.selection, place, "");
  if (!facts) return Fail(facts.error());
  static const std::vector<Binding> kNone;
  const bool entries_tell_errors = place.port.mechanism == "trampoline";
  return std::optional<GoCallReport>(
      CompareGoCalls(bound.scanned.inventory, *facts, place.port, entries_tell_errors ? bound.bindings : kNone));
}

Result<FormReport> FormOf(const Sources& sources, const Job& job, Generated& generated) {
  const PortAndTarget& place = sources.places[job.place];
  FormReport out{.place = place, .name = LibraryName(place.target)};
  const Inventory& inventory = generated.bound.scanned.inventory;
  out.name += " " + job.dialect + (job.as == "patch" ? " patch" : "");
  out.fingerprint = FingerprintOf(generated);
  out.rules = std::move(generated.rules);
  out.rules.insert(inventory.rules.begin(), inventory.rules.end());
  AddRulesOf(generated.bound.bindings, out.rules);
  AddRulesOf(generated.bound.process_bindings, out.rules);
  for (const Artifact& artifact : generated.artifacts) {
    if (artifact.path.ends_with(".cc") || artifact.path.ends_with(".cpp")) out.units.push_back(artifact);
  }
  if (job.own) {
    Result<LayoutReport> layouts = LayoutsOf(sources, job.place, generated.bound);
    if (!layouts) return Fail(std::move(layouts.error()));
    out.rules.insert(layouts->rules.begin(), layouts->rules.end());
    out.layouts = std::move(*layouts);
  }
  if (job.standard) {
    Result<std::optional<GoCallReport>> calls = GoCallsOf(sources, place, generated.bound);
    if (!calls) return Fail(std::move(calls.error()));
    out.go_calls = std::move(*calls);
  }
  return out;
}

Made Take(Result<FormReport> form) {
  Made out;
  if (form) out.form = std::move(*form);
  if (!form) out.errors = std::move(form.error());
  return out;
}

Record RecordOf(const PortAndTarget& place, const Bound& bound) {
  return RecordOf(place.target, bound.scanned.inventory, bound.bindings);
}

Made Make(const Sources& sources, const Job& job, Progress& progress) {
  const PortAndTarget& place = sources.places[job.place];
  if (job.dialect.empty()) return Take(BindForm(sources, job, progress));
  Result<Generated> generated =
      GenerateOne(sources, job.place, {.dialect = job.dialect, .out = "/", .jobs = 1, .as = job.as}, progress);
  if (!generated) {
    Made out{.form = {}, .record = {}, .errors = std::move(generated.error())};
    // An edit that does not fit hides nothing of what the tree has.
    const Result<Bound> bound =
        job.standard ? BindOne(sources, job.place, {.jobs = 1}, progress) : Result<Bound>(Fail(Errors()));
    if (bound) out.record = RecordOf(place, *bound);
    return out;
  }
  std::optional<Record> record;
  if (job.standard) record = RecordOf(place, generated->bound);
  Made out = Take(FormOf(sources, job, *generated));
  out.record = std::move(record);
  return out;
}

// A port for which nothing is written.
Made Read(const Sources& sources, std::size_t place) {
  const PortAndTarget& of = sources.places[place];
  Result<Inventory> inventory = sources.scanner.Scan(place, of.port, {.jobs = 1});
  if (!inventory) return {.form = {}, .record = {}, .errors = std::move(inventory.error())};
  Made out;
  out.form = {.place = of, .name = "read", .fingerprint = Fingerprint(SitesJson(of.target, *inventory))};
  out.form->rules = inventory->rules;
  out.record = RecordOf(of.target, *inventory, {});
  return out;
}

// All dialects and forms of a place; of another version than the baseline, unless it was asked for, what is bound alone.
std::vector<Job> JobsOf(const Sources& sources, std::size_t place) {
  const PortAndTarget& of = sources.places[place];
  const auto baseline = of.port.libcs.find(of.target.libc);
  const bool asked = !sources.selection.libc.empty();
  const bool is_default = of.target.libc == of.port.default_libc;
  if (!asked && baseline != of.port.libcs.end() && baseline->second != of.target.libc_version) return {{.place = place}};
  const RuleSet& rules = sources.scanner.rules();
  const Result<std::string> own = DialectFor(of, rules, "");
  std::vector<Job> out;
  for (const DialectRules& dialect : rules.dialects) {
    const bool is_own = own && dialect.name == *own;
    if (!is_own && !DialectFor(of, rules, dialect.name)) continue;
    if (dialect.name == "llgo" && !RewritesCalls(dialect, of.target)) continue;
    out.push_back({.place = place, .dialect = dialect.name, .own = is_own, .standard = is_own && (asked || is_default)});
    if (!dialect.patch.adds.empty()) out.push_back({.place = place, .dialect = dialect.name, .as = "patch"});
  }
  return out;
}

}  // namespace

Result<std::vector<PortAndTarget>> WithAllLibraries(const Selection& selection, const std::vector<PortAndTarget>& places) {
  if (!selection.libc.empty()) return places;
  std::vector<PortAndTarget> out;
  for (const PortAndTarget& place : places) {
    if (place.port.libcs.empty()) out.push_back(place);
    for (const auto& [libc, baseline] : place.port.libcs) {
      PortAndTarget with = place;
      with.target.libc = libc;
      with.target.libc_version = baseline;
      out.push_back(with);
      if (!WhyNoOutput(selection, with).empty()) continue;
      const Result<Facts> facts = FindFacts(selection, with, "");
      if (!facts) return Fail(facts.error());
      if (facts->target.libc_version == baseline) continue;
      with.target.libc_version = facts->target.libc_version;
      out.push_back(std::move(with));
    }
  }
  return out;
}

Errors ErrorsOf(const std::map<std::string, Errors>& by_port) {
  Errors out;
  for (const auto& [port, errors] : by_port) {
    for (const Error& error : errors) AddOnce(error, out);
  }
  return out;
}

std::set<std::string> UsedRules(const AllForms& all) {
  std::set<std::string> out;
  for (const FormReport& form : all.forms) out.insert(form.rules.begin(), form.rules.end());
  return out;
}

AllForms MakeAllForms(const Sources& sources, int jobs, Progress& progress) {
  AllForms out;
  std::vector<Job> all;
  for (std::size_t i = 0; i < sources.places.size(); ++i) {
    if (!WhyNoOutput(sources.selection, sources.places[i]).empty()) {
      out.none.push_back(sources.places[i]);
      all.push_back({.place = i, .dialect = "none"});
      continue;
    }
    for (Job& job : JobsOf(sources, i)) all.push_back(std::move(job));
  }
  std::vector<Made> made(all.size());
  ForEach(all.size(), jobs, [&](std::size_t i) {
    made[i] = all[i].dialect == "none" ? Read(sources, all[i].place) : Make(sources, all[i], progress);
  });
  std::set<std::string> names;
  for (const RuleName& rule : RuleNames(sources.scanner.rules())) names.insert(rule.id);
  for (std::size_t i = 0; i < made.size(); ++i) {
    const std::string port = sources.places[all[i].place].target.Name();
    Made& one = made[i];
    if (one.record) out.records.emplace(port, std::move(*one.record));
    for (Error& error : one.errors) AddOnce(std::move(error), out.errors[port]);
    if (!one.form) continue;
    std::erase_if(one.form->rules, [&](const std::string& id) { return !names.contains(id); });
    out.forms.push_back(std::move(*one.form));
  }
  for (const FormReport& form : out.forms) {
    const auto record = out.records.find(form.place.target.Name());
    if (record == out.records.end()) continue;
    const std::string& libc = record->second.libc;
    if (libc.empty() || libc == LibraryName(form.place.target))
      record->second.rules.insert(form.rules.begin(), form.rules.end());
  }
  return out;
}

}  // namespace libcify
