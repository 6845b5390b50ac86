// What the calls of a tree hand over by pointers, as far as Go's text and its assembly tell. Private to the room.
//
// A pointer's type comes from the function around the call (go_call.h), from the Go declaration of an assembly function, of
// which a parameter is moved to the register of an argument, or from that of an import. Nothing is guessed: a pointer
// without a type is listed, too, with what is known of it. Many structures go to C behind an unsafe.Pointer (addresses of
// sockets, values of options); of these the tree's own list says what they are made of.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/go_memory.h"
#include "model/port.h"
#include "scan/asm_files.h"
#include "scan/tree.h"

namespace libcify::scan {

// `list`: of package syscall, "type Linger C.struct_linger" a line; no port compiles it.
[[nodiscard]] Result<GoMemory> ReadMemory(const SourceTree& tree, const Port& port, const Inventory& inventory,
                                          const AsmFiles& files, std::map<std::string, std::string> defines,
                                          std::string_view list = {});

}  // namespace libcify::scan
