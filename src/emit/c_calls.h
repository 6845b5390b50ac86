// Functions of C as Go text of the llgo dialect: how they are declared, called, and their answers made Go's.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "model/binding.h"
#include "model/target.h"

namespace libcify {

// A name of C as part of a name of Go: "fstatat$INODE64" has a dollar.
[[nodiscard]] std::string Identifier(std::string name);

// "a1, a2, a3"
[[nodiscard]] std::string Words(std::size_t count);
// "a1, a2, a3 uintptr"; "" of none
[[nodiscard]] std::string WordParameters(std::size_t count);

// A C function as Go declares and calls it.
struct CCall {
  std::string name;         // of the Go function that stands for it
  std::string declaration;  // of that
  std::string call;         // of it, with the words a1, a2, …
};

[[nodiscard]] CCall Declare(const std::string& name, const std::string& symbol, const std::string& signature,
                            const std::string& arguments);

// libc's function with its own types. nullopt where a shape has what Go cannot say, or more words than the call gives.
[[nodiscard]] std::optional<CCall> DeclareTyped(const Binding& binding, std::size_t words);

[[nodiscard]] bool IsWindows(const Target& target);

// The function of the hand-written files that makes first result, second result and error number of what libc answers; ""
// for a value that is no error, "?" where there is none. Where the error rule clears the error number before the call, it
// takes libcifyCleared() before the value. On Windows it is one over all types of results, with a pointer as uintptr.
[[nodiscard]] std::string ResultFunction(const Binding& binding, const Target& target);

}  // namespace libcify
