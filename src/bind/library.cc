#include "bind/library.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "bind/describe.h"
#include "bind/find_function.h"
#include "bind/rules_by_call.h"
#include "bind/version.h"

namespace libcify {
namespace {

// Whether a result of that letter can say what the rule says. On Windows handles and unsigned numbers say -1 (as
// INVALID_HANDLE_VALUE, WAIT_FAILED), and any number says 0.
bool Fits(ErrorRule rule, char result, bool windows) {
  const bool value = result != 'v' && result != 'r' && result != '?';
  if (windows && rule != ErrorRule::kNever && rule != ErrorRule::kStatus) return value && rule != ErrorRule::kAdapter;
  switch (rule) {
    case ErrorRule::kErrno:
    case ErrorRule::kErrnoValue:
      return result == 'i' || result == 'l';
    case ErrorRule::kErrnoPointer:
      return result == 'p';
    case ErrorRule::kErrnoNull:
      return result == 'p' || result == 'i';
    case ErrorRule::kErrnoNonzero:
    case ErrorRule::kStatus:
      return result == 'i';
    case ErrorRule::kReturned:
      return result == 'i' || result == 'H';
    case ErrorRule::kErrnoTold:
      return value;
    case ErrorRule::kNever:
      return true;
    case ErrorRule::kAdapter:
      return false;
  }
  return false;
}

// What the runtime looks up by itself, in a library that a rule cannot tell.
bool IsUnnamed(const std::string& library) { return library == "?"; }

class LibraryBinder {
 public:
  LibraryBinder(const Facts& facts, const Target& target, const RulesByCall& rules, const VersionsByFunction& versions)
      : facts_(facts), target_(target), rules_(rules), versions_(versions), functions_(facts) {}

  Binding Bind(const LibraryCall& call) const {
    const BindRule* rule = RuleOf(call.symbol);
    const bool renamed = rule != nullptr && !rule->function.empty();
    const CFunction* function = renamed ? functions_.Find(FunctionOf(*rule, call.symbol)) : functions_.Linked(call.symbol);
    if (function == nullptr) return Unknown(call);
    if (rule == nullptr) rule = RuleOf(function->name);
    Binding out = Start(call);
    if (IsUnnamed(call.library)) out.library = function->library;
    out.cfunction = function->name;
    out.link_name = function->link_name;
    out.header = function->header;
    out.shape = Shape(*function);
    out.words = WordsOf(*function, facts_);
    out.stdcall = function->stdcall;
    if (rule != nullptr)
      out.proof = {.compared = {}, .rests_on = {}, .rule = rule->id, .reason = rule->reason, .reference = rule->reference};
    if (std::pair<std::string, std::string> why = WhyKept(call, *function, rule); !why.first.empty()) {
      return Kept(std::move(out), std::move(why.first), std::move(why.second));
    }
    if (rule == nullptr || !rule->error_rule) {
      return Kept(std::move(out), "no rule says how " + function->name + " reports errors", "rules/bind");
    }
    out.how = function->variadic ? How::kVariadic : How::kDirect;
    out.error_rule = *rule->error_rule;
    if (function->variadic) out.words = std::max(out.words, call.words);
    return out;
  }

 private:
  [[nodiscard]] const BindRule* RuleOf(const std::string& call) const {
    const auto found = rules_.find(call);
    return found == rules_.end() ? nullptr : found->second;
  }

  // "wasi_{call}" in a rule for many calls.
  static std::string FunctionOf(const BindRule& rule, const std::string& call) {
    static constexpr std::string_view kCall = "{call}";
    const std::size_t at = rule.function.find(kCall);
    return at == std::string::npos ? rule.function : std::string(rule.function).replace(at, kCall.size(), call);
  }

  static Binding Start(const LibraryCall& call) {
    Binding out{.call = call.symbol, .library = call.library, .how = How::kKept};
    out.error_rule = ErrorRule::kNever;
    return out;
  }

  static Binding Kept(Binding out, std::string reason, std::string reference) {
    out.how = How::kKept;
    out.words = 0;
    out.proof.reason = std::move(reason);
    out.proof.reference = std::move(reference);
    return out;
  }

  [[nodiscard]] std::string FactsName() const {
    return "rules/facts: headers and symbols of " + target_.libc + " " + facts_.target.libc_version;
  }

