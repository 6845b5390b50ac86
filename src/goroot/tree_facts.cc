#include "goroot/tree_facts.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace libcify {
namespace {

constexpr int kMaxRelease = 10000;  // each release is a tag; a hostile number must not fill the memory

// Keys whose value is true in `NAME = map[string]bool{"key": true, …}`.
std::optional<TagSet> BoolMap(const GoText& text, std::initializer_list<std::string_view> names, Errors& errors) {
  for (std::string_view name : names) {
    const auto found = text.Find({name, "=", "map", "[", "string", "]", "bool", "{"});
    if (!found) continue;
    TagSet keys;
    const std::size_t open = *found + 7, close = text.Close(open);
    for (std::size_t i = open + 1; i < close; i += 4) {
      const bool value = text.Is(i + 2, "true");
      if (!text.IsString(i) || !text.Is(i + 1, ":") || !(value || text.Is(i + 2, "false"))) {
        errors.push_back(text.ErrorAt(i, "expected \"name\": true in the table " + std::string(name)));
        return std::nullopt;
      }
      keys.emplace(text.At(i).text);
      if (i + 3 < close && !text.Is(i + 3, ",")) {
        errors.push_back(text.ErrorAt(i + 3, "expected a comma in the table " + std::string(name)));
        return std::nullopt;
      }
    }
    return keys;
  }
  return std::nullopt;
}

Error NoTable(const std::string& file, const std::string& what) { return {{file}, "no " + what + " found"}; }

std::optional<GoText> ReadFirst(const TreeReader& tree, std::initializer_list<const char*> paths, const std::string& what,
                                Errors& errors) {
  for (const char* path : paths) {
    if (!tree.Exists(path)) continue;
    auto text = tree.Read(path);
    if (text) return std::move(*text);
    Append(errors, text.error());
    return std::nullopt;
  }
  std::string list;
  for (const char* path : paths) list += (list.empty() ? "" : ", ") + std::string(path);
  errors.push_back({{}, "no " + what + " in this Go tree", "", "expected " + list, ErrorClass::kEnvironment});
  return std::nullopt;
}

std::shared_ptr<const GoText> Share(std::optional<GoText> text) {
  return text ? std::make_shared<const GoText>(std::move(*text)) : nullptr;
}

void ReadSystems(const TreeReader& tree, TreeFacts& facts, Errors& errors) {
  auto text = ReadFirst(tree, {"src/internal/syslist/syslist.go", "src/go/build/syslist.go"}, "list of systems", errors);
  if (!text) return;
  const std::size_t before = errors.size();
  auto os = BoolMap(*text, {"KnownOS", "knownOS"}, errors);
  auto arch = BoolMap(*text, {"KnownArch", "knownArch"}, errors);
  auto unix_os = BoolMap(*text, {"UnixOS", "unixOS"}, errors);
  if (os && arch && unix_os) {
    facts.known = {std::move(*os), std::move(*arch), std::move(*unix_os)};
  } else if (errors.size() == before) {
    errors.push_back(NoTable(text->file(), "tables KnownOS, KnownArch and UnixOS"));
  }
}

void ReadRelease(const TreeReader& tree, TreeFacts& facts, Errors& errors) {
  auto text = ReadFirst(tree, {"src/internal/goversion/goversion.go"}, "release number", errors);
  if (!text) return;
  const std::string number = text->Constant("Version").value_or("");
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), facts.release);
  if (error != std::errc() || end != number.data() + number.size() || facts.release < 1 || facts.release > kMaxRelease) {
    errors.push_back(NoTable(text->file(), "constant Version with a release number"));
  }
}

// zbootstrap.go is written when a tree is built; a tree that never was has the defaults of cmd/dist, which are also those
// of `go help environment`.
void ReadDefaults(const TreeReader& tree, TreeFacts& facts, Errors& errors) {
  facts.defaults = {{"GO386", "sse2"},     {"GOAMD64", "v1"},         {"GOARM", "7"},
                    {"GOARM64", "v8.0"},   {"GOMIPS", "hardfloat"},   {"GOMIPS64", "hardfloat"},
                    {"GOPPC64", "power8"}, {"GORISCV64", "rva20u64"}, {"GOEXPERIMENT", ""}};
  const std::string path = "src/internal/buildcfg/zbootstrap.go";
  if (!tree.Exists(path)) return;
  auto text = tree.Read(path);
  if (!text) return Append(errors, text.error());
  for (auto& [name, value] : facts.defaults) {
    for (const char* prefix : {"Default", "default"}) {
      if (auto constant = text->Constant(prefix + name)) value = *constant;
    }
  }
}

