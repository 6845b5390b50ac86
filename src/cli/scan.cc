// libcify scan: all places where a tree reaches the operating system.
#include "scan/scan.h"

#include <algorithm>
#include <optional>

#include "base/parallel.h"
#include "cli/commands.h"
#include "cli/pipeline.h"
#include "cli/records.h"
#include "cli/report.h"
#include "emit/emit.h"

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

Error NoRow(const std::string& port) { return {.what = "no row of rules/ports.json describes " + port}; }

// What libcify diff compares, of one port or as a list.
Result<std::string> Inventories(const Sources& sources, const std::vector<std::string>& unknown, int jobs,
                                Progress& progress) {
  const Tree tree = ReadTree(sources, jobs, progress);
  Errors errors = UnreadErrors(tree);
  for (const std::string& port : unknown) errors.push_back(NoRow(port));
  if (!errors.empty()) return Fail(std::move(errors));
  std::string out;
  for (const auto& [port, record] : tree.records) out += (out.empty() ? "" : ",\n") + InventoryText(record);
  return sources.selection.target == "all" ? "[" + out + "]\n" : out;
}

// What is printed of the sites of one port, which are JSON.
Result<std::string> Show(const std::string& sites, bool as_json, bool all) {
  if (as_json) return all ? sites.substr(0, sites.size() - 1) : sites;
  Result<Json> parsed = Json::Parse("sites", sites);
  if (!parsed) return Fail(std::move(parsed.error()));
  return all ? TotalsLine(*parsed) : Lines(*parsed);
}

Result<void> Run(const Arguments& arguments) {
  Result<Selection> selection = Select(arguments);
  if (!selection) return Fail(std::move(selection.error()));
  Result<int> jobs = Jobs(arguments);
  if (!jobs) return Fail(std::move(jobs.error()));
  std::optional<Progress> progress(std::in_place);
  Result<Named> named = FindNamed(*selection);
  if (!named) return Fail(std::move(named.error()));
  const std::vector<std::string> unread = std::move(named->unread);
  Result<Sources> sources = OpenSources(*selection, std::move(*named), *jobs, *progress);
  if (!sources) return Fail(std::move(sources.error()));
  if (arguments.Get("format") == "inventory") {
    const Result<std::string> text = Inventories(*sources, unread, *jobs, *progress);
    progress.reset();
    if (!text) return Fail(text.error());
    Print(*text);
    return {};
  }
  const bool all = selection->target == "all";
  progress->Step("scanning");
  // Ports side by side, or the files of one.
  std::vector<Result<std::string>> found(sources->places.size());
  ForEach(found.size(), *jobs, [&](std::size_t i) {
    const PortAndTarget& place = sources->places[i];
    const Result<Inventory> inventory = sources->scanner.Scan(i, place.port, {.jobs = all ? 1 : *jobs});
    found[i] = inventory ? Show(SitesJson(place.target, *inventory), arguments.json(), all)
                         : Result<std::string>(Fail(inventory.error()));
  });
  std::string out;
  Errors errors;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i]) {
      out += (arguments.json() && !out.empty() ? ",\n" : "") + *found[i];
      continue;
    }
    if (all && !arguments.json()) {
      out += sources->goroot.version() + ", " + sources->places[i].target.Name() + ": " +
             std::to_string(found[i].error().size()) + " errors\n";
    }
    for (Error& error : found[i].error()) {  // of a file that several ports share, once
      if (std::find(errors.begin(), errors.end(), error) == errors.end()) errors.push_back(std::move(error));
    }
  }
  progress.reset();
  for (const std::string& name : unread) errors.push_back(NoRow(name));
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
                      "  libcify scan --target all --format json\n"
                      "  libcify scan --target all --format inventory > go1.27.json\n",
                  .run = Run};
  command.options.push_back({"jobs", "N", "threads (default: one per processor)"});
  command.options.push_back(
      {"format", "FORMAT", "text, json, or inventory: what libcify diff compares", "text", {"text", "json", "inventory"}});
  return command;
}

}  // namespace libcify
