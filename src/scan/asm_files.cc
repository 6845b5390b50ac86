// In: the text of an assembly file and the definitions of a port. Out: the file, parsed. See asm_files.h.
#include "scan/asm_files.h"

namespace libcify::scan {

const Result<AsmFile>& AsmFiles::Parsed(const SourceFile& file, const std::map<std::string, std::string>& defines) const {
  std::map<std::string, std::string> named;
  for (const auto& define : defines) {
    if (file.index->MayHold(HashedWord(define.first))) named.insert(define);
  }
  return files_.Get({file.path, named}, [&] { return AsmFile::Parse(file.path, std::string(file.text), named); });
}

}  // namespace libcify::scan
