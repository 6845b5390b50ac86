// What the calls of a Go tree hand over by pointers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/source.h"

namespace libcify {

// An argument of a call that is, or may be, a pointer.
struct GoPointer {
  Site site;            // of the call
  std::string symbol;   // native name of what is called: "fstat"
  int number = -1;      // of a kernel's call
  std::string library;  // that has it, "" for a kernel's call
  int word = 0;         // which argument, by its place among the machine words
  int of = 0;           // not 0: by its place among so many parameters of Go's, however many words each has
  std::string text;     // as Go, or its assembly, writes it: "uintptr(unsafe.Pointer(stat))"
  std::string type;     // as the file of the call writes it, "*Stat_t"; "" where the text does not tell
  std::string record;   // what it points to, by its key in GoMemory; "" where `reason` says why there is none
  std::string reason;
  // Without a call: the structure of C's that the type is made of, by the tree's own list for cgo -godefs: "struct linger".
  std::string made_of;

  friend bool operator==(const GoPointer&, const GoPointer&) = default;
};

// The memory that the calls of a tree hand over.
struct GoMemory {
  std::vector<GoPointer> pointers;          // in the order of the inventory
  std::map<std::string, GoRecord> records;  // "syscall.Stat_t"; a type without a name has its package and a blank before it
};

}  // namespace libcify
