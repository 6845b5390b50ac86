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

Result<void> Run(const Arguments& arguments) {
  Result<Selection> selection = Select(arguments);
  if (!selection) return Fail(std::move(selection.error()));
  Result<int> jobs = Jobs(arguments);
  if (!jobs) return Fail(std::move(jobs.error()));
  const std::string& shown = arguments.Get("out");
  std::filesystem::path out = std::filesystem::absolute(shown).lexically_normal();
  if (!out.has_filename()) out = out.parent_path();
  const std::filesystem::path goroot = selection->goroot;
  Result<Output> output =
      MakeOutput({std::move(*selection), arguments.Get("dialect"), out, *jobs, arguments.Get("sysroot")});
  if (!output) return Fail(std::move(output.error()));
  if (arguments.json()) {
    output->counts.Add("out", Json::String(out.string()));
    output->counts.Add("changed", Json::Bool(output->changed));
    Print(output->counts.Pretty() + "\n");
    return {};
  }
  Print(CountsText(output->counts));
  Print("  output    " + shown + (output->changed ? "" : ", unchanged") + "\n");
  Print(HowToUse(output->counts.Find("dialect")->string(), goroot, shown));
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
                      "  libcify generate --target linux/amd64 --libc musl --out build/musl\n",
                  .run = Run};
  command.options.insert(command.options.end(),
                         {{"dialect",
                           "NAME",
                           "gc: the ordinary Go compiler; shims: any that lives on libc (default: the port's)",
                           "",
                           {"gc", "shims"}},
                          {"out", "DIR", "the output folder; it is replaced as a whole", "libcify-overlay"},
                          {"sysroot", "DIR", "read the C headers of this folder instead of the committed facts"},
                          {"jobs", "N", "threads (default: one per processor)"},
                          FormatOption()});
  return command;
}

}  // namespace libcify
