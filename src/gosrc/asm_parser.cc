// The preprocessor of Go's assembler and the grouping of statements into TEXT blocks.
#include "gosrc/asm_parser.h"

#include <algorithm>
#include <utility>

namespace libcify {
namespace {

constexpr std::size_t kMaxErrors = 20;
constexpr std::string_view kMiddleDot = "\u00b7";      // stands for '.' between package and name
constexpr std::string_view kDivisionSlash = "\u2215";  // stands for '/' in an import path

std::string ReplaceAll(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// "runtime·exit<ABIInternal>(SB)" into symbol, name, package, ABI.
void SplitSymbol(const std::string& operand, AsmText& text) {
  const std::size_t end = operand.find_first_of("<(+ ");
  text.symbol = operand.substr(0, end);
  if (end != std::string::npos && operand[end] == '<') {
    const std::size_t close = operand.find('>', end);
    text.abi = close == std::string::npos ? std::string() : operand.substr(end + 1, close - end - 1);
    text.is_static = text.abi.empty();
    if (text.abi == "ABI0") text.abi.clear();
  }
  const std::size_t dot = text.symbol.rfind(kMiddleDot);
  if (dot == std::string::npos) {
    text.name = text.symbol;
  } else {
    text.name = text.symbol.substr(dot + kMiddleDot.size());
    text.package = ReplaceAll(ReplaceAll(text.symbol.substr(0, dot), kDivisionSlash, "/"), kMiddleDot, ".");
  }
}

std::vector<std::string> SplitFlags(const std::string& expression) {
  std::vector<std::string> flags;
  std::string flag;
  for (const char c : expression + "|") {
    if (c == '|') {
      if (!flag.empty()) flags.push_back(std::exchange(flag, {}));
    } else if (c != ' ' && c != '(' && c != ')') {
      flag += c;
    }
  }
  return flags;
}

std::string MacroBody(const AsmToken* begin, const AsmToken* end) {
  std::string body;
  const AsmToken* line = begin;
  for (const AsmToken* token = begin; token != end; ++token) {
    if (token->kind != AsmTokenKind::kNewline) continue;
    body += JoinAsm(line, token) + "\n";
    line = token + 1;
  }
  body += JoinAsm(line, end);
  const std::size_t first = body.find_first_not_of(" \n");
  return first == std::string::npos ? std::string() : body.substr(first, body.find_last_not_of(" \n") - first + 1);
}

}  // namespace

AsmParser::AsmParser(std::string path, std::string text, std::map<std::string, std::string> defines) {
  file_.path_ = std::move(path);
  file_.text_ = std::move(text);
  file_.lines_ = TextLines(file_.text_);
  for (auto& [name, value] : defines) {
    AsmMacro macro;
    macro.name = name;
    macro.body = std::move(value);
    macro.in_force = {0, file_.text_.size()};
    file_.predefined_.push_back(std::move(macro));
  }
}

Result<AsmFile> AsmParser::Run() {
  std::vector<AsmScanProblem> problems;
  tokens_ = ScanAsm(file_.text_, problems);
  for (AsmScanProblem& problem : problems) Note(problem.offset, std::move(problem.what));
  for (std::size_t at = 0; at < tokens_.size();) {
    if (tokens_[at].Is('#')) {
      const std::size_t end = EndOfLine(at, true);
      ReadDirective(at, end);
      at = end + 1;
    } else {
      const std::size_t end = EndOfLine(at, false);
      ReadStatements(at, end, "");
      at = end + 1;
    }
  }
  for (const Condition& condition : conditions_) Note(condition.offset, "the #ifdef or #ifndef has no #endif");
  if (!errors_.empty()) return Fail(std::move(errors_));
  return std::move(file_);
}

void AsmParser::Note(std::size_t offset, std::string what) {
  if (errors_.size() < kMaxErrors) errors_.push_back({file_.At(offset), std::move(what)});
}

// Index of the newline that ends a line. A backslash continues #defines only.
std::size_t AsmParser::EndOfLine(std::size_t token, bool over_continuations) const {
  while (tokens_[token].kind != AsmTokenKind::kNewline || (over_continuations && tokens_[token].continues)) ++token;
  return token;
}

bool AsmParser::IsDefined(std::string_view name) const {
  const auto found = file_.macro_index_.find(name);
  if (found != file_.macro_index_.end()) return file_.macros_[found->second.back()].in_force.end == file_.text_.size();
  return file_.MacroAt(name, 0) != nullptr;
}

void AsmParser::ReadDirective(std::size_t hash, std::size_t end) {
  const std::size_t offset = tokens_[hash].range.begin;
  const std::size_t at = hash + 1;
  const std::string_view word = at < end && tokens_[at].IsIdentifier() ? tokens_[at].text : std::string_view();
  const std::string_view name = at + 1 < end ? tokens_[at + 1].text : std::string_view();
  const auto demand_name = [&] {
    if (at + 1 < end && tokens_[at + 1].IsIdentifier()) return true;
    Note(offset, "expected a name behind #" + std::string(word));
    return false;
  };
  if (word == "ifdef" || word == "ifndef") {
    if (demand_name()) OpenCondition(name, word == "ifdef", offset);
  } else if (word == "else") {
    SwapCondition(offset);
  } else if (word == "endif") {
    CloseCondition(offset);
  } else if (word == "define") {
    if (demand_name()) ReadDefine(hash, at + 1, end);
  } else if (!Active() || word == "line") {
    return;  // cmd/asm looks at nothing else where a condition is not met
  } else if (word == "undef") {
    if (demand_name()) EndMacro(name, offset);
  } else if (word == "include") {
    if (at + 1 < end && tokens_[at + 1].kind == AsmTokenKind::kString && name.size() >= 2) {
      file_.includes_.emplace_back(name.substr(1, name.size() - 2));
    } else {
      Note(offset, "expected a file name in double quotes behind #include");
    }
  } else {
    Note(offset, "unknown directive #" + std::string(word));
  }
}

void AsmParser::ReadDefine(std::size_t hash, std::size_t at, std::size_t end) {
  AsmMacro macro;
  macro.name = tokens_[at].text;
  macro.active = Active();
  macro.range = {tokens_[hash].range.begin, tokens_[end - 1].range.end};
  macro.line = file_.lines_.LineOf(macro.range.begin);
  std::size_t body = at + 1;
  if (body < end && tokens_[body].Is('(') && tokens_[body].range.begin == tokens_[at].range.end) {
    body = ReadParameters(macro, body + 1, end);
    if (body == 0) return;
  }
  macro.body = MacroBody(tokens_.data() + body, tokens_.data() + end);
  const std::string name = macro.name;
  AddMacro(std::move(macro));
  std::vector<std::string> waiting = std::exchange(labels_, {});
  ReadStatements(body, end, name);
  labels_ = std::move(waiting);
}

std::size_t AsmParser::ReadParameters(AsmMacro& macro, std::size_t at, std::size_t end) {
  macro.function_like = true;
  bool expect_name = true;
  for (; at < end; ++at) {
    if (tokens_[at].Is(')')) return at + 1;
    if (tokens_[at].IsIdentifier() == expect_name && (expect_name || tokens_[at].Is(','))) {
      if (expect_name) macro.parameters.emplace_back(tokens_[at].text);
      expect_name = !expect_name;
    } else {
      break;
    }
  }
  if (macro.active) Note(macro.range.begin, "bad parameters in the definition of macro " + macro.name);
  return 0;
}

void AsmParser::AddMacro(AsmMacro macro) {
  if (macro.active) {
    EndMacro(macro.name, macro.range.begin);
    macro.in_force = {macro.range.end, file_.text_.size()};
    file_.macro_index_[macro.name].push_back(file_.macros_.size());
  }
  file_.macros_.push_back(std::move(macro));
}

void AsmParser::EndMacro(std::string_view name, std::size_t offset) {
  const auto found = file_.macro_index_.find(name);
  if (found == file_.macro_index_.end()) return;  // one of an included file
  Range& in_force = file_.macros_[found->second.back()].in_force;
  in_force.end = std::min(in_force.end, offset);
}

void AsmParser::OpenCondition(std::string_view name, bool wanted, std::size_t offset) {
  const bool outer = Active();
  conditions_.push_back({outer, outer && IsDefined(name) == wanted, offset});
}

void AsmParser::SwapCondition(std::size_t offset) {
  if (conditions_.empty()) {
    Note(offset, "#else without #ifdef or #ifndef");
  } else {
    Condition& condition = conditions_.back();
    condition.taken = condition.outer && !condition.taken;
  }
}

void AsmParser::CloseCondition(std::size_t offset) {
  if (conditions_.empty()) {
    Note(offset, "#endif without #ifdef or #ifndef");
  } else {
    conditions_.pop_back();
  }
}

// In a macro's body, and where a condition is not met, what is no statement is passed over: it may be a part of one.
void AsmParser::ReadStatements(std::size_t begin, std::size_t end, const std::string& macro) {
  AsmStatementReader reader(tokens_.data() + begin, tokens_.data() + end, [&](std::string_view name) {
    const AsmMacro* found = file_.MacroAt(name, tokens_[begin].range.begin);
    return found != nullptr && found->function_like;
  });
  reader.pending_labels() = std::exchange(labels_, {});
  AsmRawStatement raw;
  while (reader.Next(raw)) {
    if (!raw.problem.empty()) {
      if (macro.empty() && Active()) Note(raw.problem_offset, std::move(raw.problem));
      if (raw.mnemonic.empty()) continue;
    }
    AddStatement(std::move(raw), macro);
  }
  labels_ = std::move(reader.pending_labels());
}

void AsmParser::AddStatement(AsmRawStatement raw, const std::string& macro) {
  const std::size_t index = file_.statements_.size();
  const Span span = file_.At(raw.range.begin);
  const bool is_text = macro.empty() && raw.mnemonic == "TEXT";
  if (is_text) AddText(raw, index);
  file_.owners_.push_back(AsmFile::kAnywhere);
  file_.statements_.push_back({std::move(raw.labels), std::move(raw.mnemonic), std::move(raw.operands), raw.range, span.line,
                               span.column, Active(), macro});
  if (macro.empty()) AssignOwner(index, is_text);
}

// An active statement belongs to the last active TEXT, also where an inactive one stands between:
//   #ifdef A / TEXT f / #else / TEXT g / #endif / common body.
void AsmParser::AssignOwner(std::size_t statement, bool is_text) {
  const bool active = file_.statements_[statement].active;
  if (active) {
    inactive_text_ = AsmFile::kAnywhere;
    if (is_text) active_text_ = file_.texts_.size() - 1;
  } else if (is_text) {
    inactive_text_ = file_.texts_.size() - 1;
  }
  const std::size_t owner = !active && inactive_text_ != AsmFile::kAnywhere ? inactive_text_ : active_text_;
  if (owner == AsmFile::kAnywhere) return;
  file_.owners_[statement] = owner;
  file_.texts_[owner].last = statement + 1;
}

void AsmParser::AddText(const AsmRawStatement& raw, std::size_t statement) {
  AsmText text;
  text.range = raw.range;
  text.line = file_.lines_.LineOf(raw.range.begin);
  text.active = Active();
  text.first = statement;
  text.last = statement + 1;
  if (raw.operands.empty()) {
    if (text.active) Note(raw.range.begin, "TEXT without a symbol");
  } else {
    SplitSymbol(raw.operands[0], text);
  }
  if (raw.operands.size() >= 3) {
    text.flags = SplitFlags(raw.operands[1]);
    text.flags_range = raw.operand_ranges[1];
  }
  if (raw.operands.size() >= 2) {
    text.frame = raw.operands.back();
    text.frame_range = raw.operand_ranges.back();
    if (text.frame.starts_with('$')) {
      text.frame.erase(0, 1);
      ++text.frame_range.begin;
    }
  }
  file_.texts_.push_back(std::move(text));
}

}  // namespace libcify
