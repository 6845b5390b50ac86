// Applies edits from the front to the back in one pass, and keeps the shown line numbers right behind them.
//
// A line directive may stand only where a line begins outside of raw strings, block comments and continued #defines: inside
// of them it would be text. So the original is scanned once for the places where a directive is allowed.
#include "gosrc/edit.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "gosrc/asm_token.h"
#include "gosrc/text_lines.h"

namespace libcify {
namespace {

// Skips a quoted literal (or to the end of its line, where it is unterminated) and gives the offset behind it.
std::size_t SkipQuoted(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote && text[at] != '\n') at += text[at] == '\\' ? 2 : 1;
  if (at < text.size() && text[at] == quote) ++at;
  return std::min(at, text.size());
}

// Offset behind a comment, string or raw string that begins at `at`; `at` itself where none does.
std::size_t SkipToken(std::string_view text, std::size_t at) {
  const auto behind = [&](std::string_view end, std::size_t from) {
    const std::size_t found = text.find(end, from);
    return found == std::string_view::npos ? text.size() : found + end.size();
  };
  const std::string_view two = text.substr(at, 2);
  if (two == "//") return std::min(text.find('\n', at), text.size());
  if (two == "/*") return behind("*/", at + 2);
  if (text[at] == '"' || text[at] == '\'') return SkipQuoted(text, at);
  if (text[at] == '`') return behind("`", at + 1);
  return at;
}

// The offsets of line starts where a line directive is allowed, rising.
std::vector<std::size_t> GoPlaces(std::string_view text) {
  std::vector<std::size_t> places = {0};
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = SkipToken(text, at);
    if (next != at) {
      at = next;
    } else if (text[at++] == '\n') {
      places.push_back(at);
    }
  }
  return places;
}

std::vector<std::size_t> AssemblyPlaces(std::string_view text) {
  std::vector<std::size_t> places = {0};
  std::vector<AsmScanProblem> problems;  // not the business of an edit
  for (const AsmToken& token : ScanAsm(text, problems)) {
    if (token.kind == AsmTokenKind::kNewline && !token.continues) places.push_back(token.range.end);
  }
  return places;
}

std::string DirectiveText(LineDirective directive, const std::string& path, int line) {
  if (directive == LineDirective::kGo) return "//line " + path + ":" + std::to_string(line) + "\n";
  std::string quoted;
  for (const char c : path) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return "#line " + std::to_string(line) + " \"" + quoted + "\"\n";
}

// Copies the original piece by piece and knows by how many lines what is written is ahead of what is shown.
class Writer {
 public:
  Writer(std::string_view text, const TextLines& lines, LineDirective directive, const std::string& shown_path)
      : text_(text), lines_(lines), directive_(directive), shown_path_(shown_path) {
    if (directive == LineDirective::kGo) places_ = GoPlaces(text);
    if (directive == LineDirective::kAssembly) places_ = AssemblyPlaces(text);
  }

  // Copies the original from where the writer stands up to `end`, with a directive as soon as one is needed and allowed.
  void CopyTo(std::size_t end) {
    if (shift_ != 0) {
      auto place = std::lower_bound(places_.begin(), places_.end(), at_);
      if (place != places_.end() && *place == at_ && !AtLineStart()) ++place;
      if (place != places_.end() && *place <= end && *place < text_.size()) {
        out_ += text_.substr(at_, *place - at_);
        at_ = *place;
        out_ += DirectiveText(directive_, shown_path_, lines_.LineOf(at_));
        shift_ = 0;
      }
    }
    out_ += text_.substr(at_, end - at_);
    at_ = end;
  }

  void Replace(std::size_t end, const std::string& replacement) {
    shift_ +=
        std::count(replacement.begin(), replacement.end(), '\n') -
        std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_), text_.begin() + static_cast<std::ptrdiff_t>(end), '\n');
    out_ += replacement;
    at_ = end;
  }

  std::string Take() { return std::move(out_); }

 private:
  [[nodiscard]] bool AtLineStart() const { return out_.empty() || out_.back() == '\n'; }

  std::string_view text_;
  const TextLines& lines_;
  LineDirective directive_;
  const std::string& shown_path_;
  std::vector<std::size_t> places_;
  std::string out_;
  std::size_t at_ = 0;
  std::ptrdiff_t shift_ = 0;
};

bool HasControl(const std::string& path) {
  return std::any_of(path.begin(), path.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

}  // namespace

bool Editor::Touches(Range range) const {
  return std::any_of(edits_.begin(), edits_.end(),
                     [&](const Edit& edit) { return edit.range.begin < range.end && range.begin < edit.range.end; });
}

Result<std::string> Editor::Apply(LineDirective directive, const std::string& shown_path) const {
  const TextLines lines(text_);
  Errors errors;
  if (directive != LineDirective::kNone && (shown_path.empty() || HasControl(shown_path))) {
    errors.push_back({{path_}, "the path for line directives is empty or holds control characters"});
  }
  std::vector<const Edit*> sorted;
  for (const Edit& edit : edits_) {
    if (edit.range.begin <= edit.range.end && edit.range.end <= text_.size()) {
      sorted.push_back(&edit);
    } else {
      errors.push_back({{path_},
                        "an edit of bytes " + std::to_string(edit.range.begin) + " to " + std::to_string(edit.range.end) +
                            " lies outside of the text, which has " + std::to_string(text_.size())});
    }
  }
  // Insertions at the begin of a replaced range come before it; equal places keep the order in which they were asked for.
  std::stable_sort(sorted.begin(), sorted.end(), [](const Edit* a, const Edit* b) {
    if (a->range.begin != b->range.begin) return a->range.begin < b->range.begin;
    return a->range.size() == 0 && b->range.size() != 0;
  });
  Writer writer(text_, lines, directive, shown_path);
  std::size_t done = 0;
  for (const Edit* edit : sorted) {
    const Range& range = edit->range;
    if (range.begin < done) {
      errors.push_back({lines.At(path_, range.begin), "two edits overlap here"});
      continue;
    }
    const auto from = text_.begin() + static_cast<std::ptrdiff_t>(range.begin);
    const auto removed = std::count(from, from + static_cast<std::ptrdiff_t>(range.size()), '\n');
    if (directive == LineDirective::kNone &&
        removed != std::count(edit->replacement.begin(), edit->replacement.end(), '\n')) {
      errors.push_back(
          {lines.At(path_, range.begin), "an edit changes the number of lines, and no line directive may follow it"});
    }
    writer.CopyTo(range.begin);
    writer.Replace(range.end, edit->replacement);
    done = range.end;
  }
  if (!errors.empty()) return Fail(std::move(errors));
  writer.CopyTo(text_.size());
  return writer.Take();
}

}  // namespace libcify
