#include "bind/imports.h"

#include <algorithm>
#include <map>
#include <utility>

#include "bind/find_function.h"
#include "bind/library.h"
#include "bind/rules_by_call.h"
#include "bind/version.h"
#include "rules/request_edits.h"

namespace libcify {
namespace {

// Of the edits that cover requests of one function the one that decides: one that replaces something, else the first.
using EditsBySymbol = std::map<std::string, const RequestEdit*>;

Result<EditsBySymbol> FindEdits(const RequestEdits& edits, const Inventory& inventory) {
  EditsBySymbol out;
  Errors errors;
  for (const Request& request : inventory.requests) {
    if (!CallsFunction(request)) continue;
    const RequestEdit* edit = edits.Find(request);
    if (edit == nullptr) {
      errors.push_back({.where = request.site.span,
                        .what = "no rule of the dialect says what becomes of a call of " + request.callee + " (" +
                                request.symbol + " of " + request.library + ")",
                        .rule = request.site.rule,
                        .hint = "add one to its request_edits"});
      continue;
    }
    const RequestEdit*& decides = out[request.symbol];
    if (decides == nullptr || (decides->replacement.empty() && !edit->replacement.empty())) decides = edit;
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

// Whether the linker may bind a function, with what was found or why not.
struct Judgement {
  bool linked = false;
  Proof proof;
};

Judgement LookedUp(std::string rule, std::string reason, std::string reference) {
  return {false,
          {.compared = {},
           .rests_on = {},
           .rule = std::move(rule),
           .reason = std::move(reason),
           .reference = std::move(reference)}};
}

// What must hold of a function before a program may name it in its table of imports.
class LinkConditions {
 public:
  static Result<LinkConditions> Of(const Facts& facts, const Target& target, const RuleSet& rules) {
    Result<VersionsByFunction> versions = VersionsOf(rules, target);
    Result<RulesByLibrary> libraries = LibrariesOf(rules, target);
    Errors errors;
    if (!versions) Append(errors, std::move(versions.error()));
    if (!libraries) Append(errors, std::move(libraries.error()));
    if (!errors.empty()) return Fail(std::move(errors));
    return LinkConditions(facts, target, std::move(*versions), std::move(*libraries));
  }

  // False where no rule says anything of the target's libraries.
  [[nodiscard]] bool any() const { return !libraries_.empty(); }

  // `rule` is the one that asks for it.
  [[nodiscard]] Judgement Judge(const Binding& binding, const CFunction& function, const std::string& rule) const {
    const auto library = libraries_.find(binding.library);
    const auto version = versions_.find(binding.call);
    if (function.library != binding.library) {
      return LookedUp(rule, "the list of symbols has it in " + function.library, FactsName());
    }
    if (library == libraries_.end()) {
      return LookedUp(rule, "no rule says whether a program may import from " + binding.library, "rules/bind");
    }
    if (library->second->how == How::kKept) {
      return LookedUp(library->second->id, library->second->reason, library->second->reference);
    }
    if (version == versions_.end()) {
      return LookedUp(rule, "no rule says since when " + target_.libc + " has it", "rules/bind");
    }
    return Dated(binding, rule, *version->second, *library->second);
  }

 private:
  LinkConditions(const Facts& facts, const Target& target, VersionsByFunction versions, RulesByLibrary libraries)
      : facts_(facts), target_(target), versions_(std::move(versions)), libraries_(std::move(libraries)) {}

  [[nodiscard]] std::string FactsName() const {
    return "rules/facts: headers and symbols of " + target_.libc + " " + facts_.target.libc_version;
  }

  [[nodiscard]] Judgement Dated(const Binding& binding, const std::string& rule, const VersionRule& version,
                                const LibraryRule& library) const {
    const std::string since = target_.libc + " has it since " + version.since;
    if (IsNewer(version.since, target_.libc_version)) {
      return LookedUp(version.id, since + ", newer than the baseline " + target_.libc_version, version.reference);
    }
    return {true,
            {.compared = {"symbol: the list of " + binding.library + " has it",
                          since + ", the baseline is " + target_.libc_version + " (" + version.id + ")",
                          "library: " + library.reason + " (" + library.id + ")"},
             .rests_on = {version.id, library.id},
             .rule = rule,
             .reason = "the linker binds it, instead of a look-up while the program runs",
             .reference = version.reference}};
  }

  const Facts& facts_;
  const Target& target_;
  VersionsByFunction versions_;
  RulesByLibrary libraries_;
};

class ImportBinder {
 public:
  ImportBinder(const Facts& facts, const Inventory& inventory, EditsBySymbol edits, LinkConditions conditions)
      : facts_(facts), edits_(std::move(edits)), conditions_(std::move(conditions)), functions_(facts) {
    for (const Seam& seam : inventory.seams) seams_.emplace(seam.symbol, seam.site.rule);
  }

  // `binding`: what the headers say of the function.
  [[nodiscard]] Binding Bind(Binding binding) const {
    const auto found = edits_.find(binding.call);
    const CFunction* function = functions_.Linked(binding.call);
    binding.how = How::kKept;
    binding.words = function == nullptr ? 0 : WordsOf(*function, facts_);
    if (found == edits_.end()) return Uncalled(std::move(binding));
    const RequestEdit& edit = *found->second;
    if (edit.replacement.empty()) {
      binding.how = edit.how;
      binding.proof = LookedUp(edit.id, edit.reason, edit.reference).proof;
      return binding;
    }
    if (function == nullptr) return binding;  // which says why
    Judgement judgement = conditions_.Judge(binding, *function, edit.id);
    if (judgement.linked) binding.how = How::kImported;
    binding.proof = std::move(judgement.proof);
    return binding;
  }

 private:
  [[nodiscard]] Binding Uncalled(Binding out) const {
    const auto named = seams_.find(out.call);
    if (named == seams_.end()) {
      out.proof = LookedUp("", "the tree declares it, and calls it nowhere", "rules/extract").proof;
      return out;
    }
    out.how = How::kImported;
    out.proof = LookedUp(named->second, "assembly of the tree imports it", "rules/extract").proof;
    return out;
  }

  const Facts& facts_;
  EditsBySymbol edits_;
  LinkConditions conditions_;
  std::map<std::string, std::string> seams_;  // rules by the symbols that they explain
  FunctionFinder functions_;
};

}  // namespace

Result<std::vector<Binding>> BindImports(const Facts& facts, const Target& target, const RuleSet& rules,
                                         const DialectRules& dialect, const Inventory& inventory) {
  Result<RequestEdits> edits = RequestEdits::Compile(dialect, target);
  if (!edits) return Fail(std::move(edits.error()));
  Result<EditsBySymbol> by_symbol = FindEdits(*edits, inventory);
  Result<LinkConditions> conditions = LinkConditions::Of(facts, target, rules);
  Result<std::vector<Binding>> bindings = BindLibrary(facts, target, rules, CallsOf(inventory));
  Errors errors;
  if (!by_symbol) Append(errors, std::move(by_symbol.error()));
  if (!conditions) Append(errors, std::move(conditions.error()));
  if (!bindings) Append(errors, std::move(bindings.error()));
  if (!errors.empty()) return Fail(std::move(errors));
  const ImportBinder binder(facts, inventory, std::move(*by_symbol), std::move(*conditions));
  std::transform(bindings->begin(), bindings->end(), bindings->begin(),
                 [&](Binding& binding) { return binder.Bind(std::move(binding)); });
  return bindings;
}

Result<std::vector<Binding>> BindLinked(const Facts& facts, const Target& target, const RuleSet& rules,
                                        const Inventory& inventory) {
  Result<std::vector<Binding>> bindings = BindLibrary(facts, target, rules, CallsOf(inventory));
  const Result<LinkConditions> conditions = LinkConditions::Of(facts, target, rules);
  if (!conditions) return Fail(conditions.error());
  if (!bindings || !conditions->any()) return bindings;
  const FunctionFinder functions(facts);
  for (Binding& binding : *bindings) {
    const CFunction* function = functions.Find(binding.cfunction);
    if (binding.how == How::kKept || function == nullptr) continue;
    Judgement judgement = conditions->Judge(binding, *function, binding.proof.rule);
    if (judgement.linked) {
      binding.proof.compared = std::move(judgement.proof.compared);
      binding.proof.rests_on = std::move(judgement.proof.rests_on);
      continue;
    }
    binding.how = How::kKept;
    binding.words = 0;
    binding.proof = std::move(judgement.proof);
  }
  return bindings;
}

}  // namespace libcify
