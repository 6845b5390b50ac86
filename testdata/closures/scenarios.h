// The eight scenarios of LLGo's closure-context document (issue 1497), each as C++ of any mode, with calls in between that
// must not lose a context: another closure, a signal handler that calls a closure, a C function that calls a closure.
//
// In: a mode of libcify/closure.h. Out: Scenarios<Mode>, whose functions return what they computed; scenarios.cc has what it
// must be. Between<Mode>() is called where a closure has its context and has not used it yet, and before its caller returns.
#pragma once

#if defined(_WIN32)
#include <windows.h>
#elif !defined(__wasm__)
#define SIGNALS 1
#include <pthread.h>
#include <signal.h>
#endif
#include <stdlib.h>

#include <new>

#include "libcify/closure.h"

extern "C" long c_between(long (*function)(long), long rounds);

// What the handler of a signal calls; set by the mode under test.
extern long (*volatile in_handler)(long);
extern volatile long handled, handled_badly;

namespace scenarios {
using namespace libcify::closure;  // NOLINT: a test's only namespace

template <class Mode, class F, class Callable>
auto Make(Callable callable) {
  return Capture<Mode, F>(callable);
}

// Called by handlers as well, at any instruction.
template <class Mode>
long Nested(long x) {
  long other = 1000;
  auto inner = Make<Mode, long(long)>([&other](long y) { return other + y; });
  return inner.closure()(x);
}

template <class Mode>
long InHandler(long x) {
  return Nested<Mode>(x) == 1000 + x;
}

template <class Mode>
bool Between() {
  bool good = Nested<Mode>(7) == 1007;
#ifdef SIGNALS
  const long before = handled;
  raise(SIGUSR1);
  good = good && handled == before + 1;
#endif
  long factor = 3;
  auto times = Make<Mode, long(long)>([&factor](long y) { return factor * y; });
  auto callback = Callbacks<Mode, long(long)>::Take(times.closure());
  // 3 ^ 0, 6 ^ 1, 9 ^ 0
  return good && callback && c_between(callback.get(), 3) == 19;
}

struct Object {  // the receiver of a method
  long v;
  long Add(long x) { return v + x; }
};
struct Itab {  // Go's: the methods of an interface stand behind three words (internal/abi, ITab)
  const void* head[3];
  long (*add)(void* data, long x);
};
struct Interface {
  const Itab* itab;
  void* data;
};

template <class Mode>
struct Scenarios {
  template <class F>
  using Func = Closure<Mode, F>;

  // func outer(x int) func(int) int { return func(y int) int { return x + y } }
  static long Anonymous() {
    long x = 40;
    auto add = Make<Mode, long(long)>([x](long y) { return Between<Mode>() ? x + y : -1; });
    const Func<long(long)> f = add.closure();
    const long two = f(2);
    return two == 42 && Between<Mode>() ? f(2) : -1;
  }

  // s := &S{v: 10}; f := s.Add
  static long MethodValue() {
    Object s{10};
    auto bound = Make<Mode, long(long)>([receiver = &s](long x) { return Between<Mode>() ? receiver->Add(x) : -1; });
    s.v = 20;  // the pointer is bound, not the value
    return bound.closure()(5);
  }

  // var a Adder = s; f := a.Add
  static long InterfaceMethodValue() {
    static constexpr Itab itab{{}, [](void* data, long x) { return static_cast<Object*>(data)->Add(x); }};
    Object s{30};
    const Interface a{&itab, &s};
    auto bound = Make<Mode, long(long)>([a](long x) { return Between<Mode>() ? a.itab->add(a.data, x) : -1; });
    return bound.closure()(6);
  }

