#include "goroot/experiments.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "goroot/go_eval.h"

namespace libcify {
namespace {

std::string Lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  return result;
}

// Carries out one function. Every step gives false after the first error.
class FlagFunction : public GoEvaluator {
 public:
  using GoEvaluator::GoEvaluator;

  // The fields of the struct that the function returns.
  std::optional<std::map<std::string, bool>> Call(std::string_view function, const std::vector<std::string>& arguments) {
    const auto found = text_.Find({"func", function, "("});
    const auto body = text_.FunctionBody(function);
    if (!found || !body) {
      errors_.push_back({{text_.file()}, "no function " + std::string(function) + " found"});
      return std::nullopt;
    }
    std::size_t parameter = *found + 3;
    for (const std::string& argument : arguments) {
      if (text_.At(parameter).kind != GoTokenKind::kName) {
        Wrong(parameter, "expected a parameter");
        return std::nullopt;
      }
      const std::string name(text_.At(parameter).text);
      variables_[name] = GoValue::String(argument);
      last_parameter_ = name;
      parameter += 2;
    }
    at_ = body->begin;
    if (!Statements(body->end)) return std::nullopt;
    if (!result_) Wrong(body->end, "expected a return of the flags");
    return result_;
  }

 private:
  // Statements up to `end`, or up to the return.
  bool Statements(std::size_t end) {
    while (at_ < end && !result_) {
      if (!Statement()) return false;
    }
    return true;
  }

  bool Statement() {
    if (Is("var")) return Declaration();
    if (Is("switch")) return Switch();
    if (Is("if")) return If();
    if (Is("return")) return Return();
    return Assignment();
  }

  // var a, b bool
  bool Declaration() {
    do {
      ++at_;
      if (!IsName(at_)) return Wrong(at_, "expected a variable");
      variables_[std::string(text_.At(at_++).text)] = GoValue::Bool(false);
    } while (Is(","));
    return Take("bool");
  }

  // { … } carried out or stepped over
  bool Block(bool run) {
    if (!Is("{")) return Wrong(at_, "expected a block");
    const std::size_t close = text_.Close(at_);
    ++at_;
    if (run && !Statements(close)) return false;
    at_ = close + 1;
    return true;
  }

  bool If() {
    if (!Enter()) return false;
    const std::size_t condition = ++at_;
    GoValue value;
    if (!Condition(value)) return false;
    // The block that works on the experiments' list uses reflection; its meaning is documented in internal/goexperiment.
    if (value.truth && text_.Match(condition, {last_parameter_, "!="})) {
      const std::size_t open = at_;
      at_ = text_.Close(open) + 1;
      Leave();
      return ApplyList(open, at_ - 1);
    }
    if (!Block(value.truth)) return false;
    if (Is("else")) {
      ++at_;
      if (Is("if") && !value.truth) {
        if (!If()) return false;
      } else if (Is("if")) {
        if (!SkipIf()) return false;
      } else if (!Block(!value.truth)) {
        return false;
      }
    }
    Leave();
    return true;
  }

  bool SkipIf() {
    for (;;) {
      while (at_ < text_.size() && !Is("{")) ++at_;
      if (!Block(false)) return false;
      if (!Is("else")) return true;
      ++at_;
    }
  }

  // switch subject { case "a", "b": … default: … } and switch { case condition: … }
  bool Switch() {
    if (!Enter()) return false;
    ++at_;
    GoValue subject = GoValue::Bool(true);
    if (!Is("{") && !Expression(subject, false)) return false;
    if (!Is("{")) return Wrong(at_, "expected \"{\"");
    const std::size_t close = text_.Close(at_);
    ++at_;
    std::optional<std::size_t> chosen, otherwise;
    while (at_ < close && !chosen) {
      bool matches = false;
      if (Is("default")) {
        ++at_;
      } else if (!Cases(subject, matches)) {
        return false;
      }
      const bool is_default = text_.Is(at_ - 1, "default");
      if (!Take(":")) return false;
      if (matches) chosen = at_;
      if (is_default) otherwise = at_;
      at_ = EndOfClause(at_, close);
    }
    if (!chosen) chosen = otherwise;
    if (chosen) {
      at_ = *chosen;
      if (!Statements(EndOfClause(*chosen, close))) return false;
    }
    at_ = close + 1;
    Leave();
    return true;
  }

  bool Cases(const GoValue& subject, bool& matches) {
    if (!Is("case")) return Wrong(at_, "expected \"case\"");
    do {
      ++at_;
      GoValue label;
      if (!Expression(label, true)) return false;
      if (label.kind != subject.kind) return Wrong(at_, "expected a label of the same type");
      matches |= label.truth == subject.truth && label.text == subject.text;
    } while (Is(","));
    return true;
  }

  [[nodiscard]] std::size_t EndOfClause(std::size_t i, std::size_t close) const {
    while (i < close && !text_.Is(i, "case") && !text_.Is(i, "default")) i = text_.Is(i, "{") ? text_.Close(i) + 1 : i + 1;
    return std::min(i, close);
  }

