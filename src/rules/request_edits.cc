#include "rules/request_edits.h"

#include <algorithm>
#include <utility>

namespace libcify {

Result<RequestEdits> RequestEdits::Compile(const DialectRules& dialect, const Target& target) {
  RequestEdits out;
  Errors errors;
  for (const RequestEdit& edit : dialect.request_edits) {
    if (!Covers(edit.scope, target)) continue;
    Result<Pattern> callee = Pattern::Compile({edit.file, 0, 0}, edit.callee);
    Result<Pattern> library = Pattern::Compile({edit.file, 0, 0}, edit.library);
    if (callee && library) {
      out.compiled_.push_back({&edit, std::move(*callee), std::move(*library)});
      continue;
    }
    if (!callee) Append(errors, std::move(callee.error()));
    if (!library) Append(errors, std::move(library.error()));
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

const RequestEdit* RequestEdits::Find(const Request& request) const {
  const auto found = std::find_if(compiled_.begin(), compiled_.end(), [&](const Compiled& one) {
    return one.callee.Search(request.callee) && one.library.Search(request.library);
  });
  return found == compiled_.end() ? nullptr : found->edit;
}

}  // namespace libcify
