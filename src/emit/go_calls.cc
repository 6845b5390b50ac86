// In: requests, bindings and the dialect's rules. Out: edits of the calls, and per package the functions that they call now.
//
// A call "Syscall(SYS_READ, fd, p, n)" becomes "libcify_Syscall_read(fd, p, n)", and its package gets
//
//   //go:linkname libcify_c_read C.read
//   func libcify_c_read(int32, unsafe.Pointer, uint64) int64
//
//   func libcify_Syscall_read(a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) { … }
//
// where the rule of the entry says how the function looks, and the binding how libc's function is called.
#include "emit/go_calls.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "emit/c_calls.h"
#include "gosrc/go_layout.h"
#include "rules/request_edits.h"
#include "rules/rules.h"

namespace libcify {
namespace {

void ReplaceAll(std::string& text, std::string_view mark, std::string_view value) {
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size())) {
    text.replace(at, mark.size(), value);
  }
}

class Rewriter {
 public:
  Rewriter(const EmitInput& input, TreeEdits& edits)
      : input_(input), edits_(edits), kept_(RequestEdits::Compile(input.dialect, input.target)) {
    for (const Binding& binding : input.bindings) {
      if (binding.library.empty()) by_number_[binding.number] = &binding;
      if (!binding.library.empty()) by_name_[{binding.library, binding.call}] = &binding;
    }
    for (const Binding& binding : input.process_bindings) for_process_[binding.number] = &binding;
    for (const CallRule& rule : input.dialect.calls) {
      if (!Covers(rule.scope, input.target)) continue;
      for (const std::string& entry : rule.entries) rules_[entry] = &rule;
    }
    for (const Seam& seam : input.inventory.seams) {
      if (!seam.library.empty() && seam.site.span.file.ends_with(".s")) {
        trampolines_[{seam.site.package, seam.library, seam.symbol}] = seam.site.func;
      }
    }
    Compile(input.dialect.keeps, &KeepRule::packages, keeps_);
    Compile(input.dialect.imports, &ImportRule::directive, imports_by_rule_);
    if (!selector_) Append(errors_, selector_.error());
    if (!kept_) Append(errors_, kept_.error());
  }

  Result<RewrittenCalls> Run() {
    if (!errors_.empty()) return Fail(std::move(errors_));
    for (const Seam& seam : input_.inventory.seams) RewriteImport(seam);
    for (const Request& request : input_.inventory.requests) Rewrite(request);
    if (!errors_.empty()) return Fail(std::move(errors_));
    for (const auto* texts : {&declarations_, &functions_}) {
      for (const auto& [package, by_name] : *texts) {
        for (const auto& [name, text] : by_name) out_.packages[package].text += text + "\n";
      }
    }
    return std::move(out_);
  }

 private:
  // Those of the rules that cover the target, each with its pattern.
  template <class Rule>
  void Compile(const std::vector<Rule>& rules, std::string Rule::* text, std::vector<std::pair<const Rule*, Pattern>>& out) {
    for (const Rule& rule : rules) {
      if (!Covers(rule.scope, input_.target)) continue;
      Result<Pattern> pattern = Pattern::Compile({}, rule.*text);
      if (pattern) out.emplace_back(&rule, std::move(*pattern));
      if (!pattern) Append(errors_, std::move(pattern.error()));
    }
  }

  void Complain(const Request& request, std::string what, const std::string& rule) {
    errors_.push_back({.where = request.site.span,
                       .what = std::move(what),
                       .rule = rule,
                       .hint = "the dialect " + input_.dialect.name + " needs a rule for this"});
  }

  [[nodiscard]] const KeepRule* Keeps(const std::string& package) const {
    for (const auto& [rule, pattern] : keeps_) {
      if (pattern.Search(package)) return rule;
    }
    return nullptr;
  }

