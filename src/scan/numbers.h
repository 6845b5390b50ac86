// Number tables of one tree and what names stand for. Private to the room.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "scan/target_finds.h"
#include "scan/tree.h"

namespace libcify::scan {

class Numbers {
 public:
  // Joins the rows of all files. A number that no int can hold is an error.
  [[nodiscard]] static Result<Numbers> Join(const SourceTree& tree, const TargetFinds& go);

  // What a symbol of the linker stands for, by //go:cgo_import_dynamic; null where nothing imports it.
  [[nodiscard]] const NamedNumber* Import(const std::string& link) const;
  [[nodiscard]] bool HasImports() const { return !imports_.empty(); }
  // Adds a constant or variable that is initialised from another one. A second, different value makes it dynamic.
  void AddAlias(const std::string& package, const std::string& name, const NamedNumber& value);
  [[nodiscard]] const NamedNumber* Find(const std::string& package, const std::string& name) const;
  // The native name of a number, by any table of the tree; "" where none has it.
  [[nodiscard]] std::string NameOf(int number) const;
  [[nodiscard]] const std::vector<InFile<TableRow>>& rows() const { return rows_; }

 private:
  void AddRow(const std::string& package, const TableRow& row);

  std::vector<InFile<TableRow>> rows_;
  std::map<std::string, std::map<std::string, NamedNumber>> names_;  // by package, then name
  std::map<int, std::string> by_number_;
  std::map<std::string, NamedNumber> imports_;  // by symbol of the linker
};

}  // namespace libcify::scan
