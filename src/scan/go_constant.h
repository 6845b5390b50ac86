// Integer constants of Go: what the length of an array may be. Private to the room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "base/result.h"
#include "scan/go_packages.h"

namespace libcify::scan {

class GoConstants {
 public:
  // `size_of`: unsafe.Sizeof of the type at a token, which it steps over.
  using SizeOf = std::function<Result<std::int64_t>(const GoSource& source, std::size_t& at)>;
  GoConstants(GoPackages& packages, int word_bits, SizeOf size_of)
      : packages_(packages), word_bits_(word_bits), size_of_(std::move(size_of)) {}

  // The value of the expression at a token, which it steps over.
  [[nodiscard]] Result<std::int64_t> Value(const GoSource& source, std::size_t& at);

 private:
  // Two's complement of 64 bits; Go computes untyped ones exactly, but none that is asked for is larger.
  struct Number {
    std::uint64_t value = 0;
    int bits = 0;  // 0: untyped
    bool is_signed = true;
  };

  Result<Number> Binary(const GoSource& source, std::size_t& at, int precedence);
  Result<Number> Unary(const GoSource& source, std::size_t& at);
  Result<Number> Name(const GoSource& source, std::size_t& at);
  static Number Literal(std::string_view text, bool& good);
  static Number Fit(Number number);

  std::map<const GoDeclared*, Number> known_;  // by declaration
  GoPackages& packages_;
  int word_bits_;
  SizeOf size_of_;
  int depth_ = 0;
  int iota_ = -1;  // of the constant whose value is computed
};

}  // namespace libcify::scan
