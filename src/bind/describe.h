// C types and record fields as short texts, for comparisons, tolerances and messages.
//
// In: a type of the facts. Out: its class and width without typedefs: "i32", "u64", "void", "const struct stat *", "void *",
// "function *", "float64", "record struct x". A field: "struct stat: i64 @576", "struct x: u8[14] @16" (offsets in bits).
// Tolerances in rules/bind/*.json are regular expressions over these texts.
#pragma once

#include <string>

#include "model/facts.h"

namespace libcify {

[[nodiscard]] std::string Describe(const CType& type);
[[nodiscard]] std::string Describe(const CRecord& record, const CField& field);

// One letter of Binding::shape; 'r' for Windows' LARGE_INTEGER by value, which is a number of 64 bits; '?' where the type
// has none.
[[nodiscard]] char ShapeLetter(const CType& type);
[[nodiscard]] std::string Shape(const CFunction& function);

}  // namespace libcify
