// Go's calls of library functions against the functions' prototypes.
//
// In: the inventory of a port that reaches its system through a library, and the facts of that library. Out: each place
// where what Go passes, or what it makes of the result, is not what the header declares. A place that is not in the list was
// compared and agrees, or is counted as not to be seen.
//
// A word of Go's is as wide as a register: a C function looks at as many bits as its parameter has. So an unsigned value in
// a wider parameter is right, and a value of the same width is right with either sign. wasm has values of 32 and of 64 bits
// only, and a "const char *" of WASI's header stands for two of them, begin and length (WITX, legacy/tools/witx-docs.md).
//
// Where entries tell an error (trampolines), what they compare is held against the way in which the function tells it. Zeros
// at the end of their arguments only fill the entry's number of them.
#pragma once

#include <string>
#include <vector>

#include "model/binding.h"
#include "model/facts.h"
#include "model/port.h"
#include "model/source.h"

namespace libcify {

// kResult: a result read wider than it is, or looked at where there is none. kResultTest: bits that the function does not
// set are looked at. kHalfTest: only a part of those that it sets. kErrorTest: errors are told in another way. kName: the
// name stands for another function, or is another library's. kUndeclared: no header has the function, there is nothing to
// compare with.
enum class GoCallDifference {
  kCount,
  kPointer,
  kNarrower,
  kWider,
  kPointee,
  kResult,
  kResultTest,
  kHalfTest,
  kErrorTest,
  kName,
  kUndeclared
};
[[nodiscard]] const char* Name(GoCallDifference kind);

struct GoCallFinding {
  GoCallDifference kind = GoCallDifference::kCount;
  Site site;
  std::string symbol;
  std::string what;  // "hTemplateFile: Go's int32 (i32) is HANDLE (void *)"
};

struct GoCallReport {
  std::size_t calls = 0;      // compared
  std::size_t functions = 0;  // that these call
  std::size_t arguments = 0, typed = 0;
  std::size_t results = 0;              // of the calls: whose result is looked at
  std::size_t blocks = 0;               // besides these: calls whose arguments are in a block of memory
  std::vector<GoCallFinding> findings;  // in the order of the inventory
};

// `bindings`: of library functions (bind/library.h), which know how these tell errors; none: entries tell no errors.
[[nodiscard]] GoCallReport CompareGoCalls(const Inventory& inventory, const Facts& facts, const Port& port,
                                          const std::vector<Binding>& bindings = {});

}  // namespace libcify
