#include "cli/pipeline.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <future>
#include <set>

#include "base/parallel.h"
#include "bind/bind.h"
#include "bind/imports.h"
#include "bind/library.h"
#include "emit/emit.h"
#include "headers/headers.h"
#include "rules/request_edits.h"
#include "rules/rules.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

// Everything of the tree that the target compiles, relative to src.
std::vector<std::string> CompiledFiles(const std::vector<GoPackage>& packages) {
  std::vector<std::string> out;
  for (const GoPackage& package : packages) {
    for (const auto* list :
         {&package.go_files, &package.cgo_files, &package.s_files, &package.h_files, &package.c_files, &package.cxx_files}) {
      for (const std::string& file : *list) out.push_back(package.import_path + "/" + file);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Nothing is lost: what names a number must find it bound.
Errors CheckClosure(const Inventory& inventory, const std::vector<Binding>& bindings) {
  std::set<int> bound;
  for (const Binding& binding : bindings) bound.insert(binding.number);
  Errors errors;
  const auto check = [&](const Site& site, const std::string& symbol, const std::optional<int>& number) {
    if (!number || bound.contains(*number)) return;
    errors.push_back({.where = site.span,
                      .what = "system call " + std::to_string(*number) + (symbol.empty() ? "" : " (" + symbol + ")") +
                              " has no binding: the facts of this target do not know the number",
                      .rule = site.rule,
                      .hint = "scripts/facts reads the headers of a newer kernel"});
  };
  for (const Seam& seam : inventory.seams) check(seam.site, seam.symbol, seam.number);
  for (const Request& request : inventory.requests) check(request.site, request.symbol, request.number);
  return errors;
}

// Of files below `data`, their names and texts.
Result<std::string> FingerprintOf(const fs::path& data, std::vector<fs::path> files) {
  std::sort(files.begin(), files.end());
  std::string all;
  for (const fs::path& file : files) {
    Result<std::string> text = ReadFile(file);
    if (!text) return text;
    all += file.lexically_relative(data).string() + '\n' + *text + '\0';
  }
  return Fingerprint(all);
}

Result<std::string> OverlaysFingerprint(const fs::path& data) {
  std::vector<fs::path> files;
  std::error_code code;
  for (fs::recursive_directory_iterator it(data / "overlays", code), end; !code && it != end; it.increment(code)) {
    if (it->is_regular_file(code)) files.push_back(it->path());
  }
  return FingerprintOf(data, std::move(files));
}

// Over the hand-written glue and the target's facts, which the fingerprint of the rules leaves out.
Result<std::string> GlueFingerprint(const Result<std::string>& overlays, const fs::path& data, const Target& target) {
  if (!overlays) return Fail(overlays.error());
  std::vector<fs::path> files;
  std::error_code code;
  const std::string of_target = target.goos + "-" + target.goarch + "-";
  for (fs::directory_iterator it(data / "rules/facts", code), end; !code && it != end; it.increment(code)) {
    if (it->path().filename().string().starts_with(of_target)) files.push_back(it->path());
  }
  const Result<std::string> facts = FingerprintOf(data, std::move(files));
  if (!facts) return Fail(facts.error());
  return Fingerprint(*overlays + *facts);
}

Result<const DialectRules*> FindDialect(const RuleSet& rules, const std::string& name) {
  std::string known;
  for (const DialectRules& dialect : rules.dialects) {
    if (dialect.name == name) return &dialect;
    known += (known.empty() ? "" : ", ") + dialect.name;
  }
  return Fail({.what = "no dialect '" + name + "'", .hint = "there is " + known, .cls = ErrorClass::kUsage});
}

Result<std::vector<Binding>> BindNames(const Scanned& scanned, const Facts& facts, const std::string& dialect) {
  const Target& target = scanned.place.target;
  if (dialect == "llgo") return BindLinked(facts, target, scanned.rules(), scanned.inventory);
  if (dialect != "gc") return BindLibrary(facts, target, scanned.rules(), CallsOf(scanned.inventory));
  const Result<const DialectRules*> rules = FindDialect(scanned.rules(), dialect);
  if (!rules) return Fail(rules.error());
  return BindImports(facts, target, scanned.rules(), **rules, scanned.inventory);
}

// Every target that a selection names.
Result<std::vector<PortAndTarget>> FindPlaces(const Selection& selection) {
  Result<std::vector<Port>> ports = LoadPorts(selection.data / "rules");
  if (!ports) return Fail(std::move(ports.error()));
  return FindTargets(selection, *ports);
}

// Of the places those that the tree builds for; gives the ports that it builds for and no place is of.
Result<std::vector<std::string>> KeepKnown(const Goroot& goroot, std::vector<PortAndTarget>& places) {
  Result<std::vector<std::string>> known = goroot.Ports();
  if (!known) return Fail(std::move(known.error()));
  std::erase_if(places, [&](const PortAndTarget& place) {
    return std::find(known->begin(), known->end(), place.target.Name()) == known->end();
  });
  std::erase_if(*known, [&](const std::string& name) {
    return std::any_of(places.begin(), places.end(), [&](const auto& place) { return place.target.Name() == name; });
  });
  return known;
}

std::future<Result<RuleSet>> ReadRules(const Selection& selection) {
  return std::async([root = selection.data / "rules"] { return LoadRules(root); });
}

// What is wrong with the rules is said before what is wrong with the tree.
Result<Goroot> OpenTree(const Selection& selection, std::future<Result<RuleSet>>& rules) {
  Result<Goroot> goroot = Goroot::Open(selection.goroot);
  if (goroot) return goroot;
  if (Result<RuleSet> read = rules.get(); !read) return Fail(std::move(read.error()));
  return goroot;
}

std::string Percent(std::int64_t part, std::int64_t whole) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%.1f %%", whole == 0 ? 0.0 : 100.0 * double(part) / double(whole));
  return buffer;
}

// "46 = 39 enter + 1 vfork + 6 unreachable"; the total is counted on its own.
std::string Sum(const Json& counts) {
  std::string parts;
  for (const auto& [name, count] : counts.members()) {
    if (name == "total") continue;
    parts += (parts.empty() ? " = " : " + ") + std::to_string(count.integer()) + " " + name;
  }
  return std::to_string(counts.Find("total")->integer()) + parts;
}

Json CountBy(std::size_t total, const std::vector<std::string>& order, const std::vector<std::string>& names) {
  Json out = Json::Object();
  out.Add("total", Json::Integer(static_cast<std::int64_t>(total)));
  for (const std::string& name : order) {
    const auto count = std::count(names.begin(), names.end(), name);
    if (count > 0) out.Add(name, Json::Integer(count));
  }
  return out;
}

// solaris, illumos, aix: no package has their headers or lists of symbols, so their bindings are names, and say so.
bool HasNoHeaders(const Port& port) { return port.mechanism == "variable"; }

// Of a system without headers Go's list of numbers is all there is, and the tree asks for more than it holds.
void AddNumbersOf(const Inventory& inventory, Facts& facts) {
  std::set<int> known;
  for (const Call& call : facts.calls) known.insert(call.number);
  for (const Request& request : inventory.requests) {
    if (request.number && known.insert(*request.number).second) {
      facts.calls.push_back({.name = request.symbol, .number = *request.number});
    }
  }
}

Result<void> BindNumbers(const Facts& facts, const PortAndTarget& place, const RuleSet& rules, Bound& bound) {
  Result<std::vector<Binding>> bindings = Bind(facts, place.target, place.port, rules);
  if (!bindings) return Fail(std::move(bindings.error()));
  bound.bindings = std::move(*bindings);
  Result<std::vector<Binding>> for_process = BindForProcess(facts, place.target, place.port, rules);
  if (!for_process) return Fail(std::move(for_process.error()));
  bound.process_bindings = std::move(*for_process);
  return {};
}

}  // namespace

bool CallsLibrary(const Port& port) {
  static const std::set<std::string> kByName = {"trampoline", "dll", "wasmimport", "variable"};
  return kByName.contains(port.mechanism) && port.kept_reason.empty();
}

Result<int> Jobs(const Arguments& arguments) {
  const std::string& text = arguments.Get("jobs");
  int jobs = 0;
  if (text.empty()) return jobs;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), jobs);
  if (error == std::errc() && end == text.data() + text.size() && jobs >= 1 && jobs <= 1024) return jobs;
  return Fail({.what = "--jobs must be a number from 1 to 1024, not '" + text + "'", .cls = ErrorClass::kUsage});
}

