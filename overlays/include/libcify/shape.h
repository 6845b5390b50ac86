// The shape of a C function: its result and parameters as one letter each, compared while the program is compiled.
//
// In: the address of a function as the user's own headers declare it, and the string that libcify wrote down when it proved
// the binding. Out: whether they agree. So arity, widths, signs and variadics are proved once more at the user's site. The
// letters are those of Binding::shape: v void, p pointer, c/C 8 bits, h/H 16, i/u 32, l/L 64 (signed/unsigned), "." for "…".
#pragma once

#include "libcify/entry.h"

namespace libcify {

// '?' agrees with no shape: floating point, and records that are passed by value.
template <class T, bool is_enum = __is_enum(T)>
struct Letter {
  static constexpr char value = '?';
};
template <class T>
struct Letter<T, true> {
  static constexpr char value = Letter<__underlying_type(T)>::value;
};
template <>
struct Letter<void> {
  static constexpr char value = 'v';
};
template <class T>
struct Letter<T*> {
  static constexpr char value = 'p';
};

template <class T>
constexpr char IntegerLetter() {
  constexpr bool is_signed = static_cast<T>(-1) < static_cast<T>(0);
  switch (sizeof(T)) {
    case 1:
      return is_signed ? 'c' : 'C';
    case 2:
      return is_signed ? 'h' : 'H';
    case 4:
      return is_signed ? 'i' : 'u';
    case 8:
      return is_signed ? 'l' : 'L';
    default:
      return '?';
  }
}

#define LIBCIFY_INTEGER(type)                            \
  template <>                                            \
  struct Letter<type> {                                  \
    static constexpr char value = IntegerLetter<type>(); \
  };
LIBCIFY_INTEGER(char)
LIBCIFY_INTEGER(signed char)
LIBCIFY_INTEGER(unsigned char)
LIBCIFY_INTEGER(short)
LIBCIFY_INTEGER(unsigned short)
LIBCIFY_INTEGER(int)
LIBCIFY_INTEGER(unsigned int)
LIBCIFY_INTEGER(long)
LIBCIFY_INTEGER(unsigned long)
LIBCIFY_INTEGER(long long)
LIBCIFY_INTEGER(unsigned long long)
#undef LIBCIFY_INTEGER
template <>
struct Letter<bool> {
  static constexpr char value = 'C';
};

constexpr bool SameText(const char* one, const char* other) {
  while (*one != '\0' && *one == *other) {
    ++one;
    ++other;
  }
  return *one == *other;
}

// A noexcept function (glibc's __THROW) converts to these pointers as well.
template <class R, class... A>
constexpr bool HasShape(R (*)(A...), const char* shape) {
  const char actual[] = {Letter<R>::value, '=', Letter<A>::value..., '\0'};
  return SameText(actual, shape);
}
template <class R, class... A>
constexpr bool HasShape(R (*)(A..., ...), const char* shape) {
  const char actual[] = {Letter<R>::value, '=', Letter<A>::value..., '.', '\0'};
  return SameText(actual, shape);
}

// Whether a result of that letter can be read by that kind of entry. A void result only where nothing comes back (_exit).
constexpr bool KindFits(const char* shape, unsigned long kind) {
  const char result = shape[0];
  switch (kind) {
    case kLibcifyWord:
      return (result == 'l' && sizeof(long) == 8) || result == 'p';
    case kLibcifyInt:
      return result == 'i';
    case kLibcifyKernel:
      return ((result == 'l' || result == 'L') && sizeof(long) == 8) || result == 'v';
    case kLibcifyUnsignedInt:
      return result == 'i' || result == 'u';
    default:
      return false;
  }
}

}  // namespace libcify
