#include "cli/report.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/json.h"

namespace libcify {
namespace {

// https://no-color.org: NO_COLOR present and not empty.
bool WantsColour() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && (no_color == nullptr || *no_color == '\0') &&
         (term == nullptr || std::strcmp(term, "dumb") != 0);
}

const char* Name(ErrorClass cls) {
  switch (cls) {
    case ErrorClass::kFinding:
      return "finding";
    case ErrorClass::kUsage:
      return "usage";
    case ErrorClass::kEnvironment:
      return "environment";
  }
  return "?";
}

Json AsJson(const Error& error) {
  Json item = Json::Object();
  item.Add("file", error.where.file.empty() ? Json() : Json::String(error.where.file));
  item.Add("line", error.where.line > 0 ? Json::Integer(error.where.line) : Json());
  item.Add("column", error.where.column > 0 ? Json::Integer(error.where.column) : Json());
  item.Add("class", Json::String(Name(error.cls)));
  item.Add("message", Json::String(error.what));
  item.Add("hint", error.hint.empty() ? Json() : Json::String(error.hint));
  item.Add("rule", error.rule.empty() ? Json() : Json::String(error.rule));
  return item;
}

}  // namespace

int ReportErrors(const Errors& errors, bool json) {
  Json list = Json::Array();
  int code = 1;
  const bool colour = WantsColour();
  for (const Error& error : errors) {
    if (error.cls != ErrorClass::kFinding) code = 2;
    list.Add(AsJson(error));
    std::string line = Format(error);
    if (const std::size_t at = line.find("error: "); colour && at != std::string::npos) {
      line = line.substr(0, at) + "\033[31;1merror:\033[0m" + line.substr(at + 6);
    }
    if (!json) std::fprintf(stderr, "%s\n", line.c_str());
  }
  if (json) {
    Json root = Json::Object();
    root.Add("errors", std::move(list));
    Print(root.Pretty() + "\n");
  }
  return code;
}

void Print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

Result<void> FlushOutput() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return {};
  return Fail(
      {.what = std::string("cannot write to standard output: ") + std::strerror(errno), .cls = ErrorClass::kEnvironment});
}

}  // namespace libcify
