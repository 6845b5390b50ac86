// Scans Go (go.dev/ref/spec, "Lexical elements") in one pass.
#include "gosrc/go_scan.h"

#include <algorithm>
#include <array>
#include <utility>

namespace libcify {
namespace {

// Tokens that may be open at once: of each bracket, those since its last separator. The limit of libtree-sitter is 65535; no
// file of std comes near.
constexpr std::size_t kMaxOpenTokens = 30000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

// Keywords behind which a newline ends no statement, so all but break, continue, fallthrough and return.
bool IsOpenKeyword(std::string_view word) {
  constexpr std::array<std::string_view, 21> kWords = {
      "case",   "chan",      "const", "default", "defer", "else",   "for",    "func",   "go",   "goto", "if",
      "import", "interface", "map",   "package", "range", "select", "struct", "switch", "type", "var"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

class Scanner {
 public:
  explicit Scanner(GoScanProblem& problem) : problem_(problem) {}

  // Scans what stands between `begin` and the end of the text.
  void Scan(std::string_view text, std::size_t begin) {
    text_ = text;
    at_ = begin;
    tokens_.reserve(tokens_.size() + (text_.size() - at_) / 5);
    while (at_ < text_.size() && problem_.what.empty()) Step();
  }
  [[nodiscard]] std::vector<GoToken> Take() { return std::move(tokens_); }

 private:
  [[nodiscard]] char Peek(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void Step() {
    const char c = text_[at_];
    if (c == '\n') {
      if (EndsStatement())
        Add(GoToken::Kind::kSemicolon, at_ + 1);
      else
        ++at_;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (c == '/' && Peek(1) == '/') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '/' && Peek(1) == '*') {
      Comment();
    } else if (IsLetter(c)) {
      Add(GoToken::Kind::kIdentifier, RunOf([](char x) { return IsLetter(x) || IsDigit(x); }));
    } else if (IsDigit(c)) {
      Add(GoToken::Kind::kLiteral, RunOf([](char x) { return IsLetter(x) || IsDigit(x) || x == '.'; }));
    } else if (c == '"' || c == '\'' || c == '`') {
      Quoted(c);
    } else {
      Add(c == ';' ? GoToken::Kind::kSemicolon : GoToken::Kind::kOperator, at_ + 1);
    }
  }

  template <class F>
  [[nodiscard]] std::size_t RunOf(F f) const {
    std::size_t end = at_;
    while (end < text_.size() && f(text_[end])) ++end;
    return end;
  }

  void Comment() {
    const std::size_t end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) problem_ = {at_, "the comment is not terminated"};
    const std::size_t next = end == std::string_view::npos ? text_.size() : end + 2;
    const std::size_t newline = text_.substr(at_, next - at_).find('\n');  // counts as one
    const bool ends = newline != std::string_view::npos && EndsStatement();
    if (ends) return Add(GoToken::Kind::kSemicolon, next);
    at_ = next;
  }

  void Quoted(char quote) {
    std::size_t end = at_ + 1;
    const bool raw = quote == '`';
    while (end < text_.size() && text_[end] != quote && (raw || text_[end] != '\n'))
      end += !raw && text_[end] == '\\' ? 2 : 1;
    if (end >= text_.size() || text_[end] != quote) {
      problem_ = {at_, "the literal is not terminated"};
      end = text_.size();
    }
    Add(GoToken::Kind::kLiteral, std::min(end + 1, text_.size()));
  }

  // Does a newline here stand for a semicolon.
  [[nodiscard]] bool EndsStatement() const {
    if (tokens_.empty()) return false;
    const GoToken& last = tokens_.back();
    if (last.kind == GoToken::Kind::kLiteral) return true;
    if (last.kind == GoToken::Kind::kIdentifier) return !IsOpenKeyword(last.text);
    const char c = last.text[0];
    const bool doubled = (c == '+' || c == '-') && tokens_.size() > 1 && tokens_[tokens_.size() - 2].text == last.text;
    return c == ')' || c == ']' || c == '}' || doubled;
  }

  void Add(GoToken::Kind kind, std::size_t end) {
    tokens_.push_back({kind, {at_, end}, text_.substr(at_, end - at_)});
    Count(tokens_.back());
    at_ = end;
  }

  void Count(const GoToken& token) {
    const char c = token.kind == GoToken::Kind::kOperator ? token.text[0] : '\0';
    if (token.kind == GoToken::Kind::kSemicolon || c == ',') {
      open_ -= std::exchange(levels_.back(), 0);
    } else if ((c == ')' || c == ']' || c == '}') && levels_.size() > 1) {
      open_ -= levels_.back();
      levels_.pop_back();
    }
    ++levels_.back();
    ++open_;
    if (c == '(' || c == '[' || c == '{') levels_.push_back(0);
    if (open_ > kMaxOpenTokens && problem_.what.empty()) {
      problem_ = {token.range.begin,
                  "more than " + std::to_string(kMaxOpenTokens) + " tokens are open here: nested too deep"};
    }
  }

  std::string_view text_;
  GoScanProblem& problem_;
  std::vector<GoToken> tokens_;
  std::vector<std::size_t> levels_ = {0};  // tokens since the last separator, per open bracket
  std::size_t open_ = 0;                   // their sum
  std::size_t at_ = 0;
};

bool Opens(const GoToken& token) {
  return token.kind == GoToken::Kind::kOperator && (token.Is("(") || token.Is("[") || token.Is("{"));
}
bool Closes(const GoToken& token) {
  return token.kind == GoToken::Kind::kOperator && (token.Is(")") || token.Is("]") || token.Is("}"));
}

// For each opening bracket the index of the one that closes it; for the rest, and without one, the number of tokens.
std::vector<std::size_t> Closings(const std::vector<GoToken>& tokens) {
  std::vector<std::size_t> closings(tokens.size(), tokens.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (Opens(tokens[i])) open.push_back(i);
    if (!Closes(tokens[i]) || open.empty()) continue;
    closings[open.back()] = i;
    open.pop_back();
  }
  return closings;
}

// Can tokens [begin, end) be no type? Brackets are passed over; types hold no literals, calls or operators outside of them.
bool IsExpression(const std::vector<GoToken>& tokens, const std::vector<std::size_t>& closings, std::size_t begin,
                  std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    const GoToken& token = tokens[i];
    const std::string_view before = i > begin ? tokens[i - 1].text : std::string_view();
    if (token.kind == GoToken::Kind::kLiteral) return true;
    if (token.kind == GoToken::Kind::kIdentifier && token.Is("func"))
      return i + 1 < end && closings[i + 1] + 1 < end && tokens[end - 1].Is(")");
    if (token.kind != GoToken::Kind::kOperator) continue;
    if (Opens(token)) {
      const bool is_name = i > begin && tokens[i - 1].kind == GoToken::Kind::kIdentifier;
      const bool is_body = before == "struct" || before == "interface";
      if (token.Is("(") && i > begin) return true;  // a call or conversion
      if (token.Is("{") && !is_body) return true;   // a composite literal
      if (token.Is("[") && is_name && before != "map" && i > begin + 1 && closings[i] + 1 < end) return true;
      i = std::min(closings[i], end);
    } else if (!token.Is(".") && !token.Is("*") && !token.Is("<") && !token.Is("-")) {
      return true;
    } else if (token.Is("-") && before != "<") {
      return true;
    } else if (token.Is("*") && i > begin && tokens[i - 1].kind == GoToken::Kind::kIdentifier && before != "chan") {
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<GoToken> ScanGo(std::string_view text, const std::vector<Range>& parts, GoScanProblem& problem) {
  Scanner scanner(problem);
  for (const Range& part : parts) scanner.Scan(text.substr(0, part.end), part.begin);
  return scanner.Take();
}

std::string WithOlderSyntax(std::string_view text, const std::vector<GoToken>& tokens) {
  std::string out(text);
  const std::vector<std::size_t> closings = Closings(tokens);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].Is("new") && tokens[i + 1].Is("(") && (i == 0 || !tokens[i - 1].Is("."))) {
      if (IsExpression(tokens, closings, i + 2, closings[i + 1])) out[tokens[i].range.begin] = 'N';
    } else if (tokens[i].Is("func") && tokens[i + 1].Is("(") &&
               (i == 0 || tokens[i - 1].kind == GoToken::Kind::kSemicolon)) {
      const std::size_t open = closings[i + 1] + 2;  // receiver ')', name, '['
      if (open >= tokens.size() || !tokens[open].Is("[") || tokens[open - 1].kind != GoToken::Kind::kIdentifier) continue;
      const std::size_t close = closings[open];
      if (close == tokens.size()) continue;
      for (std::size_t at = tokens[open].range.begin; at < tokens[close].range.end; ++at) {
        if (out[at] != '\n') out[at] = ' ';
      }
      i = close;  // what is blank needs no other change
    }
  }
  return out;
}

}  // namespace libcify
