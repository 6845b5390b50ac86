// Number tables, see numbers.h.
#include "scan/numbers.h"

#include <algorithm>

namespace libcify::scan {

void Numbers::AddRow(const std::string& package, const TableRow& row) {
  if (row.value.number) by_number_.emplace(*row.value.number, row.value.symbol);
  // "_" only makes the linker load the library.
  if (!row.link.empty() && row.link != "_") imports_[row.link] = row.value;
  if (!row.name.empty()) names_[package][row.name] = row.value;
}

// Rule by rule: where two name one number or one name, the order of the rules decides.
Result<Numbers> Numbers::Join(const SourceTree& tree, const TargetFinds& go) {
  Numbers out;
  Errors errors;
  out.rows_ = go.rows;
  std::stable_sort(out.rows_.begin(), out.rows_.end(),
                   [](const auto& a, const auto& b) { return a.find->rule < b.find->rule; });
  for (const auto& [file, row] : out.rows_) {
    Append(errors, row->errors);
    out.AddRow(tree.files[file].package, *row);
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
