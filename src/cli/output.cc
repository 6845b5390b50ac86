#include "cli/output.h"

#include <algorithm>
#include <future>
#include <optional>
#include <string>
#include <utility>

#include "base/file.h"
#include "base/parallel.h"
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
                                  selection.experiments, options.dialect, options.as}) {
    out += " " + Json::String(word).Compact();
  }
  return out;
}

using Inputs = std::shared_future<std::string>;

// Found beside the work itself, unless a stamp asks first.
Inputs ReadInputs(const OutputOptions& options) {
  return std::async([&options] {
    if (!options.sysroot.empty()) return std::string();  // a sysroot's headers are not watched
    return StateOfInputs(options.selection.data, options.selection.goroot);
  });
}

// What a stamp notes, if it is current.
std::optional<Json> CurrentNote(Stamp& stamp, const Inputs& inputs) {
  if (!stamp.Exists()) return std::nullopt;
  const std::optional<std::string> note = stamp.Current(inputs);
  if (!note) return std::nullopt;
  Result<Json> parsed = Json::Parse("stamp", *note);
  if (!parsed) return std::nullopt;
  return std::move(*parsed);
}

Result<Json> WriteOutput(const OutputOptions& options, const Sources& sources, std::size_t place, const Inputs& inputs,
                         Stamp& stamp, Progress& progress) {
  Result<Generated> generated = GenerateOne(
      sources, place,
      {.dialect = options.dialect, .sysroot = options.sysroot, .out = options.out, .jobs = options.jobs, .as = options.as},
      progress);
  if (!generated) return Fail(std::move(generated.error()));
  Result<void> written = ReplaceTree(options.out, generated->files, "manifest.json");
  if (!written) return Fail(std::move(written.error()));
  Json counts = Counts(*generated);
  stamp.Write(inputs.get(), generated->files, counts.Compact());
  return counts;
}

// A port of --target all.
struct PortJob {
  OutputOptions options;  // for this port alone
  Stamp stamp;
  Result<Json> result;  // counts; or {"target", "reason"}
  bool changed = false;
};

PortJob JobOf(const OutputOptions& options, const PortAndTarget& place) {
  OutputOptions own = options;
  own.selection.target = place.port.Name();
  own.out /= place.port.goos + "-" + place.port.goarch;
  return {own, Stamp(own.out, RequestLine(own)), Json(), false};
}

// A result as it is told: counts say where the output is.
Json Told(Json result, const std::filesystem::path& all, bool changed) {
  if (result.Find("reason") != nullptr) return result;
  std::string folder = result.Find("target")->string();
  std::replace(folder.begin(), folder.end(), '/', '-');
  result.Add("out", Json::String((all / folder).string()));
  result.Add("changed", Json::Bool(changed));
  return result;
}

// The ports that have an output which is not current are made, side by side.
Result<void> MakePorts(const OutputOptions& options, const Inputs& inputs, Named named, std::vector<PortJob>& jobs,
                       Progress& progress) {
  std::vector<PortAndTarget> places;
  for (const PortAndTarget& place : named.places) {
    PortJob& job = jobs.emplace_back(JobOf(options, place));
    if (const std::string why = WhyNoOutput(options.selection, place); !why.empty()) {
      job.result = Json::Object({{"target", Json::String(place.port.Name())}, {"reason", Json::String(why)}});
    } else if (std::optional<Json> counts = CurrentNote(job.stamp, inputs)) {
      job.result = std::move(*counts);
    } else {
      places.push_back(place);
      job.changed = true;
    }
  }
  std::vector<PortJob*> stale;
  for (PortJob& job : jobs) {
    if (job.changed) stale.push_back(&job);
  }
  if (stale.empty()) return {};
  named.places = std::move(places);
  const Result<Sources> sources = OpenSources(options.selection, std::move(named), options.jobs, progress);
  if (!sources) return Fail(sources.error());
  ForEach(stale.size(), options.jobs, [&](std::size_t i) {
    if (stale.size() > 1) stale[i]->options.jobs = 1;
    stale[i]->result = WriteOutput(stale[i]->options, *sources, i, inputs, stale[i]->stamp, progress);
  });
  return {};
}

}  // namespace

Result<Output> MakeOutput(const OutputOptions& options) {
  const Inputs inputs = ReadInputs(options);
  Stamp stamp(options.out, RequestLine(options));
  if (std::optional<Json> counts = CurrentNote(stamp, inputs)) return Output{std::move(*counts), false};
  Progress progress;
  const Result<Sources> sources = OpenSources(options.selection, options.jobs, progress);
  if (!sources) return Fail(sources.error());
  Result<Json> counts = WriteOutput(options, *sources, 0, inputs, stamp, progress);
  if (!counts) return Fail(std::move(counts.error()));
  TrimStamps();
  return Output{std::move(*counts), true};
}

Result<AllOutputs> MakeAllOutputs(const OutputOptions& options) {
  const Inputs inputs = ReadInputs(options);
  Stamp stamp(options.out, RequestLine(options));
  AllOutputs all;
  if (std::optional<Json> note = CurrentNote(stamp, inputs)) {
    for (const Json& result : note->items()) all.ports.push_back(Told(result, options.out, false));
    return all;
  }
  Progress progress;
  Result<Named> named = FindNamed(options.selection);
  if (!named) return Fail(std::move(named.error()));
  const std::vector<std::string> unread = std::move(named->unread);
  std::vector<PortJob> jobs;
  if (Result<void> made = MakePorts(options, inputs, std::move(*named), jobs, progress); !made) {
    return Fail(std::move(made.error()));
  }
  Json note = Json::Array();
  std::string outputs;
  bool stamped = true;
  for (PortJob& job : jobs) {
    if (!job.result) {
      Append(all.errors, std::move(job.result.error()));
      continue;
    }
    note.Add(*job.result);
    outputs += job.stamp.output();
    stamped = stamped && (job.result->Find("reason") != nullptr || !job.stamp.output().empty());
    all.ports.push_back(Told(std::move(*job.result), options.out, job.changed));
  }
  for (const std::string& name : unread) {
    all.errors.push_back({.what = "no row of rules/ports.json describes " + name});
  }
  if (stamped && all.errors.empty()) stamp.WriteOf(inputs.get(), outputs, note.Compact());
  TrimStamps();
  return all;
}

Result<KeptOutput> KeepOutput(const std::filesystem::path& data, const std::filesystem::path& cache,
                              const std::map<std::string, std::string>& go_env, const std::string& dialect,
                              const std::string& salt) {
  KeptOutput out{.selection = {data, std::filesystem::path(go_env.at("GOROOT")).lexically_normal(),
                               go_env.at("GOOS") + "/" + go_env.at("GOARCH"), EnvironmentValue("LIBCIFY_LIBC"),
                               go_env.at("GOEXPERIMENT")}};
  const Selection& selection = out.selection;
  out.home = cache / (dialect == "gc" ? "go" : dialect) /
             Fingerprint(selection.goroot.string() + "\n" + selection.target + "\n" + selection.libc + "\n" +
                         selection.experiments + "\n" + data.string() + salt);
  Result<Output> output = MakeOutput({selection, dialect, out.home / "overlay", 0, ""});
  if (!output) return Fail(std::move(output.error()));
  out.changed = output->changed;
  return out;
}

}  // namespace libcify
