// C++ on both ends of LLGo's closures (mode Llgo of libcify/closure.h): nothing lies between the two languages.
//
// A func value is {code, env} and comes as two words: as a Go func type an argument of a C function loses its env.
#include <stdlib.h>

#include <new>

#include "libcify/closure.h"

namespace {
using libcify::closure::Callback;
using libcify::closure::Callbacks;
using libcify::closure::Closure;
using libcify::closure::Environment;
using libcify::closure::Llgo;
using libcify::closure::Pair;
using Func = Closure<Llgo, long(long)>;

struct Adder {
  long captured;
  long calls = 0;
  long operator()(long word) { return __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED), captured + word; }
};
using Made = Environment<Llgo, long(long), Adder>;
}  // namespace

extern "C" {
// Go's closures.
void* ShimCode(void* code, void* env) { return Func(Pair{code, env}).code(); }
long ShimCall(void* code, void* env, long word) { return Func(Pair{code, env})(word); }
// The same by the compiler's own means: clang's builtin is LLVM's nest on amd64, 386, arm64 Linux and riscv64.
long ShimCallBuiltin(void* code, void* env, long word) {
  return __builtin_call_with_static_chain(reinterpret_cast<long (*)(long)>(code)(word), env);
}
// As a plain C function: qsort orders by a Go closure.
int ShimSort(void* code, void* env, long* numbers, unsigned long count) {
  using Compare = int(const void*, const void*);
  const auto callback = Callbacks<Llgo, Compare>::Take(Closure<Llgo, Compare>(Pair{code, env}));
  if (callback) qsort(numbers, count, sizeof *numbers, callback.get());
  return callback ? 1 : 0;
}
// C++'s closures for Go.
void ShimMake(long captured, Pair* made) {
  void* const place = malloc(sizeof(Made));
  if (place == nullptr) abort();
  *made = (new (place) Made(Adder{captured}))->closure().value();
}
long ShimCalls(void* code, void* env) { return Made::Of(Func(Pair{code, env})).callable().calls; }
void ShimFree(void* code, void* env) { free(&Made::Of(Func(Pair{code, env}))); }
}
