#include "goroot/file_head.h"

#include <algorithm>
#include <utility>

namespace libcify {
namespace {

constexpr std::string_view kBlank = " \t\r\n\v\f";

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

// What follows the marker ("//go:build", "+build") in a line, if a blank or nothing does.
std::optional<std::string_view> Behind(std::string_view line, std::string_view marker) {
  if (!line.starts_with(marker)) return std::nullopt;
  line.remove_prefix(marker.size());
  if (!line.empty() && kBlank.find(line[0]) == std::string_view::npos) return std::nullopt;
  return Trim(line);
}

// Finds the constraint lines of a head. The rules are those of go/build's parseFileHeader: //go:build counts in the comments
// before the first other text, the older +build only in the run of // comments that a blank line ends.
class ConstraintLines {
 public:
  ConstraintLines(const std::string& file, std::string_view text, FileHead& head) : file_(file), text_(text), head_(head) {}

  void Find() {
    std::size_t at = text_.starts_with("\xef\xbb\xbf") ? 3 : 0;
    while (at < text_.size()) {
      const std::size_t newline = std::min(text_.find('\n', at), text_.size());
      const std::string_view line = Trim(text_.substr(at, newline - at));
      at = std::min(newline + 1, text_.size());
      if (line.empty() && !ended_) {
        plus_build_end_ = plus_build_.size();
        continue;
      }
      if (!Line(line)) break;
    }
    if (go_build_.empty()) AddPlusBuild();
  }

 private:
  // Gives false at the first text that is no comment.
  bool Line(std::string_view line) {
    if (!line.starts_with("//")) ended_ = true;
    if (!in_comment_) {
      if (auto expression = Behind(line, "//go:build")) AddGoBuild(line, *expression);
      if (!ended_ && line.starts_with("//")) {
        if (auto expression = Behind(Trim(line.substr(2)), "+build")) plus_build_.push_back(*expression);
      }
    }
    while (!line.empty()) {
      if (in_comment_) {
        const std::size_t close = line.find("*/");
        if (close == std::string_view::npos) return true;
        in_comment_ = false;
        line = Trim(line.substr(close + 2));
      } else if (line.starts_with("//")) {
        return true;
      } else if (line.starts_with("/*")) {
        in_comment_ = true;
        line = Trim(line.substr(2));
      } else {
        return false;
      }
    }
    return true;
  }

  void AddGoBuild(std::string_view line, std::string_view expression) {
    const auto offset = static_cast<std::size_t>(line.data() - text_.data());
    if (!go_build_.empty()) {
      head_.broken.push_back({SpanAt(file_, text_, offset), "second //go:build line, expected one"});
      return;
    }
    go_build_ = line;
    auto parsed = Constraint::ParseGoBuild(expression);
    if (parsed) {
      head_.constraints.push_back(std::move(*parsed));
      return;
    }
    // Trim gives a view of static memory for an empty expression; point behind the marker then.
    const std::size_t base = expression.empty() ? offset + line.size() : expression.data() - text_.data();
    head_.broken.push_back(
        {SpanAt(file_, text_, base + parsed.error().offset), "bad //go:build line: " + parsed.error().what});
  }

  void AddPlusBuild() {
    for (std::size_t i = 0; i < plus_build_end_; ++i) {
      if (auto parsed = Constraint::ParsePlusBuild(plus_build_[i])) head_.constraints.push_back(std::move(*parsed));
    }
  }

  const std::string& file_;
  std::string_view text_;
  FileHead& head_;
  bool ended_ = false, in_comment_ = false;
  std::string_view go_build_;
  std::vector<std::string_view> plus_build_;
  std::size_t plus_build_end_ = 0;
};

bool IsIdentifierByte(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
}

// Runs over comments, package clause and imports. Each step gives false when the text ended, is wrong, or holds a NUL;
// state_ says which.
class HeadScanner {
 public:
  HeadScanner(const std::string& file, std::string_view text, FileHead& head) : file_(file), text_(text), head_(head) {}

  enum class State { kGood, kEnded, kSyntax, kNul };
  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] std::size_t at() const { return at_; }

  // Only leading comments; stops at the first other byte.
  void Comments() {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
    SkipSpace();
  }

  void GoFile() {
    Comments();
    if (state_ == State::kEnded && !Unterminated()) Expect("package clause");
    if (state_ != State::kGood) return;
    if (!Keyword("package")) return;
    const std::size_t name = SkipSpace() ? at_ : text_.size();
    if (!Identifier("package name")) return;
    head_.package = text_.substr(name, at_ - name);
    head_.package_at = SpanAt(file_, text_, name);
    Imports();
    // A file may end behind its imports.
    if (state_ == State::kEnded && !Unterminated()) complete_at_end_ = true;
  }

  // A '/' that begins no comment, or a comment without end.
  [[nodiscard]] bool wrong_comment() const { return state_ == State::kSyntax || unterminated_; }
  // The text ended at a place where a complete file may end.
  [[nodiscard]] bool complete_at_end() const { return complete_at_end_; }

  void ReportSyntax() {
    const std::string what = expected_.empty() ? "a complete declaration" : expected_;
    head_.syntax.push_back({SpanAt(file_, text_, std::min(at_, text_.size())), "expected " + what});
  }

