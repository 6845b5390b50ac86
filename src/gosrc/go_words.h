// Machine words of Go's parameters, as far as they can be told from the syntax. Only go_file.cc includes this.
#pragma once

#include <tree_sitter/api.h>

#include <string_view>

#include "gosrc/go_file.h"

namespace libcify {

// Of a function_declaration.
[[nodiscard]] GoWords WordsOf(std::string_view text, TSNode function);

}  // namespace libcify