  Binding Unknown(const LibraryCall& call) const {
    if (facts_.functions.empty()) {
      return Kept(Start(call), "unproved: no headers and no list of symbols of " + target_.goos + " are at hand",
                  "rules/facts/README.md, \"Systems besides Linux\"");
    }
    const CFunction* other = functions_.Find(call.symbol);
    std::string reason = other != nullptr
                             ? "the headers give this name to " + other->link_name + ", which is another function"
                         : facts_.undeclared.contains(call.symbol)
                             ? "no header at hand declares " + call.symbol
                             : "neither a header nor a list of symbols at hand names " + call.symbol + " of " + call.library;
    return Kept(Start(call), std::move(reason), FactsName());
  }

  // Reason and reference; empty where a shim can call it.
  [[nodiscard]] std::pair<std::string, std::string> WhyKept(const LibraryCall& call, const CFunction& function,
                                                            const BindRule* rule) const {
    if (rule != nullptr && rule->how == How::kKept) return {rule->reason, rule->reference};
    const auto told = versions_.find(function.link_name);
    const std::string& since = told == versions_.end() ? function.since : told->second->since;
    if (IsNewer(since, target_.libc_version)) {
      return {
          function.name + " is in " + target_.libc + " since " + since + ", newer than the baseline " + target_.libc_version,
          told == versions_.end() ? FactsName() : told->second->reference};
    }
    const std::string shape = Shape(function);
    if (shape.find('?') != std::string::npos) {
      return {"the shape " + shape + " of " + function.name + " has a part that is no machine word", function.header};
    }
    if (rule != nullptr && rule->error_rule && !Fits(*rule->error_rule, shape[0], target_.goos == "windows")) {
      return {"the result of " + function.name + " (" + function.result.spelling + ") cannot say errors as " + rule->id +
                  " claims: " + Name(*rule->error_rule),
              function.header};
    }
    if (function.variadic && call.words <= WordsOf(function, facts_)) {
      return {"no request says how many words " + function.name + " takes behind its parameters", function.header};
    }
    return {};
  }

  const Facts& facts_;
  const Target& target_;
  const RulesByCall& rules_;
  const VersionsByFunction& versions_;
  FunctionFinder functions_;
};

}  // namespace

int WordsOf(const CFunction& function, const Facts& facts) {
  int words = 0;
  for (const CParameter& parameter : function.parameters) {
    const bool pair = parameter.type.bits > facts.word_bits;
    if (pair && facts.aligned_pairs) words += words % 2;
    words += pair ? 2 : 1;
  }
  return words;
}

int GivenWords(const Request& request) {
  if (request.block) return 0;
  std::size_t words = request.arguments.size();
  while (words > 0 && request.arguments[words - 1] == "0") --words;
  return static_cast<int>(words);
}

std::vector<LibraryCall> CallsOf(const Facts& facts) {
  std::vector<LibraryCall> out;
  for (const auto& [name, function] : facts.functions) {
    out.push_back({.symbol = function.link_name, .library = function.library, .words = WordsOf(function, facts) + 1});
  }
  return out;
}

std::vector<LibraryCall> CallsOf(const Inventory& inventory) {
  std::map<std::pair<std::string, std::string>, int> words;
  for (const Seam& seam : inventory.seams) {
    if (!seam.library.empty() && seam.role != SeamRole::kErrno) words.try_emplace({seam.library, seam.symbol}, 0);
  }
  for (const Request& request : inventory.requests) {
    if (request.library.empty() || request.symbol.empty()) continue;
    int& most = words[{request.library, request.symbol}];
    most = std::max(most, GivenWords(request));
  }
  std::set<std::string> named;
  for (const auto& [name, most] : words) {
    if (!IsUnnamed(name.first)) named.insert(name.second);
  }
  std::vector<LibraryCall> out;
  for (const auto& [name, most] : words) {
    if (IsUnnamed(name.first) && named.contains(name.second)) continue;
    out.push_back({.symbol = name.second, .library = name.first, .words = most});
  }
  return out;
}

Result<std::vector<Binding>> BindLibrary(const Facts& facts, const Target& target, const RuleSet& rules,
                                         const std::vector<LibraryCall>& calls) {
  Result<RulesByCall> by_call = RulesOf(rules, target);
  Result<VersionsByFunction> versions = VersionsOf(rules, target);
  Errors errors;
  if (!by_call) Append(errors, std::move(by_call.error()));
  if (!versions) Append(errors, std::move(versions.error()));
  if (!errors.empty()) return Fail(std::move(errors));
  const LibraryBinder binder(facts, target, *by_call, *versions);
  std::vector<Binding> out;
  out.reserve(calls.size());
  for (const LibraryCall& call : calls) out.push_back(binder.Bind(call));
  return out;
}

}  // namespace libcify
