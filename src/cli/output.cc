#include "cli/output.h"

#include <future>

#include "base/file.h"
#include "cli/pipeline.h"
#include "cli/places.h"
#include "cli/progress.h"
#include "cli/stamp.h"

namespace libcify {
namespace {

std::string RequestLine(const OutputOptions& options) {
  const Selection& selection = options.selection;
  std::string out = LIBCIFY_VERSION;
  for (const std::string& word : {selection.data.string(), selection.goroot.string(), selection.target, selection.libc,
                                  selection.experiments, options.dialect}) {
    out += " " + Json::String(word).Compact();
  }
  return out;
}

}  // namespace

Result<Output> MakeOutput(const OutputOptions& options) {
  Stamp stamp(options.out, RequestLine(options));
  const bool stampable = options.sysroot.empty();  // a sysroot's headers are not watched
  if (stampable) {
    if (const std::optional<std::string> note = stamp.Current()) {
      Result<Json> counts = Json::Parse("stamp", *note);
      if (counts) return Output{std::move(*counts), false};
    }
  }
  std::future<void> noting = std::async([&] {
    if (!stampable) return;
    stamp.AddFile(ThisExecutable());
    stamp.AddTree(options.selection.data / "rules");
    stamp.AddTree(options.selection.data / "overlays");
    stamp.AddGoSources(options.selection.goroot);
  });
  Progress progress;
  Result<Generated> generated =
      GenerateOne(options.selection, options.dialect, options.jobs, options.sysroot, options.out, progress);
  if (!generated) return Fail(std::move(generated.error()));
  Result<void> written = ReplaceTree(options.out, generated->files, "manifest.json");
  if (!written) return Fail(std::move(written.error()));
  Output output{Counts(*generated), true};
  noting.get();
  if (stampable) stamp.Write(options.out, generated->files, output.counts.Compact());
  return output;
}

}  // namespace libcify
