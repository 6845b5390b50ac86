// The list of known dialects.
#include "gosrc/asm_dialect.h"

#include "gosrc/asm_amd64.h"

namespace libcify {

const AsmDialect* FindAsmDialect(const std::string& goarch) {
  if (goarch == "amd64") return &Amd64Dialect();
  return nullptr;
}

}  // namespace libcify
