// A function of a library behind machine words, for any compiler that lives on libc: one extern "C" shim per function.
//
// In: the function as the user's own headers declare it, the shape that libcify proved, how it reports errors and how many
// words the shim takes. Out: `LibcifyAnswer libcify_NAME(words…)`. Each word is converted by the parameter's real type, the
// function is called by its prototype, and its result is extended from its real type; so the compiler proves arity, widths,
// signs and variadics once more and does what the C ABI wants: arguments behind "…" on the stack (Apple's arm64), ints of
// which the upper half means nothing. A shim needs no C++ library, takes no lock and allocates nothing.
#pragma once

#include "libcify/shape.h"
//
#include <errno.h>

// __nonnull and the like on a function are lost when it is a template argument; nothing here depends on them. And a function
// that a system advises against (readdir_r) is called as long as Go calls it.
#pragma GCC diagnostic ignored "-Wignored-attributes"
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

using LibcifyWord = __UINTPTR_TYPE__;

// In registers on every 64-bit ABI. The error is 0 or the error number, and then the result is what the function said.
struct LibcifyAnswer {
  LibcifyWord result;
#if __SIZEOF_POINTER__ == 4
  LibcifyWord high;  // upper half of a 64-bit result
#endif
  LibcifyWord error;
};

// How a function reports errors.
enum class LibcifyErrors {
  kNever,     // it cannot fail
  kMinusOne,  // -1, of an int or a pointer too, and errno
  kValue,     // -1 may be a value: errno tells
  kNull,      // NULL or 0, and errno
  kNonzero,   // a code of its own that is not 0, and errno with some of them
  kReturned,  // the result is the error number
  kTold,      // errno tells, whatever the result is
  kStatus,    // a negative result is the error
};

