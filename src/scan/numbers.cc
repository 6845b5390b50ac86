// Number tables, see numbers.h.
#include "scan/numbers.h"

#include <charconv>

#include "scan/places.h"

namespace libcify::scan {

Result<Numbers> Numbers::Read(const SourceTree& tree, const CompiledRules& rules) {
  Numbers out;
  Errors errors;
  for (const CompiledRule& rule : rules.rules) {
    if (!rule.lines) continue;
    for (std::size_t i = 0; i < tree.files.size(); ++i) {
      const SourceFile& file = tree.files[i];
      if (file.kind != FileKind::kGo || !rule.AppliesTo(file.path)) continue;
      if (rule.prefilter && !rule.prefilter->Search(file.text)) continue;
      for (const Pattern::Match& match : rule.lines->FindAll(file.text)) {
        std::map<std::string, Range> groups(match.groups.begin(), match.groups.end());
        const auto text = [&](const std::string& name) {
          const auto found = groups.find(name);
          return found == groups.end() ? std::string() : file.text.substr(found->second.begin, found->second.size());
        };
        if (!rule.Matches(text)) continue;
        const std::string digits = text("number");
        int number = 0;
        const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (failed != std::errc() || end != digits.data() + digits.size()) {
          errors.push_back({.where = PlaceOf(file, groups["number"].begin),
                            .what = "expected a system-call number, found \"" + digits + "\"",
                            .rule = rule.rule->id});
          continue;
        }
        const NamedNumber value{rule.NativeName(text("name")), number};
        out.rows_.push_back({file.package, text("name"), groups["name"], i, value, &rule});
        out.names_[file.package][text("name")] = value;
        out.by_number_.emplace(number, value.symbol);
      }
    }
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

void Numbers::AddAlias(const std::string& package, const std::string& name, const NamedNumber& value) {
  const auto [at, fresh] = names_[package].emplace(name, value);
  if (!fresh && at->second.number != value.number) at->second = {};
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
