// One Binding per number: a rule's, or the libc function of the same name where contract and prototype agree, or syscall().
#include "bind/bind.h"

#include <algorithm>
#include <set>
#include <utility>

#include "bind/compare.h"
#include "bind/describe.h"
#include "bind/find_function.h"
#include "bind/rules_by_call.h"
#include "bind/tolerance.h"
#include "bind/version.h"
#include "rules/rules.h"

namespace libcify {
namespace {

// Whether runtime/cgo links a library: libc, and that of threads where it is one of its own.
bool IsLinked(const std::string& library) {
  return library.empty() || library.starts_with("libc.") || library.starts_with("libpthread.");
}

class Binder {
 public:
  Binder(const Facts& facts, const Target& target, const Port& port, const RulesByCall& rules, const Tolerances& tolerances)
      : facts_(facts), target_(target), port_(port), rules_(rules), tolerances_(tolerances), functions_(facts) {}

  Binding Bind(const Call& call) const {
    auto found = rules_.find(call.name);
    const BindRule* rule = found == rules_.end() ? nullptr : found->second;
    const bool direct = rule == nullptr || rule->how == How::kDirect || rule->how == How::kVariadic;
    if (HasNoHeaders() && direct) return Fallback(call, nullptr, NoHeaders(), kNoHeadersReference);
    if (direct) return Direct(call, rule);
    if (rule->how == How::kFallback) return Fallback(call, rule, rule->reason, rule->reference);
    if (rule->how == How::kKept) return Kept(call, *rule);
    return Adapted(call, *rule);
  }

 private:
  // A system of which only the numbers are known (rules/facts/README.md): nothing can be compared.
  static constexpr const char* kNoHeadersReference = "rules/facts/README.md, \"Systems besides Linux\"";
  [[nodiscard]] bool HasNoHeaders() const { return facts_.functions.empty(); }
  [[nodiscard]] std::string NoHeaders() const {
    return "unproved: no headers and no list of symbols of " + target_.goos + " are at hand";
  }

  static Binding Start(const Call& call, const BindRule* rule) {
    Binding out{.call = call.name, .number = call.number};
    if (rule != nullptr) out.proof.rule = rule->id;
    return out;
  }

  Binding Fallback(const Call& call, const BindRule* rule, std::string reason, std::string reference) const {
    Binding out = Start(call, rule);
    out.cfunction = "syscall";
    out.link_name = "syscall";
    out.header = "unistd.h";
    out.proof.reason = std::move(reason);
    out.proof.reference = std::move(reference);
    return out;
  }

  static Binding Kept(const Call& call, const BindRule& rule) {
    Binding out = Start(call, &rule);
    out.how = How::kKept;
    out.proof.reason = rule.reason;
    out.proof.reference = rule.reference;
    return out;
  }

  static void Take(const CFunction& function, Binding& out) {
    out.cfunction = function.name;
    out.link_name = function.link_name;
    out.header = function.header;
    out.shape = Shape(function);
  }

  [[nodiscard]] std::string FactsName() const {
    return "rules/facts: headers and symbols of " + target_.libc + " " + facts_.target.libc_version;
  }

  // The function, or why the target's baseline does not have it.
  struct Available {
    const CFunction* function = nullptr;
    std::string reason, reference;
  };

  [[nodiscard]] Available Find(const std::string& name, const BindRule* rule) const {
    const CFunction* found = functions_.Find(name);
    if (found == nullptr) {
      return {.reason = target_.libc + " " + facts_.target.libc_version + " has no function " + name +
                        " in its headers and among its symbols",
              .reference = FactsName()};
    }
    const CFunction& function = *found;
    if (!IsLinked(function.library)) {
      return {.reason = name + " is in " + function.library + ", which Go's programs do not link", .reference = FactsName()};
    }
    const std::string since = rule != nullptr && !rule->since.empty() ? rule->since
                              : function.in_archive                   ? ""
                                                                      : function.since;
    if (IsNewer(since, target_.libc_version)) {
      return {.reason =
                  name + " is in " + target_.libc + " since " + since + ", newer than the baseline " + target_.libc_version,
              .reference = rule != nullptr && !rule->since.empty() ? rule->reference : FactsName()};
    }
    return {.function = &function};
  }

