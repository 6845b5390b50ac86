// Go functions without a body and what provides each. Private to the room.
#pragma once

#include <set>
#include <string>

#include "scan/resolver.h"

namespace libcify::scan {

// Finds what provides each body-less function of the tree; errors name those that nothing provides. `jobs`: as in ForEach.
void AddBodyless(const Finds& finds, int jobs, std::set<std::string>& used, Inventory& out, Errors& errors);

}  // namespace libcify::scan
