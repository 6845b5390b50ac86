#include "cli/current.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/file.h"
#include "base/json.h"
#include "base/parallel.h"
#include "bind/version.h"
#include "cli/places.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRefresh = "look at the difference, then run libcify check --update";

fs::path TreesFile(const Selection& selection) { return selection.data / "rules/trees.json"; }
fs::path InventoryFolder(const Selection& selection) { return selection.data / "rules/inventory"; }

std::string InventoryName(const std::string& target) {
  std::string out = target + ".json";
  std::replace(out.begin(), out.end(), '/', '-');
  return out;
}

// The versions of Go that the inventories are of, and their texts by file.
struct Inventories {
  std::set<std::string> versions;
  std::map<std::string, std::string> texts;
};

Result<Inventories> ReadInventoryTexts(const fs::path& folder) {
  Inventories out;
  std::error_code code;
  if (!fs::exists(folder, code)) return out;
  const Result<std::vector<FolderEntry>> entries = ListFolder(folder.string());
  if (!entries) return Fail(entries.error());
  for (const FolderEntry& entry : *entries) {
    if (entry.is_folder || !entry.name.ends_with(".json")) continue;
    Result<std::string> text = ReadFile(folder / entry.name);
    if (!text) return Fail(text.error());
    const Result<std::vector<Record>> records = ReadInventories((folder / entry.name).string(), *text);
    if (!records) return Fail(records.error());
    for (const Record& record : *records) out.versions.insert(record.go);
    out.texts[entry.name] = std::move(*text);
  }
  return out;
}

// Inventories are of a port's own library and its baseline.
std::map<std::string, std::string> InventoryTexts(const Sources& sources, const AllForms& all) {
  std::map<std::string, std::string> out;
  for (const PortAndTarget& place : sources.places) {
    const auto baseline = place.port.libcs.find(place.target.libc);
    const bool own = place.target.libc == place.port.default_libc &&
                     (baseline == place.port.libcs.end() || baseline->second == place.target.libc_version);
    const auto record = all.records.find(place.target.Name());
    if (own && record != all.records.end()) out[InventoryName(record->first)] = InventoryText(record->second);
  }
  return out;
}

// By port.
std::map<std::string, FormFingerprints> FingerprintsOf(const AllForms& all) {
  std::map<std::string, FormFingerprints> out;
  for (const FormReport& form : all.forms) out[form.place.target.Name()][form.name] = form.fingerprint;
  return out;
}

Result<void> UpdateInventories(const Sources& sources, const AllForms& all) {
  const fs::path folder = InventoryFolder(sources.selection);
  const Result<Inventories> old = ReadInventoryTexts(folder);
  if (!old) return Fail(old.error());
  for (const std::string& version : old->versions) {
    if (IsNewer(version, sources.goroot.version())) return {};
  }
  const std::map<std::string, std::string> texts = InventoryTexts(sources, all);
  std::error_code code;
  fs::create_directories(folder, code);  // what cannot be made, cannot be written to either
  for (const auto& [name, text] : old->texts) {
    if (texts.contains(name)) continue;
    if (!fs::remove(folder / name, code) && code) {
      return Fail({.where = {(folder / name).string()},
                   .what = "cannot be removed: " + code.message(),
                   .cls = ErrorClass::kEnvironment});
    }
  }
  for (const auto& [name, text] : texts) {
    const auto before = old->texts.find(name);
    if (before != old->texts.end() && before->second == text) continue;
    if (Result<void> written = WriteFileAtomically(folder / name, text); !written) return written;
  }
  return {};
}

// "a, b and 40 more".
std::string FirstOf(const std::vector<std::string>& all) {
  constexpr std::size_t kShown = 4;
  std::string out;
  for (std::size_t i = 0; i < std::min(all.size(), kShown); ++i) out += (i == 0 ? "" : ", ") + all[i];
  return out + (all.size() > kShown ? " and " + std::to_string(all.size() - kShown) + " more" : "");
}

// How overlay.json spells the folder that it lies in, which may have several names.
fs::path SpelledFolder(const fs::path& folder) {
  const std::string file = (folder / "overlay.json").string();
  const Result<std::string> text = ReadFile(file);
  const Result<Json> json = text ? Json::Parse(file, *text) : Result<Json>(Json());
  const Json* replace = json ? json->Find("Replace") : nullptr;
  if (replace == nullptr) return folder;
  for (const auto& [of, by] : replace->members()) {
    std::error_code code;
    for (fs::path path = by.string(); path.has_relative_path(); path = path.parent_path()) {
      if (fs::equivalent(path, folder, code)) return path;
    }
  }
  return folder;
}

