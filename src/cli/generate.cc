// libcify generate: the rewritten packages, ready for go build -overlay.
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/pipeline.h"
#include "cli/report.h"

namespace libcify {
namespace {

// How to build with the output. Shims are compiled by whoever links them. Go refuses overlays of files in the module cache,
// where GOTOOLCHAIN puts toolchains as golang.org/toolchain@VERSION: such a tree has to be made whole elsewhere.
std::string HowToUse(const std::string& dialect, const std::filesystem::path& goroot, const std::string& out) {
  if (dialect == "shims") {
    return "compile it for the target as C++17 or newer: " + (std::filesystem::path(out) / "libcify_shims.cc").string() +
           "\n";
  }
  if (!goroot.filename().string().starts_with("toolchain@")) {
    return "use it with: go build -overlay=" + (std::filesystem::path(out) / "overlay.json").string() + "\n";
  }
  return "go refuses overlays of a toolchain in the module cache; make the whole tree, or let libcify go build do so:\n"
         "  libcify goroot --goroot " +
         goroot.string() + " --overlay " + out + " --out DIR\n";
}

Result<Json> RunPort(const OutputOptions& options) {
  Result<Output> output = MakeOutput(options);
  if (!output) return Fail(std::move(output.error()));
  output->counts.Add("out", Json::String(options.out.string()));
  output->counts.Add("changed", Json::Bool(output->changed));
  return std::move(output->counts);
}

// Every port of the tree, each into a folder of its own below `out`. One that fails does not hold up the others.
Result<void> RunAll(const OutputOptions& options, const Arguments& arguments) {
  Result<std::vector<PortAndTarget>> places = FindPlaces(options.selection);
  Result<Goroot> goroot = Goroot::Open(options.selection.goroot);
  Errors errors;
  if (!places) Append(errors, std::move(places.error()));
  if (!goroot) Append(errors, std::move(goroot.error()));
  Result<std::vector<std::string>> unread;
  if (errors.empty()) unread = KeepKnown(*goroot, *places);
  if (!unread) Append(errors, std::move(unread.error()));
  if (!errors.empty()) return Fail(std::move(errors));
  Json outputs = Json::Array(), others = Json::Array();
  for (const PortAndTarget& place : *places) {
    const std::string name = place.port.Name();
    if (const std::string why = WhyNoOutput(options.selection, place); !why.empty()) {
      Json other = Json::Object();
      other.Add("target", Json::String(name));
      other.Add("reason", Json::String(why));
      others.Add(std::move(other));
      if (!arguments.json()) Print(name + " " + why + "\n");
      continue;
    }
    OutputOptions one = options;
    one.selection.target = name;
    one.out /= place.port.goos + "-" + place.port.goarch;
    Result<Json> counts = RunPort(one);
    if (!counts) {
      Append(errors, std::move(counts.error()));
      continue;
    }
    if (!arguments.json()) {
      Print(CountsText(*counts) + "  output    " + arguments.Get("out") + "/" + one.out.filename().string() +
            (counts->Find("changed")->boolean() ? "" : ", unchanged") + "\n");
    }
    outputs.Add(std::move(*counts));
  }
  for (const std::string& name : *unread) errors.push_back({.what = "no row of rules/ports.json describes " + name});
  if (!errors.empty()) return Fail(std::move(errors));
  if (arguments.json()) {
    Json all = Json::Object();
    all.Add("outputs", std::move(outputs));
    all.Add("none", std::move(others));
    Print(all.Pretty() + "\n");
  }
  return {};
}

Result<void> Run(const Arguments& arguments) {
  Result<Selection> selection = Select(arguments);
  if (!selection) return Fail(std::move(selection.error()));
  Result<int> jobs = Jobs(arguments);
  if (!jobs) return Fail(std::move(jobs.error()));
  const std::string& shown = arguments.Get("out");
  std::filesystem::path out = std::filesystem::absolute(shown).lexically_normal();
  if (!out.has_filename()) out = out.parent_path();
  const OutputOptions options{*selection, arguments.Get("dialect"), out, *jobs, arguments.Get("sysroot")};
  if (selection->target == "all") return RunAll(options, arguments);
  Result<Json> counts = RunPort(options);
  if (!counts) return Fail(std::move(counts.error()));
  if (arguments.json()) {
    Print(counts->Pretty() + "\n");
    return {};
  }
  Print(CountsText(*counts));
  Print("  output    " + shown + (counts->Find("changed")->boolean() ? "" : ", unchanged") + "\n");
  Print(HowToUse(counts->Find("dialect")->string(), selection->goroot, shown));
  return {};
}

}  // namespace

Command GenerateCommand() {
  Command command{.name = "generate",
                  .summary = "write the rewritten packages of a Go tree, for go build -overlay",
                  .options = SelectionOptions(),
                  .examples =
                      "  libcify generate --out build/overlay\n"
                      "  go build -overlay=build/overlay/overlay.json ./...\n"
                      "  libcify generate --target linux/amd64 --libc musl --out build/musl\n"
                      "  libcify generate --target all --out build/ports\n",
                  .run = Run};
  command.options.insert(command.options.end(),
                         {DialectOption(),
                          {"out", "DIR", "the output folder; it is replaced as a whole", "libcify-overlay"},
                          {"sysroot", "DIR", "read the C headers of this folder instead of the committed facts"},
                          {"jobs", "N", "threads (default: one per processor)"},
                          FormatOption()});
  return command;
}

}  // namespace libcify
