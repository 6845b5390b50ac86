// libcify scan: all places where a tree reaches the operating system.
#include "cli/commands.h"
#include "cli/pipeline.h"
#include "cli/report.h"
#include "emit/emit.h"
#include "rules/rules.h"

namespace libcify {
namespace {

std::string TextOrDash(const Json* value) {
  if (value == nullptr || value->kind() == Json::Kind::kNull) return "-";
  return value->kind() == Json::Kind::kInteger ? std::to_string(value->integer()) : value->string();
}

// "syscall/zsyscall_linux_amd64.go:88: request openat 257 in syscall.openat by syscall.Syscall6 [rule]"
std::string Lines(const Json& scan) {
  std::string out;
  for (const Json& site : scan.Find("sites")->items()) {
    const auto text = [&](const char* key) { return TextOrDash(site.Find(key)); };
    out += text("file") + ":" + text("line") + ": " + text("kind") + " " + text("symbol") + " " + text("number") + " in " +
           (text("func").empty() ? text("package") : text("func"));
    if (text("entry") != "-") out += " by " + text("entry");
    out += " [" + text("rule") + "]\n";
  }
  out += scan.Find("go")->string() + ", " + scan.Find("target")->string() + ":";
  std::int64_t total = 0;
  std::string parts;
  for (const auto& [kind, count] : scan.Find("totals")->members()) {
    parts += (parts.empty() ? " = " : " + ") + std::to_string(count.integer()) + " " + kind;
    total += count.integer();
  }
  return out + " " + std::to_string(total) + " sites" + parts + "\n";
}

Result<void> Run(const Arguments& arguments) {
  Result<Selection> selection = Select(arguments);
  if (!selection) return Fail(std::move(selection.error()));
  Result<int> jobs = Jobs(arguments);
  if (!jobs) return Fail(std::move(jobs.error()));
  Result<std::vector<PortAndTarget>> places = FindPlaces(*selection);
  if (!places) return Fail(std::move(places.error()));
  const bool all = selection->target == "all";
  std::string out;
  Errors errors;
  {
    Progress progress;
    for (const PortAndTarget& place : *places) {
      Result<Scanned> scanned = ScanOne(*selection, place, *jobs, progress);
      if (!scanned) {
        Append(errors, std::move(scanned.error()));
        continue;
      }
      const std::string json = SitesJson(scanned->place.target, scanned->inventory);
      if (arguments.json()) {
        out += (out.empty() ? "" : ",\n") + (all ? json.substr(0, json.size() - 1) : json);
        continue;
      }
      Result<Json> parsed = Json::Parse("sites", json);
      if (!parsed) return Fail(std::move(parsed.error()));
      out += Lines(*parsed);
    }
  }
  if (!errors.empty()) return Fail(std::move(errors));
  Print(all && arguments.json() ? "[" + out + "]\n" : out);
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
