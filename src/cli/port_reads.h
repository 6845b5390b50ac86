// What libcify knows of the ports of a tree, side by side: for the commands that tell of all of them at once.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "cli/pipeline.h"

namespace libcify {

struct PortRead {
  std::string reason;             // why nothing is written for it, "" where something is
  Json sites;                     // of SitesJson
  std::vector<Binding> bindings;  // none where nothing is written
  Facts facts;                    // neither
};

// The tree and the ports that a selection names.
[[nodiscard]] Result<Sources> OpenPorts(const Selection& selection, int jobs, Progress& progress);

// One for each place of the sources. `bind`: what becomes of the calls, too.
[[nodiscard]] Result<std::vector<PortRead>> ReadPorts(const Sources& sources, bool bind, int jobs, Progress& progress);

// A member as text: "" where it is absent or null.
[[nodiscard]] std::string MemberText(const Json& object, const char* key);

}  // namespace libcify
