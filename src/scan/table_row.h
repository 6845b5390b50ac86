// Rows of number tables and import directives, as lines rules read them from one Go file. Private to the room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "scan/compiled_rules.h"
#include "scan/tree.h"

namespace libcify::scan {

// What a name in Go code stands for: a number of the kernel, a function of a library, or a library.
struct NamedNumber {
  std::string symbol;  // native name: "openat"
  std::optional<int> number;
  std::string library;  // "kernel32.dll"
  // The other functions that a hand-written trampoline calls; `symbol` is the first.
  std::vector<NamedNumber> also;

  [[nodiscard]] bool known() const { return number || !symbol.empty() || !library.empty(); }
  friend bool operator==(const NamedNumber&, const NamedNumber&) = default;
};

// A row of a table, such as `SYS_READ = 0`, or a directive that imports a function.
struct TableRow {
  std::string name;         // "" where Go text has none for it
  std::string link;         // symbol of the linker that a directive imports; "" for any other row
  Range range, name_range;  // of the row and of what a rule explains by it
  NamedNumber value;
  const CompiledRule* rule = nullptr;
  Errors errors;  // a number that no int can hold: then the row has no value
};

// The text of a Go string literal, and any other text as it is.
[[nodiscard]] std::string Unquoted(const std::string& text);

// Adds the rows of a file that a lines rule finds.
void AddRows(const SourceFile& file, const CompiledRule& rule, std::vector<TableRow>& out);

}  // namespace libcify::scan
