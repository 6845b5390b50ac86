// libcify goroot: a whole Go tree with the overlay in place.
#include "base/json.h"
#include "cli/commands.h"
#include "cli/materialise.h"
#include "cli/places.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/selection.h"

namespace libcify {
namespace {

Result<void> Run(const Arguments& arguments) {
  Errors missing;
  for (const char* name : {"overlay", "out"}) {
    if (!arguments.Get(name).empty()) continue;
    missing.push_back(
        {.what = std::string("--") + name + " is missing", .hint = "see libcify help goroot", .cls = ErrorClass::kUsage});
  }
  if (!missing.empty()) return Fail(std::move(missing));
  Result<std::filesystem::path> goroot = SelectGoroot(arguments.Get("goroot"));
  if (!goroot) return Fail(std::move(goroot.error()));
  const std::filesystem::path out = AbsoluteFolder(arguments.Get("out"));
  const std::filesystem::path overlay = AbsoluteFolder(arguments.Get("overlay"));
  Result<Materialised> made;
  {
    Progress progress;
    progress.Step("materialising " + goroot->string());
    made = Materialise(*goroot, overlay, out);
  }
  if (!made) return Fail(std::move(made.error()));
  if (arguments.json()) {
    Json json = Json::Object();
    json.Add("goroot", Json::String(out.string()));
    json.Add("files", Json::Integer(static_cast<std::int64_t>(made->files)));
    json.Add("linked", Json::Integer(static_cast<std::int64_t>(made->linked)));
    json.Add("replaced", Json::Integer(static_cast<std::int64_t>(made->replaced)));
    Print(json.Pretty() + "\n");
    return {};
  }
  const std::size_t copied = made->files - made->linked - made->replaced;
  Print(arguments.Get("out") + ": " + std::to_string(made->files) + " files = " + std::to_string(made->linked) +
        " linked + " + std::to_string(copied) + " copied + " + std::to_string(made->replaced) + " from the overlay\n" +
        "use it with: GOTOOLCHAIN=local " + (std::filesystem::path(arguments.Get("out")) / "bin/go").string() +
        " build ./...\n");
  return {};
}

}  // namespace

Command GorootCommand() {
  return {.name = "goroot",
          .summary = "make a whole Go tree with an overlay in place (go refuses overlays below GOMODCACHE)",
          .options = {{"goroot", "DIR", "the Go tree (default: go env GOROOT)"},
                      {"overlay", "DIR", "what libcify generate wrote for that tree"},
                      {"out", "DIR", "the new tree; it is replaced as a whole"},
                      FormatOption()},
          .examples =
              "  libcify generate --out build/overlay\n"
              "  libcify goroot --overlay build/overlay --out build/goroot\n"
              "  GOTOOLCHAIN=local build/goroot/bin/go build ./...\n",
          .run = Run};
}

}  // namespace libcify