  Binding Direct(const Call& call, const BindRule* rule) const {
    if (!call.contract) {
      return Fallback(call, rule, "no contract: the kernel's table names no declared function for this number",
                      "include/linux/syscalls.h, arch/*/entry/syscalls");
    }
    const Available found = Find(rule != nullptr && !rule->function.empty() ? rule->function : call.name, rule);
    if (found.function == nullptr) return Fallback(call, rule, found.reason, found.reference);
    Comparison comparison = Compare(call, *found.function, facts_, tolerances_, port_.word_bits);
    Binding out = Start(call, rule);
    out.how = found.function->variadic ? How::kVariadic : How::kDirect;
    Take(*found.function, out);
    const bool pointer = found.function->result.kind == CTypeKind::kPointer;
    out.error_rule = rule != nullptr && rule->error_rule ? *rule->error_rule
                     : pointer                           ? ErrorRule::kErrnoPointer
                                                         : ErrorRule::kErrno;
    CheckErrors(out, comparison.differences);
    if (!comparison.differences.empty()) return Differs(call, rule, *found.function, comparison);
    out.proof.compared = std::move(comparison.compared);
    out.proof.rests_on = std::move(comparison.tolerated_by);
    if (rule != nullptr) {
      out.proof.reason = rule->reason;
      out.proof.reference = rule->reference;
    }
    if (out.how == How::kVariadic) out.words = static_cast<int>(call.contract->parameters.size());
    if (out.how == How::kVariadic && out.proof.reason.empty()) {
      out.proof.reason = "libc declares it with …; the words behind the named parameters are passed as they are";
      out.proof.reference = found.function->header;
    }
    return out;
  }

  // An unsigned or void result cannot say -1, so errno would never be read.
  static void CheckErrors(const Binding& binding, std::vector<std::string>& differences) {
    const char result = binding.shape[0];
    const bool never = binding.error_rule == ErrorRule::kNever;
    if (!never && result != 'i' && result != 'l' && result != 'p') {
      differences.push_back("the result of " + binding.cfunction + " cannot say -1, and no rule says that it never fails");
    }
    if (binding.shape.find('?') != std::string::npos) {
      differences.push_back("the shape " + binding.shape + " of " + binding.cfunction +
                            " has a part that is no machine word");
    }
  }

  Binding Differs(const Call& call, const BindRule* rule, const CFunction& function, const Comparison& comparison) const {
    std::string reason = function.name + " differs from the contract: ";
    for (const std::string& difference : comparison.differences) {
      reason += (&difference == comparison.differences.data() ? "" : "; ") + difference;
    }
    Binding out = Fallback(call, rule, std::move(reason), call.contract->source + " against " + function.header);
    out.proof.compared = comparison.compared;
    out.proof.rests_on = comparison.tolerated_by;
    return out;
  }

  Binding Adapted(const Call& call, const BindRule& rule) const {
    const std::string& name = rule.function.empty() ? call.name : rule.function;
    Binding out = Start(call, &rule);
    out.how = rule.how;
    out.adapter = rule.adapter;
    out.error_rule = ErrorRule::kAdapter;
    out.proof.reason = rule.reason;
    out.proof.reference = rule.reference;
    if (HasNoHeaders()) {  // the adapter's own text names the function and its header
      out.cfunction = out.link_name = name;
      out.proof.reason += " (" + NoHeaders() + ")";
      return out;
    }
    const Available found = Find(name, &rule);
    if (found.function == nullptr) return Fallback(call, &rule, found.reason, found.reference);
    Take(*found.function, out);
    return out;
  }

  const Facts& facts_;
  const Target& target_;
  const Port& port_;
  const RulesByCall& rules_;
  const Tolerances& tolerances_;
  FunctionFinder functions_;
};

// `for_process`: only the calls with a rule that holds for one thread, and without it.
Result<std::vector<Binding>> BindCalls(const Facts& facts, const Target& target, const Port& port, const RuleSet& rules,
                                       bool for_process) {
  Result<RulesByCall> by_call = RulesOf(rules, target);
  Result<Tolerances> tolerances = Tolerances::Compile(rules.tolerances, target, port.word_bits);
  Errors errors;
  if (!by_call) Append(errors, by_call.error());
  if (!tolerances) Append(errors, tolerances.error());
  if (!errors.empty()) return Fail(std::move(errors));
  std::set<std::string> of_thread;
  if (for_process) {
    for (const auto& [call, rule] : *by_call) {
      if (rule->of_thread) of_thread.insert(call);
    }
    for (const std::string& call : of_thread) by_call->erase(call);
  }
  const Binder binder(facts, target, port, *by_call, *tolerances);
  std::vector<Binding> out;
  for (const Call& call : facts.calls) {
    if (!for_process || of_thread.contains(call.name)) out.push_back(binder.Bind(call));
  }
  std::sort(out.begin(), out.end(), [](const Binding& a, const Binding& b) { return a.number < b.number; });
  return out;
}

}  // namespace

Result<std::vector<Binding>> Bind(const Facts& facts, const Target& target, const Port& port, const RuleSet& rules) {
  return BindCalls(facts, target, port, rules, false);
}

Result<std::vector<Binding>> BindForProcess(const Facts& facts, const Target& target, const Port& port,
                                            const RuleSet& rules) {
  return BindCalls(facts, target, port, rules, true);
}

}  // namespace libcify
