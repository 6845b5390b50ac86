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

class ImportBinder {
 public:
  ImportBinder(const Facts& facts, const Target& target, const Inventory& inventory, EditsBySymbol edits,
               VersionsByFunction versions, RulesByLibrary libraries)
      : facts_(facts),
        target_(target),
        edits_(std::move(edits)),
        versions_(std::move(versions)),
        libraries_(std::move(libraries)),
        functions_(facts) {
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
      return Because(std::move(binding), edit.id, edit.reason, edit.reference);
    }
    if (function == nullptr) return binding;  // which says why
    const auto library = libraries_.find(binding.library);
    const auto version = versions_.find(binding.call);
    if (function->library != binding.library) {
      return Because(std::move(binding), edit.id, "the list of symbols has it in " + function->library, FactsName());
    }
    if (library == libraries_.end()) {
      std::string reason = "no rule says whether a program may import from " + binding.library;
      return Because(std::move(binding), edit.id, std::move(reason), "rules/bind");
    }
    if (library->second->how == How::kKept) {
      return Because(std::move(binding), library->second->id, library->second->reason, library->second->reference);
    }
    if (version == versions_.end()) {
      return Because(std::move(binding), edit.id, "no rule says since when " + target_.libc + " has it", "rules/bind");
    }
    return Dated(std::move(binding), edit, *version->second, *library->second);
  }

 private:
  static Binding Because(Binding out, std::string rule, std::string reason, std::string reference) {
    out.proof = {.compared = {}, .rule = std::move(rule), .reason = std::move(reason), .reference = std::move(reference)};
    return out;
  }

  [[nodiscard]] Binding Uncalled(Binding out) const {
    const auto named = seams_.find(out.call);
    if (named == seams_.end()) {
      return Because(std::move(out), "", "the tree declares it, and calls it nowhere", "rules/extract");
    }
    out.how = How::kImported;
    return Because(std::move(out), named->second, "assembly of the tree imports it", "rules/extract");
  }

  [[nodiscard]] std::string FactsName() const {
    return "rules/facts: headers and symbols of " + target_.libc + " " + facts_.target.libc_version;
  }

  [[nodiscard]] Binding Dated(Binding out, const RequestEdit& edit, const VersionRule& version,
                              const LibraryRule& library) const {
    const std::string since = target_.libc + " has it since " + version.since;
    if (IsNewer(version.since, target_.libc_version)) {
      return Because(std::move(out), version.id, since + ", newer than the baseline " + target_.libc_version,
                     version.reference);
    }
    out.how = How::kImported;
    std::vector<std::string> compared = {"symbol: the list of " + out.library + " has it",
                                         since + ", the baseline is " + target_.libc_version + " (" + version.id + ")",
                                         "library: " + library.reason + " (" + library.id + ")"};
    out = Because(std::move(out), edit.id, "the linker binds it, instead of a look-up while the program runs",
                  version.reference);
    out.proof.compared = std::move(compared);
    return out;
  }

  const Facts& facts_;
  const Target& target_;
  EditsBySymbol edits_;
  std::map<std::string, std::string> seams_;  // rules by the symbols that they explain
  VersionsByFunction versions_;
  RulesByLibrary libraries_;
  FunctionFinder functions_;
};

}  // namespace

Result<std::vector<Binding>> BindImports(const Facts& facts, const Target& target, const RuleSet& rules,
                                         const DialectRules& dialect, const Inventory& inventory) {
  Result<RequestEdits> edits = RequestEdits::Compile(dialect, target);
  if (!edits) return Fail(std::move(edits.error()));
  Result<EditsBySymbol> by_symbol = FindEdits(*edits, inventory);
  Result<VersionsByFunction> versions = VersionsOf(rules, target);
  Result<RulesByLibrary> libraries = LibrariesOf(rules, target);
  Result<std::vector<Binding>> bindings = BindLibrary(facts, target, rules, CallsOf(inventory));
  Errors errors;
  if (!by_symbol) Append(errors, std::move(by_symbol.error()));
  if (!versions) Append(errors, std::move(versions.error()));
  if (!libraries) Append(errors, std::move(libraries.error()));
  if (!bindings) Append(errors, std::move(bindings.error()));
  if (!errors.empty()) return Fail(std::move(errors));
  const ImportBinder binder(facts, target, inventory, std::move(*by_symbol), std::move(*versions), std::move(*libraries));
  std::transform(bindings->begin(), bindings->end(), bindings->begin(),
                 [&](Binding& binding) { return binder.Bind(std::move(binding)); });
  return bindings;
}

}  // namespace libcify
