// The dialect of any compiler that lives on libc: a translation unit with a shim per function of a library.
//
// In: an EmitInput whose bindings are those of library functions. Out: the hand-written files that the dialect names, with a
// row per function that gets a shim. The tree's own files are left alone.
#include <algorithm>
#include <map>
#include <utility>

#include "emit/added_files.h"
#include "emit/emit.h"
#include "emit/table.h"

namespace libcify {
namespace {

// LibcifyErrors (libcify/library.h).
const char* ErrorsOf(ErrorRule rule) {
  switch (rule) {
    case ErrorRule::kErrno:
    case ErrorRule::kErrnoPointer:
      return "kMinusOne";
    case ErrorRule::kErrnoNull:
      return "kNull";
    case ErrorRule::kErrnoValue:
      return "kValue";
    case ErrorRule::kErrnoNonzero:
      return "kNonzero";
    case ErrorRule::kReturned:
      return "kReturned";
    case ErrorRule::kErrnoTold:
      return "kTold";
    case ErrorRule::kStatus:
      return "kStatus";
    case ErrorRule::kNever:
    case ErrorRule::kAdapter:
      break;
  }
  return "kNever";
}

// A shim is named by its C function, so two libraries must not have one of the same name.
Result<std::string> Rows(const std::vector<Binding>& bindings) {
  std::map<std::string, const Binding*> by_name;
  Errors errors;
  for (const Binding& binding : bindings) {
    if (binding.how != How::kDirect && binding.how != How::kVariadic) continue;
    const auto [other, is_new] = by_name.emplace(binding.cfunction, &binding);
    if (is_new) continue;
    errors.push_back({.what = "two functions would have the shim libcify_" + binding.cfunction + ": " + binding.call +
                              " of " + binding.library + " and " + other->second->call + " of " + other->second->library});
  }
  if (!errors.empty()) return Fail(std::move(errors));
  std::string out;
  for (const auto& [name, binding] : by_name) {
    out += "LIBCIFY_SHIM(" + name + ", \"" + binding->shape + "\", " + ErrorsOf(binding->error_rule) + ", " +
           std::to_string(binding->words) + ")\n";
  }
  return out;
}

}  // namespace

Result<std::vector<Artifact>> EmitShims(const EmitInput& input) {
  Result<std::string> rows = Rows(input.bindings);
  if (!rows) return Fail(std::move(rows.error()));
  Errors errors;
  std::vector<Artifact> out;
  for (AddedFile& file :
       AddedFiles(input, {{"includes", TableIncludes(input.bindings)}, {"rows", std::move(*rows)}}, errors)) {
    out.push_back({.path = std::move(file.path), .text = std::move(file.text), .replaces = {}});
  }
  if (!errors.empty()) return Fail(std::move(errors));
  std::sort(out.begin(), out.end(), [](const Artifact& a, const Artifact& b) { return a.path < b.path; });
  return out;
}

}  // namespace libcify
