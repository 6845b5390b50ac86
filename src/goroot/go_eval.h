// Evaluates the boolean expressions of Go text: what the tree's own tool chain says in code about a port.
//
// In: tokens, and variables that hold a bool, a string or a struct of bool fields. Out: the value of one expression of the
// shapes true, "text", name, name.Field, !x, x && y, x || y, x == y, x != y, (x), &x and Type{Field: x}. Any other shape is
// an error with its place.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "goroot/go_text.h"

namespace libcify {

struct GoValue {
  enum class Kind { kBool, kString, kStruct };
  Kind kind = Kind::kBool;
  bool truth = false;
  std::string text;
  std::map<std::string, bool> fields;

  static GoValue Bool(bool truth) { return {Kind::kBool, truth, {}, {}}; }
  static GoValue String(std::string_view text) { return {Kind::kString, false, std::string(text), {}}; }
};

// A place in the tokens that moves on. Every step gives false after the first error.
class GoEvaluator {
 public:
  // `fields` are the names that a struct may have.
  GoEvaluator(const GoText& text, const std::vector<std::string>& fields)
      : text_(text), fields_(fields.begin(), fields.end()) {}

  [[nodiscard]] const Errors& errors() const { return errors_; }

 protected:
  // `literals`: whether Type{…} may stand here; Go forbids it in the heads of if and switch.
  bool Expression(GoValue& value, bool literals) { return Chain("||", value, literals); }
  bool Condition(GoValue& value);  // of kind bool, in the head of a statement

  bool Wrong(std::size_t index, std::string what);
  // Counts nested expressions and statements, so that no text can exhaust the stack.
  bool Enter();
  void Leave() { --depth_; }
  [[nodiscard]] bool Is(std::string_view token) const { return text_.Is(at_, token); }
  [[nodiscard]] bool IsName(std::size_t index) const { return text_.At(index).kind == GoTokenKind::kName; }
  bool Take(std::string_view token);
  // "Name" of a following ".Name", else "".
  std::string TakeField();

  const GoText& text_;
  std::set<std::string, std::less<>> fields_;
  std::map<std::string, GoValue> variables_;
  std::size_t at_ = 0;
  Errors errors_;

 private:
  bool Chain(std::string_view op, GoValue& value, bool literals);
  bool Comparison(GoValue& value, bool literals);
  bool Unary(GoValue& value, bool literals);
  bool Primary(GoValue& value, bool literals);
  bool Name(GoValue& value, bool literals);
  bool Literal(GoValue& value);

  int depth_ = 0;
};

}  // namespace libcify
