// Go types as far as a C call sees them. Private to the room.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gosrc/go_layout.h"
#include "model/facts.h"
#include "model/port.h"
#include "scan/tree.h"

namespace libcify::scan {

class GoTypes {
 public:
  GoTypes(const SourceTree& tree, const Port& port);

  // Class, width and sign of a type as a file of the tree writes it: "uint32", "syscall.Handle", "*uint16"; spelled so, the
  // pointee as the basic type that it stands for. Nothing for types that are no single value of C.
  [[nodiscard]] std::optional<CType> Find(std::size_t file, std::string_view type);

 private:
  // The declaration that a name stands for, followed through names: "type Handle uintptr" gives "uintptr".
  struct Meaning {
    std::size_t file = 0;
    std::string type;
  };
  [[nodiscard]] Meaning Resolve(std::size_t file, std::string type);
  const std::map<std::string, Meaning>& DeclarationsOf(const std::string& package);
  const std::vector<GoImport>& ImportsOf(std::size_t file);

  const SourceTree& tree_;
  int pointer_bits_, word_bits_;
  std::map<std::string, std::map<std::string, Meaning>> declarations_;  // by package, then name
  std::map<std::size_t, std::vector<GoImport>> imports_;                // by file
};

}  // namespace libcify::scan