  // A function of the system that Go declares itself: the declaration is bound, calls of it stay as they are.
  void RewriteImport(const Seam& seam) {
    if (seam.library.empty() || Keeps(seam.site.package) != nullptr) return;
    const auto binding = by_name_.find({seam.library, seam.symbol});
    if (binding == by_name_.end() || !IsTyped(*binding->second)) return;
    for (const auto& [rule, directive] : imports_by_rule_) {
      const Result<const std::string*> text = edits_.Text(seam.site.span.file);
      if (!text) return Append(errors_, text.error());
      const Range line{seam.site.range.begin, (*text)->find('\n', seam.site.range.begin)};
      if (!directive.Search(std::string_view(**text).substr(line.begin, line.size()))) continue;
      std::string replacement = rule->replacement;
      ReplaceAll(replacement, "{func}", seam.site.func);
      ReplaceAll(replacement, "{cfunction}", binding->second->cfunction);
      edits_.Replace(seam.site.span.file, line, std::move(replacement));
      imports_[seam.site.package + "." + seam.site.func] = binding->second;
      input_.Use(rule->id);
      return;
    }
  }

  void Rewrite(const Request& request) {
    CallReport& report = out_.reports.emplace_back(CallReport{.request = &request});
    if (const KeepRule* rule = Keeps(request.site.package)) {
      report.reason = rule->reason;
      input_.Use(rule->id);
      return;
    }
    if (const auto import = imports_.find(request.entry); import != imports_.end()) {
      report.binding = import->second;
      return;
    }
    if (const RequestEdit* edit = kept_->Find(request); edit != nullptr) {
      report.reason = edit->reason;
      input_.Use(edit->id);
      return;
    }
    if (request.entry.empty()) {
      report.reason = "a constant: what uses it is a call of its own";
      return NameTrampoline(request);
    }
    if (!request.number && request.library.empty()) {
      report.reason = "what it calls is not constant";
      return;
    }
    if (request.library.empty() && !by_name_.empty()) {
      report.reason = "a call by number, where the system's calls go by name";
      return;
    }
    const auto rule = rules_.find(request.entry);
    if (rule == rules_.end()) return Complain(request, "nothing says what a call by " + request.entry + " becomes", "");
    input_.Use(rule->second->id);
    const Binding* binding = Find(request, *rule->second);
    if (binding != nullptr && !request.library.empty()) {
      if (const std::optional<std::string> why = WhyByAddress(*binding, request.arguments.size())) {
        report.reason = *why;
        return NameTrampoline(request);
      }
    }
    if (binding == nullptr || binding->how == How::kKept) {
      return Complain(request, "the call " + request.symbol + " is not bound", rule->second->id);
    }
    if (rule->second->function.empty()) {
      return Complain(request, "the rule of its entry has no function for the call " + request.symbol, rule->second->id);
    }
    report.binding = binding;
    report.reason = binding->proof.reason;
    const std::string name = AddFunction(request, *rule->second, *binding);
    if (name.empty()) return;
    std::string call = name + "(";
    for (const std::string& argument : request.arguments) call += (call.ends_with('(') ? "" : ", ") + argument;
    const Result<const std::string*> text = edits_.Text(request.site.span.file);
    if (!text) return Append(errors_, text.error());
    call += ")";
    KeepImports(request.site.span.file, **text, request.site.range, call);
    edits_.Replace(request.site.span.file, request.site.range, std::move(call));
  }

  // Where an address stays, it is that of the C function itself: a compiler that knows trampolines knows them by their
  // names, and these need not be those of the functions (libc_fstat_trampoline jumps to fstat64).
  void NameTrampoline(const Request& request) {
    const std::string& package = request.site.package;
    const auto trampoline = trampolines_.find({package, request.library, request.symbol});
    if (trampoline == trampolines_.end()) return;
    const Result<const std::string*> text = edits_.Text(request.site.span.file);
    if (!text) return Append(errors_, text.error());
    const std::string operand = "(" + trampoline->second + ")";
    const std::size_t at = (*text)->find(operand, request.site.range.begin);
    if (at == std::string::npos || at + operand.size() > request.site.range.end) return;
    // Where the function is also called, the declaration is that of the calls: to LLVM a function of C has one type in a
    // package.
    const auto named = by_name_.find({request.library, request.symbol});
    const bool is_typed = named != by_name_.end() && IsTyped(*named->second);
    const std::optional<CCall> typed = is_typed ? DeclareTyped(*named->second, named->second->words) : std::nullopt;
    const CCall c = typed ? *typed : Declare("libcify_t_" + Identifier(request.symbol), request.symbol, "()", "");
    declarations_[package][c.name] = c.declaration;
    edits_.Replace(request.site.span.file, {at + 1, at + operand.size() - 1}, c.name);
  }