// internal/platform/zosarch.go: List = []OSArch{{"linux", "amd64"}, …}; distInfo = …{{"linux", "x"}: {Broken: true}, …}.
bool ReadPlatformPorts(const GoText& text, TreeFacts& facts, Errors& errors) {
  const auto list = text.Find({"List", "=", "[", "]", "OSArch", "{"});
  if (!list) return false;
  TagSet broken;
  for (auto i = text.Find({"Broken", ":", "true"}); i; i = text.Find({"Broken", ":", "true"}, *i + 1)) {
    std::size_t open = *i;
    for (int members = 0; open > 0 && members < 16 && !text.Is(open, "{"); ++members) --open;
    // … "os" , "arch" } : {
    if (open >= 5 && text.IsString(open - 5) && text.IsString(open - 3)) {
      broken.insert(std::string(text.At(open - 5).text) + "/" + std::string(text.At(open - 3).text));
    } else {
      errors.push_back(text.ErrorAt(*i, "expected {\"os\", \"arch\"}: {… Broken: true …}"));
    }
  }
  const std::size_t open = *list + 5, close = text.Close(open);
  for (std::size_t i = open + 1; i < close; i += 6) {
    if (!text.Is(i, "{") || !text.IsString(i + 1) || !text.Is(i + 2, ",") || !text.IsString(i + 3) || !text.Is(i + 4, "}")) {
      errors.push_back(text.ErrorAt(i, "expected {\"os\", \"arch\"} in the list of ports"));
      return true;
    }
    const std::string port = std::string(text.At(i + 1).text) + "/" + std::string(text.At(i + 3).text);
    (broken.contains(port) ? facts.broken_ports : facts.ports).push_back(port);
  }
  return true;
}

// cmd/dist/build.go: cgoEnabled has every port as a key; those of the table `incomplete` (later `broken`) are left out.
bool ReadDistPorts(const GoText& text, TreeFacts& facts, Errors& errors) {
  auto all = BoolMap(text, {"cgoEnabled"}, errors);
  if (!all) return false;
  const TagSet broken = BoolMap(text, {"broken", "incomplete"}, errors).value_or(TagSet());
  for (const std::string& port : *all) (broken.contains(port) ? facts.broken_ports : facts.ports).push_back(port);
  return true;
}

void ReadPorts(const TreeReader& tree, TreeFacts& facts, Errors& errors) {
  auto text = ReadFirst(tree, {"src/internal/platform/zosarch.go", "src/cmd/dist/build.go"}, "list of ports", errors);
  if (!text) return;
  const std::size_t before = errors.size();
  if (!ReadPlatformPorts(*text, facts, errors) && !ReadDistPorts(*text, facts, errors) && errors.size() == before) {
    errors.push_back(NoTable(text->file(), "list of ports"));
  }
  std::sort(facts.ports.begin(), facts.ports.end());
  std::sort(facts.broken_ports.begin(), facts.broken_ports.end());
}

}  // namespace

Result<TreeFacts> ReadTreeFacts(const TreeReader& tree) {
  TreeFacts facts;
  Errors errors;
  ReadSystems(tree, facts, errors);
  ReadRelease(tree, facts, errors);
  ReadDefaults(tree, facts, errors);
  ReadPorts(tree, facts, errors);
  facts.buildcfg = Share(ReadFirst(tree, {"src/internal/buildcfg/cfg.go"}, "build configuration", errors));
  facts.experiments = Share(ReadFirst(tree, {"src/internal/buildcfg/exp.go"}, "default experiments", errors));
  facts.flags = Share(ReadFirst(tree, {"src/internal/goexperiment/flags.go"}, "list of experiments", errors));
  if (const char* path = "src/cmd/go/internal/work/gc.go"; tree.Exists(path)) {
    facts.asm_arguments = Share(ReadFirst(tree, {path}, "go command", errors));
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return facts;
}

}  // namespace libcify
