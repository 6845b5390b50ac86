// Functions that an assembly file defines. Private to the room.
#pragma once

#include <map>
#include <set>
#include <string>

#include "gosrc/asm_file.h"
#include "scan/tree.h"

namespace libcify::scan {

// Whether the text defines functions in a way that only a parse can follow: by #if or by a macro that holds TEXT.
[[nodiscard]] bool NeedsPreprocessor(std::string_view text);
// Of a file that needs none: reads its TEXT lines.
void AddPlainSymbols(const SourceFile& file, std::set<std::string>& symbols);
void AddSymbols(const SourceFile& source, const AsmFile& file, std::set<std::string>& symbols);
// Functions that each one calls or jumps to by name, of "syscall.sysvicall6" also "runtime.syscall_sysvicall6".
void AddCalls(const SourceFile& file, std::map<std::string, std::set<std::string>>& calls);
// "runtime.exit" of "runtime·exit" and "·exit" in package runtime; "" for a symbol without a package.
[[nodiscard]] std::string LinkerName(const std::string& written, const std::string& package);

}  // namespace libcify::scan