namespace libcify {
#if defined(_WIN32) && defined(__i386__)
// 386 Windows' convention, in which the callee takes the arguments from the stack, makes types of its own.
template <class R, class... A>
constexpr bool HasShape(R(__stdcall*)(A...), const char* shape) {
  return HasShape(static_cast<R (*)(A...)>(nullptr), shape);
}
#endif

namespace {

template <unsigned... I>
struct Indexes {};
template <unsigned n, unsigned... I>
struct Count : Count<n - 1, n - 1, I...> {};
template <unsigned... I>
struct Count<0, I...> {
  using Type = Indexes<I...>;
};

// arm passes a value of two words from an even one on (AAPCS32, 6.5); Go's calls have a word of padding there.
#if defined(__arm__)
constexpr bool kAlignedPairs = true;
#else
constexpr bool kAlignedPairs = false;
#endif

// The word in which parameter `index` begins; index sizeof...(A): how many words there are.
template <class... A>
constexpr unsigned BeginOf(unsigned index) {
  const unsigned sizes[] = {sizeof(A)..., 0};
  unsigned word = 0;
  for (unsigned i = 0; i <= index; ++i) {
    const bool pair = sizes[i] > sizeof(LibcifyWord);
    if (pair && kAlignedPairs) word += word % 2;
    if (i < index) word += pair ? 2 : 1;
  }
  return word;
}

// One conversion for integers, enumerations and pointers; function-style casts do not take pointer types.
template <class T>
inline T FromWords(const LibcifyWord* words) {
  static_assert(sizeof(T) <= 2 * sizeof(LibcifyWord), "libcify: an argument of more than two words");
  if constexpr (__is_union(T)) {  // of Windows, passed as the number that it holds
    T value;
    __builtin_memcpy(&value, words, sizeof value);
    return value;
  } else if constexpr (sizeof(T) <= sizeof(LibcifyWord)) {
    return (T)words[0];
  } else {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (T)(words[0] | (unsigned long long)words[1] << 32);
#else
    return (T)(words[1] | (unsigned long long)words[0] << 32);
#endif
  }
}

template <unsigned count, class R, class... A, unsigned... I>
inline R CallByWords(R (*function)(A...), [[maybe_unused]] const LibcifyWord* words, Indexes<I...>) {
  static_assert(BeginOf<A...>(sizeof...(A)) == count, "libcify: the function takes another number of words");
  return function(FromWords<A>(words + BeginOf<A...>(I))...);
}
template <class R, class... A, unsigned... I, unsigned... J>
inline R CallVariadic(R (*function)(A..., ...), const LibcifyWord* words, Indexes<I...>, Indexes<J...>) {
  return function(FromWords<A>(words + BeginOf<A...>(I))..., words[BeginOf<A...>(sizeof...(A)) + J]...);
}

template <unsigned count, class R, class... A>
inline R Call(R (*function)(A...), const LibcifyWord* words) {
  return CallByWords<count>(function, words, typename Count<sizeof...(A)>::Type());
}
template <unsigned count, class R, class... A>
inline R Call(R (*function)(A..., ...), const LibcifyWord* words) {
  constexpr unsigned kNamed = BeginOf<A...>(sizeof...(A));
  static_assert(kNamed < count, "libcify: there are no words for the function's …");
  return CallVariadic(function, words, typename Count<sizeof...(A)>::Type(), typename Count<count - kNamed>::Type());
}

template <LibcifyErrors errors, class R>
inline bool Failed(R result) {
  if constexpr (errors == LibcifyErrors::kMinusOne || errors == LibcifyErrors::kValue) {
    return result == (R)-1;
  } else if constexpr (errors == LibcifyErrors::kNull) {
    return result == (R)0;
  } else if constexpr (errors == LibcifyErrors::kStatus) {
    return result < (R)0;
  } else if constexpr (errors == LibcifyErrors::kTold) {
    return true;
  } else {
    return errors != LibcifyErrors::kNever && result != (R)0;
  }
}

// The error number of the calling thread.
#ifdef _WIN32
[[maybe_unused]] inline LibcifyWord ErrorNumber() { return GetLastError(); }
[[maybe_unused]] inline void ClearErrorNumber() { SetLastError(0); }
#else
[[maybe_unused]] inline LibcifyWord ErrorNumber() { return (LibcifyWord)errno; }
[[maybe_unused]] inline void ClearErrorNumber() { errno = 0; }
#endif

// The cast extends the result by its own type's sign, whatever the register had above it.
template <LibcifyErrors errors, class R>
inline LibcifyAnswer AnswerOf(R result) {
  LibcifyAnswer answer{};
  answer.result = (LibcifyWord)result;
#if __SIZEOF_POINTER__ == 4
  if constexpr (sizeof(R) > sizeof(LibcifyWord)) answer.high = (LibcifyWord)((unsigned long long)result >> 32);
#endif
  if (Failed<errors>(result)) {
    constexpr bool kIsError = errors == LibcifyErrors::kReturned || errors == LibcifyErrors::kStatus;
    if constexpr (kIsError) {
      answer.error = sizeof(R) == 4 ? (LibcifyWord)(unsigned)result : (LibcifyWord)result;
    } else {
      answer.error = ErrorNumber();
    }
  }
  return answer;
}

template <class R>
struct ResultOf;
template <class R, class... A>
struct ResultOf<R (*)(A...)> {
  using Type = R;
};
template <class R, class... A>
struct ResultOf<R (*)(A..., ...)> {
  using Type = R;
};
// A noexcept function is another type; this overload set takes it for what it is without.
template <class R, class... A>
R (*Plain(R (*function)(A...)))(A...);
template <class R, class... A>
R (*Plain(R (*function)(A..., ...)))(A..., ...);

#if defined(_WIN32) && defined(__i386__)
// See HasShape above.
template <unsigned count, class R, class... A, unsigned... I>
inline R CallByWords(R(__stdcall* function)(A...), [[maybe_unused]] const LibcifyWord* words, Indexes<I...>) {
  static_assert(BeginOf<A...>(sizeof...(A)) == count, "libcify: the function takes another number of words");
  return function(FromWords<A>(words + BeginOf<A...>(I))...);
}
template <unsigned count, class R, class... A>
inline R Call(R(__stdcall* function)(A...), const LibcifyWord* words) {
  return CallByWords<count>(function, words, typename Count<sizeof...(A)>::Type());
}
template <class R, class... A>
R (*Plain(R(__stdcall* function)(A...)))(A...);
#endif

template <auto function, LibcifyErrors errors, unsigned count>
inline LibcifyAnswer CallLibrary(const LibcifyWord* words) {
  using R = typename ResultOf<decltype(Plain(function))>::Type;
  constexpr bool kCleared =
      errors == LibcifyErrors::kValue || errors == LibcifyErrors::kNonzero || errors == LibcifyErrors::kTold;
  if constexpr (kCleared) ClearErrorNumber();
  if constexpr (__is_same(R, void)) {
    static_assert(errors == LibcifyErrors::kNever, "libcify: nothing comes back that could say an error");
    Call<count>(function, words);
    return {};
  } else {
    return AnswerOf<errors>(Call<count>(function, words));
  }
}

}  // namespace
}  // namespace libcify

