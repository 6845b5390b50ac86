// Record: what an upgrade is judged by, of one port of one Go tree. Written to a file it is an inventory
// (rules/schema/output/inventory.schema.json): facts only, no text of Go, and no line numbers, so that it stays the same
// while code around the places moves.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "model/binding.h"
#include "model/source.h"
#include "model/target.h"

namespace libcify {

// A site: where a call leaves Go, is asked for, or is named.
struct Place {
  std::string kind;  // "request", "seam.enter", …, "constant", "vdso"; "import": a directive
  std::string call;  // native name, "" where the number is dynamic
  std::optional<int> number;
  std::string library;
  std::string file;  // relative to GOROOT/src
  std::string func;
  std::string entry;               // of a request: "syscall.RawSyscall6"
  std::optional<int> arguments{};  // of a request: how many it hands over, without the zeros that fill up an entry
  int line = 0;                    // 0 where it comes from a file

  [[nodiscard]] std::string package() const { return file.substr(0, file.rfind('/')); }
  [[nodiscard]] std::string where() const { return func.empty() ? package() : package() + "." + func; }
};

// How libc serves a call that some place names.
struct Service {
  std::string how;
  std::string function, adapter;
  std::string reason, reference;  // why not by name alone
};

struct Record {
  std::string go;      // "go1.27.3"
  std::string target;  // "linux/amd64"
  std::string libc;    // "glibc-2.31", "" where nothing is bound
  std::vector<Place> places;
  std::map<std::string, std::string> entries;                       // by name: the next entry on the way, or ""
  std::map<std::string, std::string> bodyless;                      // by symbol: what provides it
  std::map<std::pair<std::string, std::string>, Service> services;  // by call and library
  std::set<std::string> rules;                                      // that explained or bound something
};

// Package and name of "internal/cpu.cpuid".
[[nodiscard]] std::pair<std::string, std::string> SplitSymbol(const std::string& symbol);

[[nodiscard]] Record RecordOf(const Target& target, const Inventory& inventory, const std::vector<Binding>& bindings);

// One line for each place and service; ends with a newline.
[[nodiscard]] std::string InventoryText(const Record& record);
// Reads one inventory or a list of them.
[[nodiscard]] Result<std::vector<Record>> ReadInventories(const std::string& file, const std::string& text);

}  // namespace libcify
