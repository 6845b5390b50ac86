// The scan of a tree that is in memory already. Private to the room: Scanner reads a GOROOT and calls it, tests call it with
// small trees of their own.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/port.h"
#include "model/source.h"
#include "scan/asm_files.h"
#include "scan/compiled_rules.h"
#include "scan/go_scan.h"
#include "scan/tree.h"

namespace libcify::scan {

struct TreeScan {
  const Port& port;
  const Target& target;
  const CompiledRules& rules;
  std::size_t index = 0;                       // of the target among those that the rules were compiled for
  std::map<std::string, std::string> defines;  // of the assembler
  const AsmFiles* assembly = nullptr;          // that ports share; null: read for this scan alone
  int jobs = 0;
  bool demand_all_rules = true;  // a rule that is not optional and explains nothing is an error
};

// A line of the tree and a rule that explains something on it.
struct Explained {
  std::string path;
  int line = 0;
  std::string rule;

  friend auto operator<=>(const Explained&, const Explained&) = default;
};

// `explained`, where given, gets everything that rules explained, sorted: more than the inventory holds, because rows of
// number tables and names that only look like system calls are no finds.
[[nodiscard]] Result<Inventory> ScanTree(const SourceTree& tree, TreeScan scan, std::vector<Explained>* explained = nullptr);

// The same where the Go files are searched already: `go`, beside tree.files.
[[nodiscard]] Result<Inventory> ScanTree(const SourceTree& tree, const std::vector<const GoFinds*>& go, TreeScan scan,
                                         std::vector<Explained>* explained = nullptr);

}  // namespace libcify::scan
