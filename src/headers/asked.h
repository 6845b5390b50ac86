// What Go's standard library names on one system, for which rules/facts/asked.json is the list: of libraries that have
// thousands of functions, facts hold those that a port can ask for.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/target.h"

namespace libcify {

using AskedNames = std::map<std::string, std::set<std::string>>;  // library as Go writes it -> names of its symbols

// Names of the system, and those of this port alone. iOS runs what macOS does.
[[nodiscard]] Result<AskedNames> ParseAsked(const std::string& file, std::string_view text, const Target& target);

}  // namespace libcify
