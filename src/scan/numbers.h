// Number tables of one tree and what names stand for. Private to the room.
#pragma once

#include <map>
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
  std::string package, name;  // name: "" where Go text has none for it
  Range range, name_range;    // of the row and of what a rule explains by it
  std::size_t file = 0;       // index into SourceTree::files
  NamedNumber value;
  const CompiledRule* rule = nullptr;
};

// The text of a Go string literal, and any other text as it is.
[[nodiscard]] std::string Unquoted(const std::string& text);

class Numbers {
 public:
  // Reads the tables that the lines rules describe. A number that no int can hold is an error.
  [[nodiscard]] static Result<Numbers> Read(const SourceTree& tree, const CompiledRules& rules);

  // What a symbol of the linker stands for, by //go:cgo_import_dynamic; null where nothing imports it.
  [[nodiscard]] const NamedNumber* Import(const std::string& link) const;
  [[nodiscard]] bool HasImports() const { return !imports_.empty(); }
  // Adds a constant or variable that is initialised from another one. A second, different value makes it dynamic.
  void AddAlias(const std::string& package, const std::string& name, const NamedNumber& value);
  [[nodiscard]] const NamedNumber* Find(const std::string& package, const std::string& name) const;
  // The native name of a number, by any table of the tree; "" where none has it.
  [[nodiscard]] std::string NameOf(int number) const;
  [[nodiscard]] const std::vector<TableRow>& rows() const { return rows_; }

 private:
  void AddRow(const SourceFile& file, std::size_t index, const CompiledRule& rule, const Pattern::Match& match,
              Errors& errors);

  std::vector<TableRow> rows_;
  std::map<std::string, std::map<std::string, NamedNumber>> names_;  // by package, then name
  std::map<int, std::string> by_number_;
  std::map<std::string, NamedNumber> imports_;  // by symbol of the linker
};

}  // namespace libcify::scan
