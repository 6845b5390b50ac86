// A libc function behind machine words, for ports whose C ABI wants ints extended: riscv64, loong64, ppc64, s390x, mips64.
// There a callee may use the whole register of an int argument (RISC-V psABI, "Integer Calling Convention"; 64-bit ELF V2
// ABI for Power, 2.2.3.1; s390x ELF ABI, "Parameter Passing"; MIPSpro N32/N64 ABI handbook, 2), and Go's words are not
// extended in this way.
//
// In: the address of a libc function and the kind of its result, both while compiling; words at run time. Out: the kernel's
// answer. Each word is converted by the parameter's real type and the function is called by its prototype, so the compiler
// extends, and sets up a variadic call. The words behind the named parameters of a variadic function go as unsigned long.
#pragma once

#include "libcify/dispatch.h"
#include "libcify/entry.h"

// __nonnull and the like on a function are lost when it is a template argument; nothing here depends on them.
#pragma GCC diagnostic ignored "-Wignored-attributes"

namespace libcify {
namespace {

template <unsigned... I>
struct Indexes {};
template <unsigned n, unsigned... I>
struct Count : Count<n - 1, n - 1, I...> {};
template <unsigned... I>
struct Count<0, I...> {
  using Type = Indexes<I...>;
};

#if defined(__linux__)
constexpr unsigned kMostWords = 6;
#define LIBCIFY_ARGUMENT_WORDS a1, a2, a3, a4, a5, a6
#else
constexpr unsigned kMostWords = 8;
#define LIBCIFY_ARGUMENT_WORDS a1, a2, a3, a4, a5, a6, a7, a8
#endif

// One conversion for integers, enumerations and pointers; function-style casts do not take pointer types.
template <class T>
inline T FromWord(unsigned long word) {
  static_assert(sizeof(T) <= sizeof(word), "an argument of two words is no typed shim's: it needs an adapter");
  return (T)word;
}

template <class R, class... A, unsigned... I>
inline unsigned long Invoke(R (*function)(A...), [[maybe_unused]] const unsigned long* words, Indexes<I...>) {
  static_assert(sizeof...(A) <= kMostWords, "the assembly hands over fewer words");
  if constexpr (__is_same(R, void)) {
    function(FromWord<A>(words[I])...);
    return 0;
  } else {
    return (unsigned long)function(FromWord<A>(words[I])...);
  }
}
template <class R, class... A, unsigned... I, unsigned... J>
inline unsigned long InvokeVariadic(R (*function)(A..., ...), const unsigned long* words, Indexes<I...>, Indexes<J...>) {
  return (unsigned long)function(FromWord<A>(words[I])..., words[sizeof...(A) + J]...);
}

template <class R, class... A>
inline unsigned long InvokeAny(R (*function)(A...), const unsigned long* words) {
  return Invoke(function, words, typename Count<sizeof...(A)>::Type());
}
template <class R, class... A>
inline unsigned long InvokeAny(R (*function)(A..., ...), const unsigned long* words) {
  return InvokeVariadic(function, words, typename Count<sizeof...(A)>::Type(),
                        typename Count<kMostWords - sizeof...(A)>::Type());
}

// The table holds this. Its kind is LibcifyOwnKind(kind).
template <auto function, unsigned long kind>
long Shim(LIBCIFY_PARAMETERS) {
  const unsigned long words[] = {LIBCIFY_ARGUMENT_WORDS};
  return KernelAnswer(InvokeAny(function, words), kind);
}

}  // namespace
}  // namespace libcify
