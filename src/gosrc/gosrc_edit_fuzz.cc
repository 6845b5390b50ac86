// Fuzzes edits: the first bytes say where and what, the rest is the text. Whatever an accepted set of edits does, taking out
// the line directives and undoing it gives the original.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "gosrc/edit.h"

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

const char* const kReplacements[] = {"", "x", "\n", "a\nb", "\n\n", "q\n", "//", "w"};

struct Planned {
  libcify::Range range;
  std::string text;
};

// Edits in rising order, so that what they give can be told without an Editor.
std::string Expected(const std::string& text, const std::vector<Planned>& edits) {
  std::string out;
  std::size_t at = 0;
  for (const Planned& edit : edits) {
    out += text.substr(at, edit.range.begin - at) + edit.text;
    at = edit.range.end;
  }
  return out + text.substr(at);
}

std::string WithoutDirectives(const std::string& text, const std::string& mark) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    if (text.compare(at, mark.size(), mark) != 0) out += text.substr(at, end - at);
    at = end;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const std::size_t count = data[0] % 8;
  if (size < 1 + count * 3) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1 + count * 3, size - 1 - count * 3);
  const bool marked = text.find("libcify-mark") != std::string::npos;
  libcify::Editor editor("x", text);
  std::vector<Planned> planned;
  std::size_t at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = at + data[1 + i * 3];
    const std::size_t end = begin + data[2 + i * 3] % 16;
    const std::string replacement = kReplacements[data[3 + i * 3] % 8];
    editor.Replace({begin, end}, replacement);
    planned.push_back({{begin, end}, replacement});
    at = end;
  }
  const bool inside = planned.empty() || at <= text.size();
  for (const auto directive :
       {libcify::LineDirective::kNone, libcify::LineDirective::kGo, libcify::LineDirective::kAssembly}) {
    const libcify::Result<std::string> result = editor.Apply(directive, "libcify-mark");
    if (!inside) Check(!result.has_value());
    if (directive != libcify::LineDirective::kNone && inside) Check(result.has_value());
    if (!result || marked) continue;
    if (directive == libcify::LineDirective::kNone) {
      Check(*result == Expected(text, planned));
      continue;
    }
    const std::string mark = directive == libcify::LineDirective::kGo ? "//line libcify-mark" : "#line ";
    const std::string expected = Expected(text, planned);
    if (expected.find(mark) != std::string::npos) continue;  // an edit may make one, of "#li//ne "
    Check(WithoutDirectives(*result, mark) == expected);
  }
  return 0;
}
