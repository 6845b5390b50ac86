// Pointers of C functions that call a Go closure, for ever: what Go's NewCallback gives to Windows.
//
// In: a mode of libcify/closure.h and a func value in two words, as its compiler has it: code and context. Out:
//
//   libcify::callbacks::NewCallback<Mode>(code, context)   the same function for the same closure; null where there are no
//   more
//
// Ownership. A callback is never given back, as Go has it; what its closure refers to must live as long. The places lie in
// the program's data, where LLGo's collector looks. One file of a program includes this: the places are there whoever needs
// them.
#pragma once

#include <stdint.h>

#include "libcify/closure.h"

namespace libcify::callbacks {
using closure::Closure;
using closure::Pair;

// At least 1024 are promised by Go (syscall.NewCallback); its runtime has 2000.
#define LIBCIFY_CALLBACKS 2000
inline constexpr unsigned kCallbacks = LIBCIFY_CALLBACKS;

// A place is free, being taken, or in use.
inline constexpr unsigned kFree = 0, kTaken = 1, kUsed = 2;
inline unsigned places[kCallbacks];
}  // namespace libcify::callbacks

// Where the context's register is none that a function keeps, a callback is two instructions, whatever its arguments are:
// they stay where they are. amd64 alone so far; elsewhere a callback takes as many words as a closure can.
#if defined(__x86_64__) && !defined(__ILP32__)
#define LIBCIFY_CALLBACK_THUNKS 1
#if defined(__CET__)
#define LIBCIFY_CALLBACK_BYTES 32
#define LIBCIFY_CALLBACK_LANDING "endbr64\n"
#else
#define LIBCIFY_CALLBACK_BYTES 16
#define LIBCIFY_CALLBACK_LANDING ""
#endif
extern "C" {
__attribute__((used, visibility("hidden"))) inline libcify::closure::Pair libcify_callback_values[LIBCIFY_CALLBACKS];
extern const char libcify_callback_thunks[] __attribute__((visibility("hidden")));
}
#define LIBCIFY_CALLBACK_VALUE LIBCIFY_CLOSURE_NAME("libcify_callback_values") "+16*libcify_callback"
#define LIBCIFY_CALLBACK_ALIGN ".balign " LIBCIFY_CLOSURE_STRING(LIBCIFY_CALLBACK_BYTES) "\n"
asm(".text\n" LIBCIFY_CALLBACK_ALIGN ".globl " LIBCIFY_CLOSURE_NAME("libcify_callback_thunks") "\n"
    LIBCIFY_CLOSURE_NAME("libcify_callback_thunks") ":\n"
    ".set libcify_callback,0\n.rept " LIBCIFY_CLOSURE_STRING(LIBCIFY_CALLBACKS) "\n"
    LIBCIFY_CALLBACK_ALIGN LIBCIFY_CALLBACK_LANDING
    "mov " LIBCIFY_CALLBACK_VALUE "+8(%rip),%r10\njmp *" LIBCIFY_CALLBACK_VALUE "(%rip)\n"
    ".set libcify_callback,libcify_callback+1\n.endr\n");
#endif

namespace libcify::callbacks {

#if LIBCIFY_CALLBACK_THUNKS
// The thunk of a closure; null where all are taken.
inline void* ThunkOf(const Pair& value) {
  for (unsigned i = 0; i < kCallbacks; i++) {
    unsigned place = kFree;
    Pair& at = libcify_callback_values[i];
    if (__atomic_compare_exchange_n(&places[i], &place, kTaken, false, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)) {
      at = value;
      __atomic_store_n(&places[i], kUsed, __ATOMIC_RELEASE);
      place = kUsed;
    }
    if (place == kUsed && at.code == value.code && at.context == value.context) {
      return const_cast<char*>(libcify_callback_thunks + i * LIBCIFY_CALLBACK_BYTES);
    }
  }
  return nullptr;
}
#endif

template <class Mode, class... Words>
void* CallbackOfWords(const Closure<Mode, uintptr_t(Words...)>& closure) {
  if constexpr (sizeof...(Words) < LIBCIFY_CLOSURE_WORDS) {
    return CallbackOfWords<Mode, uintptr_t, Words...>(Closure<Mode, uintptr_t(uintptr_t, Words...)>(closure.value()));
  } else {
    return reinterpret_cast<void*>(closure::Callbacks<Mode, uintptr_t(Words...), 64>::Take(closure).Keep());
  }
}

template <class Mode>
void* NewCallback(void* code, void* context) {
#if LIBCIFY_CALLBACK_THUNKS
  if constexpr (__is_same(Mode, closure::Llgo)) return ThunkOf({code, context});
#endif
  return CallbackOfWords<Mode>(Closure<Mode, uintptr_t()>::From(code, context));
}

}  // namespace libcify::callbacks