  // What a call no longer names may have been all that its file needs an import for.
  void KeepImports(const std::string& file, const std::string& text, Range range, const std::string& replacement) {
    const std::string_view before = std::string_view(text).substr(range.begin, range.size());
    for (const Pattern::Match& match : selector_->FindAll(before)) {
      const std::string selector(before.substr(match.all.begin, match.all.size()));
      const std::string package = selector.substr(0, selector.find('.') + 1);
      if (replacement.find(package) != std::string::npos || !kept_imports_.emplace(file, package).second) continue;
      if (!Imports(file, text, package.substr(0, package.size() - 1))) continue;
      edits_.Replace(file, {text.size(), text.size()}, "\nvar _ = " + selector + "\n");
    }
  }

  bool Imports(const std::string& file, const std::string& text, const std::string& name) {
    const auto [known, is_new] = imports_of_.try_emplace(file);
    if (is_new) known->second = ImportsOf(text, LayoutOf(text));
    return !PathOf(known->second, name).empty();
  }

  static bool IsTyped(const Binding& binding) { return binding.how == How::kDirect || binding.how == How::kVariadic; }

  // Why a call of a library's function stays as it was.
  static std::optional<std::string> WhyByAddress(const Binding& binding, std::size_t words) {
    if (!IsTyped(binding)) return binding.proof.reason;
    if (DeclareTyped(binding, words)) return std::nullopt;
    return "Go cannot say the shape " + binding.shape + " of " + binding.cfunction + " in " + std::to_string(words) +
           " words";
  }

  [[nodiscard]] const Binding* Find(const Request& request, const CallRule& rule) const {
    if (!request.library.empty()) {
      const auto named = by_name_.find({request.library, request.symbol});
      return named == by_name_.end() ? nullptr : named->second;
    }
    if (rule.process_wide) {
      const auto wide = for_process_.find(*request.number);
      if (wide != for_process_.end()) return wide->second;
    }
    const auto found = by_number_.find(*request.number);
    return found == by_number_.end() ? nullptr : found->second;
  }

  // The function's name; "" where it cannot be written.
  std::string AddFunction(const Request& request, const CallRule& rule, const Binding& binding) {
    const std::string& package = request.site.package;
    const std::string entry = request.entry.substr(request.entry.rfind('.') + 1);
    const std::size_t words = request.arguments.size();
    std::string name = "libcify_" + entry + "_" + Identifier(binding.call);
    // Another call may give another number of words: SetFilePointerEx in a file for processors of 32 and 64 bits.
    if (words_of_.try_emplace({package, name}, words).first->second != words) name += "_" + std::to_string(words);
    std::string& function = functions_[package][name];
    if (!function.empty()) return name;
    function = rule.function;
    if (function.find("{result}") != std::string::npos) {
      const std::string result = ResultText(package, binding, words);
      if (result.empty()) {
        Complain(request, "no Go function can be written that calls " + binding.cfunction + " of the shape " + binding.shape,
                 rule.id);
        return "";
      }
      ReplaceAll(function, "{result}", result);
    }
    if (function.find("{syscall}") != std::string::npos && package != "syscall") {
      out_.packages[package].imports_syscall = true;
    }
    ReplaceAll(function, "{name}", name);
    ReplaceAll(function, "{words} uintptr", WordParameters(words));
    ReplaceAll(function, "{words}", Words(words));
    ReplaceAll(function, "{arguments}", Words(words));
    ReplaceAll(function, "{number}", std::to_string(binding.number));
    ReplaceAll(function, "{syscall}", package == "syscall" ? "" : "syscall.");
    return name;
  }

