// Contract against prototype: does libc's function take what the kernel's call takes?
//
// In: one Call with a contract, one CFunction, the layouts of both sides. Out: what was compared, and what differs beyond
// all tolerances. Nothing is assumed: a type that is not the same in class, width and sign needs a tolerance rule, and so
// does a record of which one side is not known. Opaque memory (void *, char *) agrees with any pointer.
//
// Where a word has 32 bits, a value of 64 takes two, so libc's function must take one at the same place: no tolerance helps
// there, but one for a pair, which says that two words of the contract lie where libc's one value lies. And an int there is
// as wide as the kernel's long, so that a libc int agrees with the kernel's result by a tolerance only: that the call's
// value means the same is not to be seen.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "bind/tolerance.h"
#include "model/facts.h"

namespace libcify {

struct Comparison {
  std::vector<std::string> compared;     // one line per result, parameter and tolerated field
  std::set<std::string> tolerated_by;    // ids of the rules that let a difference pass
  std::vector<std::string> differences;  // empty: they agree
};

[[nodiscard]] Comparison Compare(const Call& call, const CFunction& function, const Facts& facts,
                                 const Tolerances& tolerances, int word_bits);

}  // namespace libcify
