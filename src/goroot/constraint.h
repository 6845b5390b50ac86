// Build constraints: the expression of a //go:build line, or of the older // +build lines.
//
// In: the text behind "//go:build" or "+build". Out: a Constraint, which a set of tags fulfils or not. The languages are
// those of `go help buildconstraint` and of the package go/build/constraint, with the same limits, so that no text, however
// long or deeply nested, can exhaust the stack.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace libcify {

// The tags that hold in one build.
using TagSet = std::set<std::string, std::less<>>;

struct ConstraintError {
  std::size_t offset = 0;  // in the text that was parsed
  std::string what;
};

class Constraint {
 public:
  [[nodiscard]] static std::expected<Constraint, ConstraintError> ParseGoBuild(std::string_view text);
  // Nothing where the line is too complex for the old language: the go command ignores such a line.
  [[nodiscard]] static std::optional<Constraint> ParsePlusBuild(std::string_view text);

  [[nodiscard]] bool Holds(const TagSet& tags) const;

 private:
  friend class GoBuildParser;
  enum class OpKind { kTag, kNot, kAnd, kOr };
  struct Op {
    OpKind kind;
    std::size_t tag = 0;  // index into tags_
  };

  void AddTag(std::string_view tag);
  void Add(OpKind kind) { program_.push_back({kind}); }

  std::vector<std::string> tags_;
  std::vector<Op> program_;  // postfix: never needs more than kMaxTerms values on the stack
};

}  // namespace libcify