#define LIBCIFY_PARAMETERS_0
#define LIBCIFY_PARAMETERS_1 LibcifyWord a1
#define LIBCIFY_PARAMETERS_2 LIBCIFY_PARAMETERS_1, LibcifyWord a2
#define LIBCIFY_PARAMETERS_3 LIBCIFY_PARAMETERS_2, LibcifyWord a3
#define LIBCIFY_PARAMETERS_4 LIBCIFY_PARAMETERS_3, LibcifyWord a4
#define LIBCIFY_PARAMETERS_5 LIBCIFY_PARAMETERS_4, LibcifyWord a5
#define LIBCIFY_PARAMETERS_6 LIBCIFY_PARAMETERS_5, LibcifyWord a6
#define LIBCIFY_PARAMETERS_7 LIBCIFY_PARAMETERS_6, LibcifyWord a7
#define LIBCIFY_PARAMETERS_8 LIBCIFY_PARAMETERS_7, LibcifyWord a8
#define LIBCIFY_PARAMETERS_9 LIBCIFY_PARAMETERS_8, LibcifyWord a9
#define LIBCIFY_PARAMETERS_10 LIBCIFY_PARAMETERS_9, LibcifyWord a10
#define LIBCIFY_PARAMETERS_11 LIBCIFY_PARAMETERS_10, LibcifyWord a11
#define LIBCIFY_PARAMETERS_12 LIBCIFY_PARAMETERS_11, LibcifyWord a12
#define LIBCIFY_ARGUMENTS_0
#define LIBCIFY_ARGUMENTS_1 a1,
#define LIBCIFY_ARGUMENTS_2 LIBCIFY_ARGUMENTS_1 a2,
#define LIBCIFY_ARGUMENTS_3 LIBCIFY_ARGUMENTS_2 a3,
#define LIBCIFY_ARGUMENTS_4 LIBCIFY_ARGUMENTS_3 a4,
#define LIBCIFY_ARGUMENTS_5 LIBCIFY_ARGUMENTS_4 a5,
#define LIBCIFY_ARGUMENTS_6 LIBCIFY_ARGUMENTS_5 a6,
#define LIBCIFY_ARGUMENTS_7 LIBCIFY_ARGUMENTS_6 a7,
#define LIBCIFY_ARGUMENTS_8 LIBCIFY_ARGUMENTS_7 a8,
#define LIBCIFY_ARGUMENTS_9 LIBCIFY_ARGUMENTS_8 a9,
#define LIBCIFY_ARGUMENTS_10 LIBCIFY_ARGUMENTS_9 a10,
#define LIBCIFY_ARGUMENTS_11 LIBCIFY_ARGUMENTS_10 a11,
#define LIBCIFY_ARGUMENTS_12 LIBCIFY_ARGUMENTS_11 a12,

// The shim of a function. It does not compile where the headers at hand declare another shape than the one that was proved.
#define LIBCIFY_SHIM(name, shape, errors, count)                                                             \
  static_assert(libcify::HasShape(&::name, shape), "libcify: " #name " has another shape than " shape);      \
  extern "C" __attribute__((visibility("hidden"))) LibcifyAnswer libcify_##name(LIBCIFY_PARAMETERS_##count); \
  LibcifyAnswer libcify_##name(LIBCIFY_PARAMETERS_##count) {                                                 \
    const LibcifyWord words[] = {LIBCIFY_ARGUMENTS_##count 0};                                               \
    return libcify::CallLibrary<&::name, LibcifyErrors::errors, count>(words);                               \
  }
