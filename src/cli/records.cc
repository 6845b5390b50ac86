#include "cli/records.h"

#include <algorithm>

#include "base/file.h"
#include "base/parallel.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

Result<Record> ReadPort(const Sources& sources, std::size_t i, Depth depth, int jobs, Progress& progress) {
  const PortAndTarget& place = sources.places[i];
  if (!WhyNoOutput(sources.selection, place).empty()) {
    Result<Inventory> inventory = sources.scanner.Scan(i, place.port, {.jobs = jobs});
    if (!inventory) return Fail(std::move(inventory.error()));
    return RecordOf(place.target, *inventory, {});
  }
  if (depth == Depth::kBind) {
    const Result<Bound> bound = BindOne(sources, i, {.jobs = jobs}, progress);
    if (!bound) return Fail(bound.error());
    return RecordOf(place.target, bound->scanned.inventory, bound->bindings);
  }
  const Result<Generated> generated = GenerateOne(sources, i, {.out = "/", .jobs = jobs}, progress);
  if (!generated) return Fail(generated.error());
  return RecordOf(place.target, generated->bound.scanned.inventory, generated->bound.bindings);
}

Result<std::vector<fs::path>> InventoryFiles(const fs::path& path) {
  std::error_code code;
  if (!fs::is_directory(path, code)) return std::vector<fs::path>{path};
  Result<std::vector<FolderEntry>> entries = ListFolder(path.string());
  if (!entries) return Fail(std::move(entries.error()));
  std::vector<fs::path> files;
  for (const FolderEntry& entry : *entries) {
    if (!entry.is_folder && entry.name.ends_with(".json")) files.push_back(path / entry.name);
  }
  std::sort(files.begin(), files.end());
  if (!files.empty()) return files;
  return Fail({.where = {path.string()},
               .what = "is neither a Go tree (VERSION and src) nor a folder of inventories (*.json)",
               .cls = ErrorClass::kUsage});
}

// The errors of a file that nobody can compare anything with are the caller's mistake.
Errors AsUsage(Errors errors) {
  for (Error& error : errors) {
    error.cls = ErrorClass::kUsage;
    if (error.hint.empty()) error.hint = "libcify scan --format inventory writes inventories";
  }
  return errors;
}

}  // namespace

Errors UnreadErrors(const Tree& tree) {
  Errors out;
  for (const auto& [port, errors] : tree.unread) {
    for (const Error& error : errors) {
      if (std::find(out.begin(), out.end(), error) == out.end()) out.push_back(error);
    }
  }
  return out;
}

Tree ReadTree(const Sources& sources, Depth depth, int jobs, Progress& progress) {
  const std::size_t count = sources.places.size();
  std::vector<Result<Record>> found(count);
  ForEach(count, jobs, [&](std::size_t i) { found[i] = ReadPort(sources, i, depth, count > 1 ? 1 : jobs, progress); });
  Tree out{.go = sources.goroot.version(), .records = {}, .unread = {}, .unknown = {}};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string port = sources.places[i].target.Name();
    if (found[i]) {
      out.records.emplace(port, std::move(*found[i]));
    } else {
      out.unread.emplace(port, std::move(found[i].error()));
    }
  }
  return out;
}

Result<Tree> ReadGoroot(const Selection& selection, Depth depth, int jobs, Progress& progress) {
  Result<Named> named = FindNamed(selection);
  if (!named) return Fail(std::move(named.error()));
  std::vector<std::string> unknown = std::move(named->unread);
  const Result<Sources> sources = OpenSources(selection, std::move(*named), jobs, progress);
  if (!sources) return Fail(sources.error());
  Tree out = ReadTree(*sources, depth, jobs, progress);
  out.unknown = std::move(unknown);
  return out;
}

Result<Tree> ReadInventoryFiles(const fs::path& path, const std::string& target) {
  const Result<std::vector<fs::path>> files = InventoryFiles(path);
  if (!files) return Fail(files.error());
  Tree out;
  Errors errors;
  for (const fs::path& file : *files) {
    const Result<std::string> text = ReadFile(file);
    if (!text) return Fail(text.error());
    Result<std::vector<Record>> records = ReadInventories(file.string(), *text);
    if (!records) {
      Append(errors, AsUsage(std::move(records.error())));
      continue;
    }
    for (Record& record : *records) {
      if (out.go.empty()) out.go = record.go;
      if (record.go != out.go) {
        errors.push_back(
            {.where = {file.string()}, .what = "is of " + record.go + ", another of " + out.go, .cls = ErrorClass::kUsage});
      }
      if (target != "all" && record.target != target) continue;
      const std::string port = record.target;
      if (!out.records.emplace(port, std::move(record)).second) {
        errors.push_back({.where = {file.string()}, .what = port + " is there twice", .cls = ErrorClass::kUsage});
      }
    }
  }
  if (errors.empty() && out.records.empty()) {
    errors.push_back({.where = {path.string()}, .what = "holds no inventory of " + target, .cls = ErrorClass::kUsage});
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

}  // namespace libcify
