// Calls by the tree's entries become typed calls of libc's functions.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "emit/emit.h"
#include "emit/tree_edits.h"

namespace libcify {

// What a package gets for its rewritten calls.
struct PackageCalls {
  std::string text;              // declarations of C functions and the Go functions that call them
  bool imports_syscall = false;  // that text names package syscall
};

// What became of one request.
struct CallReport {
  const Request* request = nullptr;
  const Binding* binding = nullptr;  // nullptr where the call stays as it is
  std::string reason;                // why it stays, or why it goes through syscall()
};

struct RewrittenCalls {
  std::map<std::string, PackageCalls> packages;  // by import path
  std::set<std::string> adapters;                // names in namespace libcify::adapters
  std::vector<CallReport> reports;               // one per request, in their order
};

// Every request whose number is constant becomes a call of a function of its own package, by the "calls" of the dialect;
// those of packages that the dialect "keeps" stay, and so do those whose number is not constant. A request that no rule
// serves is an error.
[[nodiscard]] Result<RewrittenCalls> RewriteCalls(const EmitInput& input, TreeEdits& edits);

}  // namespace libcify
