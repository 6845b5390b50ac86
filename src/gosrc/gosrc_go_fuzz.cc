// Fuzzes the reader of Go: any bytes give a file or errors, and queries over a file stay inside of its text. Input that
// begins with "query:" is taken as the text of a query.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gosrc/go_file.h"

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

void RunOn(const libcify::GoFile& file, const libcify::GoQueries& query) {
  std::size_t before = 0;
  for (const libcify::QueryMatch& match : file.Run(query)) {
    if (match.captures.empty()) continue;
    Check(match.captures[0].range.begin >= before);
    before = match.captures[0].range.begin;
    for (const libcify::Capture& capture : match.captures) {
      Check(capture.range.end <= file.text().size());
      Check(capture.text == std::string_view(file.text()).substr(capture.range.begin, capture.range.size()));
      (void)file.EnclosingFunction(capture.range.begin);
    }
  }
}

}  // namespace

// tree-sitter 0.20 loses eight bytes of a query that it refuses.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libtree-sitter"; }

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  constexpr std::string_view kQuery = "query:";
  if (text.starts_with(kQuery)) {
    const libcify::Result<libcify::GoQueries> query =
        libcify::GoQueries::Compile({{"fuzz", "", text.substr(kQuery.size())}});
    if (!query) return 0;
    const libcify::Result<libcify::GoFile> file =
        libcify::GoFile::Parse("x.go", "package p\n\nvar a = F(1, x.y)\n\nfunc (t *T) M(a, b int) { g(a); for { h(b) } }\n");
    Check(file.has_value());
    RunOn(*file, *query);
    return 0;
  }
  const libcify::Result<libcify::GoFile> file = libcify::GoFile::Parse("x.go", text);
  if (!file) {
    Check(!file.error().empty());
    return 0;
  }
  Check(!file->package_name().empty());
  const libcify::Result<libcify::GoQueries> calls =
      libcify::GoQueries::Compile({{"fuzz", "", "(call_expression function: (_) @f arguments: (argument_list) @a)"}});
  Check(calls.has_value());
  RunOn(*file, *calls);
  return 0;
}
