#include "goroot/go_eval.h"

#include <utility>

namespace libcify {
namespace {

constexpr int kMaxDepth = 200;

}  // namespace

bool GoEvaluator::Wrong(std::size_t index, std::string what) {
  if (errors_.empty()) {
    errors_.push_back(text_.ErrorAt(index, std::move(what) + ", found \"" + std::string(text_.At(index).text) + "\""));
  }
  return false;
}

bool GoEvaluator::Enter() { return ++depth_ <= kMaxDepth || Wrong(at_, "nested too deeply"); }

bool GoEvaluator::Take(std::string_view token) {
  if (!Is(token)) return Wrong(at_, "expected \"" + std::string(token) + "\"");
  ++at_;
  return true;
}

std::string GoEvaluator::TakeField() {
  if (!Is(".")) return "";
  at_ += 2;
  return std::string(text_.At(at_ - 1).text);
}

bool GoEvaluator::Condition(GoValue& value) {
  const std::size_t begin = at_;
  if (!Expression(value, false)) return false;
  return value.kind == GoValue::Kind::kBool || Wrong(begin, "expected a condition");
}

bool GoEvaluator::Chain(std::string_view op, GoValue& value, bool literals) {
  auto operand = [&](GoValue& v) { return op == "||" ? Chain("&&", v, literals) : Comparison(v, literals); };
  if (!operand(value)) return false;
  while (Is(op)) {
    const std::size_t begin = at_++;
    GoValue right;
    if (!operand(right)) return false;
    if (value.kind != GoValue::Kind::kBool || right.kind != GoValue::Kind::kBool) return Wrong(begin, "expected conditions");
    value = GoValue::Bool(op == "||" ? value.truth || right.truth : value.truth && right.truth);
  }
  return true;
}

bool GoEvaluator::Comparison(GoValue& value, bool literals) {
  if (!Unary(value, literals)) return false;
  while (Is("==") || Is("!=")) {
    const std::size_t begin = at_;
    const bool equal = Is("==");
    ++at_;
    GoValue right;
    if (!Unary(right, literals)) return false;
    if (value.kind != right.kind || value.kind == GoValue::Kind::kStruct) return Wrong(begin, "expected comparable values");
    value = GoValue::Bool((value.truth == right.truth && value.text == right.text) == equal);
  }
  return true;
}

bool GoEvaluator::Unary(GoValue& value, bool literals) {
  if (!Enter()) return false;
  const bool good = Primary(value, literals);
  Leave();
  return good;
}

bool GoEvaluator::Primary(GoValue& value, bool literals) {
  if (Is("!")) {
    const std::size_t begin = at_++;
    if (!Unary(value, literals)) return false;
    if (value.kind != GoValue::Kind::kBool) return Wrong(begin, "expected a condition");
    value.truth = !value.truth;
    return true;
  }
  if (Is("(")) {
    ++at_;
    return Expression(value, true) && Take(")");
  }
  if (Is("&") && literals) {
    ++at_;
    return Unary(value, literals);
  }
  if (text_.IsString(at_)) {
    value = GoValue::String(text_.At(at_++).text);
    return true;
  }
  return Name(value, literals);
}

// true, variable, variable.Field, Type{Field: value, …}, pkg.Type{…}
bool GoEvaluator::Name(GoValue& value, bool literals) {
  if (!IsName(at_)) return Wrong(at_, "an expression of unknown shape");
  const std::size_t begin = at_;
  if (Is("true") || Is("false")) {
    value = GoValue::Bool(Is("true"));
    ++at_;
    return true;
  }
  const std::string name(text_.At(at_++).text);
  const std::string field = TakeField();
  if (Is("{") && literals) return Literal(value);
  const auto variable = variables_.find(name);
  if (variable == variables_.end()) return Wrong(begin, "an expression of unknown shape");
  if (field.empty()) {
    value = variable->second;
    return true;
  }
  if (!fields_.contains(field) || variable->second.kind != GoValue::Kind::kStruct) return Wrong(begin + 2, "unknown flag");
  value = GoValue::Bool(variable->second.fields[field]);
  return true;
}

// A member named Flags is the embedded struct: its fields are the outer one's. Another struct member is only a record.
bool GoEvaluator::Literal(GoValue& value) {
  GoValue result;
  result.kind = GoValue::Kind::kStruct;
  ++at_;
  while (!Is("}")) {
    const std::size_t key = at_;
    if (!IsName(key) || !text_.Is(key + 1, ":")) return Wrong(key, "expected a member with a name");
    at_ += 2;
    GoValue member;
    if (!Expression(member, true)) return false;
    const std::string name(text_.At(key).text);
    if (member.kind == GoValue::Kind::kStruct) {
      if (name == "Flags") result.fields = std::move(member.fields);
    } else if (member.kind == GoValue::Kind::kBool && fields_.contains(name)) {
      result.fields[name] = member.truth;
    } else {
      return Wrong(key, "unknown flag");
    }
    if (Is(",")) {
      ++at_;
    } else if (!Is("}")) {
      return Wrong(at_, "expected \"}\"");
    }
  }
  ++at_;
  value = std::move(result);
  return true;
}

}  // namespace libcify
