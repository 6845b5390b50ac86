// Runs the eight scenarios (scenarios.h) in every mode of libcify/closure.h, quietly, under a storm of signals whose handler
// calls closures, and, where the processor can step, with such a signal after every instruction.
//
// Prints a line for what is wrong, then "N of M good", and exits 0 when all is. LIBCIFY_CLOSURE_WRONG makes it fail: see
// closure_entry.h (1), closure.h (2).
#if defined(__linux__)
#include <sys/time.h>
#include <ucontext.h>
#endif
#if __has_include(<execinfo.h>)  // musl has none
#include <execinfo.h>
#define BACKTRACE 1
#endif
#include <stdio.h>
#include <string.h>

#include "keeps.h"
#include "scenarios.h"
#include "second.h"

long (*volatile in_handler)(long);
volatile long handled, handled_badly;

namespace {
using namespace scenarios;  // NOLINT

int good, all;
#ifdef BACKTRACE
void* frames[64];
#endif
void Check(const char* mode, const char* what, long got, long want) {
  all++;
  good += got == want;
  if (got != want) printf("%s: %s: got %ld, want %ld\n", mode, what, got, want);
}

struct Row {
  const char* name;
  long (*run)();
  long want;
};
template <class Mode>
struct Table {
  static constexpr Row kRows[] = {
      {"anonymous closure", &Scenarios<Mode>::Anonymous, 42},
      {"method value", &Scenarios<Mode>::MethodValue, 25},
      {"interface method value", &Scenarios<Mode>::InterfaceMethodValue, 36},
      {"defer", &Scenarios<Mode>::Defer, 12},
      {"go statement", &Scenarios<Mode>::Go, 11},
      {"nested closures", &Scenarios<Mode>::NestedClosures, 123},
      {"global function", &Scenarios<Mode>::Global, 55},
      {"closure as parameter", &Scenarios<Mode>::Parameter, 66},
      {"words", &Scenarios<Mode>::Words, 1},
      {"pool", &Scenarios<Mode>::Pool, 77},
      {"pressure", &Scenarios<Mode>::Pressure, 1},
  };
};

// One closure with one captured variable: what is stepped through, and what must keep its register.
template <class Mode>
long One() {
  long x = 80;
  auto add = Make<Mode, long(long)>([x](long y) { return x + y; });
  auto closure = add.closure();
  asm volatile("" : "+m"(closure));  // a call by pointer, whatever the compiler sees
  return closure(8);
}
template <class Mode>
void OneAlone() {
  One<Mode>();
}

#ifdef BACKTRACE
// Debuggers and tracebacks: the frames of a caller are found from inside a closure. Gives how many of them are.
template <class Mode>
[[gnu::noinline]] long Unwound(void* const* callers, int count) {
  void* here[64];
  int depth = 0;
  auto look = Make<Mode, long(long)>([&](long y) {
    depth = backtrace(here, 64);
    return y;
  });
  long same = look.closure()(0);
  // The innermost of the caller's frames has moved on since it was looked at.
  while (same < count - 1 && depth > same && here[depth - 1 - same] == callers[count - 1 - same]) same++;
  return same;
}
#endif

#ifndef SIGNALS
template <class Mode>
void Signals(const char*) {}
#else
void Handle(int) {
  handled = handled + 1;
  if (in_handler(handled) != 1) handled_badly = handled_badly + 1;
}

// A signal every 50 microseconds, or as often as the system can.
void Storm(bool begin) {
  const itimerval often{{0, begin ? 50 : 0}, {0, begin ? 50 : 0}};
  setitimer(ITIMER_REAL, &often, nullptr);
}

#if defined(__x86_64__) || defined(__i386__)
// The trap flag of the interrupted code: SIGUSR2 sets and clears it, SIGTRAP comes after each instruction in between. The
// kernel clears it while a handler runs.
volatile bool stepping;
void Step(int signal, siginfo_t*, void* context) {
  auto& flags = static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_EFL];
  if (signal == SIGTRAP) Handle(signal);
  flags = stepping ? flags | 0x100 : flags & ~0x100L;
}
template <class Mode>
void Steps(const char* mode) {
  const long before = handled;
  stepping = true;
  raise(SIGUSR2);
  const long got = One<Mode>();
  stepping = false;
  raise(SIGUSR2);
  Check(mode, "a signal after every instruction", got, 88);
  Check(mode, "instructions were stepped", handled - before > 20, 1);
}
void PrepareSteps() {
  struct sigaction action = {};
  action.sa_sigaction = Step;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGUSR2, &action, nullptr);
  sigaction(SIGTRAP, &action, nullptr);
}
#else
template <class Mode>
void Steps(const char*) {}
void PrepareSteps() {}
#endif

template <class Mode>
void Signals(const char* mode) {
  const long before = handled;
  Storm(true);
  long bad = 0;
  int rounds = 0;
  for (; rounds < 20000 || (handled - before < 10 && rounds < 1000000); rounds++) {
    bad += One<Mode>() != 88;
  }
  Storm(false);
  Check(mode, "calls under a storm of signals", bad, 0);
  Check(mode, "signals came", handled > before, 1);
  Steps<Mode>(mode);
  Check(mode, "calls in handlers", handled_badly, 0);
  handled_badly = 0;
}
#endif

template <class Mode>
void RunAll(const char* mode) {
  in_handler = &InHandler<Mode>;
  for (const Row& row : Table<Mode>::kRows) Check(mode, row.name, row.run(), row.want);
  long x = 3;
  auto add = Make<Mode, long(long)>([&x](long y) { return x + y; });
  Check(mode, "a closure called in another file", CallElsewhere(add.closure()), 45);
#ifdef BACKTRACE
  const int count = backtrace(frames, 64);
  const long found = Unwound<Mode>(frames, count);
  // AddressSanitizer's own backtrace has a frame more.
  Check(mode, "the caller's frames are found from inside", found >= 2 && found >= count - 2, 1);
#endif
  Signals<Mode>(mode);
}
}  // namespace

int main() {
  setvbuf(stdout, nullptr, _IONBF, 0);
#ifdef SIGNALS
  struct sigaction action = {};
  action.sa_handler = Handle;
  action.sa_flags = SA_RESTART;
  sigaction(SIGUSR1, &action, nullptr);
  sigaction(SIGALRM, &action, nullptr);
  PrepareSteps();
#endif
  RunAll<Stub>("stub");
  RunAll<Register>("register");
  RunAll<Gc>("gc");
  RunAll<Llgo>("llgo");
  RunAll<Variable>("variable");
#ifdef KEPT_REGISTER
  Check("register", "the context's register is kept", libcify_keeps_register(&OneAlone<Register>), 1);
#endif
#ifdef KEPT_GC
  Check("gc", "the context's register is kept", libcify_keeps_gc(&OneAlone<Gc>), 1);
#endif
#ifdef KEPT_LLGO
  Check("llgo", "the context's register is kept", libcify_keeps_llgo(&OneAlone<Llgo>), 1);
#endif
  printf("%d of %d good\n", good, all);
  return good == all ? 0 : 1;
}