  // x := 1; defer func() { trace = trace*10 + x }() …: the frame keeps func values, the last runs first.
  static long Defer() {
    static long trace;
    trace = 0;
    {
      struct Frame {
        Func<void()> deferred[2];
        int count = 0;
        ~Frame() {
          while (count > 0) deferred[--count]();
        }
      };
      long x = 1;
      auto first = Make<Mode, void()>([&x] { trace = Between<Mode>() ? trace * 10 + x : -100; });
      auto second = Make<Mode, void()>([x] { trace = Between<Mode>() ? trace * 10 + x : -100; });
      Frame frame;
      frame.deferred[frame.count++] = first.closure();
      frame.deferred[frame.count++] = second.closure();
      x = 2;
    }
    return trace;  // by value 1, then by reference 2
  }

  // go func() { sum += x }(): a thread's entry is a C function; what it gets is the func value.
  static long Go() {
    long sum = 0;
    long x = 11;
    auto body = Make<Mode, void()>([&sum, x] { sum += Between<Mode>() ? x : -1000; });
    Func<void()> f = body.closure();
#if defined(__wasm__)
    Start(&f);
#elif defined(_WIN32)
    const HANDLE thread = CreateThread(nullptr, 0, &StartOfWindows, &f, 0, nullptr);
    if (thread == nullptr || WaitForSingleObject(thread, INFINITE) != WAIT_OBJECT_0) return -1;
    CloseHandle(thread);
#else
    pthread_t threads[2];
    for (pthread_t& thread : threads) {
      if (pthread_create(&thread, nullptr, &Start, &f) != 0) return -1;
      if (pthread_join(thread, nullptr) != 0) return -1;
    }
    sum -= x;
#endif
    return sum;
  }
  static void* Start(void* f) {
    (*static_cast<Func<void()>*>(f))();
    return nullptr;
  }
#if defined(_WIN32)
  static DWORD WINAPI StartOfWindows(void* f) { return Start(f) == nullptr ? 0 : 1; }
#endif

  // func outer(x) func(y) func(z) int { … return x + y + z }: the middle one makes the inner one, on the heap as Go would.
  static long NestedClosures() {
    struct Inner {
      long x, y;
      long operator()(long z) { return Between<Mode>() ? x * 100 + y * 10 + z : -1; }
    };
    using InnerEnvironment = Environment<Mode, long(long), Inner>;
    long x = 1;
    auto middle = Make<Mode, void*(long)>([x](long y) -> void* {
      void* const place = malloc(sizeof(InnerEnvironment));
      return Between<Mode>() ? new (place) InnerEnvironment(Inner{x, y}) : nullptr;
    });
    InnerEnvironment* const inner = static_cast<InnerEnvironment*>(middle.closure()(2));
    if (inner == nullptr) return -1;
    const Func<long(long)> f = inner->closure();
    const long result = Nested<Mode>(0) == 1000 ? f(3) : -1;
    free(inner);
    return result;
  }

  // func add(x, y int) int; var f = add
  static long Add(long x, long y) { return Between<Mode>() ? x + y : -1; }
  static long Global() {
    const auto f = Func<long(long, long)>::template Of<&Add>();
    const bool plain = Mode::kCarrier == Carrier::kParameter || f.code() == (void*)&Add;
    return plain ? f(50, 5) : -1;
  }

  // func apply(f func(int) int, x int) int { return f(x) }
  [[gnu::noinline]] static long Apply(Func<long(long)> f, long x) { return Between<Mode>() ? f(x) : -1; }
  static long Parameter() {
    long x = 60;
    auto add = Make<Mode, long(long)>([x](long y) { return x + y; });
    return Apply(add.closure(), 6);
  }

