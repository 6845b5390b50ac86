#include "goroot/constraint.h"

#include <array>
#include <utility>

namespace libcify {
namespace {

// go/build/constraint refuses more terms than this; it also bounds our recursion and the stack of Holds.
constexpr std::size_t kMaxTerms = 1000;
// The old syntax: at most 100 operators.
constexpr std::size_t kMaxPlusBuildOperators = 100;

// Letters and digits of Unicode, '_' and '.'. Bytes of multi-byte characters all count as letters here: a tag that no build
// has is simply false.
bool IsTagByte(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c >= 0x80;
}

bool IsTag(std::string_view word) {
  for (char c : word) {
    if (!IsTagByte(static_cast<unsigned char>(c))) return false;
  }
  return !word.empty();
}

// The character for a message; control bytes as hex.
std::string Show(char c) {
  auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20 && byte < 0x7f) return std::string("'") + c + "'";
  static constexpr char kHex[] = "0123456789abcdef";
  return std::string("byte 0x") + kHex[byte >> 4] + kHex[byte & 15];
}

}  // namespace

// Recursive descent over
//   or = and { "||" and }; and = not { "&&" not }; not = [ "!" ] atom; atom = tag | "(" or ")".
// Every parse function leaves the next token in token_ and gives false after the first error.
class GoBuildParser {
 public:
  explicit GoBuildParser(std::string_view text) : text_(text) {}

  std::expected<Constraint, ConstraintError> Parse() {
    if (Next() && Or() && token_ != Token::kEnd) Fail(start_, "unexpected " + Describe());
    if (error_) return std::unexpected(std::move(*error_));
    return std::move(result_);
  }

 private:
  enum class Token { kEnd, kTag, kNot, kAnd, kOr, kOpen, kClose };
  using OpKind = Constraint::OpKind;

  bool Fail(std::size_t offset, std::string what) {
    if (!error_) error_ = ConstraintError{offset, std::move(what)};
    return false;
  }

  [[nodiscard]] std::string Describe() const {
    if (token_ == Token::kEnd) return "end of expression";
    return "\"" + std::string(text_.substr(start_, end_ - start_)) + "\"";
  }

  bool Next() {
    start_ = end_;
    while (start_ < text_.size() && (text_[start_] == ' ' || text_[start_] == '\t')) ++start_;
    end_ = start_;
    if (start_ == text_.size()) {
      token_ = Token::kEnd;
      return true;
    }
    const char c = text_[start_];
    switch (c) {
      case '(':
        return Take(Token::kOpen, 1);
      case ')':
        return Take(Token::kClose, 1);
      case '!':
        return Take(Token::kNot, 1);
      case '&':
      case '|':
        if (start_ + 1 >= text_.size() || text_[start_ + 1] != c) return Fail(start_, "expected " + std::string(2, c));
        return Take(c == '&' ? Token::kAnd : Token::kOr, 2);
      default:
        break;
    }
    std::size_t length = 0;
    while (start_ + length < text_.size() && IsTagByte(static_cast<unsigned char>(text_[start_ + length]))) ++length;
    if (length == 0) return Fail(start_, "unexpected " + Show(c));
    return Take(Token::kTag, length);
  }

  bool Take(Token token, std::size_t length) {
    token_ = token;
    end_ = start_ + length;
    return true;
  }

  bool Or() { return Chain(Token::kOr, OpKind::kOr, &GoBuildParser::And); }
  bool And() { return Chain(Token::kAnd, OpKind::kAnd, &GoBuildParser::Not); }

  bool Chain(Token separator, OpKind op, bool (GoBuildParser::*operand)()) {
    if (!(this->*operand)()) return false;
    while (token_ == separator) {
      if (!Next() || !(this->*operand)()) return false;
      result_.Add(op);
    }
    return true;
  }

  bool Not() {
    if (++terms_ > kMaxTerms) return Fail(start_, "more than " + std::to_string(kMaxTerms) + " terms");
    if (token_ != Token::kNot) return Atom();
    if (!Next()) return false;
    if (token_ == Token::kNot) return Fail(start_, "double negation is not allowed");
    if (!Atom()) return false;
    result_.Add(OpKind::kNot);
    return true;
  }

  bool Atom() {
    if (token_ == Token::kTag) {
      result_.AddTag(text_.substr(start_, end_ - start_));
      return Next();
    }
    if (token_ != Token::kOpen) return Fail(start_, "expected a tag, found " + Describe());
    const std::size_t open = start_;
    if (!Next()) return false;
    if (token_ == Token::kEnd) return Fail(open, "missing closing parenthesis");
    if (!Or()) return false;
    if (token_ != Token::kClose) return Fail(open, "missing closing parenthesis");
    return Next();
  }

  std::string_view text_;
  Token token_ = Token::kEnd;
  std::size_t start_ = 0, end_ = 0;  // of token_
  std::size_t terms_ = 0;
  Constraint result_;
  std::optional<ConstraintError> error_;
};

void Constraint::AddTag(std::string_view tag) {
  program_.push_back({OpKind::kTag, tags_.size()});
  tags_.emplace_back(tag);
}

std::expected<Constraint, ConstraintError> Constraint::ParseGoBuild(std::string_view text) {
  return GoBuildParser(text).Parse();
}

// Words are alternatives, commas join demands, '!' negates; what is no tag counts as "ignore", which no build has.
std::optional<Constraint> Constraint::ParsePlusBuild(std::string_view text) {
  static constexpr std::string_view kBlank = " \t\r\n\v\f";
  Constraint result;
  std::size_t operators = 0;
  bool first_word = true;
  for (std::size_t at = text.find_first_not_of(kBlank); at != std::string_view::npos;) {
    const std::size_t stop = std::min(text.find_first_of(kBlank, at), text.size());
    std::string_view word = text.substr(at, stop - at);
    for (bool first_literal = true, more = true; more; first_literal = false) {
      const std::size_t comma = word.find(',');
      std::string_view literal = word.substr(0, comma);
      more = comma != std::string_view::npos;
      word = more ? word.substr(comma + 1) : std::string_view();
      const bool negated = literal.size() > 1 && literal[0] == '!' && literal[1] != '!';
      if (negated) literal.remove_prefix(1);
      result.AddTag(IsTag(literal) ? literal : "ignore");
      if (negated) result.Add(OpKind::kNot);
      if (first_literal) continue;
      result.Add(OpKind::kAnd);
      if (++operators > kMaxPlusBuildOperators) return std::nullopt;
    }
    if (!first_word) {
      result.Add(OpKind::kOr);
      if (++operators > kMaxPlusBuildOperators) return std::nullopt;
    }
    first_word = false;
    at = text.find_first_not_of(kBlank, stop);
  }
  if (first_word) result.AddTag("ignore");
  return result;
}

bool Constraint::Holds(const TagSet& tags) const {
  std::array<bool, kMaxTerms + 1> stack;  // deliberately not initialised: a slot is written before it is read
  std::size_t size = 0;
  for (const Op& op : program_) {
    switch (op.kind) {
      case OpKind::kTag:
        stack[size++] = tags.contains(tags_[op.tag]);
        break;
      case OpKind::kNot:
        stack[size - 1] = !stack[size - 1];
        break;
      case OpKind::kAnd:
        --size;
        stack[size - 1] = stack[size - 1] && stack[size];
        break;
      case OpKind::kOr:
        --size;
        stack[size - 1] = stack[size - 1] || stack[size];
        break;
    }
  }
  return size == 0 || stack[0];
}

}  // namespace libcify
