// The table of libc functions by number: rows made from Bindings, put into the hand-written translation unit.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "emit/emit.h"
#include "emit/tree_edits.h"

namespace libcify {

// One row per binding that is not a plain fallback, in the order of the numbers: the macros of libcify/table.h. `typed`:
// libc's functions stand behind typed shims, because the port's C ABI does not take machine words as they come.
[[nodiscard]] std::string TableRows(const std::vector<Binding>& bindings, bool typed);

// "#include <…>" for every header that a binding names, sorted.
[[nodiscard]] std::string TableIncludes(const std::vector<Binding>& bindings);

// A declaration for every function that is bound by the linker's name and has another in C source (NetBSD's number 440 is
// __fstat50, C's fstat): compilers refuse it where the headers at hand give the function another symbol.
[[nodiscard]] std::string TableLinkNames(const std::vector<Binding>& bindings);

// `text` with each line "// libcify:insert NAME" replaced by the insertion of that name. A name that is not given, or an
// insertion that the text has no place for, is an error.
[[nodiscard]] Result<std::string> FillInsertionPoints(const std::string& file, const std::string& text,
                                                      const std::vector<std::pair<std::string, std::string>>& insertions);

// Reads headers as the system of an overlay's file has them: "include/libcify/x.h" is gc/bsd/include/libcify/x.h for
// gc/bsd/cgo/table.cc, where that is there, and include/libcify/x.h else.
[[nodiscard]] Reader OwnHeadersFirst(const std::string& source, const Reader& read_overlay);

// `text` with each `#include "libcify/…"` replaced by that header's text, each header once: cmd/go copies only files that
// lie directly in the package's folder, so that a translation unit has to stand alone.
[[nodiscard]] Result<std::string> SpliceHeaders(const std::string& text, const Reader& read_overlay);

}  // namespace libcify
