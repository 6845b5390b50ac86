// Uses of imported functions in Go assembly. Private to the room.
#pragma once

#include <string>
#include <string_view>

#include "gosrc/asm_file.h"
#include "scan/numbers.h"

namespace libcify::scan {

// Whether some "symbol(SB)" of the text is an import: such a file must be parsed.
[[nodiscard]] bool NamesImport(std::string_view text, const std::string& package, const Numbers& numbers);

// The import that a statement names, null where it names none: "CALL libc_read(SB)", "MOVQ runtime\u00b7_TlsAlloc(SB), AX".
[[nodiscard]] const NamedNumber* ImportOf(const AsmStatement& statement, const std::string& package, const Numbers& numbers);

}  // namespace libcify::scan
