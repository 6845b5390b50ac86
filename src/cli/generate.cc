// libcify generate: the rewritten packages, ready for go build -overlay.
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/pipeline.h"
#include "cli/places.h"
#include "cli/report.h"

namespace libcify {
namespace {

// How to build with the output. Shims are compiled by whoever links them. Go refuses overlays of files in the module cache,
// where GOTOOLCHAIN puts toolchains as golang.org/toolchain@VERSION: such a tree has to be made whole elsewhere.
std::string HowToUse(const std::string& dialect, const std::string& as, const std::filesystem::path& goroot,
                     const std::string& out) {
  if (as == "patch") {
    return "join it to the compiler's tree: cp -r " + (std::filesystem::path(out) / "runtime").string() +
           " $LLGO_ROOT\n"
           "patch.json says which packages' patches the compiler applies\n";
  }
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

// Every port of the tree.
Result<void> RunAll(const OutputOptions& options, const Arguments& arguments) {
  Result<AllOutputs> made = MakeAllOutputs(options);
  if (!made) return Fail(std::move(made.error()));
  Json outputs = Json::Array(), others = Json::Array();
  for (Json& port : made->ports) {
    const Json* reason = port.Find("reason");
    if (!arguments.json() && reason != nullptr) Print(port.Find("target")->string() + " " + reason->string() + "\n");
    if (!arguments.json() && reason == nullptr) {
      const std::string folder = std::filesystem::path(port.Find("out")->string()).filename().string();
      Print(CountsText(port) + "  output    " + arguments.Get("out") + "/" + folder +
            (port.Find("changed")->boolean() ? "" : ", unchanged") + "\n");
    }
    (reason == nullptr ? outputs : others).Add(std::move(port));
  }
  if (!made->errors.empty()) return Fail(std::move(made->errors));
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
  const std::filesystem::path out = AbsoluteFolder(shown);
  const std::filesystem::path sysroot = arguments.Has("sysroot") ? AbsoluteFolder(arguments.Get("sysroot")) : "";
  const OutputOptions options{*selection, arguments.Get("dialect"), out, *jobs, sysroot, arguments.Get("as")};
  if (selection->target == "all") return RunAll(options, arguments);
  Result<Output> output = MakeOutput(options);
  if (!output) return Fail(std::move(output.error()));
  Json& counts = output->counts;
  if (arguments.json()) {
    counts.Add("out", Json::String(out.string()));
    counts.Add("changed", Json::Bool(output->changed));
    Print(counts.Pretty() + "\n");
    return {};
  }
  Print(CountsText(counts));
  Print("  output    " + shown + (output->changed ? "" : ", unchanged") + "\n");
  Print(HowToUse(counts.Find("dialect")->string(), arguments.Get("as"), selection->goroot, shown));
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
                      "  libcify generate --target all --out build/ports\n"
                      "  libcify generate --dialect llgo --as patch --out build/patch\n",
                  .run = Run};
  command.options.insert(command.options.end(),
                         {DialectOption(),
                          FormOption(),
                          {"out", "DIR", "the output folder; it is replaced as a whole", "libcify-overlay"},
                          {"sysroot", "DIR", "read the C headers of this folder instead of the committed facts"},
                          {"jobs", "N", "threads (default: one per processor)"},
                          FormatOption()});
  return command;
}

}  // namespace libcify
