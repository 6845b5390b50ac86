// What the bridge does with an entry, in C++: calls its function and makes the kernel's answer of the result.
//
// In: an entry, machine words and the number. Out: the kernel's answer. errno of the thread may be changed (entry.h).
#pragma once

#include "libcify/entry.h"
#include "libcify/fallback.h"

namespace libcify {

// What the bridge makes of a result, by the entry's kind. On Linux errors are read from errno; on the BSDs libcify_dispatch
// does that, because there an error is no value.
[[maybe_unused]] static inline long KernelAnswer(unsigned long result, unsigned long kind) {
  switch (kind) {
    case kLibcifyKernel:
      return static_cast<long>(result);
    case kLibcifyUnsignedInt:
      return static_cast<long>(static_cast<unsigned int>(result));
    case kLibcifyInt:
      result = static_cast<unsigned long>(static_cast<long>(static_cast<int>(result)));
      break;
    default:
      break;
  }
#if defined(__linux__)
  return result == ~0UL ? libcify_errno_neg() : static_cast<long>(result);
#else
  return static_cast<long>(result);
#endif
}

// Calls an entry as the bridge does: the words in the registers of the C ABI, the number behind them. The function may be
// variadic and may take less. The pointer type says "variadic" for amd64, where such a call sets AL (System V ABI, 3.5.7);
// for the integer words here, variadic and named parameters lie in the same registers on every Linux ABI. clang's sanitizers
// must not mind: the type is not the function's, on purpose.
#if defined(__clang__)
#define LIBCIFY_ANY_FUNCTION __attribute__((unused, no_sanitize("function", "cfi-icall")))
#else
#define LIBCIFY_ANY_FUNCTION __attribute__((unused))
#endif
LIBCIFY_ANY_FUNCTION static inline long CallEntry(const LibcifyEntry& entry, LIBCIFY_PARAMETERS) {
  using Words = unsigned long (*)(unsigned long, ...);
  const unsigned long kind = entry.kind;
  return KernelAnswer(reinterpret_cast<Words>(entry.function)(LIBCIFY_WORDS), kind);
}

}  // namespace libcify
