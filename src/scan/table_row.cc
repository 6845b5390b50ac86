// Matches of a lines rule become rows, see table_row.h.
#include "scan/table_row.h"

#include <charconv>
#include <map>

#include "scan/places.h"

namespace libcify::scan {
namespace {

// Nothing where the rule's conditions do not hold.
std::optional<TableRow> ReadRow(const SourceFile& file, const CompiledRule& rule, const Pattern::Match& match) {
  std::map<std::string, Range> groups(match.groups.begin(), match.groups.end());
  const auto text = [&](const std::string& name) {
    const auto found = groups.find(name);
    return found == groups.end() ? std::string() : std::string(file.text.substr(found->second.begin, found->second.size()));
  };
  if (!rule.Matches(text)) return std::nullopt;
  TableRow row{.name = text("name"), .link = text("link"), .range = match.all, .rule = &rule};
  row.name_range = groups.contains("link") ? match.all : groups["name"];
  row.value.library = Unquoted(text("library"));
  // "runtime._CloseHandle" is a variable of package runtime, too.
  if (row.link.starts_with(file.package + ".")) row.name = row.link.substr(file.package.size() + 1);
  if (!groups.contains("number")) {
    row.value.symbol = rule.NativeName(text("symbol"));
    return row;
  }
  const std::string digits = text("number");
  int number = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (failed == std::errc() && end == digits.data() + digits.size()) {
    row.value.symbol = rule.NativeName(row.name);
    row.value.number = number;
  } else {
    row.errors.push_back({.where = PlaceOf(file, groups["number"].begin),
                          .what = "expected a system-call number, found \"" + digits + "\"",
                          .rule = rule.rule->id});
  }
  return row;
}

}  // namespace

std::string Unquoted(const std::string& text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '`') && text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

void AddRows(const SourceFile& file, const CompiledRule& rule, std::vector<TableRow>& out) {
  if (!rule.lines || (rule.prefilter && !rule.prefilter->Search(file.text))) return;
  for (const Pattern::Match& match : rule.lines->FindAll(file.text)) {
    if (std::optional<TableRow> row = ReadRow(file, rule, match)) out.push_back(std::move(*row));
  }
}

}  // namespace libcify::scan
