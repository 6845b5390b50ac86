// Declarations of Go files, parsed and queried, each once: ports have the same ones in files of their own
// (zsyscall_linux_arm64.go, zsyscall_linux_riscv64.go). Private to the room.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gosrc/go_file.h"
#include "scan/compiled_rules.h"

namespace libcify::scan {

class ParsedDeclarations {
 public:
  struct Found {
    QueryMatch match;  // ranges count from the start of the declaration
    std::string func;  // the function around it
  };
  struct Parsed {
    bool good = false;                                // else it does not parse by itself: a cut may be wrong
    std::map<std::size_t, std::vector<Found>> found;  // by prefilter
  };

  explicit ParsedDeclarations(const CompiledRules& rules) : rules_(rules) {}
  // The number of a declaration, one line or more; its text must outlive this.
  std::size_t Add(std::string_view text);
  // It will be asked the queries of a prefilter's rules.
  void Ask(std::size_t declaration, std::size_t prefilter) { all_[declaration].parsed.found.try_emplace(prefilter); }
  // Fills in what the declarations hold.
  void Parse(int jobs);
  [[nodiscard]] const Parsed& operator[](std::size_t declaration) const { return all_[declaration].parsed; }

 private:
  struct One {
    std::string_view text;
    Parsed parsed;
  };

  const CompiledRules& rules_;
  std::vector<One> all_;
  std::unordered_map<std::string_view, std::size_t> known_;  // by text
};

}  // namespace libcify::scan
