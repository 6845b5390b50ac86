// The list of known dialects.
#include "gosrc/asm_dialect.h"

#include <map>
#include <memory>

#include "gosrc/asm_amd64.h"
#include "gosrc/asm_plain.h"

namespace libcify {

const AsmDialect* FindAsmDialect(const std::string& goarch) {
  if (goarch == "amd64") return &Amd64Dialect();
  if (goarch == "386") return &I386Dialect();
  static const std::map<std::string, std::unique_ptr<const AsmDialect>> plain = [] {
    std::map<std::string, std::unique_ptr<const AsmDialect>> out;
    for (const PlainTable& table : PlainTables()) {
      for (const std::string_view name : table.goarchs) out.emplace(name, MakePlainDialect(table));
    }
    return out;
  }();
  const auto found = plain.find(goarch);
  return found == plain.end() ? nullptr : found->second.get();
}

}  // namespace libcify
