// libcify report: the atlas, one page of all ports.
#include "base/file.h"
#include "cli/atlas.h"
#include "cli/commands.h"
#include "cli/pipeline.h"
#include "cli/report.h"
#include "emit/table.h"

namespace libcify {
namespace {

// JSON that can stand in a script element: no text in it ends the element.
std::string ForScript(const Json& data) {
  std::string out;
  for (const char c : data.Compact()) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out + "\n";
}

// The page with its style, script and data in it: it needs no other file.
Result<std::string> Page(const std::filesystem::path& folder, const Json& data) {
  std::vector<std::pair<std::string, std::string>> parts = {{"style", "atlas.css"}, {"script", "atlas.js"}};
  for (auto& [name, file] : parts) {
    Result<std::string> text = ReadFile(folder / file);
    if (!text) return Fail(std::move(text.error()));
    file = std::move(*text);
  }
  parts.emplace_back("data", ForScript(data));
  const std::filesystem::path page = folder / "atlas.html";
  const Result<std::string> text = ReadFile(page);
  if (!text) return Fail(text.error());
  return FillInsertionPoints(page.string(), *text, parts);
}

Result<void> Run(const Arguments& arguments) {
  Result<Selection> selection = Select(arguments);
  if (!selection) return Fail(std::move(selection.error()));
  Result<int> jobs = Jobs(arguments);
  if (!jobs) return Fail(std::move(jobs.error()));
  const std::vector<std::filesystem::path> older(arguments.operands().begin(), arguments.operands().end());
  Result<Json> data = Json();
  {
    Progress progress;
    data = AtlasData(*selection, older, *jobs, progress);
  }
  if (!data) return Fail(std::move(data.error()));
  if (arguments.json()) {
    Print(data->Compact() + "\n");
    return {};
  }
  const Result<std::string> page = Page(selection->data / "report", *data);
  if (!page) return Fail(page.error());
  const std::string& out = arguments.Get("out");
  if (Result<void> written = WriteFileAtomically(out, *page); !written) return written;
  Print(data->Find("go")->string() + ", " + std::to_string(data->Find("ports")->items().size()) + " ports: " + out + "\n");
  return {};
}

}  // namespace

Command ReportCommand() {
  Command command{.name = "report",
                  .summary = "the atlas of all ports: one page of what each call becomes, and why",
                  .operands = "OLDER_GOROOT…",
                  .options = SelectionOptions(),
                  .examples =
                      "  libcify report --out atlas.html\n"
                      "  libcify report --goroot go1.27 --out atlas.html go1.26 go1.25    with how it came to be\n"
                      "  libcify report --format json\n",
                  .run = Run,
                  .max_operands = 100};
  for (OptionSpec& option : command.options) {
    if (option.name == "target") option = {"target", "GOOS/GOARCH", "one port alone", "all"};
  }
  command.options.insert(
      command.options.end(),
      {{"out", "FILE", "the page", "atlas.html"}, {"jobs", "N", "threads (default: one per processor)"}, FormatOption()});
  return command;
}

}  // namespace libcify