void CompareFiles(const Generated& generated, const fs::path& folder, std::size_t& same, std::size_t& wanted,
                  Errors& errors) {
  std::set<std::string> paths;
  const std::string hint = "run libcify generate again";
  for (const TreeEntry& file : generated.files) {
    paths.insert(file.path);
    ++wanted;
    const Result<std::string> found = ReadFile(folder / file.path);
    if (found && *found == file.text) {
      ++same;
    } else {
      errors.push_back(
          {.where = {(folder / file.path).string()}, .what = found ? "is not current" : "is missing", .hint = hint});
    }
  }
  std::error_code code;
  for (fs::recursive_directory_iterator it(folder, code), end; !code && it != end; it.increment(code)) {
    const std::string path = it->path().lexically_relative(folder).string();
    if (!it->is_directory(code) && !paths.contains(path)) {
      errors.push_back({.where = {it->path().string()}, .what = "belongs to no output", .hint = hint});
    }
  }
}

}  // namespace

Result<KnownTrees> LoadKnownTrees(const Selection& selection) {
  const fs::path file = TreesFile(selection);
  std::error_code code;
  if (!fs::exists(file, code)) return KnownTrees{};
  const Result<std::string> text = ReadFile(file);
  if (!text) return Fail(text.error());
  return ReadKnownTrees(file.string(), *text);
}

Result<void> Update(const Sources& sources, const AllForms& all, KnownTrees& known) {
  const std::string& go = sources.goroot.version();
  known.outputs[go] = FingerprintsOf(all);
  for (auto& [rule, versions] : known.rules) versions.erase(go);
  for (const std::string& rule : UsedRules(all)) known.rules[rule].insert(go);
  std::erase_if(known.rules, [](const auto& one) { return one.second.empty(); });
  if (Result<void> written = WriteFileAtomically(TreesFile(sources.selection), KnownTreesText(known)); !written)
    return written;
  return UpdateInventories(sources, all);
}

Result<Currency> CompareInventories(const Sources& sources, const AllForms& all, bool whole) {
  const fs::path folder = InventoryFolder(sources.selection);
  const Result<Inventories> old = ReadInventoryTexts(folder);
  if (!old) return Fail(old.error());
  const std::string& go = sources.goroot.version();
  std::string versions;
  for (const std::string& version : old->versions) versions += (versions.empty() ? "" : ", ") + version;
  if (old->versions.size() > 1) {
    return Currency{"not compared: they are of " + versions,
                    {{.where = {folder.string()},
                      .what = "holds inventories of several trees: " + versions,
                      .hint = "run libcify check --update on the newest"}}};
  }
  const std::string& experiments = sources.selection.experiments;
  if (!old->versions.contains(go) || !experiments.empty()) {
    return Currency{"not compared: " + (versions.empty() ? "there are none" : "they are of " + versions) + ", this is " +
                        go + (experiments.empty() ? "" : " with GOEXPERIMENT=" + experiments) +
                        "; libcify diff compares them",
                    {}};
  }
  Currency out;
  const std::map<std::string, std::string> texts = InventoryTexts(sources, all);
  std::size_t same = 0;
  const auto complain = [&](const std::string& name, const std::string& what) {
    out.errors.push_back({.where = {(folder / name).string()}, .what = what, .hint = kRefresh});
  };
  for (const auto& [name, text] : texts) {
    const auto found = old->texts.find(name);
    if (found == old->texts.end()) {
      complain(name, "is missing");
    } else if (found->second != text) {
      complain(name, "is not what libcify finds in " + go);
    } else {
      ++same;
    }
  }
  for (const auto& [name, text] : old->texts) {
    if (whole && all.errors.empty() && !texts.contains(name)) complain(name, "is of a port that " + go + " does not have");
  }
  out.said = std::to_string(same) + " of " + std::to_string(texts.size()) + " current";
  return out;
}