Result<PortAndTarget> FindPlace(const Selection& selection) {
  Result<std::vector<PortAndTarget>> targets = FindPlaces(selection);
  if (!targets) return Fail(std::move(targets.error()));
  if (selection.target == "all") {
    return Fail(
        {.what = "--target all is for scan and generate", .hint = "name one GOOS/GOARCH", .cls = ErrorClass::kUsage});
  }
  return std::move(targets->front());
}

Result<Named> FindNamed(const Selection& selection) {
  std::future<Result<RuleSet>> rules = ReadRules(selection);
  Result<std::vector<PortAndTarget>> places = FindPlaces(selection);
  if (!places) return Fail(std::move(places.error()));
  Result<Goroot> goroot = OpenTree(selection, rules);
  if (!goroot) return Fail(std::move(goroot.error()));
  Result<std::vector<std::string>> unread;
  if (selection.target == "all") unread = KeepKnown(*goroot, *places);
  if (!unread) return Fail(std::move(unread.error()));
  return Named{std::move(rules), std::move(*goroot), std::move(*places), std::move(*unread)};
}

Result<Sources> OpenSources(const Selection& selection, Named named, int jobs, Progress& progress) {
  const std::string of =
      named.places.size() == 1 ? named.places.front().target.Name() : std::to_string(named.places.size()) + " ports";
  std::shared_future<Result<std::string>> overlays =
      std::async([data = selection.data] { return OverlaysFingerprint(data); });
  progress.Step("reading rules and " + selection.goroot.string() + " for " + of);
  std::vector<Target> targets;
  for (const PortAndTarget& place : named.places) targets.push_back(place.target);
  Result<Scanner> scanner = Scanner::Open(named.goroot, std::move(named.rules), targets, {.jobs = jobs});
  if (!scanner) return Fail(std::move(scanner.error()));
  auto edits = std::make_unique<EditRulesOfTargets>();
  return Sources{selection,           std::move(named.goroot), std::move(named.places),
                 std::move(*scanner), std::move(edits),        std::move(overlays)};
}

