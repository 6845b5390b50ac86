// C++ on both ends of the ordinary Go compiler's closures (mode Gc of libcify/closure.h).
//
// Calls go through cgocallback: goCall (main.go) is Go, so the compiler itself sets the context register, on a goroutine's
// stack. What C++ makes has the compiler's layout, its code is the entry of package entry, and its body runs as any C
// function of cgo.
#include "shim.h"

#include <pthread.h>
#include <stdlib.h>

#include <new>

#include "libcify/closure.h"

extern "C" long goCall(uintptr_t funcval, long word);
extern "C" uintptr_t goCallForFunc(uintptr_t funcval, long word);

namespace {
using libcify::closure::Closure;
using libcify::closure::Environment;
using libcify::closure::Gc;

struct Adder {
  long captured;
  long calls = 0;
  long operator()(long word) { return __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED), captured + word; }
};
using Made = Environment<Gc, long(long), Adder>;

Closure<Gc, long(long)> Of(uintptr_t funcval) { return Closure<Gc, long(long)>(reinterpret_cast<void* const*>(funcval)); }

struct Call {
  uintptr_t funcval;
  long word;
};
void* InThread(void* call) {
  auto* const c = static_cast<Call*>(call);
  c->word = goCall(c->funcval, c->word);
  return nullptr;
}
}  // namespace

uintptr_t ShimCode(uintptr_t funcval) { return reinterpret_cast<uintptr_t>(Of(funcval).code()); }
long ShimCall(uintptr_t funcval, long word) { return goCall(funcval, word); }
long ShimCallInThread(uintptr_t funcval, long word) {
  Call call{funcval, word};
  pthread_t thread;
  if (pthread_create(&thread, nullptr, InThread, &call) != 0) return -1;
  pthread_join(thread, nullptr);
  return call.word;
}
long ShimCallNested(uintptr_t funcval, long first, long second) { return goCall(goCallForFunc(funcval, first), second); }

uintptr_t ShimMake(uintptr_t code, long captured) {
  void* const place = malloc(sizeof(Made));
  if (place == nullptr) abort();
  return reinterpret_cast<uintptr_t>((new (place) Made(Adder{captured}, reinterpret_cast<void*>(code)))->closure().value());
}
uintptr_t ShimBody(uintptr_t funcval, uintptr_t word) {
  return static_cast<uintptr_t>(Made::Of(Of(funcval)).Run(static_cast<long>(word)));
}
long ShimCalls(uintptr_t funcval) { return Made::Of(Of(funcval)).callable().calls; }
void ShimFree(uintptr_t funcval) { free(&Made::Of(Of(funcval))); }
