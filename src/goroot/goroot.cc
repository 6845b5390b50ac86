#include "goroot/goroot.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "goroot/arch_level.h"
#include "goroot/experiments.h"
#include "goroot/file_head.h"
#include "goroot/source_tree.h"
#include "goroot/tree_facts.h"

namespace libcify {
namespace {

constexpr std::size_t kMaxTable = 1024 * 1024;  // bytes of a file that TreeFacts needs

class FolderReader : public TreeReader {
 public:
  explicit FolderReader(std::filesystem::path root) : root_(std::move(root)) {}

  [[nodiscard]] bool Exists(const std::string& path) const override {
    std::error_code error;
    return std::filesystem::exists(root_ / path, error);
  }
  [[nodiscard]] Result<GoText> Read(const std::string& path) const override {
    const std::string full = (root_ / path).string();
    auto text = ReadFile(full, kMaxTable);
    if (!text) return Fail(std::move(text.error()));
    return GoText::Parse(full, std::move(*text));
  }

 private:
  std::filesystem::path root_;
};

Error NotATree(const std::filesystem::path& root, const std::string& missing) {
  return {{root.string()},
          "not a Go tree: " + missing,
          "",
          "give the folder that `go env GOROOT` prints",
          ErrorClass::kEnvironment};
}

// The first word of VERSION that begins with "go": "go1.27.3", or behind "devel".
Result<std::string> ParseVersion(const std::string& file, const std::string& text) {
  const std::string_view line = std::string_view(text).substr(0, text.find('\n'));
  constexpr std::string_view kBlank = " \t\r";
  for (std::size_t at = line.find_first_not_of(kBlank); at != std::string_view::npos;) {
    const std::size_t stop = std::min(line.find_first_of(kBlank, at), line.size());
    const std::string_view word = line.substr(at, stop - at);
    const bool printable = std::all_of(word.begin(), word.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!printable || word.size() > 100) break;
    if (word.starts_with("go") && word.size() > 2) return std::string(word);
    if (word != "devel") break;
    at = line.find_first_not_of(kBlank, stop);
  }
  return Fail(Error{{file, 1, 1}, "expected a version such as go1.2.3", "", "is this a Go tree?", ErrorClass::kEnvironment});
}

// A tree from the repository has no VERSION; once built it has its version in zbootstrap.go.
Result<std::string> ReadVersion(const std::filesystem::path& root) {
  const std::string file = (root / "VERSION").string();
  if (std::error_code error; std::filesystem::exists(file, error)) {
    auto text = ReadFile(file, kMaxTable);
    if (!text) return Fail(std::move(text.error()));
    return ParseVersion(file, *text);
  }
  auto text = FolderReader(root).Read("src/internal/buildcfg/zbootstrap.go");
  const auto version = text ? text->Constant("version") : std::nullopt;
  if (!version) return Fail(NotATree(root, "no file VERSION"));
  return ParseVersion(text->file(), *version);
}

}  // namespace

// What has been read of the tree. Everything is read when first asked for, once, and shared by all copies of a Goroot.
struct Goroot::State {
  std::filesystem::path root;
  std::mutex mutex;
  std::optional<Result<TreeFacts>> facts;
  std::optional<Result<SourceTree>> sources;
  std::map<std::string, std::string> others;  // texts that no target compiles, by path