  // return flags, nil    return nil, fmt.Errorf("…")
  bool Return() {
    const std::size_t begin = at_++;
    if (Is("nil")) {
      std::string reason = "this tool chain refuses its own default experiments";
      for (std::size_t i = at_; i < at_ + 8; ++i) {
        if (text_.IsString(i)) reason += ": " + std::string(text_.At(i).text);
      }
      errors_.push_back(text_.ErrorAt(begin, std::move(reason)));
      return false;
    }
    GoValue value;
    if (!Expression(value, true)) return false;
    if (value.kind != GoValue::Kind::kStruct) return Wrong(begin, "expected a return of the flags");
    result_ = std::move(value.fields);
    return true;
  }

  // a = x    a := x    a.Field = x
  bool Assignment() {
    const std::size_t name = at_;
    if (!IsName(at_)) return Wrong(at_, "a statement of unknown shape");
    ++at_;
    const std::string field = TakeField();
    if (!Is("=") && !(Is(":=") && field.empty())) return Wrong(name, "a statement of unknown shape");
    const bool declares = Is(":=");
    ++at_;
    GoValue value;
    if (!Expression(value, true)) return false;
    const std::string variable(text_.At(name).text);
    // Scopes are not kept apart: a name that hides another is not understood.
    if (declares == variables_.contains(variable))
      return Wrong(name, declares ? "a second declaration" : "unknown variable");
    if (field.empty()) {
      variables_[variable] = std::move(value);
      return true;
    }
    if (!fields_.contains(field) || variables_[variable].kind != GoValue::Kind::kStruct)
      return Wrong(name + 2, "unknown flag");
    if (value.kind != GoValue::Kind::kBool) return Wrong(name + 2, "expected a condition as the value of a flag");
    variables_[variable].fields[field] = value.truth;
    return true;
  }

  // Names of experiments, each with the flags it sets. Some stand for several flags; the block between open and close says
  // so: names["alias"] = func(v bool) { flags.A = v; flags.B = v }.
  [[nodiscard]] std::map<std::string, std::vector<std::string>> Names(std::size_t open, std::size_t close) const {
    std::map<std::string, std::vector<std::string>> names;
    for (const std::string& field : fields_) names[Lower(field)] = {field};
    for (std::size_t i = open; i < close; ++i) {
      if (!text_.Is(i, "[") || !text_.IsString(i + 1) || !text_.Match(i + 2, {"]", "=", "func", "("})) continue;
      std::vector<std::string>& flags = names[std::string(text_.At(i + 1).text)];
      const std::size_t body = text_.Close(i + 5) + 1, end = text_.Close(body);
      for (std::size_t j = body; j < end; ++j) {
        if (text_.Is(j, ".") && text_.Is(j + 2, "=")) flags.emplace_back(text_.At(j + 1).text);
      }
    }
    return names;
  }

  // A list as in the environment variable GOEXPERIMENT: names, "no" before a name, "none".
  bool ApplyList(std::size_t open, std::size_t close) {
    const auto names = Names(open, close);
    const auto flags = variables_.find("flags");
    if (flags == variables_.end() || flags->second.kind != GoValue::Kind::kStruct)
      return Wrong(open, "expected flags before");
    const std::string list = variables_[last_parameter_].text;
    for (std::size_t begin = 0; begin <= list.size();) {
      const std::size_t end = std::min(list.find(',', begin), list.size());
      std::string word = list.substr(begin, end - begin);
      begin = end + 1;
      if (word == "none") flags->second.fields.clear();
      if (word.empty() || word == "none") continue;
      const bool on = !word.starts_with("no");
      if (!on) word.erase(0, 2);
      const auto name = names.find(word);
      if (name == names.end()) return Wrong(open, "this tree has no experiment " + word);
      for (const std::string& field : name->second) flags->second.fields[field] = on;
    }
    return true;
  }

  std::string last_parameter_;
  std::optional<std::map<std::string, bool>> result_;
};

}  // namespace

Result<std::vector<std::string>> ExperimentFields(const GoText& flags) {
  const auto found = flags.Find({"type", "Flags", "struct", "{"});
  if (!found) return Fail(Error{{flags.file()}, "no struct Flags found"});
  std::vector<std::string> fields;
  const std::size_t close = flags.Close(*found + 3);
  // A, B bool: each name is followed by a comma or by the type.
  for (std::size_t i = *found + 4; i < close; i += 2) {
    const bool named = flags.At(i).kind == GoTokenKind::kName;
    if (!named || !(flags.Is(i + 1, ",") || flags.Is(i + 1, "bool"))) {
      return Fail(flags.ErrorAt(i, "expected a flag of type bool"));
    }
    fields.emplace_back(flags.At(i).text);
  }
  return fields;
}

Result<std::vector<std::string>> EnabledExperiments(const GoText& experiments, const GoText& flags, const std::string& goos,
                                                    const std::string& goarch, const std::string& built_in) {
  auto fields = ExperimentFields(flags);
  if (!fields) return Fail(std::move(fields.error()));
  FlagFunction evaluator(experiments, *fields);
  auto values = evaluator.Call("ParseGOEXPERIMENT", {goos, goarch, built_in});
  if (!values) return Fail(evaluator.errors());
  std::vector<std::string> enabled;
  for (const std::string& field : *fields) {
    if ((*values)[field]) enabled.push_back(Lower(field));
  }
  return enabled;
}

}  // namespace libcify
