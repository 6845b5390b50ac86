#include "goroot/arch_level.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace libcify {
namespace {

// The environment variable of an architecture; "" where it has none. 32- and 64-bit, big- and little-endian MIPS and PowerPC
// share theirs.
std::string Variable(std::string_view goarch) {
  for (std::string_view family : {"mips64", "mips", "ppc64"}) {
    if (goarch == family || goarch == std::string(family) + "le") goarch = family;
  }
  for (std::string_view name : {"386", "amd64", "arm", "arm64", "mips", "mips64", "ppc64", "riscv64"}) {
    if (goarch != name) continue;
    std::string variable = "GO" + std::string(name);
    std::transform(variable.begin(), variable.end(), variable.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
    return variable;
  }
  return "";
}

std::string Level(const TreeFacts& facts, const std::string& goos, const std::string& goarch) {
  // Every Android device has ARMv7 (internal/buildcfg).
  if (goos == "android" && goarch == "arm") return "7";
  const auto found = facts.defaults.find(Variable(goarch));
  return found == facts.defaults.end() ? "" : found->second;
}

// The number at the begin of a text; nothing if there is none.
std::optional<int> Number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value < 0 || value > 99) return std::nullopt;
  return value;
}

std::optional<int> NumberBehind(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? Number(text.substr(prefix.size())) : std::nullopt;
}

std::optional<std::vector<std::string>> Upwards(const std::string& prefix, int first, std::optional<int> last) {
  if (!last || *last < first) return std::nullopt;
  std::vector<std::string> tags;
  for (int i = first; i <= *last; ++i) tags.push_back(prefix + std::to_string(i));
  return tags;
}

// v8.N implies the lower v8; v9.N also v8.(N+5), and there is nothing above v8.9.
std::optional<std::vector<std::string>> Arm64Tags(std::string_view level) {
  const std::optional<int> major = NumberBehind(level, "v");
  if ((major != 8 && major != 9) || level.size() < 4 || level[2] != '.') return std::nullopt;
  auto tags = Upwards("arm64.v" + std::to_string(*major) + ".", 0, Number(level.substr(3)));
  if (!tags || major == 8) return tags;
  const auto lower = Upwards("arm64.v8.", 0, std::min(9, *Number(level.substr(3)) + 5));
  tags->insert(tags->end(), lower->begin(), lower->end());
  return tags;
}

// The tags of a level that is a scale of features; nothing where the architecture or the level is not known.
std::optional<std::vector<std::string>> ScaleTags(const std::string& goarch, const std::string& level) {
  const std::string family = Variable(goarch);
  if (family == "GO386" || family == "GOMIPS" || family == "GOMIPS64") return std::vector{goarch + "." + level};
  if (family == "GOAMD64") return Upwards(goarch + ".v", 1, NumberBehind(level, "v"));
  if (family == "GOARM") return Upwards(goarch + ".", 5, Number(level));
  if (family == "GOPPC64") return Upwards(goarch + ".power", 8, NumberBehind(level, "power"));
  if (family == "GOARM64") return Arm64Tags(level);
  return std::nullopt;
}

// The strings of one case of gogoarchTags. Those behind an `if` are for features that somebody has to ask for.
struct TagCase {
  std::size_t label = 0;
  std::vector<std::string> always, conditional;
};

std::optional<TagCase> FindCase(const GoText& text, const GoText::Range& body, const std::string& goarch) {
  std::optional<TagCase> found;
  int depth = 0;
  bool in_labels = false;
  for (std::size_t i = body.begin; i < body.end; ++i) {
    if (text.Is(i, "case")) {
      if (found) return found;
      in_labels = true;
    } else if (in_labels && text.Is(i, ":")) {
      in_labels = false;
      depth = 0;
    } else if (in_labels && text.IsString(i) && text.At(i).text == goarch) {
      found = TagCase{i, {}, {}};
    } else if (found && !in_labels && text.IsString(i)) {
      (depth > 0 && !text.Match(i - 1, {"{"}) ? found->conditional : found->always).emplace_back(text.At(i).text);
    }
    if (text.Is(i, "{")) ++depth;
    if (text.Is(i, "}")) --depth;
  }
  return found;
}

