#include "cli/layouts.h"

#include <utility>

namespace libcify {

Result<LayoutReport> LayoutsOf(const Sources& sources, std::size_t place, const Bound& bound) {
  const PortAndTarget& at = sources.places[place];
  const Result<Facts> facts = FindFacts(sources.selection, at, "");
  if (!facts) return Fail(facts.error());
  const Result<GoMemory> memory = sources.scanner.Memory(place, at.port, bound.scanned.inventory);
  if (!memory) return Fail(memory.error());
  return CompareLayouts(*memory, *facts, at.target, at.port, sources.scanner.rules(), bound.bindings);
}

void Add(LayoutReport report, LayoutReport& to) {
  for (LayoutRow& row : report.rows) to.rows.push_back(std::move(row));
  for (const auto& [verdict, count] : report.counts) to.counts[verdict] += count;
  to.fields += report.fields;
  to.rules.merge(report.rules);
  Append(to.errors, std::move(report.errors));
}

std::string Said(const LayoutReport& report) {
  std::string out = std::to_string(report.rows.size()) + " arguments that point to memory: ";
  bool first = true;
  for (const auto& [verdict, count] : report.counts) {
    out += (first ? "" : ", ") + std::to_string(count) + " " + Name(verdict);
    first = false;
  }
  return out + "; " + std::to_string(report.fields) + " fields of Go's compared with C's";
}

}  // namespace libcify
