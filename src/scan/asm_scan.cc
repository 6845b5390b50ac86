// Finds the system-call instructions of one assembly file and explains each by a rule, see asm_scan.h.
//
// A seam is a statement whose canonical text is one of the port's instructions, or a use of a macro that stands for one.
// So is a statement that names an imported function, and one that a rule with a prefilter of its own describes: a call of a
// pointer that an entry was given. What enters the kernel in any other way (raw bytes, an instruction of another ABI, an
// instruction amid a longer macro or outside of a TEXT) cannot be replaced and is an error.
#include "scan/asm_scan.h"

#include <algorithm>

#include "scan/asm_bytes.h"
#include "scan/asm_frame.h"
#include "scan/asm_imports.h"
#include "scan/asm_number.h"
#include "scan/asm_symbols.h"
#include "scan/places.h"

namespace libcify::scan {
namespace {

bool Contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::string Join(const std::vector<std::string>& parts, char separator) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : std::string(1, separator)) + part;
  return out;
}

// "INT $0x80" of "INT\t$0x80 ".
std::string Folded(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == ';')) out.pop_back();
  return out;
}

std::string FirstWord(const std::string& text) { return text.substr(0, text.find(' ')); }

// Whether a statement is what a row of rules/ports.json says: its text, or "NAME $number", or "NAME *".
bool Fits(const std::string& row, const AsmStatement& statement) {
  const std::size_t blank = row.find(' ');
  const std::string rest = blank == std::string::npos ? "" : row.substr(blank + 1);
  if (std::string_view(row).substr(0, blank) != statement.mnemonic) return false;
  if (rest != "*" && rest != "$number") return statement.Canonical() == row;
  return rest == "*" || (statement.operands.size() == 1 && statement.operands[0].starts_with('$'));
}

bool FitsAny(const std::vector<std::string>& rows, const AsmStatement& statement) {
  return std::any_of(rows.begin(), rows.end(), [&](const std::string& row) { return Fits(row, statement); });
}

class FileScan {
 public:
  FileScan(const AsmContext& context, const SourceFile& source, const AsmFile& file)
      : context_(context), source_(source), file_(file), abi_(context.port.syscall) {
    for (const CompiledRule* rule : context_.rules.Of(FindKind::kSeam)) {
      if (rule->prefilter && rule->AppliesTo(source_.path)) pointer_rules_.push_back(rule);
    }
  }

  void Run(AsmFinds& out) {
    FindMacros();
    for (std::size_t i = 0; i < file_.statements().size(); ++i) {
      const AsmStatement& statement = file_.statements()[i];
      if (statement.active) Visit(i, statement);
    }
    for (const RawEntry& raw : FindRawEntries(file_, abi_.encodings, context_.port.big_endian)) {
      Complain(raw.offset, "the bytes " + raw.encoding + " enter the kernel by raw data, which cannot be replaced",
               "write the instruction by its name");
    }
    out.seams = std::move(seams_);
    out.seam_symbols = std::move(symbols_);
    Append(out.errors, std::move(errors_));
  }

 private:
  // Macros of which the whole body is one system-call instruction; each use is a seam.
  void FindMacros() {
    for (const AsmMacro& macro : file_.macros()) {
      if (macro.active && Contains(abi_.instructions, Folded(macro.body))) macros_.push_back(macro.name);
    }
  }

  void Visit(std::size_t index, const AsmStatement& statement) {
    const NamedNumber* import = ImportOf(statement, source_.package, context_.numbers);
    if (import != nullptr || CallsPointer(index, statement)) return AddAddressSeam(index, statement, import);
    const bool by_name = FitsAny(abi_.instructions, statement);
    if (!by_name && FitsAny(abi_.foreign, statement)) {
      return Complain(statement.range.begin,
                      statement.Canonical() + " enters the kernel in a way that the port does not know",
                      "this port's instructions are: " + Join(abi_.instructions, ','));
    }
    const bool by_macro = statement.macro.empty() && statement.operands.empty() && Contains(macros_, statement.mnemonic);
    if (!by_macro && !by_name) return;
    if (!statement.macro.empty()) {
      if (Contains(macros_, statement.macro)) return;
      return Complain(statement.range.begin, "a system-call instruction amid the macro " + statement.macro,
                      "a macro that holds nothing else is replaced at each use");
    }
    AddSeam(index, statement, by_macro ? statement.mnemonic : "");
  }

  // A statement that a rule with a prefilter describes is a seam because that rule says so.
  [[nodiscard]] bool CallsPointer(std::size_t index, const AsmStatement& statement) const {
    const AsmText* text = file_.Enclosing(index);
    if (pointer_rules_.empty() || text == nullptr || statement.mnemonic == "TEXT") return false;
    const CompiledRule::Lookup lookup = LookupOf(statement, *text, Seam{}, "");
    return std::any_of(pointer_rules_.begin(), pointer_rules_.end(),
                       [&](const CompiledRule* rule) { return rule->Matches(lookup); });
  }

