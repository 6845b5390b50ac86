// Tolerances: differences between contract and prototype that are none for the call, each allowed by a rule.
//
// In: the tolerance rules, of which those that cover the target count. Out: the rule that allows a pair of descriptions
// (describe.h) for a call, or none. Both regular expressions must match the whole description; "{word}" in them is the
// number of bits of a machine word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/rule.h"
#include "model/target.h"
#include "rules/rules.h"

namespace libcify {

class Tolerances {
 public:
  [[nodiscard]] static Result<Tolerances> Compile(const std::vector<ToleranceRule>& rules, const Target& target,
                                                  int word_bits);

  // `where`: "parameter", "pair", "result", "record" or "go-record". A rule that names the call comes before one for all
  // calls.
  [[nodiscard]] const ToleranceRule* Find(std::string_view where, std::string_view call, std::string_view contract,
                                          std::string_view libc) const;

 private:
  struct Compiled {
    const ToleranceRule* rule;
    Pattern contract, libc;
  };
  std::vector<Compiled> compiled_;
};

}  // namespace libcify
