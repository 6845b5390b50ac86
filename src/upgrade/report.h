// An upgrade as people and tools read it.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "upgrade/compare.h"

namespace libcify {

// "linux/* (12 ports)", "linux/* but loong64 (11 ports)", "darwin/arm64"; `all` are the ports that there are. Both sorted.
[[nodiscard]] std::string PortsText(const std::vector<std::string>& ports, const std::vector<std::string>& all);

// A few lines for an upgrade that changes little: like changes share a line, and a long list says how many it leaves out.
[[nodiscard]] std::string UpgradeText(const Upgrade& upgrade);
// The same as a pull request or a page has it, with longer lists, headed by `heading` ("##").
[[nodiscard]] std::string UpgradeMarkdown(const Upgrade& upgrade, const std::string& heading);
// All of it: rules/schema/output/diff.schema.json.
[[nodiscard]] Json UpgradeJson(const Upgrade& upgrade);

}  // namespace libcify