  // The list of three words that a call gives; "" where there is none.
  std::string ResultText(const std::string& package, const Binding& binding, std::size_t words) {
    if (binding.how == How::kDirect || binding.how == How::kVariadic) return TypedResult(package, binding, words);
    const std::string number = std::to_string(binding.number);
    // Go's entries put 0 into the registers of words that they do not take, and the kernel may read those: of
    // pidfd_send_signal Go hands over three words of four.
    std::string all = Words(words);
    for (std::size_t i = words; i < kWords; ++i) all += i == 0 ? "0" : ", 0";
    if (binding.how == How::kFallback) {  // declared in the hand-written file
      return "libcifyWord(libcify_c_syscall(" + number + ", " + all + "))";
    }
    const CCall c = Declare("libcify_a_" + binding.adapter, "libcify_" + binding.adapter,
                            "(" + Words(kWords) + ", number uintptr) int", all + ", " + number);
    out_.adapters.insert(binding.adapter);
    declarations_[package][c.name] = c.declaration;
    return "libcifyKernel(" + c.call + ")";
  }

  std::string TypedResult(const std::string& package, const Binding& binding, std::size_t words) {
    const std::optional<CCall> c = DeclareTyped(binding, words);
    const std::string function = ResultFunction(binding, input_.target);
    if (!c || function == "?") return "";
    declarations_[package][c->name] = c->declaration;
    if (binding.shape.front() == 'v') {
      const std::string name = "libcify_v_" + Identifier(binding.link_name);
      declarations_[package][name] = "func " + name + "(" + WordParameters(words) + ") (r1, r2, errno uintptr) {\n\t" +
                                     c->call + "\n\treturn 0, 0, 0\n}\n";
      return name + "(" + Words(words) + ")";
    }
    if (function.empty()) return "uintptr(" + c->call + "), uintptr(0), uintptr(0)";
    const bool clears = binding.error_rule == ErrorRule::kErrnoValue || binding.error_rule == ErrorRule::kErrnoTold;
    const bool converts = binding.shape.front() == 'p' && IsWindows(input_.target);
    const std::string value = converts ? "uintptr(" + c->call + ")" : c->call;
    return function + (clears ? "(libcifyCleared(), " : "(") + value + ")";
  }

  static constexpr std::size_t kWords = 6;  // of a call by number, and of an adapter before the number (libcify/entry.h)

  const EmitInput& input_;
  TreeEdits& edits_;
  Result<RequestEdits> kept_;  // calls that stay, by what they name
  std::map<int, const Binding*> by_number_, for_process_;
  std::map<std::pair<std::string, std::string>, const Binding*> by_name_;  // by library and symbol
  std::map<std::string, const CallRule*> rules_;
  std::map<std::string, const Binding*> imports_;  // by Go function
  // Functions in assembly that are a jump to a library's function, by package, library and symbol of that.
  std::map<std::tuple<std::string, std::string, std::string>, std::string> trampolines_;
  std::vector<std::pair<const KeepRule*, Pattern>> keeps_;
  std::vector<std::pair<const ImportRule*, Pattern>> imports_by_rule_;
  std::map<std::string, std::map<std::string, std::string>> functions_, declarations_;  // by package and name
  std::map<std::pair<std::string, std::string>, std::size_t> words_of_;                 // of those, by the same
  Result<Pattern> selector_ = Pattern::Compile({}, "\\b[a-z]\\w*\\.[A-Z]\\w*");         // an imported name
  std::map<std::string, std::vector<GoImport>> imports_of_;                             // by file
  std::set<std::pair<std::string, std::string>> kept_imports_;                          // by file and local name
  RewrittenCalls out_;
  Errors errors_;
};

}  // namespace

Result<RewrittenCalls> RewriteCalls(const EmitInput& input, TreeEdits& edits) { return Rewriter(input, edits).Run(); }

}  // namespace libcify
