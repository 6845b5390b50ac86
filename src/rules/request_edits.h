// Which of a dialect's request edits is a request's.
#pragma once

#include <vector>

#include "base/result.h"
#include "model/rule.h"
#include "model/source.h"
#include "model/target.h"
#include "rules/rules.h"

namespace libcify {

class RequestEdits {
 public:
  // Those that cover the target, which live as long as `dialect`.
  [[nodiscard]] static Result<RequestEdits> Compile(const DialectRules& dialect, const Target& target);

  [[nodiscard]] bool empty() const { return compiled_.empty(); }
  // The first in the order of the file; nullptr where none is.
  [[nodiscard]] const RequestEdit* Find(const Request& request) const;

 private:
  struct Compiled {
    const RequestEdit* edit;
    Pattern callee, library;
  };
  std::vector<Compiled> compiled_;
};

// Whether a request is one of a function of a library, at a place where it is called.
[[nodiscard]] inline bool CallsFunction(const Request& request) {
  return !request.entry.empty() && !request.symbol.empty() && !request.library.empty();
}

}  // namespace libcify