Result<Sources> OpenSources(const Selection& selection, int jobs, Progress& progress) {
  std::future<Result<RuleSet>> rules = ReadRules(selection);
  Result<PortAndTarget> place = FindPlace(selection);
  if (!place) return Fail(std::move(place.error()));
  if (const std::string why = WhyNoOutput(selection, *place); !why.empty()) {
    return Fail({.what = place->port.Name() + " " + why, .cls = ErrorClass::kUsage});
  }
  Result<Goroot> goroot = OpenTree(selection, rules);
  if (!goroot) return Fail(std::move(goroot.error()));
  return OpenSources(selection, {std::move(rules), std::move(*goroot), {std::move(*place)}, {}}, jobs, progress);
}

// Where a tree calls functions of a library by name, there is nothing to rewrite for the ordinary compiler, but where it
// looks them up while it runs.
Result<std::string> DialectFor(const PortAndTarget& place, const RuleSet& rules, const std::string& asked) {
  const Port& port = place.port;
  const std::string fits = CallsLibrary(port) ? "shims" : "gc";
  if (asked.empty() || asked == fits) return fits;
  if (asked == "llgo") return asked;
  const Result<const DialectRules*> dialect = FindDialect(rules, asked);
  if (!dialect) return Fail(dialect.error());
  const Result<RequestEdits> edits = RequestEdits::Compile(**dialect, place.target);
  if (!edits) return Fail(edits.error());
  if (!edits->empty()) return asked;
  return Fail({.what = asked == "gc" ? "Go calls " + port.default_libc + " by name on " + port.Name()
                                     : "Go makes system calls itself on " + port.Name(),
               .hint = "its dialect is " + fits,
               .cls = ErrorClass::kUsage});
}

