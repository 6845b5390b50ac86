// What a call in the place of a system-call instruction would meet in the function around it. Private to the room.
#pragma once

#include "gosrc/asm_dialect.h"
#include "gosrc/asm_file.h"
#include "model/source.h"

namespace libcify::scan {

// Fills obstacles and counting of a seam that stands at statement `index`.
//
// On machines with a link register a call loses the way back, unless the function has a frame that keeps it: the assembler
// gives it one (or, at a vfork site, the site keeps it in a register). That is safe only where the function does not look at
// the stack pointer or the link itself.
void SetFrame(const AsmFile& file, const AsmText& text, std::size_t index, const AsmDialect& dialect, Seam& seam);

}  // namespace libcify::scan
