// Sizes and offsets of Go types, as the gc compiler has them. Private to the room.
//
// In: the text of a tree for one port. Out: a type as a GoRecord. The rules are cmd/compile/internal/types/size.go's, which
// go/types repeats (gcsizes.go); go_sizer_test compares every structure of the packages that call a system with go/types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/port.h"
#include "model/source.h"
#include "scan/go_constant.h"
#include "scan/go_packages.h"

namespace libcify::scan {

class GoSizer {
 public:
  GoSizer(const SourceTree& tree, const Port& port);

  // A type as a file writes it: "Stat_t", "syscall.Timespec", "[2]int32". Fails with the place of what is not understood
  // (type parameters), or is nowhere declared.
  [[nodiscard]] Result<GoRecord> Lay(std::size_t file, std::string_view type);
  // Names of the types that a package declares at file level as structures, sorted.
  [[nodiscard]] std::vector<std::string> StructuresOf(const std::string& package);

 private:
  struct Leaf {
    CField field;
    Span place;
  };
  struct Laid {
    std::int64_t size = 0;
    std::int64_t align = 1;
    std::vector<Leaf> leaves;
    bool is_structure = false;
    std::string name;  // "syscall.Stat_t" where it has one
    Span span;
  };

  // The type at a token, which is stepped over.
  Result<Laid> Type(const GoSource& source, std::size_t& at);
  Result<Laid> Array(const GoSource& source, std::size_t& at);
  Result<Laid> Structure(const GoSource& source, std::size_t& at);
  Result<Laid> Named(const GoSource& source, std::size_t& at);
  Result<Laid> Declared(const std::string& package, const std::string& name, const GoSource& source, std::size_t at);
  // The same where only its end matters.
  void Skip(const GoSource& source, std::size_t& at) const;
  [[nodiscard]] static bool HasPlainResult(const GoSource& source, std::size_t& at);
  // Whether a field begins with its type: it is embedded.
  [[nodiscard]] static bool IsEmbedded(const GoSource& source, std::size_t at);

  [[nodiscard]] Laid Scalar(CTypeKind kind, int bits, bool is_signed, int align_bits = 0) const;
  [[nodiscard]] Laid Words(const std::vector<std::pair<std::string, CTypeKind>>& parts) const;
  [[nodiscard]] Laid Pointer(CTypeKind kind = CTypeKind::kPointer) const { return Scalar(kind, word_bits_, false); }
  static void Put(Laid& structure, const std::string& name, const Laid& field, const Span& place);

  GoPackages packages_;
  int word_bits_;  // of Go's memory
  int max_align_;  // bytes
  GoConstants constants_;
  std::map<std::string, Result<Laid>> known_;  // by name with package
  int depth_ = 0;
};

}  // namespace libcify::scan
