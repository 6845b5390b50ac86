// Instructions written as raw data (BYTE, WORD, LONG, QUAD). Private to the room.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gosrc/asm_file.h"

namespace libcify::scan {

struct RawEntry {
  std::size_t offset = 0;  // of the statement in which the encoding begins
  std::string encoding;    // "0f05"
};

// Every place where consecutive active data statements hold one of the encodings (hex bytes in memory order).
[[nodiscard]] std::vector<RawEntry> FindRawEntries(const AsmFile& file, const std::vector<std::string>& encodings,
                                                   bool big_endian);

}  // namespace libcify::scan