  const Result<TreeFacts>& Facts() {
    const std::lock_guard lock(mutex);
    if (facts) return *facts;
    facts = ReadTreeFacts(FolderReader(root));
    if (*facts) return *facts;
    for (Error& error : facts->error()) {
      if (error.where.file.empty()) error.where.file = root.string();  // what no file of the tree tells
    }
    return *facts;
  }
  const Result<SourceTree>& Sources(const KnownSystems& known) {
    const std::lock_guard lock(mutex);
    if (!sources) sources = SourceTree::Open((root / "src").string(), known);
    return *sources;
  }
  Result<std::string_view> Text(const std::string& path) {
    const std::lock_guard lock(mutex);
    if (sources && *sources) {
      const std::size_t slash = path.rfind('/');
      const std::string_view whole = path;
      const std::string* text =
          slash == std::string::npos ? nullptr : (*sources)->Text(whole.substr(0, slash), whole.substr(slash + 1));
      if (text != nullptr) return *text;
    }
    const auto known = others.find(path);
    if (known != others.end()) return known->second;
    Result<std::string> text = ReadFile(root / "src" / path, kMaxSource);
    if (!text) return Fail(std::move(text.error()));
    return others.emplace(path, std::move(*text)).first->second;
  }
};

Result<Goroot> Goroot::Open(const std::filesystem::path& root) {
  std::error_code error;
  if (!std::filesystem::is_directory(root, error)) {
    return Fail(Error{
        {root.string()}, "no such folder", "", "give the folder that `go env GOROOT` prints", ErrorClass::kEnvironment});
  }
  for (const char* folder : {"src", "src/runtime", "src/internal/goversion"}) {
    if (!std::filesystem::is_directory(root / folder, error)) {
      return Fail(NotATree(root, std::string("no folder ") + folder));
    }
  }
  auto version = ReadVersion(root);
  if (!version) return Fail(std::move(version.error()));
  Goroot tree;
  tree.root_ = root;
  tree.version_ = std::move(*version);
  tree.state_ = std::make_shared<State>();
  tree.state_->root = root;
  return tree;
}

Result<std::map<std::string, bool>> Goroot::Tags(const Target& target, bool cgo) const {
  const Result<TreeFacts>& facts = state_->Facts();
  if (!facts) return Fail(facts.error());
  const std::string port = target.Name();
  if (!std::binary_search(facts->ports.begin(), facts->ports.end(), port) &&
      !std::binary_search(facts->broken_ports.begin(), facts->broken_ports.end(), port)) {
    return Fail(Error{
        {root_.string()}, port + " is no port of " + version_, "", "`go tool dist list` names them", ErrorClass::kUsage});
  }
  auto experiments =
      EnabledExperiments(*facts->experiments, *facts->flags, target.goos, target.goarch,
                         target.experiments.empty() ? facts->defaults.at("GOEXPERIMENT") : target.experiments);
  auto levels = LevelTags(*facts, target.goos, target.goarch);
  Errors errors;
  if (!experiments) Append(errors, experiments.error());
  if (!levels) Append(errors, levels.error());
  if (!errors.empty()) return Fail(std::move(errors));
  std::map<std::string, bool> tags = {{target.goos, true}, {target.goarch, true}, {"gc", true}};
  if (cgo) tags["cgo"] = true;
  if (facts->known.unix_os.contains(target.goos)) tags["unix"] = true;
  // `go help buildconstraint`: these systems also fulfil the constraints of their relatives.
  if (target.goos == "android") tags["linux"] = true;
  if (target.goos == "illumos") tags["solaris"] = true;
  if (target.goos == "ios") tags["darwin"] = true;
  for (int i = 1; i <= facts->release; ++i) tags["go1." + std::to_string(i)] = true;
  for (const std::string& level : *levels) tags[level] = true;
  for (const std::string& experiment : *experiments) {
    tags["goexperiment." + experiment] = true;
    if (experiment == "boringcrypto") tags["boringcrypto"] = true;  // its older name
  }
  return tags;
}

Result<std::vector<GoPackage>> Goroot::Packages(const Target& target, bool cgo) const {
  auto tags = Tags(target, cgo);
  if (!tags) return Fail(std::move(tags.error()));
  TagSet set;
  for (const auto& [tag, holds] : *tags) {
    if (holds) set.insert(tag);
  }
  const Result<SourceTree>& sources = state_->Sources(state_->Facts()->known);
  if (!sources) return Fail(sources.error());
  return sources->Packages(set, cgo);
}

Result<std::map<std::string, std::string>> Goroot::AssemblerDefines(const Target& target) const {
  auto tags = Tags(target, false);
  if (!tags) return Fail(std::move(tags.error()));
  std::map<std::string, std::string> defines = LevelDefines(*state_->Facts(), target.goos, target.goarch);
  defines["GOOS_" + target.goos] = "1";
  defines["GOARCH_" + target.goarch] = "1";
  constexpr std::string_view kExperiment = "goexperiment.";
  for (const auto& [tag, holds] : *tags) {
    if (holds && tag.starts_with(kExperiment)) defines["GOEXPERIMENT_" + tag.substr(kExperiment.size())] = "1";
  }
  return defines;
}

Result<std::vector<std::string>> Goroot::Ports() const {
  const Result<TreeFacts>& facts = state_->Facts();
  if (!facts) return Fail(facts.error());
  return facts->ports;
}

Result<std::string_view> Goroot::Read(const std::string& path) const {
  const std::filesystem::path relative(path);
  const bool inside =
      !path.empty() && !relative.is_absolute() && std::find(relative.begin(), relative.end(), "..") == relative.end();
  if (!inside) return Fail(Error{{path}, "expected a path below src", "", "", ErrorClass::kUsage});
  return state_->Text(path);
}

}  // namespace libcify
