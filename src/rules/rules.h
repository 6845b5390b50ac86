// Rules from JSON: strict (unknown or repeated keys are errors at every depth), checked (ids unique, every RE2 compiles,
// reasons and references where the schema demands them) before anything runs.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/port.h"
#include "model/rule.h"

namespace libcify {

// Reads rules/extract, rules/bind and rules/dialects below `root`. All problems of all files at once, each with
// file:line:column and JSON path.
[[nodiscard]] Result<RuleSet> LoadRules(const std::filesystem::path& root);

// Reads rules/ports.json.
[[nodiscard]] Result<std::vector<Port>> LoadPorts(const std::filesystem::path& root);

// Whether a rule's scope covers the target.
[[nodiscard]] bool Covers(const Scope& scope, const Target& target);

// A rule of any kind.
struct RuleName {
  std::string id;
  std::string file;
  const Scope* scope = nullptr;
};

// All that have an id, in the order of the set, which must outlive them.
[[nodiscard]] std::vector<RuleName> RuleNames(const RuleSet& rules);

// Compiled regular expressions, so that lower users need no RE2 of their own.
class Pattern {
 public:
  [[nodiscard]] static Result<Pattern> Compile(const Span& where, const std::string& text);
  // Says what Compile would say of the syntax, in a fraction of its time.
  [[nodiscard]] static Result<void> Check(const Span& where, const std::string& text);
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();
  [[nodiscard]] bool Search(std::string_view text) const;  // somewhere in the text
  [[nodiscard]] bool FullMatch(std::string_view text) const;
  // Replaces the first match, `to` in RE2's form (\1). Gives the text itself without a match.
  [[nodiscard]] std::string Rewrite(std::string_view text, const std::string& to) const;
  // All non-overlapping matches of the whole text: ranges of group 0 and of the named groups.
  struct Match {
    Range all;
    std::vector<std::pair<std::string, Range>> groups;
  };
  [[nodiscard]] std::vector<Match> FindAll(std::string_view text) const;
  [[nodiscard]] std::vector<std::string> GroupNames() const;
  // What is wrong with `to` as a replacement for Rewrite, if anything.
  [[nodiscard]] std::optional<std::string> CheckRewrite(const std::string& to) const;

 private:
  struct Impl;
  explicit Pattern(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace libcify