// Profiles are years: rva22u64 implies rva20u64. Which ones there are, the tree says.
std::optional<std::vector<std::string>> ProfileTags(const TagCase& tag_case, const std::string& level) {
  const std::optional<int> year = NumberBehind(level, "rva");
  if (!year) return std::nullopt;
  std::vector<std::string> tags;
  for (const auto& list : {tag_case.always, tag_case.conditional}) {
    for (const std::string& profile : list) {
      if (const auto other = NumberBehind(profile, "rva"); other && *other <= *year) tags.push_back("riscv64." + profile);
    }
  }
  return tags;
}

// ".satconv": features that later releases made unconditional.
std::vector<std::string> FeatureTags(const TagCase& tag_case, const std::string& goarch) {
  std::vector<std::string> tags;
  for (const std::string& feature : tag_case.always) {
    if (feature.starts_with('.') && feature.size() > 1) tags.push_back(goarch + feature);
  }
  return tags;
}

// GOARM once got a second part ("7,hardfloat") while the go command still compared the whole with "7" and so passed nothing
// above GOARM_5; later it looks for the digit.
bool ComparesWholeLevel(const TreeFacts& facts) {
  if (!facts.asm_arguments) return false;
  const GoText& command = *facts.asm_arguments;
  const GoText& buildcfg = *facts.buildcfg;
  bool whole = false, two_parts = false;
  for (std::size_t i = 1; i < command.size(); ++i) {
    whole |= command.IsString(i) && command.At(i).text == "7" && command.Is(i - 1, "case");
  }
  for (std::size_t i = 0; i < buildcfg.size(); ++i) {
    two_parts |= buildcfg.IsString(i) && buildcfg.At(i).text == ",hardfloat";
  }
  return whole && two_parts;
}

}  // namespace

Result<std::vector<std::string>> LevelTags(const TreeFacts& facts, const std::string& goos, const std::string& goarch) {
  const GoText& text = *facts.buildcfg;
  const auto body = text.FunctionBody("gogoarchTags");
  if (!body) return std::vector<std::string>();  // a tree older than these tags
  const auto tag_case = FindCase(text, *body, goarch);
  if (!tag_case) return std::vector<std::string>();
  const std::string level = Level(facts, goos, goarch);
  std::optional<std::vector<std::string>> tags;
  if (goarch == "wasm") {
    tags = FeatureTags(*tag_case, goarch);
  } else if (goarch == "riscv64") {
    tags = ProfileTags(*tag_case, level);
  } else {
    tags = ScaleTags(goarch, level);
  }
  if (tags) return std::move(*tags);
  return Fail(text.ErrorAt(tag_case->label, "no known tags for " + goarch + (level.empty() ? "" : " at level " + level)));
}

std::map<std::string, std::string> LevelDefines(const TreeFacts& facts, const std::string& goos, const std::string& goarch) {
  const std::string variable = Variable(goarch);
  const std::string level = Level(facts, goos, goarch);
  if (variable.empty() || level.empty()) return {};
  // Whether this tree's go command passes such symbols for the architecture at all.
  const std::string prefix = variable + "_";
  if (facts.asm_arguments) {
    const GoText& text = *facts.asm_arguments;
    bool passed = false;
    for (std::size_t i = 0; i < text.size() && !passed; ++i)
      passed = text.IsString(i) && text.At(i).text.starts_with(prefix);
    if (!passed) return {};
  }
  std::map<std::string, std::string> defines;
  if (variable == "GOARM" && ComparesWholeLevel(facts)) {
    defines["GOARM_5"] = "1";
  } else if (variable == "GOARM" || variable == "GOPPC64") {  // one symbol for each step of the scale
    for (const std::string& tag : ScaleTags(goarch, level).value_or(std::vector<std::string>())) {
      defines[prefix + tag.substr(goarch.size() + 1)] = "1";
    }
  } else if (variable == "GOARM64") {  // only the Large System Extensions, mandatory from v8.1 on
    if (level.find(",lse") != std::string::npos || !level.starts_with("v8.0")) defines[prefix + "LSE"] = "1";
  } else {
    defines[prefix + level] = "1";
  }
  return defines;
}

}  // namespace libcify
