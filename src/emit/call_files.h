// What rewritten calls want besides the edits: the files that are added for them, and the report.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "emit/added_files.h"
#include "emit/go_calls.h"

namespace libcify {

// An error where the dialect has no rules about calls of the target.
[[nodiscard]] Result<void> CheckTarget(const EmitInput& input);

// The files that the dialect adds, those that join packages with what these got for their calls. Errors are noted.
[[nodiscard]] std::vector<AddedFile> FilesOfCalls(const EmitInput& input, const RewrittenCalls& calls, Errors& errors);

// calls.json: what became of each request.
[[nodiscard]] std::string CallsJson(const std::vector<CallReport>& reports);

}  // namespace libcify
