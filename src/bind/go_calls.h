// Go's calls of library functions against the functions' prototypes.
//
// In: the inventory of a port that reaches its system through a library, and the facts of that library. Out: each place
// where what Go passes, or what it makes of the result, is not what the header declares. A place that is not in the list was
// compared and agrees, or is counted as not to be seen.
//
// A word of Go's is as wide as a register: a C function looks at as many bits as its parameter has. So an unsigned value in
// a wider parameter is right, and a value of the same width is right with either sign. wasm has values of 32 and of 64 bits
// only, and a "const char *" of WASI's header stands for two of them, begin and length (WITX, legacy/tools/witx-docs.md).
#pragma once

#include <string>
#include <vector>

#include "model/facts.h"
#include "model/port.h"
#include "model/source.h"

namespace libcify {

// kResult: a result read wider than it is, or looked at where there is none. kResultTest: bits that the function does not
// set are looked at. kUndeclared: no header has the function, there is nothing to compare with.
enum class GoCallDifference { kCount, kPointer, kNarrower, kWider, kPointee, kResult, kResultTest, kUndeclared };
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
  std::vector<GoCallFinding> findings;  // in the order of the inventory
};

[[nodiscard]] GoCallReport CompareGoCalls(const Inventory& inventory, const Facts& facts, const Port& port);

}  // namespace libcify
