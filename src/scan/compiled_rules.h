// The extract rules of the targets that are scanned together, compiled once. Private to the room.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gosrc/go_file.h"
#include "model/rule.h"
#include "rules/rules.h"
#include "scan/target_set.h"

namespace libcify::scan {

struct CompiledRule {
  const ExtractRule* rule = nullptr;
  TargetSet targets;                 // that the rule covers
  std::optional<Pattern> prefilter;  // of a rule that is not for Go, see Prefilter
  std::optional<Pattern> path, lines, rewrite, number, must_explain, entry_package, entry_name;
  std::size_t query = 0;       // of a Go rule: which of its prefilter's queries
  std::vector<Pattern> where;  // beside rule->where

  // Text of a capture by its name; "" where nothing was captured.
  using Lookup = std::function<std::string(const std::string&)>;
  [[nodiscard]] bool AppliesTo(const std::string& path_below_src) const;
  [[nodiscard]] std::size_t FailedConditions(const Lookup& lookup) const;
  [[nodiscard]] bool Matches(const Lookup& lookup) const { return FailedConditions(lookup) == 0; }
  // The native name: rewritten, then in the case that the rule asks for.
  [[nodiscard]] std::string NativeName(const std::string& written) const;
};

// A prefilter and the Go rules that share it: each text is searched once, and what is found is asked their queries together.
struct Prefilter {
  std::vector<std::string> file_contains;  // a text that may match holds one of these; empty: any may
  std::vector<std::string> contains;       // a line that may match holds one of these; empty: any may
  std::string not_ending;                  // and does not end so; empty: any way
  Pattern pattern;
  std::vector<std::size_t> rules = {};    // indices into CompiledRules::rules
  std::optional<GoQueries> queries = {};  // of the rules, each text once
};

// Which plain texts a text holds, and where. Rules ask for the same few ones: each is looked for once.
class Contents {
 public:
  explicit Contents(std::string_view text) : text_(text) {}
  [[nodiscard]] bool Holds(std::string_view needle) { return !LinesWith(needle).empty(); }
  // Whether it holds one of them; true for none at all.
  [[nodiscard]] bool HoldsOneOf(const std::vector<std::string>& needles);
  // Where the prefilter's pattern matches.
  [[nodiscard]] std::vector<Range> Matches(const Prefilter& prefilter);

 private:
  // Those that hold the text, each with its newline.
  const std::vector<Range>& LinesWith(std::string_view needle);

  std::string_view text_;
  std::map<std::string_view, std::vector<Range>> lines_;  // by text
};

struct CompiledRules {
  std::vector<CompiledRule> rules;      // those that cover any target, sorted by id
  std::vector<Prefilter> prefilters;    // of the Go rules
  std::optional<Prefilter> entry_name;  // any name of an entry as a word of Go text; of no rule of its own
};

// `rules` must outlive the result.
[[nodiscard]] Result<CompiledRules> Compile(const RuleSet& rules, const std::vector<Target>& targets);

constexpr std::size_t kFindKinds = static_cast<std::size_t>(FindKind::kBodyless) + 1;

// Those of the rules that cover one of the targets, sorted by id.
class TargetRules {
 public:
  TargetRules(const CompiledRules& rules, std::size_t target);
  [[nodiscard]] bool Cover(const CompiledRule& rule) const { return rule.targets.Holds(target_); }
  [[nodiscard]] const std::vector<const CompiledRule*>& all() const { return all_; }
  [[nodiscard]] const std::vector<const CompiledRule*>& Of(FindKind kind) const {
    return by_kind_[static_cast<std::size_t>(kind)];
  }
  // The rule of a kind that comes closest to a find: the one with the fewest conditions that do not hold. "" without any.
  [[nodiscard]] std::string Closest(FindKind kind, const CompiledRule::Lookup& lookup) const;

 private:
  std::size_t target_;
  std::vector<const CompiledRule*> all_;
  std::array<std::vector<const CompiledRule*>, kFindKinds> by_kind_;
};

}  // namespace libcify::scan
