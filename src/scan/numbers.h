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

// What a name in Go code stands for.
struct NamedNumber {
  std::string symbol;  // native name: "openat"
  std::optional<int> number;
};

// A row of a number table, such as `SYS_READ = 0`.
struct TableRow {
  std::string package, name;
  Range name_range;
  std::size_t file = 0;  // index into SourceTree::files
  NamedNumber value;
  const CompiledRule* rule = nullptr;
};

class Numbers {
 public:
  // Reads the tables that the lines rules describe. A number that no int can hold is an error.
  [[nodiscard]] static Result<Numbers> Read(const SourceTree& tree, const CompiledRules& rules);

  // Adds a constant or variable that is initialised from another one. A second, different value makes it dynamic.
  void AddAlias(const std::string& package, const std::string& name, const NamedNumber& value);
  [[nodiscard]] const NamedNumber* Find(const std::string& package, const std::string& name) const;
  // The native name of a number, by any table of the tree; "" where none has it.
  [[nodiscard]] std::string NameOf(int number) const;
  [[nodiscard]] const std::vector<TableRow>& rows() const { return rows_; }

 private:
  std::vector<TableRow> rows_;
  std::map<std::string, std::map<std::string, NamedNumber>> names_;  // by package, then name
  std::map<int, std::string> by_number_;
};

}  // namespace libcify::scan
