// Reads what Go's text says of a call's arguments and its result. Private to the room.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.h"
#include "scan/go_signature.h"
#include "scan/go_types.h"

namespace libcify::scan {

// Of a call in the text of a file, `call`, with these arguments.
[[nodiscard]] GoCall ReadGoCall(std::size_t file, std::string_view text, Range call,
                                const std::vector<std::string>& arguments, GoTypes& types);

// Of the arguments alone, and as written: "*Stat_t", "unsafe.Pointer", "int"; "" for what is not to be seen.
[[nodiscard]] std::vector<std::string> ReadGoArguments(std::size_t file, std::string_view text, Range call,
                                                       const std::vector<std::string>& arguments, GoTypes& types);

// Of a call that hands over the address of a parameter, "unsafe.Pointer(&fd)": that one and those behind it, which lie in
// memory as they do in the list. Empty where the argument is anything else.
[[nodiscard]] std::vector<GoParameter> ReadGoBlock(std::string_view text, Range call, std::string_view argument);

// Of a declaration: "func fd_close(fd int32) Errno".
[[nodiscard]] GoCall ReadGoDeclaration(std::size_t file, std::string_view declaration, GoTypes& types);

}  // namespace libcify::scan
