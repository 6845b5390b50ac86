// Result and Error: how every room reports what went wrong.
//
// A function that can fail returns Result<T>. It carries either the value or *all* problems found, never only the
// first one, so that one run of libcify shows a person everything there is to mend. Nothing throws across a room's
// border; a throwing library is caught in one wrapper in the room that owns it.
#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace libcify {

// A place in a text. `file` is as it should be shown to a person (a path, or "rules/x.json"); `line` and `column` start
// at 1, in bytes; 0 means that the place is the whole file (or, with an empty file, nowhere in particular).
struct Span {
  std::string file;
  int line = 0;
  int column = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

// What caused an error decides the exit code of the command: findings are 1, usage and environment are 2.
enum class ErrorClass { kFinding, kUsage, kEnvironment };

struct Error {
  Span where;
  std::string what;       // what is wrong and what was expected, one line
  std::string rule = {};  // id of the rule that says so, empty if none
  std::string hint = {};  // what to do about it, empty if obvious
  ErrorClass cls = ErrorClass::kFinding;

  friend bool operator==(const Error&, const Error&) = default;
};

using Errors = std::vector<Error>;

template <class T>
using Result = std::expected<T, Errors>;

// `file:line:column: error: what; hint [rule]`, leaving out the parts that are empty.
[[nodiscard]] std::string Format(const Error& error);

// One line per error, each ended by a newline.
[[nodiscard]] std::string Format(const Errors& errors);

// A failed Result of a single error.
[[nodiscard]] inline std::unexpected<Errors> Fail(Error error) {
  Errors errors;
  errors.push_back(std::move(error));
  return std::unexpected<Errors>(std::move(errors));
}
[[nodiscard]] inline std::unexpected<Errors> Fail(Errors errors) { return std::unexpected<Errors>(std::move(errors)); }

// Moves the errors of a failed result behind those already collected.
void Append(Errors& to, Errors from);

}  // namespace libcify