// The place of some sources, read.
Result<Scanned> ScanOne(const Sources& sources, std::size_t index, int jobs) {
  const PortAndTarget& place = sources.places[index];
  Result<Inventory> inventory = sources.scanner.Scan(index, place.port, {.jobs = jobs});
  if (!inventory) return Fail(std::move(inventory.error()));
  return Scanned{.sources = &sources,
                 .place = place,
                 .inventory = std::move(*inventory),
                 .files = CompiledFiles(*sources.scanner.Packages(index))};
}

fs::path FactsFile(const Selection& selection, const Target& target) {
  return selection.data / "rules" / "facts" / (target.goos + "-" + target.goarch + "-" + target.libc + ".json");
}

std::string WhyNoOutput(const Selection& selection, const PortAndTarget& place) {
  const Port& port = place.port;
  if (!port.kept_reason.empty()) return "is left as it is: " + port.kept_reason + " (" + port.kept_reference + ")";
  std::error_code code;
  if (!HasNoHeaders(port) && !fs::exists(FactsFile(selection, place.target), code)) {
    return "has no output: its headers are not known here (rules/facts), libcify scan reads it";
  }
  return {};
}

Result<Facts> FindFacts(const Selection& selection, const PortAndTarget& place, const fs::path& sysroot) {
  const fs::path file = FactsFile(selection, place.target);
  if (sysroot.empty() && HasNoHeaders(place.port)) return Facts{.target = place.target};
  if (sysroot.empty()) return LoadFacts(file);
  return ReadHeaders(place.target, place.port, {.data = file.parent_path(), .sysroot = sysroot});
}

// `dialect`: what DialectFor says.
Result<Bound> BindFor(const std::string& dialect, const Sources& sources, std::size_t index, const MakeOptions& options,
                      Progress& progress) {
  const PortAndTarget& place = sources.places[index];
  const RuleSet& rules = sources.scanner.rules();
  const bool by_name = CallsLibrary(place.port);
  Bound bound{.dialect = dialect};
  // Beside the scan. Where the headers tell all numbers, binding needs nothing of the tree.
  std::future<Result<Facts>> finding = Beside(options.jobs, [&]() -> Result<Facts> {
    Result<Facts> facts = FindFacts(sources.selection, place, options.sysroot);
    if (!facts || by_name || facts->functions.empty()) return facts;
    if (Result<void> made = BindNumbers(*facts, place, rules, bound); !made) return Fail(std::move(made.error()));
    return facts;
  });
  progress.Step("scanning for " + place.target.Name());
  Result<Scanned> scanned = ScanOne(sources, index, options.jobs);
  progress.Step(options.sysroot.empty() ? "binding" : "reading C headers");
  Result<Facts> facts = finding.get();
  if (!scanned) return Fail(std::move(scanned.error()));
  if (!facts) return Fail(std::move(facts.error()));
  bound.scanned = std::move(*scanned);
  const Inventory& inventory = bound.scanned.inventory;
  if (by_name) {
    Result<std::vector<Binding>> bindings = BindNames(bound.scanned, *facts, dialect);
    if (!bindings) return Fail(std::move(bindings.error()));
    bound.bindings = std::move(*bindings);
    return bound;
  }
  if (facts->functions.empty()) {
    AddNumbersOf(inventory, *facts);
    if (Result<void> made = BindNumbers(*facts, place, rules, bound); !made) return Fail(std::move(made.error()));
  }
  if (Errors errors = CheckClosure(inventory, bound.bindings); !errors.empty()) return Fail(std::move(errors));
  return bound;
}

