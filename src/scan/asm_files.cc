// In: the text of an assembly file and the definitions of a port. Out: the file, parsed. See asm_files.h.
#include "scan/asm_files.h"

namespace libcify::scan {

const Result<AsmFile>& AsmFiles::Parsed(const SourceFile& file, const std::map<std::string, std::string>& defines) const {
  std::map<std::string, std::string> named;
  for (const auto& define : defines) {
    if (file.index->MayHold(HashedWord(define.first))) named.insert(define);
  }
  std::unique_lock lock(mutex_);
  std::unique_ptr<Entry>& known = known_[{file.path, named}];
  if (!known) known = std::make_unique<Entry>();
  Entry& entry = *known;
  lock.unlock();
  std::call_once(entry.parsed, [&] { entry.file = AsmFile::Parse(file.path, std::string(file.text), named); });
  return *entry.file;
}

}  // namespace libcify::scan
