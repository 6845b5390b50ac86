// libcify scan: all places where a tree reaches the operating system.
#include "scan/scan.h"

#include <algorithm>
#include <future>
#include <optional>

#include "cli/commands.h"
#include "cli/pipeline.h"
#include "cli/report.h"
#include "emit/emit.h"
#include "goroot/goroot.h"
#include "rules/rules.h"

namespace libcify {
namespace {

std::string TextOrDash(const Json* value) {
  if (value == nullptr || value->kind() == Json::Kind::kNull) return "-";
  return value->kind() == Json::Kind::kInteger ? std::to_string(value->integer()) : value->string();
}

// "go1.27.3, linux/amd64: 318 sites = 39 seam.enter + …", what was found and how often.
std::string TotalsLine(const Json& scan) {
  std::int64_t total = 0;
  std::string parts;
  for (const auto& [kind, count] : scan.Find("totals")->members()) {
    parts += (parts.empty() ? " = " : " + ") + std::to_string(count.integer()) + " " + kind;
    total += count.integer();
  }
  return scan.Find("go")->string() + ", " + scan.Find("target")->string() + ": " + std::to_string(total) + " sites" + parts +
         "\n";
}

// "syscall/zsyscall_linux_amd64.go:88: request openat 257 in syscall.openat by syscall.Syscall6 [rule]"
std::string Lines(const Json& scan) {
  std::string out;
  for (const Json& site : scan.Find("sites")->items()) {
    const auto text = [&](const char* key) { return TextOrDash(site.Find(key)); };
    out += text("file") + ":" + text("line") + ": " + text("kind") + " " + text("symbol") + " " + text("number") + " in " +
           (text("func").empty() ? text("package") : text("func"));
    if (text("library") != "-") out += " of " + text("library");
    if (text("entry") != "-") out += " by " + text("entry");
    out += " [" + text("rule") + "]\n";
  }
  return out + TotalsLine(scan);
}

struct Sources {
  std::vector<PortAndTarget> places;
  std::vector<std::string> unread;  // ports of the tree that no row describes
  RuleSet rules;
  Goroot goroot;
};

// With --target all the tree says which ports there are.
Result<Sources> OpenSources(const Selection& selection) {
  std::future<Result<RuleSet>> loading = std::async([&] { return LoadRules(selection.data / "rules"); });
  Result<std::vector<PortAndTarget>> places = FindPlaces(selection);
  Result<Goroot> goroot = Goroot::Open(selection.goroot);
  Result<RuleSet> rules = loading.get();
  if (!places) return Fail(std::move(places.error()));
  if (!rules) return Fail(std::move(rules.error()));
  if (!goroot) return Fail(std::move(goroot.error()));
  Result<std::vector<std::string>> unread;
  if (selection.target == "all") unread = KeepKnown(*goroot, *places);
  if (!unread) return Fail(std::move(unread.error()));
  return Sources{std::move(*places), std::move(*unread), std::move(*rules), std::move(*goroot)};
}

Result<void> Run(const Arguments& arguments) {
  Result<Selection> selection = Select(arguments);
  if (!selection) return Fail(std::move(selection.error()));
  Result<int> jobs = Jobs(arguments);
  if (!jobs) return Fail(std::move(jobs.error()));
  Result<Sources> sources = OpenSources(*selection);
  if (!sources) return Fail(std::move(sources.error()));
  const bool all = selection->target == "all";
  std::string out;
  Errors errors;
  std::optional<Progress> progress(std::in_place);
  for (const PortAndTarget& place : sources->places) {
    progress->Step("reading " + selection->goroot.string() + " for " + place.target.Name());
    Result<Inventory> inventory = Scan(sources->goroot, place.target, place.port, sources->rules, {.jobs = *jobs});
    if (!inventory) {
      if (all && !arguments.json()) {
        out += sources->goroot.version() + ", " + place.target.Name() + ": " + std::to_string(inventory.error().size()) +
               " errors\n";
      }
      for (Error& error : inventory.error()) {  // of a file that several ports share, once
        if (std::find(errors.begin(), errors.end(), error) == errors.end()) errors.push_back(std::move(error));
      }
      continue;
    }
    const std::string json = SitesJson(place.target, *inventory);
    if (arguments.json()) {
      out += (out.empty() ? "" : ",\n") + (all ? json.substr(0, json.size() - 1) : json);
      continue;
    }
    Result<Json> parsed = Json::Parse("sites", json);
    if (!parsed) return Fail(std::move(parsed.error()));
    out += all ? TotalsLine(*parsed) : Lines(*parsed);
  }
  progress.reset();
  for (const std::string& name : sources->unread) errors.push_back({.what = "no row of rules/ports.json describes " + name});
  if (errors.empty() || !arguments.json()) Print(all && arguments.json() ? "[" + out + "]\n" : out);
  if (!errors.empty()) return Fail(std::move(errors));
  return {};
}

}  // namespace

Command ScanCommand() {
  Command command{.name = "scan",
                  .summary = "list the places where a Go tree reaches the operating system",
                  .options = SelectionOptions(),
                  .examples =
                      "  libcify scan\n"
                      "  libcify scan --goroot /usr/lib/go --target linux/amd64 --format json\n"
                      "  libcify scan --target all --format json\n",
                  .run = Run};
  command.options.push_back({"jobs", "N", "threads (default: one per processor)"});
  command.options.push_back(FormatOption());
  return command;
}

}  // namespace libcify