Result<Bound> BindOne(const Sources& sources, std::size_t index, const MakeOptions& options, Progress& progress) {
  const Result<std::string> dialect = DialectFor(sources.places[index], sources.scanner.rules(), options.dialect);
  if (!dialect) return Fail(dialect.error());
  return BindFor(*dialect, sources, index, options, progress);
}

Result<Generated> GenerateOne(const Sources& sources, std::size_t place, const MakeOptions& options, Progress& progress) {
  const Target& target = sources.places[place].target;
  const fs::path& data = sources.selection.data;
  const Result<std::string> named = DialectFor(sources.places[place], sources.scanner.rules(), options.dialect);
  if (!named) return Fail(named.error());
  const std::string& dialect = *named;
  const Result<const DialectRules*> rules = FindDialect(sources.scanner.rules(), dialect);
  if (!rules) return Fail(rules.error());
  const bool patch = options.as == "patch";
  if (patch && (*rules)->patch.adds.empty()) {
    return Fail({.what = "the dialect " + dialect + " has no patches of a compiler's tree",
                 .hint = "--dialect llgo has",
                 .cls = ErrorClass::kUsage});
  }
  // What needs nothing of the tree is made beside the scan.
  const std::vector<EditRule>& own = patch ? (*rules)->patch.edits : (*rules)->edits;
  std::future<Result<EditRules>> compiling = Beside(options.jobs, [&] { return sources.edits->For(own, target); });
  std::future<Result<std::string>> hashing =
      Beside(options.jobs, [&] { return GlueFingerprint(sources.overlays.get(), data, target); });
  Result<Bound> bound = BindFor(dialect, sources, place, options, progress);
  if (!bound) return Fail(std::move(bound.error()));
  Generated generated{.bound = std::move(*bound)};
  const Scanned& scanned = generated.bound.scanned;
  const Result<std::string> glue = hashing.get();
  if (!glue) return Fail(glue.error());
  const Result<EditRules> edits = compiling.get();
  if (!edits) return Fail(edits.error());
  progress.Step("writing the overlay");
  std::future<std::string> sites = Beside(options.jobs, [&] { return SitesJson(target, scanned.inventory); });
  std::future<std::string> bindings = Beside(options.jobs, [&] { return BindingsJson(target, generated.bound.bindings); });
  generated.identity = std::string("libcify " LIBCIFY_VERSION " rules ") + scanned.rules().fingerprint + " glue " + *glue +
                       " " + scanned.inventory.go_version + " " + target.Name() +
                       (target.experiments.empty() ? " " : " GOEXPERIMENT=" + target.experiments + " ") + target.libc + "-" +
                       target.libc_version + " " + dialect;
  const EmitInput input{.target = target,
                        .port = scanned.place.port,
                        .inventory = scanned.inventory,
                        .bindings = generated.bound.bindings,
                        .process_bindings = generated.bound.process_bindings,
                        .dialect = **rules,
                        .edits = *edits,
                        .files = scanned.files,
                        .identity = generated.identity,
                        .jobs = options.jobs,
                        .patch = patch,
                        .sysroot = options.sysroot.string(),
                        .read_tree = [&](const std::string& path) -> Result<std::string> {
                          Result<std::string_view> text = sources.goroot.Read(path);
                          if (!text) return Fail(std::move(text.error()));
                          return std::string(*text);
                        },
                        .read_overlay = [&](const std::string& path) { return ReadFile(data / "overlays" / path); },
                        .list_tree =
                            [&](const std::string& folder) {
                              std::vector<std::string> names;
                              const Result<std::vector<FolderEntry>> entries =
                                  ListFolder(sources.selection.goroot / "src" / folder);
                              for (const FolderEntry& entry : entries ? *entries : std::vector<FolderEntry>())
                                names.push_back(entry.name);
                              return names;
                            },
                        .rule_used = [&](const std::string& rule) { generated.rules.insert(rule); }};
  Result<std::vector<Artifact>> artifacts = patch               ? EmitPatch(input)
                                            : dialect == "gc"   ? EmitGc(input)
                                            : dialect == "llgo" ? EmitLlgo(input)
                                                                : EmitShims(input);
  if (!artifacts) return Fail(std::move(artifacts.error()));
  generated.artifacts = std::move(*artifacts);
  for (const Artifact& artifact : generated.artifacts) {
    if (!artifact.removes) generated.files.push_back({artifact.path, artifact.text});
  }
  const bool overlays = dialect != "shims" && !patch;
  // A module of its own, so that ./... of a module around the folder does not take our files for its packages.
  if (overlays || patch) generated.files.push_back({"go.mod", "module libcify_overlay\n"});
  generated.files.push_back({"sites.json", sites.get()});
  generated.files.push_back({"bindings.json", bindings.get()});
  generated.files.push_back({"manifest.json", ManifestJson(input, generated.artifacts)});
  if (overlays)
    generated.files.push_back(
        {"overlay.json", OverlayJson(generated.artifacts, sources.selection.goroot.string(), options.out.string())});
  return generated;
}

