// rules/facts/libc/<goos>.json: see LibcRules.
#include "base/json.h"
#include "headers/libc.h"

namespace libcify {

Result<LibcRules> ParseLibcRules(const std::string& file, std::string_view text) {
  Result<Json> json = Json::Parse(file, text);
  if (!json) return Fail(json.error());
  LibcRules out;
  Errors errors;
  ObjectReader reader(*json, errors);
  (void)reader.String("doc", "");
  out.import_prefixes = reader.Strings("import_prefixes");
  out.only_asked = reader.Bool("only_asked", false);
  out.functions = reader.Strings("functions");
  out.defines = reader.Strings("defines");
  out.headers = reader.Strings("headers");
  out.records = reader.Strings("records");
  if (const Json* needs = reader.ObjectOrNull("needs")) {
    ObjectReader row(*needs, errors);
    for (const auto& [header, needed] : needs->members()) out.needs[header] = row.String(header);
  }
  for (const Json& item : reader.ArrayOrEmpty("added")) {
    ObjectReader row(item, errors);
    out.added.push_back({.libc = row.String("libc"),
                         .since = row.String("since"),
                         .functions = row.Strings("functions"),
                         .reference = row.String("reference")});
    row.Finish();
  }
  for (const Json& item : reader.ArrayOrEmpty("time64")) {
    ObjectReader row(item, errors);
    out.time64.push_back(
        {.libc = row.String("libc"), .defines = row.Strings("defines"), .reference = row.String("reference")});
    row.Finish();
  }
  for (const Json& item : reader.ArrayOrEmpty("archived")) {
    ObjectReader row(item, errors);
    out.archived.push_back({.libc = row.String("libc"),
                            .archive = row.String("archive"),
                            .functions = row.Strings("functions"),
                            .reference = row.String("reference")});
    row.Finish();
  }
  if (out.headers.empty()) reader.Complain("headers", "no header to read");
  reader.Finish();
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

}  // namespace libcify
