// A libc function behind machine words, for places where words may not be passed as they are.
//
// In: the address of a libc function and how it fails, both while compiling; six words at run time. Out: the kernel's
// answer. Each word is converted by the parameter's real type and the function is called by name, so the compiler extends
// ints as the ABI wants them (riscv64, mips64, ppc64, s390x) and sets up a variadic call. The words behind the named
// parameters of a variadic function are passed on as unsigned long. errno is kept where the function fails.
#pragma once

#include "libcify/entry.h"
//
#include <errno.h>

// __nonnull and the like on a function are lost when it is a template argument; nothing here depends on them.
#pragma GCC diagnostic ignored "-Wignored-attributes"

namespace libcify {

enum class Failure {
  kErrno,     // -1 (also as a pointer) and errno
  kNull,      // a null pointer and errno
  kReturned,  // the result is the error number
  kNever      // cannot fail
};

namespace {

template <unsigned... I>
struct Indexes {};
template <unsigned n, unsigned... I>
struct Count : Count<n - 1, n - 1, I...> {};
template <unsigned... I>
struct Count<0, I...> {
  using Type = Indexes<I...>;
};

// One conversion for integers, enumerations and pointers; function-style casts do not take pointer types.
template <class T>
inline T FromWord(unsigned long word) {
  return (T)word;
}

template <Failure failure, class R>
struct Answer {
  static long Of(R result) {
    const long value = (long)result;
    switch (failure) {
      case Failure::kErrno:
        return value == -1 ? -static_cast<long>(errno) : value;
      case Failure::kNull:
        return value == 0 ? -static_cast<long>(errno) : value;
      case Failure::kReturned:
        return -value;
      case Failure::kNever:
        return value;
    }
    return value;
  }
};

template <Failure failure, class R, class... A, unsigned... I>
inline long Invoke(R (*function)(A...), const unsigned long* words, Indexes<I...>) {
  static_assert(sizeof...(A) <= 6, "a system call has six arguments at most");
  if constexpr (sizeof...(A) == 0) static_cast<void>(words);
  if constexpr (__is_same(R, void)) {
    function(FromWord<A>(words[I])...);
    return 0;
  } else {
    return Answer<failure, R>::Of(function(FromWord<A>(words[I])...));
  }
}

template <Failure failure, class R, class... A, unsigned... I, unsigned... J>
inline long InvokeVariadic(R (*function)(A..., ...), const unsigned long* words, Indexes<I...>, Indexes<J...>) {
  return Answer<failure, R>::Of(function(FromWord<A>(words[I])..., words[sizeof...(A) + J]...));
}

template <Failure failure, class R, class... A>
inline long Dispatch(R (*function)(A...), const unsigned long* words) {
  return Invoke<failure>(function, words, typename Count<sizeof...(A)>::Type());
}
template <Failure failure, class R, class... A>
inline long Dispatch(R (*function)(A..., ...), const unsigned long* words) {
  return InvokeVariadic<failure>(function, words, typename Count<sizeof...(A)>::Type(),
                                 typename Count<6 - sizeof...(A)>::Type());
}

template <auto function, Failure failure>
long Shim(unsigned long a1, unsigned long a2, unsigned long a3, unsigned long a4, unsigned long a5, unsigned long a6,
          unsigned long) {
  const unsigned long words[] = {a1, a2, a3, a4, a5, a6};
  const int saved = errno;
  const long answer = Dispatch<failure>(function, words);
  if (answer < 0) errno = saved;
  return answer;
}

}  // namespace
}  // namespace libcify

#define LIBCIFY_SHIM(name, failure) (&libcify::Shim<&::name, libcify::Failure::failure>)