Json Counts(const Generated& generated) {
  const Scanned& scanned = generated.bound.scanned;
  std::vector<std::string> roles, requests, hows, files;
  for (const Seam& seam : scanned.inventory.seams) {
    roles.emplace_back(Name(seam.role));
  }
  for (const Request& request : scanned.inventory.requests) {
    requests.emplace_back(request.entry.empty()                       ? "constant"
                          : request.number || !request.symbol.empty() ? "named"
                                                                      : "dynamic");
  }
  for (const Binding& binding : generated.bound.bindings) hows.emplace_back(Name(binding.how));
  std::set<std::string> tree(scanned.files.begin(), scanned.files.end());
  for (const Artifact& artifact : generated.artifacts) {
    const bool of_tree = artifact.replaces.starts_with("src/") && tree.contains(artifact.replaces.substr(4));
    files.emplace_back(of_tree ? "edited" : "added");
  }
  Json out = Json::Object();
  out.Add("go", Json::String(scanned.inventory.go_version));
  out.Add("target", Json::String(scanned.place.target.Name()));
  out.Add("libc", Json::String(scanned.place.target.libc + "-" + scanned.place.target.libc_version));
  out.Add("dialect", Json::String(generated.bound.dialect));
  out.Add("seams", CountBy(roles.size(), {"enter", "vfork", "sigreturn", "unreachable", "unneeded", "errno"}, roles));
  out.Add("requests", CountBy(requests.size(), {"named", "dynamic", "constant"}, requests));
  out.Add("bound", Json::String(CallsLibrary(scanned.place.port) ? "functions" : "numbers"));
  out.Add("bindings",
          CountBy(hows.size(), {"imported", "direct", "variadic", "adapted", "demultiplexed", "fallback", "kept"}, hows));
  out.Add("files", CountBy(files.size(), {"edited", "added"}, files));
  return out;
}

std::string CountsText(const Json& counts) {
  const auto text = [&](const char* key) { return counts.Find(key)->string(); };
  const Json& bindings = *counts.Find("bindings");
  const auto number = [&](const char* how) {
    const Json* found = bindings.Find(how);
    return found == nullptr ? 0 : found->integer();
  };
  const Json* bound = counts.Find("bound");  // a stamp may be older than this key
  const std::int64_t total = number("total"), by_name = total - number("fallback") - number("kept");
  return text("go") + ", " + text("target") + ", " + text("libc") + "\n" +  //
         "  seams     " + Sum(*counts.Find("seams")) + "\n" +               //
         "  requests  " + Sum(*counts.Find("requests")) + "\n" +            //
         (bound == nullptr || bound->string() == "numbers" ? "  numbers   " : "  functions ") + Sum(bindings) +
         "; by name " + Percent(by_name, total) + "\n" +  //
         "  files     " + Sum(*counts.Find("files")) + "\n";
}

}  // namespace libcify
