// Go's structures against C's: what a call reads or writes behind its pointers.
//
// In: what a tree's calls hand over (scan), the facts of the target, its bindings, the tolerances of rules/bind. Out: a row
// for each argument, and an error for each field of Go's that a function of libc, entered as it is, would read or write as
// something else. Nothing is assumed equal: where one side's layout is not known, the row says so.
//
// A field of Go's must be one of C's: the same offset, width and sign, a pointer for a pointer. These are no differences:
// - bytes (an array of uint8 or int8) may stand for any memory, as godefs makes in_addr [4]byte, and have no sign;
// - a uintptr may stand for a pointer of C's;
// - a field that is padding by its name ("_", "Pad_cgo_0", "X__pad1", "Spare") is never looked at: C may have anything
// there;
// - C may have fields that Go gives no name, as long as they lie inside of Go's memory.
// Any other difference needs a tolerance: one between the kernel's structure and libc's ("record"), where Go's field is the
// kernel's, or one for the structure of Go ("go-record").
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/binding.h"
#include "model/facts.h"
#include "model/go_memory.h"
#include "model/port.h"
#include "model/rule.h"

namespace libcify {

// kTolerated: what differs a rule allows. kAdapted: they differ, and no function of libc is entered with that memory as it
// is. kDiffers: an error.
enum class LayoutVerdict { kEqual, kTolerated, kAdapted, kDiffers, kNotCompared };
[[nodiscard]] const char* Name(LayoutVerdict verdict);

struct LayoutRow {
  GoPointer pointer;
  std::string go;  // "syscall.Stat_t", "" where it is not known
  std::string c;   // "struct stat", of the side that decided
  How how = How::kKept;
  LayoutVerdict verdict = LayoutVerdict::kNotCompared;
  std::vector<std::string> why;  // what differs, with the rule that allows it, or why it is not compared
};

struct LayoutReport {
  std::vector<LayoutRow> rows;  // in the order of the pointers, each call's argument of one type once
  std::map<LayoutVerdict, std::size_t> counts;
  std::size_t fields = 0;       // of Go's, in the rows that were compared
  std::set<std::string> rules;  // ids of the tolerances that allowed something
  Errors errors;                // one per field, at Go's declaration
};

[[nodiscard]] Result<LayoutReport> CompareLayouts(const GoMemory& memory, const Facts& facts, const Target& target,
                                                  const Port& port, const RuleSet& rules,
                                                  const std::vector<Binding>& bindings);

struct LayoutDifference {
  std::size_t field = 0;  // of Go's; their number: of the structure
  std::string go, c;      // "timespec: i32 @64" and "struct timespec: i64 @64"; sizes: "timespec: 12 bytes"
};
[[nodiscard]] std::vector<LayoutDifference> DifferencesOf(const GoRecord& go, const CRecord& c);

}  // namespace libcify
