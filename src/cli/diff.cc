// libcify diff: what a new Go tree changes in how Go reaches the operating system.
#include <filesystem>

#include "cli/commands.h"
#include "cli/pipeline.h"
#include "cli/places.h"
#include "cli/records.h"
#include "cli/report.h"
#include "upgrade/report.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

Error UsageError(const std::string& what, const std::string& hint) {
  return {.what = what, .hint = hint, .cls = ErrorClass::kUsage};
}

// What a word of the command line names.
struct Side {
  fs::path path;
  bool is_tree = false;  // else inventories
};

Result<Side> FindSide(const std::string& word) {
  std::error_code code;
  const fs::path path = AbsoluteFolder(word);
  if (!fs::exists(path, code)) {
    return Fail({.where = {word},
                 .what = "does not exist",
                 .hint = "OLD and NEW are Go trees, or inventories that libcify scan --format inventory wrote",
                 .cls = ErrorClass::kUsage});
  }
  return Side{path, fs::is_directory(path / "src", code) || fs::exists(path / "VERSION", code)};
}

Result<Tree> Read(const Side& side, Selection selection, int jobs, Progress& progress) {
  if (!side.is_tree) return ReadInventoryFiles(side.path, selection.target);
  selection.goroot = side.path;
  return ReadGoroot(selection, jobs, progress);
}

Result<Upgrade> CompareSides(const Arguments& arguments) {
  Result<fs::path> data = DataFolder(arguments.Get("data"));
  if (!data) return Fail(std::move(data.error()));
  const Result<int> jobs = Jobs(arguments);
  if (!jobs) return Fail(jobs.error());
  const Result<Side> old_side = FindSide(arguments.operands()[0]), new_side = FindSide(arguments.operands()[1]);
  Errors errors;
  for (const auto* side : {&old_side, &new_side}) {
    if (!*side) Append(errors, side->error());
  }
  if (!errors.empty()) return Fail(std::move(errors));
  Selection selection{*data, {}, arguments.Get("target"), arguments.Get("libc"), EnvironmentValue("GOEXPERIMENT")};
  Progress progress;
  const Result<Tree> before = Read(*old_side, selection, *jobs, progress);
  if (!before) return Fail(before.error());
  // What cannot be read of the old tree is no upgrade's doing: there is nothing to compare with.
  if (errors = UnreadErrors(*before); !errors.empty()) return Fail(std::move(errors));
  // An inventory of one port is compared with that port.
  if (!old_side->is_tree && before->records.size() == 1) selection.target = before->records.begin()->first;
  const Result<Tree> after = Read(*new_side, selection, *jobs, progress);
  if (!after) return Fail(after.error());
  progress.Step("comparing");
  return Compare(*before, *after);
}

Result<void> Run(const Arguments& arguments) {
  if (arguments.operands().size() != 2) {
    return Fail(UsageError("diff needs two operands, OLD and NEW", "see libcify help diff"));
  }
  const Result<Upgrade> upgrade = CompareSides(arguments);
  if (!upgrade) return Fail(upgrade.error());
  const std::string& format = arguments.Get("format");
  Print(format == "json"       ? UpgradeJson(*upgrade).Pretty() + "\n"
        : format == "markdown" ? UpgradeMarkdown(*upgrade, "##")
                               : UpgradeText(*upgrade));
  if (upgrade->CountDecisions() > 0) return Fail(Errors());  // said already
  return {};
}

}  // namespace

Command DiffCommand() {
  return {
      .name = "diff",
      .summary = "what a new Go tree changes in how Go reaches the operating system",
      .operands = "OLD NEW",
      .options = {{"target", "GOOS/GOARCH", "one port, or all", "all"},
                  SelectionOption("libc"),
                  SelectionOption("data"),
                  {"jobs", "N", "threads (default: one per processor)"},
                  {"format", "FORMAT", "text, json, or markdown for a pull request", "text", {"text", "json", "markdown"}}},
      .examples =
          "  libcify diff /usr/lib/go-1.26 /usr/lib/go-1.27\n"
          "  libcify diff rules/inventory \"$(go env GOROOT)\"\n"
          "  libcify diff old.json \"$(go env GOROOT)\" --target linux/amd64 --format markdown\n"
          "\n"
          "OLD and NEW are Go trees, or inventories: files that libcify scan --format inventory wrote, or a folder of "
          "such.\n"
          "Exit code 1 says that something needs a decision: a place that no rule explains, a rule that does not fit the\n"
          "new tree, a port without a row in rules/ports.json, a call that libc served by name and no longer does, and a\n"
          "rule that matches nothing any more.\n",
      .run = Run,
      .max_operands = 2};
}

}  // namespace libcify
