#include "cli/records.h"

#include <algorithm>

#include "base/file.h"
#include "cli/forms.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

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
  std::map<std::string, Errors> unread = tree.unread;
  std::erase_if(unread, [&](const auto& one) { return tree.records.contains(one.first); });
  return ErrorsOf(unread);
}

Tree ReadTree(const Sources& sources, int jobs, Progress& progress) {
  AllForms all = MakeAllForms(sources, jobs, progress);
  return {.go = sources.goroot.version(), .records = std::move(all.records), .unread = std::move(all.errors), .unknown = {}};
}

Result<Tree> ReadGoroot(const Selection& selection, int jobs, Progress& progress) {
  Result<Named> named = FindNamed(selection);
  if (!named) return Fail(std::move(named.error()));
  std::vector<std::string> unknown = std::move(named->unread);
  const Result<Sources> sources = OpenSources(selection, std::move(*named), jobs, progress);
  if (!sources) return Fail(sources.error());
  Tree out = ReadTree(*sources, jobs, progress);
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