 private:
  [[nodiscard]] bool Unterminated() const { return unterminated_; }

  bool Expect(std::string what) {
    expected_ = std::move(what);
    state_ = at_ >= text_.size() ? State::kEnded : State::kSyntax;
    if (state_ == State::kEnded) unterminated_ = true;
    return false;
  }

  // Semicolons count as blanks, as in go/build/read.go. False at the end of the text.
  bool SkipSpace() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ' ' || c == '\f' || c == '\t' || c == '\r' || c == '\n' || c == ';') {
        ++at_;
      } else if (c == '/') {
        if (!SkipComment()) return false;
      } else if (c == 0) {
        state_ = State::kNul;
        return false;
      } else {
        return true;
      }
    }
    state_ = State::kEnded;
    return false;
  }

  bool SkipComment() {
    const std::size_t begin = at_;
    if (at_ + 1 >= text_.size()) {
      at_ = text_.size();
      return Expect("a comment behind '/'");
    }
    const bool line = text_[at_ + 1] == '/';
    if (!line && text_[at_ + 1] != '*') return Expect("a comment behind '/'");
    std::size_t close = text_.find(line ? "\n" : "*/", at_ + 2);
    const std::size_t end = std::min(close, text_.size());
    if (const std::size_t nul = text_.substr(begin, end - begin).find('\0'); nul != std::string_view::npos) {
      at_ = begin + nul;
      state_ = State::kNul;
      return false;
    }
    at_ = close == std::string_view::npos ? text_.size() : close + (line ? 1 : 2);
    if (close == std::string_view::npos && !line) return Expect("\"*/\"");
    return true;
  }

  bool Keyword(std::string_view word) {
    if (!SkipSpace()) return state_ == State::kEnded ? Expect(std::string(word)) : false;
    const std::string_view rest = text_.substr(at_);
    if (rest.size() <= word.size() && word.starts_with(rest)) {
      at_ = text_.size();
      return Expect("\"" + std::string(word) + "\"");
    }
    if (!rest.starts_with(word) || IsIdentifierByte(static_cast<unsigned char>(rest[word.size()]))) {
      return Expect("\"" + std::string(word) + "\"");
    }
    at_ += word.size();
    return true;
  }

  bool Identifier(const char* what) {
    if (!SkipSpace()) return state_ == State::kEnded ? Expect(what) : false;
    const std::size_t begin = at_;
    while (at_ < text_.size() && IsIdentifierByte(static_cast<unsigned char>(text_[at_]))) ++at_;
    return at_ > begin || Expect(what);
  }

  void Imports() {
    while (AtImport()) {
      if (!Keyword("import") || !More("import path")) return;
      if (text_[at_] != '(') {
        if (!Import()) return;
        continue;
      }
      ++at_;
      while (More("\")\"") && text_[at_] != ')') {
        if (!Import()) return;
      }
      if (state_ != State::kGood) return;
      ++at_;
    }
  }

  // A '/' that begins no comment ends the imports as any other text does: the compiler will complain of it.
  bool AtImport() {
    if (SkipSpace()) return text_[at_] == 'i';
    if (state_ == State::kSyntax) state_ = State::kGood;
    return false;
  }

  bool More(const char* what) { return SkipSpace() || (state_ == State::kEnded && Expect(what)); }

  bool Import() {
    if (!More("import path")) return false;
    if (text_[at_] == '.') {
      ++at_;
    } else if (IsIdentifierByte(static_cast<unsigned char>(text_[at_]))) {
      if (!Identifier("import name")) return false;
    }
    if (!More("import path")) return false;
    const char quote = text_[at_];
    if (quote != '"' && quote != '`') return Expect("import path");
    const std::size_t begin = ++at_;
    for (; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == 0) {
        state_ = State::kNul;
        return false;
      }
      if (quote == '"' && text_[at_] == '\n') return Expect("closing quote");
      if (quote == '"' && text_[at_] == '\\') ++at_;
    }
    if (at_ >= text_.size()) return Expect("closing quote");
    if (text_.substr(begin, at_ - begin) == "C") head_.imports_c = true;
    ++at_;
    return true;
  }

  const std::string& file_;
  std::string_view text_;
  FileHead& head_;
  std::size_t at_ = 0;
  State state_ = State::kGood;
  bool unterminated_ = false, complete_at_end_ = false;
  std::string expected_;
};

}  // namespace

Span SpanAt(const std::string& file, std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
  return {file, static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1, static_cast<int>(column)};
}

FileHead ParseHead(const std::string& file, std::string_view text, bool is_go) {
  using State = HeadScanner::State;
  FileHead head;
  HeadScanner scanner(file, text, head);
  is_go ? scanner.GoFile() : scanner.Comments();
  if (scanner.state() == State::kNul) {
    head.broken.push_back({SpanAt(file, text, scanner.at()), "unexpected NUL byte"});
    return head;
  }
  const bool wrong = scanner.state() == State::kSyntax || (scanner.state() == State::kEnded && !scanner.complete_at_end());
  // Where the comments of another file go wrong, go/build does not look for constraints.
  if (!is_go && scanner.wrong_comment()) return head;
  if (is_go && wrong) scanner.ReportSyntax();
  ConstraintLines(file, text.substr(0, is_go ? text.size() : scanner.at()), head).Find();
  return head;
}

}  // namespace libcify
