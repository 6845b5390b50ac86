// The light lexer, see go_layout.h. Token rules: go.dev/ref/spec, "Lexical elements".
#include "gosrc/go_layout.h"

#include <algorithm>
#include <array>

namespace libcify {
namespace {

bool Covers(const std::vector<Range>& ranges, std::size_t offset) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), offset,
                                      [](std::size_t at, const Range& range) { return at < range.begin; });
  return after != ranges.begin() && offset < std::prev(after)->end;
}

// Most bytes of a text: those that Step looks at together with what is before them.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain = {};
  plain.fill(true);
  for (const char special : std::string_view("\n/\"'`()[]{}")) plain[static_cast<unsigned char>(special)] = false;
  return plain;
}();

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  GoLayout Run() {
    while (at_ < text_.size()) Step();
    EndDeclaration();
    if (depth_ > 0) layout_.open = outermost_;
    return std::move(layout_);
  }

 private:
  void Step() {
    const char c = text_[at_];
    switch (c) {
      case '\n':
        fresh_line_ = true;
        ++at_;
        return;
      case ' ':
      case '\t':
      case '\r':
        ++at_;
        return;
      case '/':
        return Slash();
      case '"':
      case '\'':
      case '`':
        return Literal(c);
      case '(':
      case '[':
      case '{':
        if (depth_++ == 0) outermost_ = at_;
        break;
      case ')':
      case ']':
      case '}':
        if (depth_ > 0) --depth_;
        break;
      default:
        if (fresh_line_ && depth_ == 0) Keyword();
        fresh_line_ = false;
        while (at_ < text_.size() && kPlain[static_cast<unsigned char>(text_[at_])]) ++at_;
        for (code_end_ = at_; IsBlank(text_[code_end_ - 1]);) --code_end_;
        return;
    }
    fresh_line_ = false;
    code_end_ = ++at_;
  }

  void Keyword() {
    static constexpr std::array<std::string_view, 6> kKeywords = {"func", "var", "const", "type", "import", "package"};
    for (const std::string_view word : kKeywords) {
      if (text_.substr(at_, word.size()) != word) continue;
      const std::size_t end = at_ + word.size();
      const char next = end < text_.size() ? text_[end] : '\n';
      if (next != ' ' && next != '\t' && next != '(' && next != '\n' && next != '/') continue;
      EndDeclaration();
      layout_.declarations.push_back({at_, text_.size()});
    }
  }

  // The newline belongs to the declaration, which needs it as its end.
  void EndDeclaration() {
    if (layout_.declarations.empty()) return;
    const std::size_t newline = text_.find('\n', code_end_);
    layout_.declarations.back().end = newline == std::string_view::npos ? text_.size() : newline + 1;
  }

  void Slash() {
    const std::size_t begin = at_;
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (next != '/' && next != '*') {
      fresh_line_ = false;
      code_end_ = ++at_;
      return;
    }
    const std::size_t end = next == '/' ? text_.find('\n', at_) : text_.find("*/", at_ + 2);
    if (next == '*' && end == std::string_view::npos) layout_.open = begin;
    at_ = end == std::string_view::npos ? text_.size() : end + (next == '/' ? 0 : 2);
    layout_.comments.push_back({begin, at_});
  }

  void Literal(char quote) {
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (quote != '`' && text_[at_] == '\n') break;  // no Go: the parser will say so
      at_ += quote != '`' && text_[at_] == '\\' ? 2 : 1;
    }
    if (quote == '`' && at_ >= text_.size()) layout_.open = begin;
    at_ = std::min(at_ + 1, text_.size());
    layout_.strings.push_back({begin, at_});
    code_end_ = at_;
    fresh_line_ = false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t code_end_ = 0;  // behind the last byte that is no blank and in no comment
  int depth_ = 0;
  std::size_t outermost_ = 0;  // the bracket that made depth_ 1
  bool fresh_line_ = true;     // nothing but blanks and comments so far in this line
  GoLayout layout_;
};

}  // namespace

bool GoLayout::InComment(std::size_t offset) const { return Covers(comments, offset); }
bool GoLayout::InString(std::size_t offset) const { return Covers(strings, offset); }

std::vector<std::size_t> GoLayout::CodeOf(const std::vector<Range>& hits) const {
  std::vector<std::size_t> out;
  for (const Range& hit : hits) {
    for (const std::size_t at : {hit.begin, hit.end - (hit.size() > 0 ? 1 : 0)}) {
      if (!InComment(at)) out.push_back(at);
    }
  }
  return out;
}

std::vector<Range> GoLayout::DeclarationsAt(const std::vector<std::size_t>& offsets) const {
  std::vector<bool> touched(declarations.size());
  for (const std::size_t offset : offsets) {
    const auto after = std::upper_bound(declarations.begin(), declarations.end(), offset,
                                        [](std::size_t at, const Range& range) { return at < range.begin; });
    if (after != declarations.begin()) touched[static_cast<std::size_t>(after - declarations.begin()) - 1] = true;
  }
  std::vector<Range> out;
  for (std::size_t i = 0; i < touched.size(); ++i) {
    if (touched[i]) out.push_back(declarations[i]);
  }
  return out;
}

GoLayout LayoutOf(std::string_view text) { return Lexer(text).Run(); }

// Nothing else in an import declaration is a string; what stands before a path, if not "import" or a bracket, is its name.
std::vector<GoImport> ImportsOf(std::string_view text, const GoLayout& layout) {
  constexpr std::string_view kImport = "import";
  std::vector<GoImport> out;
  auto string = layout.strings.begin();
  for (const Range& declaration : layout.declarations) {
    if (!text.substr(declaration.begin).starts_with(kImport)) continue;
    while (string != layout.strings.end() && string->begin < declaration.begin) ++string;
    for (; string != layout.strings.end() && string->end <= declaration.end && string->size() >= 2; ++string) {
      const auto is_name = [&](char c) { return IsWord(c) || c == '.' || static_cast<unsigned char>(c) >= 0x80; };
      std::size_t end = string->begin;
      while (IsBlank(text[end - 1])) --end;
      std::size_t begin = end;
      while (is_name(text[begin - 1])) --begin;
      if (begin == declaration.begin) begin = end;  // the keyword
      out.push_back(
          {std::string(text.substr(begin, end - begin)), std::string(text.substr(string->begin + 1, string->size() - 2))});
    }
  }
  return out;
}

std::string PathOf(const std::vector<GoImport>& imports, std::string_view local) {
  for (const GoImport& import : imports) {
    if (local == (import.name.empty() ? import.path.substr(import.path.rfind('/') + 1) : import.name)) return import.path;
  }
  return {};
}

Result<GoFile> ParseAround(const std::string& path, std::string_view text, const GoLayout& layout,
                           const std::vector<std::size_t>& offsets) {
  std::vector<Range> parts = layout.DeclarationsAt(offsets);
  for (const Range& one : layout.declarations) {
    const std::string_view rest = text.substr(one.begin);
    if (rest.starts_with("package")) parts.push_back(one);
  }
  const auto by_begin = [](const Range& a, const Range& b) { return a.begin < b.begin; };
  std::sort(parts.begin(), parts.end(), by_begin);
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  Result<GoFile> file = GoFile::Parse(path, std::string(text), parts);
  return file ? std::move(file) : GoFile::Parse(path, std::string(text));
}

}  // namespace libcify
