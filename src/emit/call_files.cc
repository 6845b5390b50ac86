#include "emit/call_files.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "base/json.h"
#include "rules/rules.h"

namespace libcify {
namespace {

Insertions AdapterRows(const RewrittenCalls& calls) {
  std::string rows;
  for (const std::string& adapter : calls.adapters) rows += "LIBCIFY_CALL(" + adapter + ")\n";
  return {{"rows", std::move(rows)}};
}

}  // namespace

bool RewritesCalls(const DialectRules& dialect, const Target& target) {
  const auto covers = [&](const auto& rule) { return Covers(rule.scope, target); };
  return std::any_of(dialect.calls.begin(), dialect.calls.end(), covers) ||
         std::any_of(dialect.imports.begin(), dialect.imports.end(), covers);
}

Result<void> CheckTarget(const EmitInput& input) {
  if (RewritesCalls(input.dialect, input.target)) return {};
  return Fail(
      {.what = "the dialect " + input.dialect.name + " has no rules for " + input.target.Name(), .cls = ErrorClass::kUsage});
}

std::vector<AddedFile> FilesOfCalls(const EmitInput& input, const RewrittenCalls& calls, Errors& errors) {
  std::vector<AddedFile> out = AddedFiles(input, AdapterRows(calls), errors);
  for (const auto& [package, text] : calls.packages) {
    const Insertions insertions = {{"imports", text.imports_syscall ? "import \"syscall\"\n" : ""}, {"calls", text.text}};
    for (AddedFile& file : AddedToPackage(input, package, insertions, errors)) out.push_back(std::move(file));
  }
  return out;
}

std::string CallsJson(const std::vector<CallReport>& reports) {
  Json calls = Json::Array();
  std::map<std::string, std::int64_t> totals;
  for (const CallReport& report : reports) {
    const Request& request = *report.request;
    const std::string how = report.binding != nullptr ? Name(report.binding->how) : "kept";
    Json call = Json::Object();
    call.Add("file", Json::String(request.site.span.file));
    call.Add("line", Json::Integer(request.site.span.line));
    call.Add("func", Json::String(request.site.func));
    call.Add("entry", Json::String(request.entry));
    call.Add("symbol", Json::String(request.symbol));
    call.Add("how", Json::String(how));
    call.Add("cfunction", report.binding == nullptr ? Json() : Json::String(report.binding->cfunction));
    call.Add("reason", report.reason.empty() ? Json() : Json::String(report.reason));
    calls.Add(std::move(call));
    ++totals[how];
  }
  Json counts = Json::Object();
  for (const auto& [how, count] : totals) counts.Add(how, Json::Integer(count));
  Json root = Json::Object();
  root.Add("calls", std::move(calls));
  root.Add("totals", std::move(counts));
  return root.Pretty() + "\n";
}

}  // namespace libcify