  // `import` is null where the function's address is not constant.
  void AddAddressSeam(std::size_t index, const AsmStatement& statement, const NamedNumber* import) {
    const AsmText* text = file_.Enclosing(index);
    if (text == nullptr) return Complain(statement.range.begin, "an imported function outside of any TEXT", "");
    Seam seam = SeamAt(statement, *text);
    seam.by_address = true;
    if (import != nullptr) {
      seam.symbol = import->symbol;
      seam.library = import->library;
    }
    Explain(LookupOf(statement, *text, seam, ""), seam);
    symbols_.push_back(LinkerName(text->symbol, source_.package));
    seams_.push_back(std::move(seam));
  }

  [[nodiscard]] Seam SeamAt(const AsmStatement& statement, const AsmText& text) const {
    Seam seam;
    seam.site.package = source_.package;
    seam.site.func = text.name;
    seam.site.span = file_.At(statement.range.begin);
    seam.site.range = statement.range;
    seam.abi = text.abi;
    seam.frame = text.frame;
    seam.frame_range = text.frame_range;
    seam.flags = text.flags;
    seam.flags_range = text.flags_range;
    return seam;
  }

  // All that is referred to must outlive the result.
  [[nodiscard]] CompiledRule::Lookup LookupOf(const AsmStatement& statement, const AsmText& text, const Seam& seam,
                                              const std::string& macro) const {
    return [this, instruction = statement.Canonical(), &text, symbol = seam.symbol, library = seam.library,
            macro](const std::string& name) -> std::string {
      if (name == "instruction") return instruction;
      if (name == "text" || name == "func") return text.name;
      if (name == "symbol") return symbol;
      if (name == "library") return library;
      if (name == "flags") return Join(text.flags, '|');
      if (name == "macro") return macro;
      if (name == "package") return source_.package;
      return name == "path" ? source_.path : "";
    };
  }

  void AddSeam(std::size_t index, const AsmStatement& statement, const std::string& macro) {
    const AsmText* text = file_.Enclosing(index);
    if (text == nullptr) return Complain(statement.range.begin, "a system-call instruction outside of any TEXT", "");
    Seam seam = SeamAt(statement, *text);
    if (macro.empty() && TakesOperand(statement)) seam.operand = statement.operands[0];
    SetNumber(index, *text, seam);
    SetLive(index, *text, seam);
    Explain(LookupOf(statement, *text, seam, macro), seam);
    SetFrame(file_, *text, index, *context_.dialect, seam);
    symbols_.push_back(LinkerName(text->symbol, source_.package));
    seams_.push_back(std::move(seam));
  }

  // Whether the operand of an instruction names the number, as in "SYSCALL $SYS_read" and "SYSCALL R9" (ppc64).
  [[nodiscard]] bool TakesOperand(const AsmStatement& statement) const {
    if (statement.operands.size() != 1) return false;
    return statement.operands[0] != abi_.number && Contains(abi_.instructions, statement.mnemonic + " $number");
  }

  std::optional<AsmConstant> FindNumber(std::size_t index, const AsmText& text, const Seam& seam) const {
    if (seam.operand.starts_with('$')) {
      const std::vector<long long> value = file_.Immediate(seam.operand, seam.site.range.begin);
      if (value.size() != 1) return {};
      if (abi_.operand_mask == 0) return AsmConstant{value[0], seam.operand};
      if (const long long number = value[0] & abi_.operand_mask; number != 0) return AsmConstant{number, seam.operand};
    }
    const std::string& reg = seam.operand.empty() || seam.operand.starts_with('$') ? abi_.number : seam.operand;
    return ConstantsBefore(file_, text, *context_.dialect, reg)[index - text.first];
  }

  void SetNumber(std::size_t index, const AsmText& text, Seam& seam) {
    const std::optional<AsmConstant> constant = FindNumber(index, text, seam);
    if (!constant) return;
    if (constant->value < 0 || constant->value > 1'000'000) {
      return Complain(seam.site.range.begin, constant->operand + " is no system-call number", "");
    }
    seam.number = static_cast<int>(constant->value);
    seam.symbol = context_.numbers.NameOf(*seam.number);
    if (!seam.symbol.empty()) return;
    // No table has it: what the file calls it, in any spelling of SYS_x.
    const std::size_t name = constant->operand.find("SYS_");
    if (name != std::string::npos) seam.symbol = constant->operand.substr(name + 4);
  }

  void SetLive(std::size_t index, const AsmText& text, Seam& seam) {
    std::vector<std::string> lost = abi_.lost();
    if (!abi_.results.empty()) std::erase(lost, abi_.results.front());
    const std::string package = text.package.empty() ? source_.package : text.package;
    AsmSignature signature = context_.signature(package, text.name);
    signature.syscall_reads = abi_.arguments;
    if (!abi_.number.empty()) signature.syscall_reads.push_back(abi_.number);
    seam.live = LiveAfter(file_, index, *context_.dialect, lost, signature);
    seam.full_save = std::any_of(seam.live.begin(), seam.live.end(),
                                 [&](const std::string& name) { return !Contains(abi_.trampoline_keeps, name); });
  }

