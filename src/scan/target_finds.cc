// Chooses from what all rules found, see target_finds.h.
#include "scan/target_finds.h"

namespace libcify::scan {
namespace {

template <class Find>
void Choose(std::size_t file, const std::vector<Find>& finds, const TargetRules& rules, std::vector<InFile<Find>>& out) {
  for (const Find& find : finds) {
    if (find.rule == nullptr || rules.Cover(*find.rule)) out.push_back({file, &find});
  }
}

}  // namespace

TargetFinds::TargetFinds(const std::vector<const GoFinds*>& go, const TargetRules& rules) : files(go) {
  for (std::size_t i = 0; i < go.size(); ++i) {
    for (const GoMatch& match : go[i]->matches) {
      if (rules.Cover(*match.rule)) matches[static_cast<std::size_t>(match.rule->rule->finds)].push_back({i, &match});
    }
    Choose(i, go[i]->tokens, rules, tokens);
    Choose(i, go[i]->declarations, rules, declarations);
    Choose(i, go[i]->rows, rules, rows);
    for (const Linkname& linkname : go[i]->linknames) linknames.push_back({i, &linkname});
  }
}

}  // namespace libcify::scan
