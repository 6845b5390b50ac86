// Reads what Go's text says of a call's arguments and its result. Private to the room.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.h"
#include "scan/go_types.h"

namespace libcify::scan {

// Of a call in the text of a file, `call`, with these arguments.
[[nodiscard]] GoCall ReadGoCall(std::size_t file, std::string_view text, Range call,
                                const std::vector<std::string>& arguments, GoTypes& types);

// Of a declaration: "func fd_close(fd int32) Errno".
[[nodiscard]] GoCall ReadGoDeclaration(std::size_t file, std::string_view declaration, GoTypes& types);

}  // namespace libcify::scan