Currency CompareForms(const Sources& sources, const AllForms& all, const KnownTrees& known, bool whole) {
  const std::string& go = sources.goroot.version();
  const std::string file = TreesFile(sources.selection).string();
  const auto tree = known.outputs.find(go);
  if (tree == known.outputs.end() || !sources.selection.experiments.empty()) {
    return {std::to_string(all.forms.size()) + " made, not compared: rules/trees.json does not know " + go +
                (sources.selection.experiments.empty() ? "" : " with GOEXPERIMENT=" + sources.selection.experiments),
            {}};
  }
  Currency out;
  std::size_t same = 0;
  std::vector<std::string> other, fresh, gone;
  std::set<std::pair<std::string, std::string>> made;
  for (const FormReport& form : all.forms) {
    const std::string target = form.place.target.Name();
    made.emplace(target, form.name);
    const auto port = tree->second.find(target);
    const auto found = port == tree->second.end() ? FormFingerprints::const_iterator() : port->second.find(form.name);
    const bool is_known = port != tree->second.end() && found != port->second.end();
    if (is_known && found->second == form.fingerprint) {
      ++same;
      continue;
    }
    (is_known ? other : fresh).push_back(target + " " + form.name);
  }
  out.said = std::to_string(same) + " of " + std::to_string(all.forms.size()) + " are what rules/trees.json knows of " + go;
  const bool judge = whole && all.errors.empty();
  for (const auto& [target, forms] : judge ? tree->second : decltype(tree->second)()) {
    for (const auto& [form, fingerprint] : forms) {
      if (!made.contains({target, form})) gone.push_back(target + " " + form);
    }
  }
  const auto tell = [&](const std::vector<std::string>& forms, const std::string& what) {
    if (forms.empty()) return;
    out.errors.push_back({.where = {file}, .what = what + ": " + FirstOf(forms), .hint = kRefresh});
  };
  tell(other, "what is made of " + go + " is not what it was");
  if (whole) tell(fresh, "made of " + go + " for the first time");
  tell(gone, "not made of " + go + " any more");
  if (!judge) return out;
  std::set<std::string> before;
  const std::set<std::string> now = UsedRules(all);
  for (const auto& [rule, versions] : known.rules) {
    if (versions.contains(go)) before.insert(rule);
  }
  const auto complain = [&](const std::set<std::string>& rules, const std::set<std::string>& but, const std::string& what) {
    for (const std::string& rule : rules) {
      if (!but.contains(rule)) out.errors.push_back({.where = {file}, .what = what, .rule = rule, .hint = kRefresh});
    }
  };
  complain(before, now, "the rule does nothing in " + go + " any more");
  complain(now, before, "the rule had nothing to do in " + go + " before");
  return out;
}

Result<std::vector<CheckedOutput>> FindOutputs(const std::string& folder) {
  std::vector<CheckedOutput> out;
  if (folder.empty()) return out;
  std::error_code code;
  const fs::path path = AbsoluteFolder(folder);
  std::vector<fs::path> folders;
  const Result<std::vector<FolderEntry>> entries = ListFolder(path.string());
  if (entries && !fs::exists(path / "manifest.json", code)) {
    for (const FolderEntry& entry : *entries) {
      if (entry.is_folder) folders.push_back(path / entry.name);
    }
    std::sort(folders.begin(), folders.end());
  }
  if (folders.empty()) folders.push_back(path);
  Errors errors;
  for (const fs::path& one : folders) {
    Result<Manifest> manifest = ReadManifest(one);
    if (manifest) out.push_back({one, std::move(*manifest)});
    if (!manifest) Append(errors, std::move(manifest.error()));
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

Currency CompareOutputs(const Sources& sources, const std::vector<CheckedOutput>& outputs, int jobs, Progress& progress) {
  struct Compared {
    std::size_t same = 0, wanted = 0;
    Errors errors;
  };
  std::vector<Compared> compared(outputs.size());
  ForEach(outputs.size(), jobs, [&](std::size_t i) {
    const auto& [folder, manifest] = outputs[i];
    const auto place = std::find_if(sources.places.begin(), sources.places.end(), [&](const PortAndTarget& one) {
      return one.target.Name() == manifest.target && one.target.libc + "-" + one.target.libc_version == manifest.libc &&
             one.target.experiments == manifest.experiments;
    });
    if (place == sources.places.end()) {
      const std::string with = manifest.experiments.empty() ? "" : " and GOEXPERIMENT=" + manifest.experiments;
      compared[i].errors.push_back({.where = {folder.string()},
                                    .what = "is for " + manifest.target + " with " + manifest.libc + with,
                                    .hint = "check it alone, or name that target and library",
                                    .cls = ErrorClass::kUsage});
      return;
    }
    const Result<Generated> generated = GenerateOne(sources, static_cast<std::size_t>(place - sources.places.begin()),
                                                    {.dialect = manifest.dialect,
                                                     .sysroot = manifest.sysroot,
                                                     .out = SpelledFolder(folder),
                                                     .jobs = 1,
                                                     .as = manifest.as},
                                                    progress);
    if (!generated) return Append(compared[i].errors, generated.error());
    CompareFiles(*generated, folder, compared[i].same, compared[i].wanted, compared[i].errors);
  });
  Currency out;
  std::size_t same = 0, wanted = 0;
  for (Compared& one : compared) {
    same += one.same;
    wanted += one.wanted;
    Append(out.errors, std::move(one.errors));
  }
  out.said = std::to_string(same) + " of " + std::to_string(wanted) + " files current";
  if (outputs.size() > 1) out.said += ", of " + std::to_string(outputs.size()) + " outputs";
  return out;
}

}  // namespace libcify
