// Go's structures against C's, for one port of a tree.
#pragma once

#include <cstddef>
#include <string>

#include "bind/layouts.h"
#include "cli/pipeline.h"

namespace libcify {

// Of the place of some sources, bound. Where no header is known, nothing is compared, and the rows say so.
[[nodiscard]] Result<LayoutReport> LayoutsOf(const Sources& sources, std::size_t place, const Bound& bound);

// Adds one report's rows, counts and errors to another.
void Add(LayoutReport report, LayoutReport& to);

// What check says: "110 arguments that point to memory: 59 equal, …".
[[nodiscard]] std::string Said(const LayoutReport& report);

}  // namespace libcify
