// Number tables, see numbers.h.
#include "scan/numbers.h"

#include <charconv>

#include "scan/places.h"

namespace libcify::scan {

std::string Unquoted(const std::string& text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '`') && text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

void Numbers::AddRow(const SourceFile& file, std::size_t index, const CompiledRule& rule, const Pattern::Match& match,
                     Errors& errors) {
  std::map<std::string, Range> groups(match.groups.begin(), match.groups.end());
  const auto text = [&](const std::string& name) {
    const auto found = groups.find(name);
    return found == groups.end() ? std::string() : std::string(file.text.substr(found->second.begin, found->second.size()));
  };
  if (!rule.Matches(text)) return;
  TableRow row{.package = file.package, .name = text("name"), .range = match.all, .file = index, .rule = &rule};
  row.name_range = groups.contains("link") ? match.all : groups["name"];
  row.value.library = Unquoted(text("library"));
  if (groups.contains("number")) {
    const std::string digits = text("number");
    int number = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (failed != std::errc() || end != digits.data() + digits.size()) {
      errors.push_back({.where = PlaceOf(file, groups["number"].begin),
                        .what = "expected a system-call number, found \"" + digits + "\"",
                        .rule = rule.rule->id});
      return;
    }
    row.value.symbol = rule.NativeName(row.name);
    row.value.number = number;
    by_number_.emplace(number, row.value.symbol);
  } else {
    row.value.symbol = rule.NativeName(text("symbol"));
  }
  if (const std::string link = text("link"); !link.empty()) {
    // "runtime._CloseHandle" is a variable of package runtime, too. "_" only makes the linker load the library.
    if (link.starts_with(file.package + ".")) row.name = link.substr(file.package.size() + 1);
    if (link != "_") imports_[link] = row.value;
  }
  if (!row.name.empty()) names_[row.package][row.name] = row.value;
  rows_.push_back(std::move(row));
}

Result<Numbers> Numbers::Read(const SourceTree& tree, const CompiledRules& rules) {
  Numbers out;
  Errors errors;
  for (const CompiledRule& rule : rules.rules) {
    if (!rule.lines) continue;
    for (std::size_t i = 0; i < tree.files.size(); ++i) {
      const SourceFile& file = tree.files[i];
      if (file.kind != FileKind::kGo || !rule.AppliesTo(file.path)) continue;
      if (!rule.rule->contains.empty() && !Contents(file.text).HoldsAny(rule.rule->contains)) continue;
      if (rule.prefilter && !rule.prefilter->Search(file.text)) continue;
      for (const Pattern::Match& match : rule.lines->FindAll(file.text)) out.AddRow(file, i, rule, match, errors);
    }
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

const NamedNumber* Numbers::Import(const std::string& link) const {
  const auto found = imports_.find(link);
  return found == imports_.end() ? nullptr : &found->second;
}

void Numbers::AddAlias(const std::string& package, const std::string& name, const NamedNumber& value) {
  const auto [at, fresh] = names_[package].emplace(name, value);
  const bool same = value.number ? at->second.number == value.number : at->second == value;
  if (!fresh && !same) at->second = {};
}

const NamedNumber* Numbers::Find(const std::string& package, const std::string& name) const {
  const auto names = names_.find(package);
  if (names == names_.end()) return nullptr;
  const auto found = names->second.find(name);
  return found == names->second.end() ? nullptr : &found->second;
}

std::string Numbers::NameOf(int number) const {
  const auto found = by_number_.find(number);
  return found == by_number_.end() ? std::string() : found->second;
}

}  // namespace libcify::scan
