// In: texts of declarations and the queries that they are asked. Out: matches. See declarations.h.
#include "scan/declarations.h"

#include "base/parallel.h"

namespace libcify::scan {

std::size_t ParsedDeclarations::Add(std::string_view text) {
  const auto [at, fresh] = known_.try_emplace(text, all_.size());
  if (fresh) all_.push_back({text, {}});
  return at->second;
}

void ParsedDeclarations::Parse(int jobs) {
  ForEach(all_.size(), jobs, [&](std::size_t i) {
    auto& [text, parsed] = all_[i];
    const Result<GoFile> go = GoFile::ParseDeclarations({}, std::string(text));
    if (!go) return;
    parsed.good = true;
    for (auto& [prefilter, found] : parsed.found) {
      for (QueryMatch& match : go->Run(*rules_.prefilters[prefilter].queries)) {
        std::string func = match.captures.empty() ? std::string() : go->EnclosingFunction(match.captures[0].range.begin);
        found.push_back({std::move(match), std::move(func)});
      }
    }
  });
}

}  // namespace libcify::scan