  // Three words and none, the narrow types, the code of a func value, and two closures with one code.
  static long Words() {
    long at = 1;
    auto none = Make<Mode, int()>([&at] { return int(at); });
    auto two =
        Make<Mode, unsigned char(short, const char*)>([&at](short a, const char* b) { return (unsigned char)(b[-a] + at); });
    auto again = Make<Mode, int()>([&at] { return int(at) + 1; });
    const auto f = none.closure(), g = again.closure();
    bool good = f() == 1 && g() == 2 && two.closure()(-2, "abc") == 'd';
    if constexpr (Mode::kCarrier == Carrier::kRegister) good = good && f.code() == g.code();
    if constexpr (!(__is_same(Mode, Gc) && LIBCIFY_CLOSURE_GC_WORDS < 3)) {
      auto three = Make<Mode, long(long, long, long)>([&at](long a, long b, long c) { return a * 100 + b * 10 + c + at; });
      good = good && three.closure()(1, 2, 3) == 124;
    }
    if constexpr (Mode::kCarrier != Carrier::kRegister || LIBCIFY_CLOSURE_FLOATS > 0) {
      auto floats = Make<Mode, double(double, long, float, double)>([&at](double a, long b, float c, double d) {
        return Between<Mode>() ? a + double(b) * double(c) - d + double(at) : 0;
      });
      auto narrow = Make<Mode, float(float)>([&at](float a) { return a + float(at); });
      good = good && floats.closure()(0.5, 3, 0.25F, 8) == 0.5 + 0.75 - 8 + 1 && narrow.closure()(2.5F) == 3.5F;
      auto callback = Callbacks<Mode, float(float)>::Take(narrow.closure());
      good = good && callback && callback.get()(1.5F) == 2.5F;
    }
    if constexpr (Mode::kCarrier != Carrier::kRegister || LIBCIFY_CLOSURE_RESULT >= 16) {
      struct Both {
        long word;
        double number;
      };
      struct Words {
        long first, second;
      };
      auto both = Make<Mode, Both(long)>([&at](long a) { return Both{Between<Mode>() ? a + at : -1, 0.5}; });
      auto words = Make<Mode, Words(long)>([&at](long a) { return Words{Between<Mode>() ? a : -1, at}; });
      const Both b = both.closure()(7);
      const Words w = words.closure()(8);
      good = good && b.word == 8 && b.number == 0.5 && w.first == 8 && w.second == 1;
    }
    if constexpr (LIBCIFY_CLOSURE_WORDS >= 5 && !(__is_same(Mode, Gc) && LIBCIFY_CLOSURE_GC_WORDS < 5)) {
      auto five = Make<Mode, long(long, long, long, long, long)>([&at](long a, long b, long c, long d, long e) {
        return Between<Mode>() ? a * 10000 + b * 1000 + c * 100 + d * 10 + e + at : -1;
      });
      good = good && five.closure()(1, 2, 3, 4, 5) == 12346;
    }
    return good;
  }

  // A pool gives what it has, takes it back, and says when it is empty.
  static long Pool() {
    using Two = Callbacks<Mode, long(long), 2>;
    long x = 70;
    auto add = Make<Mode, long(long)>([&x](long y) { return x + y; });
    auto first = Two::Take(add.closure());
    long (*function)(long) = nullptr;
    {
      auto second = Two::Take(add.closure());
      function = second.get();
      if (!first || !second || Two::Take(add.closure()) || second.get()(1) != 71) return -1;
    }
    auto third = Two::Take(add.closure());
    return third.get() == function ? third.get()(7) : -1;
  }

  // More values than registers are alive across a call, so that a compiler keeps some in what the call must keep.
  static long Pressure() {
    volatile long seed = 1;
    auto add = Make<Mode, long(long)>([&seed](long y) { return y + seed; });
    const long kept = Values(add.closure());
    return kept == Values([&seed](long y) { return y + seed; });
  }
  template <class F>
  [[gnu::noinline]] static long Values(F function) {
    volatile long start = 1;
    long a = start, b = start + 1, c = start + 2, d = start + 3, e = start + 4, f = start + 5, g = start + 6, h = start + 7;
    long sum = 0;
    for (int round = 0; round < 3; round++) {
      sum += function(a) + a + b + c + d + e + f + g + h;
      a ^= b, b ^= c, c ^= d, d ^= e, e ^= f, f ^= g, g ^= h, h ^= a;
    }
    return sum;
  }
};

}  // namespace scenarios
