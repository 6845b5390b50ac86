// Library: how a shim calls each function of a library that a Go tree calls by name.
//
// In: what is called, the prototypes that the target's headers give, and the rules that say how functions report errors,
// which no header does. Out: one Binding per function: direct or variadic, or kept with the reason why it gets no shim.
// Nothing is guessed: a function without a prototype or without a rule is kept.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/binding.h"
#include "model/facts.h"
#include "model/rule.h"
#include "model/source.h"

namespace libcify {

// A function of a library, as a tree calls it.
struct LibraryCall {
  std::string symbol;   // of the linker: "fstatat$INODE64"
  std::string library;  // as Go names it
  int words = 0;        // the most arguments that a request hands over; what pads them to an entry's number does not count

  friend bool operator==(const LibraryCall&, const LibraryCall&) = default;
};

// Each function that a seam or a request names, sorted by library and symbol. Those that only tell the error number of
// another call are left out: the shims ask for it themselves.
[[nodiscard]] std::vector<LibraryCall> CallsOf(const Inventory& inventory);

// Every function that the facts know, for what holds whatever tree calls it.
[[nodiscard]] std::vector<LibraryCall> CallsOf(const Facts& facts);

// How many of a request's arguments are no padding: zeros at the end are.
[[nodiscard]] int GivenWords(const Request& request);

// Machine words of a function's parameters: a value wider than a word takes two, on some ports from an even one on.
[[nodiscard]] int WordsOf(const CFunction& function, const Facts& facts);

// One Binding per call, in their order.
[[nodiscard]] Result<std::vector<Binding>> BindLibrary(const Facts& facts, const Target& target, const RuleSet& rules,
                                                       const std::vector<LibraryCall>& calls);

}  // namespace libcify
