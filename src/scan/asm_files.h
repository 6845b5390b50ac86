// Assembly files, each parsed once for all ports that tell the assembler the same of what it names. Private to the room.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "gosrc/asm_file.h"
#include "scan/tree.h"

namespace libcify::scan {

class AsmFiles {
 public:
  // Parsed with those of the definitions that the file's text may name. Safe to use from several threads.
  [[nodiscard]] const Result<AsmFile>& Parsed(const SourceFile& file,
                                              const std::map<std::string, std::string>& defines) const;

 private:
  struct Entry {
    std::once_flag parsed;
    std::optional<Result<AsmFile>> file;
  };

  mutable std::mutex mutex_;  // guards known_, not the entries
  mutable std::map<std::pair<std::string, std::map<std::string, std::string>>, std::unique_ptr<Entry>> known_;
};

}  // namespace libcify::scan
