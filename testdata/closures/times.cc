// times MODE COUNT: COUNT calls of a closure that adds its word to what it captured. Prints the nanoseconds of one.
//
// MODE: none, the loop alone; plain, a C function by its pointer; stub, register, gc, llgo, variable; or callback, a C
// function of the pool that calls a Register closure. `closures times` counts the instructions of a call by two runs under
// qemu.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "libcify/closure.h"

namespace {
using namespace libcify::closure;  // NOLINT

volatile long total;

template <class F>
[[gnu::noinline]] void Loop(long count, F f) {
  for (long i = 0; i < count; i++) total = f(i);
}
struct Adder {
  long captured;
  long operator()(long word) { return captured + word; }
};
[[gnu::noinline]] long Plain(long word) { return word + 1; }

template <class Mode>
void Run(long count) {
  auto adder = Capture<Mode, long(long)>(Adder{1});
  Closure<Mode, long(long)> closure = adder.closure();
  asm volatile("" : "+m"(closure));  // made elsewhere, for all that the compiler knows
  Loop(count, closure);
}
void RunMode(const char* mode, long count) {
  if (strcmp(mode, "none") == 0) Loop(count, [](long word) { return word; });
  if (strcmp(mode, "plain") == 0) {
    long (*volatile function)(long) = &Plain;
    Loop(count, function);
  }
  if (strcmp(mode, "callback") == 0) {
    auto adder = Capture<Register, long(long)>(Adder{1});
    auto callback = Callbacks<Register, long(long)>::Take(adder.closure());
    long (*volatile function)(long) = callback.get();
    Loop(count, function);
  }
  if (strcmp(mode, "stub") == 0) Run<Stub>(count);
  if (strcmp(mode, "register") == 0) Run<Register>(count);
  if (strcmp(mode, "gc") == 0) Run<Gc>(count);
  if (strcmp(mode, "llgo") == 0) Run<Llgo>(count);
  if (strcmp(mode, "variable") == 0) Run<Variable>(count);
}
double Now() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return double(now.tv_sec) * 1e9 + double(now.tv_nsec);
}
}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const long count = atol(argv[2]);
  double best = 1e300;
  for (int round = 0; round < (count > 100000 ? 7 : 1); round++) {
    const double begin = Now();
    RunMode(argv[1], count);
    const double took = (Now() - begin) / double(count);
    if (took < best) best = took;
  }
  printf("%.2f\n", best);
}
