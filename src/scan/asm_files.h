// Assembly files, each parsed once for all ports that tell the assembler the same of what it names. Private to the room.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "base/memo.h"
#include "gosrc/asm_file.h"
#include "scan/tree.h"

namespace libcify::scan {

class AsmFiles {
 public:
  // Parsed with those of the definitions that the file's text may name. Safe to use from several threads.
  [[nodiscard]] const Result<AsmFile>& Parsed(const SourceFile& file,
                                              const std::map<std::string, std::string>& defines) const;

 private:
  mutable Memo<std::pair<std::string, std::map<std::string, std::string>>, Result<AsmFile>>
      files_;  // by path and definitions
};

}  // namespace libcify::scan
