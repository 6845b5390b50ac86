// Loading: reads the rule files of a folder, all of them, and reports what is wrong with any of them in one run.
//
// In: the folder `rules`. Out: a RuleSet, or every problem as file:line:column with JSON path and rule id. Files are named
// in messages as "rules/extract/x.json" whatever the folder's real name is, so that messages do not depend on the machine.
#include <algorithm>

#include "base/file.h"
#include "rules/reading.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

struct RuleFile {
  std::string shown;  // "rules/extract/linux.json"
  std::string text;
};

// The *.json files directly in root/folder, sorted by name.
Result<std::vector<RuleFile>> ReadFolder(const fs::path& root, const std::string& folder) {
  std::error_code failed;
  std::vector<std::string> names;
  fs::directory_iterator entries(root / folder, failed);
  for (; !failed && entries != fs::directory_iterator(); entries.increment(failed)) {
    if (entries->path().extension() == ".json") names.push_back(entries->path().filename().string());
  }
  if (failed) {
    return Fail({.where = {(root / folder).string()},
                 .what = "cannot read this folder of rules: " + failed.message(),
                 .cls = ErrorClass::kEnvironment});
  }
  std::sort(names.begin(), names.end());
  std::vector<RuleFile> files;
  Errors errors;
  for (const std::string& name : names) {
    Result<std::string> text = ReadFile(root / folder / name);
    if (text) {
      files.push_back({"rules/" + folder + "/" + name, std::move(*text)});
    } else {
      Append(errors, std::move(text.error()));
    }
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return files;
}

class Loader {
 public:
  void Load(const fs::path& root, const std::string& folder) {
    Result<std::vector<RuleFile>> files = ReadFolder(root, folder);
    if (!files) return Append(errors, std::move(files.error()));
    for (const RuleFile& file : *files) {
      Hash(file.shown, file.text);
      Result<Json> json = Json::Parse(file.shown, file.text);
      if (!json) {
        Append(errors, std::move(json.error()));
      } else if (folder == "extract") {
        rules::ReadExtractFile(*json, ids, set.extract, errors);
      } else if (folder == "bind") {
        rules::ReadBindFile(*json, ids, set, errors);
      } else {
        rules::ReadDialectFile(*json, ids, set.dialects, errors);
      }
    }
  }

  // Names and lengths are part of the hash: moving a rule from one file to the next changes it.
  void Hash(const std::string& name, const std::string& text) {
    hashed += name + '\0' + std::to_string(text.size()) + '\0' + text;
  }

  RuleSet set;
  Errors errors;
  rules::Ids ids;
  std::string hashed;
};

// The system whose files a tree builds as well, as in build constraints (go/build, "Build Constraints").
std::string Implied(const std::string& goos) {
  if (goos == "android") return "linux";
  if (goos == "illumos") return "solaris";
  return goos == "ios" ? "darwin" : goos;
}

}  // namespace

Result<RuleSet> LoadRules(const fs::path& root) {
  Loader loader;
  for (const char* folder : {"bind", "dialects", "extract"}) loader.Load(root, folder);
  Result<std::string> ports = ReadFile(root / "ports.json");
  if (ports) {
    loader.Hash("rules/ports.json", *ports);
  } else {
    Append(loader.errors, std::move(ports.error()));
  }
  if (!loader.errors.empty()) return Fail(std::move(loader.errors));
  loader.set.fingerprint = Fingerprint(loader.hashed);
  return std::move(loader.set);
}

Result<std::vector<Port>> LoadPorts(const fs::path& root) {
  Result<std::string> text = ReadFile(root / "ports.json");
  if (!text) return Fail(std::move(text.error()));
  Result<Json> json = Json::Parse("rules/ports.json", *text);
  if (!json) return Fail(std::move(json.error()));
  std::vector<Port> ports;
  Errors errors;
  rules::ReadPortsFile(*json, ports, errors);
  if (!errors.empty()) return Fail(std::move(errors));
  return ports;
}

bool Covers(const Scope& scope, const Target& target) {
  const auto allows = [](const std::vector<std::string>& names, const std::string& name) {
    return names.empty() || rules::Contains(names, name);
  };
  return (allows(scope.goos, target.goos) || allows(scope.goos, Implied(target.goos))) &&
         allows(scope.goarch, target.goarch) && allows(scope.libc, target.libc);
}

}  // namespace libcify