  static std::string What(const Seam& seam) {
    if (!seam.by_address) return "system-call instruction";
    return seam.symbol.empty() ? "call of a pointer" : "use of " + seam.symbol;
  }

  void Explain(const CompiledRule::Lookup& lookup, Seam& seam) {
    const CompiledRule* first = nullptr;
    for (const CompiledRule* rule : context_.rules.Of(FindKind::kSeam)) {
      if (!rule->AppliesTo(source_.path) || !rule->Matches(lookup)) continue;
      if (rule->prefilter && !(seam.by_address && seam.symbol.empty())) continue;  // it explains calls of pointers
      if (first != nullptr) {
        errors_.push_back({.where = seam.site.span,
                           .what = "this " + What(seam) + " is explained by " + first->rule->id + " as well",
                           .rule = rule->rule->id});
        continue;
      }
      first = rule;
      seam.site.rule = rule->rule->id;
      seam.role = rule->rule->role;
      if (seam.role == SeamRole::kUnreachable || seam.role == SeamRole::kUnneeded)
        seam.reason = rule->rule->reason + " (" + rule->rule->reference + ")";
    }
    if (first == nullptr) {
      errors_.push_back({.where = seam.site.span,
                         .what = "no rule explains this " + What(seam) + " in " + seam.site.func,
                         .rule = context_.rules.Closest(FindKind::kSeam, lookup),
                         .hint = "the rule named is the closest"});
    }
  }

  void Complain(std::size_t offset, std::string what, std::string hint) {
    const auto lookup = [&](const std::string& name) -> std::string {
      if (name == "package") return source_.package;
      return name == "path" ? source_.path : "";
    };
    errors_.push_back({.where = file_.At(offset),
                       .what = std::move(what),
                       .rule = context_.rules.Closest(FindKind::kSeam, lookup),
                       .hint = std::move(hint)});
  }

  const AsmContext& context_;
  const SourceFile& source_;
  const AsmFile& file_;
  const SyscallAbi& abi_;
  std::vector<const CompiledRule*> pointer_rules_;
  std::vector<std::string> macros_;
  std::vector<Seam> seams_;
  std::vector<std::string> symbols_;
  Errors errors_;
};

}  // namespace

AsmScanner::AsmScanner(AsmContext context) : context_(std::move(context)) {
  if (!context_.port.syscall.encodings.empty()) interesting_ = {"BYTE", "WORD", "LONG", "QUAD"};  // DWORD too
  std::string words;
  for (const auto* list : {&context_.port.syscall.instructions, &context_.port.syscall.foreign}) {
    for (const std::string& text : *list) {
      // "CALL 0x10(GS)": any call otherwise. C assembly writes it in another way.
      if (text.ends_with(')')) {
        interesting_.push_back(text.substr(text.find(' ') + 1));
        continue;
      }
      interesting_.push_back(FirstWord(text));
      words += (words.empty() ? "" : "|") + FirstWord(text);
    }
  }
  if (words.empty()) return;
  if (auto pattern = Pattern::Compile({}, "(?im)^(?:[^/#\"\\n]*[:;\\s])?(?:" + words + ")\\b")) {
    in_c_assembly_ = std::move(*pattern);
  }
}

bool AsmScanner::CallsPointers(const SourceFile& file) const {
  const std::vector<const CompiledRule*>& rules = context_.rules.Of(FindKind::kSeam);
  return std::any_of(rules.begin(), rules.end(), [&](const CompiledRule* rule) {
    return rule->prefilter && rule->AppliesTo(file.path) && rule->prefilter->Search(file.text);
  });
}

AsmFinds AsmScanner::Scan(const SourceFile& file) const {
  AsmFinds out;
  if (file.kind == FileKind::kCAssembly) {
    if (in_c_assembly_ && in_c_assembly_->Search(file.text)) {
      for (const Pattern::Match& match : in_c_assembly_->FindAll(file.text)) {
        out.errors.push_back({.where = PlaceOf(file, match.all.begin),
                              .what = "C assembly that may enter the kernel by itself",
                              .rule = context_.rules.Closest(FindKind::kSeam, [](const std::string&) { return ""; })});
      }
    }
    return out;
  }
  if (context_.numbers.HasImports()) AddCalls(file, out.calls);
  const bool parse = context_.dialect != nullptr && (Contents(file.text).HoldsOneOf(interesting_) || CallsPointers(file) ||
                                                     NamesImport(file.text, file.package, context_.numbers));
  if (!parse && !NeedsPreprocessor(file.text)) {
    AddPlainSymbols(file, out.symbols);
    return out;
  }
  const Result<AsmFile>& parsed = context_.files.Parsed(file, context_.defines);
  if (!parsed) {
    out.errors = parsed.error();
    return out;
  }
  AddSymbols(file, *parsed, out.symbols);
  if (parse) FileScan(context_, file, *parsed).Run(out);
  return out;
}

}  // namespace libcify::scan
