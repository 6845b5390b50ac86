// Closures of Go's compilers in C++: called, made, and turned into pointers of C functions, in every way in which their
// context travels.
//
// In: a mode, and a function type R(A...): integers, enumerations and pointers of at most a machine word, as many as
// closure_entry.h has functions for, float and double where they have registers of their own, and a scalar or small result.
// Out, in namespace libcify::closure:
//
//   Closure<Mode, R(A...)>                    a func value as the compiler of that mode keeps it: call it, ask for its code
//   Capture<Mode, R(A...)>(callable)          an Environment: what a C++ callable needs to be a closure; owns the callable
//   Closure<Mode, R(A...)>::Of<function>()    a C++ function as a closure, without a context
//   Callbacks<Mode, R(A...), count>::Take(c)  a Callback: a pointer of a plain C function that calls the closure c
//
//   mode       func value                          the context travels as
//   Stub       {code, context}                     the first argument, also where there is none
//   Register   {code, context}                     a register, by the list of closure_entry.h
//   Gc         pointer to {code, captured…}        a register, by the list of closure_entry.h; the context is the pointer
//   Llgo       {code, context}                     a register, by the list of closure_entry.h; where LLGo has none it is the
//                                                  first argument, but none for a function without a context, which is null
//   Variable   {code, context}                     __llgo_closure_ctx, a variable of the thread
//
// Where closure_entry.h has no register for Register and Gc, they use the variable (wasm, Register on arm).
//
// Gc is for representation and for entries: code of the ordinary Go compiler has Go's own calling convention and wants a
// goroutine's stack, so C++ reaches a closure that it made through cgo (docs/closures.md), never by a call from here.
//
// Ownership. An Environment owns its callable and must stay where it is, alive, as long as any copy of its closure may be
// called; Go's collector knows nothing of it. A Closure is a view. A Callback owns its place in the pool and gives it back;
// the closure behind it is the caller's as before. Nothing here allocates, and no memory is made executable: a pool has as
// many functions as were compiled in.
//
// Signals and threads. Calls, Take and a Callback's end need no lock and may happen in signal handlers. A register is the
// thread's own and the kernel keeps it over a handler. The variable is what a handler that calls closures could spoil
// between a caller's write and the callee's read: so each call puts back what it found. (A library that is loaded at run
// time may have to allocate its thread-local variables when they are first used: touch it once before a handler does.)
//
// LIBCIFY_CLOSURE_WRONG=2 is for the tests: a call does not put the variable back.
#pragma once

#include "libcify/closure_entry.h"

// C's name, so that the entry of one language finds what the caller of another wrote. Without threads a plain variable.
extern "C" {
#if defined(__wasm__) && !defined(_REENTRANT)
inline void* volatile __llgo_closure_ctx = nullptr;
#else
inline thread_local void* volatile __llgo_closure_ctx = nullptr;
#endif
}

namespace libcify::closure {

enum class Carrier { kRegister, kVariable, kParameter, kParameterIfAny };

struct Stub {
  static constexpr Carrier kCarrier = Carrier::kParameter;
};
struct Register {
  static constexpr Carrier kCarrier = LIBCIFY_CLOSURE_REGISTER ? Carrier::kRegister : Carrier::kVariable;
};
struct Gc {
  static constexpr Carrier kCarrier = LIBCIFY_CLOSURE_GC ? Carrier::kRegister : Carrier::kVariable;
};
struct Llgo {
  static constexpr Carrier kCarrier = LIBCIFY_CLOSURE_LLGO ? Carrier::kRegister : Carrier::kParameterIfAny;
};
struct Variable {
  static constexpr Carrier kCarrier = Carrier::kVariable;
};

// How a function of a carrier is called, and its body with the context: behind the words, on 386 in EAX.
template <class R, class... A>
struct WithPointer {
#if defined(__i386__)
  typedef R (*Type)(const void*, A...) __attribute__((regparm(1)));
#else
  using Type = R (*)(A..., const void*);
#endif
};

// Assembly<Mode, n>: the functions of closure_entry.h for n words.
template <class Mode, unsigned n>
struct Assembly;
#define LIBCIFY_CLOSURE_ASSEMBLY(Mode, mode, n)                                 \
  template <>                                                                   \
  struct Assembly<Mode, n> {                                                    \
    static void* Call() { return (void*)&libcify_closure_call_##mode##_##n; }   \
    static void* Enter() { return (void*)&libcify_closure_enter_##mode##_##n; } \
  }
#if LIBCIFY_CLOSURE_WORDS == 7
#define LIBCIFY_CLOSURE_ASSEMBLY_MORE(Mode, mode) \
  LIBCIFY_CLOSURE_ASSEMBLY(Mode, mode, 4);        \
  LIBCIFY_CLOSURE_ASSEMBLY(Mode, mode, 5);        \
  LIBCIFY_CLOSURE_ASSEMBLY(Mode, mode, 6);        \
  LIBCIFY_CLOSURE_ASSEMBLY(Mode, mode, 7)
#elif LIBCIFY_CLOSURE_WORDS == 5
#define LIBCIFY_CLOSURE_ASSEMBLY_MORE(Mode, mode) \
  LIBCIFY_CLOSURE_ASSEMBLY(Mode, mode, 4);        \
  LIBCIFY_CLOSURE_ASSEMBLY(Mode, mode, 5)
#else
#define LIBCIFY_CLOSURE_ASSEMBLY_MORE(Mode, mode)
#endif
#define LIBCIFY_CLOSURE_ASSEMBLIES(Mode, mode) \
  LIBCIFY_CLOSURE_ASSEMBLY(Mode, mode, 0);     \
  LIBCIFY_CLOSURE_ASSEMBLY(Mode, mode, 1);     \
  LIBCIFY_CLOSURE_ASSEMBLY(Mode, mode, 2);     \
  LIBCIFY_CLOSURE_ASSEMBLY(Mode, mode, 3);     \
  LIBCIFY_CLOSURE_ASSEMBLY_MORE(Mode, mode)
#if LIBCIFY_CLOSURE_REGISTER
LIBCIFY_CLOSURE_ASSEMBLIES(Register, register);
#endif
#if LIBCIFY_CLOSURE_GC && LIBCIFY_CLOSURE_GC_WORDS == LIBCIFY_CLOSURE_WORDS
LIBCIFY_CLOSURE_ASSEMBLIES(Gc, gc);
#elif LIBCIFY_CLOSURE_GC  // two, on amd64
LIBCIFY_CLOSURE_ASSEMBLY(Gc, gc, 0);
LIBCIFY_CLOSURE_ASSEMBLY(Gc, gc, 1);
LIBCIFY_CLOSURE_ASSEMBLY(Gc, gc, 2);
#endif
#if LIBCIFY_CLOSURE_LLGO
LIBCIFY_CLOSURE_ASSEMBLIES(Llgo, llgo);
#endif

template <class T>
inline constexpr bool kIsScalar = !__is_class(T) && !__is_union(T) && sizeof(T) <= 8;
template <>
inline constexpr bool kIsScalar<void> = true;
// An argument that takes one general register everywhere.
template <class T>
inline constexpr bool kIsWord = kIsScalar<T> && sizeof(T) <= sizeof(void*);
template <>
inline constexpr bool kIsWord<float> = false;
template <>
inline constexpr bool kIsWord<double> = false;

template <class T>
inline constexpr bool kIsFloat = __is_same(T, float) || __is_same(T, double);
// How many of the general registers arguments take.
template <class... A>
inline constexpr unsigned kWords = ((kIsFloat<A> ? 0 : 1) + ... + 0);

// A result: a scalar, and a structure where no register of the arguments says its place.
template <class Mode, class R>
inline constexpr bool kCanReturn =
    kIsScalar<R> || ((__is_class(R) || __is_union(R)) && __is_trivially_copyable(R) &&
                     (Mode::kCarrier != Carrier::kRegister || sizeof(R) <= LIBCIFY_CLOSURE_RESULT));
template <class Mode>
inline constexpr bool kCanReturn<Mode, void> = true;

template <class Mode, class... A>
constexpr bool CanTravel() {
  static_assert(((kIsWord<A> || kIsFloat<A>) && ...),
                "arguments are integers, enumerations, pointers of one machine word, float or double");
  if constexpr (Mode::kCarrier == Carrier::kRegister) {
    static_assert(sizeof...(A) - kWords<A...> <= LIBCIFY_CLOSURE_FLOATS,
                  "floating point does not travel here in registers of its own, or there are not so many");
    static_assert(kWords<A...> <= LIBCIFY_CLOSURE_WORDS, "closure_entry.h has no function for so many words");
    static_assert(!__is_same(Mode, Gc) || kWords<A...> <= LIBCIFY_CLOSURE_GC_WORDS,
                  "the context's register is one of the arguments in C: Go's ABI has other registers for these");
  }
  return true;
}

// The context in the variable while it is alive; then what was there before.
class InVariable {
 public:
  explicit InVariable(void* context) : before_(__llgo_closure_ctx) { __llgo_closure_ctx = context; }
  InVariable(const InVariable&) = delete;
  InVariable& operator=(const InVariable&) = delete;
#if LIBCIFY_CLOSURE_WRONG == 2
  ~InVariable() {}
#else
  ~InVariable() { __llgo_closure_ctx = before_; }
#endif

 private:
  void* before_;
};

// A func value. Every mode has the members code() and context(); Value is what a compiler stores, byte for byte.
struct Pair {
  void* code;
  void* context;
};
template <class Mode>
struct Representation {
  using Value = Pair;
  static void* Code(const Value& value) { return value.code; }
  static void* Context(const Value& value) { return value.context; }
};
template <>
struct Representation<Gc> {
  using Value = void* const*;
  static void* Code(Value value) { return value[0]; }
  static void* Context(Value value) { return const_cast<void**>(value); }
};

template <class Mode, class F>
class Closure;

template <class Mode, class R, class... A>
class Closure<Mode, R(A...)> {
  static_assert(kCanReturn<Mode, R> && CanTravel<Mode, A...>());
  using Kind = Representation<Mode>;

 public:
  using Value = typename Kind::Value;

  Closure() = default;
  explicit Closure(Value value) : value_(value) {}
  // Of what code() and context() gave.
  static Closure From(void* code, void* context) {
    if constexpr (__is_same(Mode, Gc)) {
      return Closure(static_cast<Value>(context));
    } else {
      return Closure(Value{code, context});
    }
  }

  // A function as a closure. Only a Stub needs a function in between: it alone changes signatures.
  template <R (*function)(A...)>
  static Closure Of() {
    if constexpr (__is_same(Mode, Gc)) {
      static void* const value[] = {(void*)function};
      return Closure(value);
    } else if constexpr (Mode::kCarrier == Carrier::kParameter) {
      return Closure(Value{(void*)&WithoutContext<function>, nullptr});
    } else {
      return Closure(Value{(void*)function, nullptr});
    }
  }

  R operator()(A... words) const {
    if constexpr (Mode::kCarrier == Carrier::kRegister) {
      return CallByRegister(words...);
    } else if constexpr (Mode::kCarrier == Carrier::kVariable) {
      const InVariable here(context());
      return reinterpret_cast<R (*)(A...)>(code())(words...);
    } else {
      if (Mode::kCarrier == Carrier::kParameterIfAny && context() == nullptr) {
        return reinterpret_cast<R (*)(A...)>(code())(words...);
      }
      return reinterpret_cast<R (*)(void*, A...)>(code())(context(), words...);
    }
  }

  // The address of the machine code: what Go's FuncPCABI0 and reflect's Pointer give for a func value. On ppc64 (ELFv2) it
  // is the global entry point. Never the address of the func value itself.
  void* code() const { return Kind::Code(value_); }
  void* context() const { return Kind::Context(value_); }
  const Value& value() const { return value_; }

 private:
  template <R (*function)(A...)>
  static R WithoutContext(void*, A... words) {
    return function(words...);
  }

  R CallByRegister(A... words) const {
    void* const call = Assembly<Mode, kWords<A...>>::Call();
    const void* closure = &value_;
    if constexpr (__is_same(Mode, Gc)) closure = value_;
#if defined(__i386__)
    return reinterpret_cast<typename WithPointer<R, A...>::Type>(call)(closure, words...);
#else
    return reinterpret_cast<typename WithPointer<R, A...>::Type>(call)(words..., closure);
#endif
  }

  Value value_;
};

// The captured variables of a C++ closure, as C++ has them: in a callable. What stands before it is what the entry reads:
// for Gc the code, and where a register carries the context the body that the assembly calls. (A compiler knows its entries'
// bodies; these entries serve all.) Closures of other compilers have nothing of the kind, and nothing here looks for it in
// them.
template <class Mode, class F, class Callable>
class Environment;

template <class Mode, class R, class... A, class Callable>
class Environment<Mode, R(A...), Callable> {
  static_assert(kCanReturn<Mode, R> && CanTravel<Mode, A...>());

 public:
  explicit Environment(Callable callable) : head_{}, callable_(static_cast<Callable&&>(callable)) {
    void** next = head_;
    if constexpr (__is_same(Mode, Gc)) *next++ = Code();
    if constexpr (Mode::kCarrier == Carrier::kRegister) *next = (void*)&Body;
  }
  // With the code of somebody else: an entry in Go, which gets the context and comes back by Of.
  Environment(Callable callable, void* code) : Environment(static_cast<Callable&&>(callable)) {
    static_assert(__is_same(Mode, Gc), "in other modes the code is not in the environment");
    head_[0] = code;
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  // The environment of a closure that an object of this very type gave.
  static Environment& Of(const Closure<Mode, R(A...)>& closure) { return *static_cast<Environment*>(closure.context()); }
  R Run(A... words) { return callable_(words...); }
  Callable& callable() { return callable_; }

  Closure<Mode, R(A...)> closure() {
    if constexpr (__is_same(Mode, Gc)) {
      return Closure<Mode, R(A...)>(head_);
    } else {
      return Closure<Mode, R(A...)>(Pair{Code(), this});
    }
  }

 private:
  static R RunOf(const void* self, A... words) { return static_cast<Environment*>(const_cast<void*>(self))->Run(words...); }
  static R ByParameter(void* self, A... words) { return RunOf(self, words...); }
  static R ByVariable(A... words) {
    void* const self = __llgo_closure_ctx;
    return RunOf(self, words...);
  }
#if defined(__i386__)
  __attribute__((regparm(1))) static R Body(const void* self, A... words) { return RunOf(self, words...); }
#else
  static R Body(A... words, const void* self) { return RunOf(self, words...); }
#endif
  static void* Code() {
    if constexpr (Mode::kCarrier == Carrier::kRegister) {
      return Assembly<Mode, kWords<A...>>::Enter();
    } else if constexpr (Mode::kCarrier == Carrier::kVariable) {
      return (void*)&ByVariable;
    } else {
      return (void*)&ByParameter;
    }
  }

  // First: the entries look for it at the context.
  void* head_[2];
  Callable callable_;
};

// auto add = Capture<Mode, long(long)>([x](long y) { return x + y; });   add.closure()(2)
template <class Mode, class F, class Callable>
Environment<Mode, F, Callable> Capture(Callable callable) {
  return Environment<Mode, F, Callable>(static_cast<Callable&&>(callable));
}

// A place in the pool and its C function. (A word says whether it is taken: RISC-V has no exchange of a byte.) Whoever holds
// it sees to it that nobody calls the function any more when it goes.
template <class F>
class Callback {
 public:
  Callback() = default;
  Callback(F* function, unsigned* taken) : function_(function), taken_(taken) {}
  Callback(Callback&& other) : function_(other.function_), taken_(other.taken_) { other.function_ = nullptr; }
  Callback& operator=(Callback&& other) {
    F* const function = other.function_;
    unsigned* const taken = other.taken_;
    other.function_ = nullptr;
    Release();
    function_ = function;
    taken_ = taken;
    return *this;
  }
  ~Callback() { Release(); }

  F* get() const { return function_; }  // null: the pool was empty
  explicit operator bool() const { return function_ != nullptr; }
  F* Keep() {  // for ever
    F* const function = function_;
    function_ = nullptr;
    return function;
  }
  void Release() {
    if (function_ != nullptr) __atomic_store_n(taken_, 0, __ATOMIC_RELEASE);
    function_ = nullptr;
  }

 private:
  F* function_ = nullptr;
  unsigned* taken_ = nullptr;
};

template <class Mode, class F, unsigned count = 16>
class Callbacks;

template <class Mode, class R, class... A, unsigned count>
class Callbacks<Mode, R(A...), count> {
 public:
  // The closure is copied, its context is not: it must outlive the callback.
  static Callback<R(A...)> Take(Closure<Mode, R(A...)> closure) { return TakeFrom<0>(closure); }

 private:
  template <unsigned i>
  static Callback<R(A...)> TakeFrom(const Closure<Mode, R(A...)>& closure) {
    if constexpr (i == count) {
      return {};
    } else {
      unsigned free = 0;
      if (!__atomic_compare_exchange_n(&taken_[i], &free, 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
        return TakeFrom<i + 1>(closure);
      }
      closures_[i] = closure.value();
      return {&Function<i>, &taken_[i]};
    }
  }
  template <unsigned i>
  static R Function(A... words) {
    if (__atomic_load_n(&taken_[i], __ATOMIC_ACQUIRE) == 0) __builtin_trap();  // called after its end
    return Closure<Mode, R(A...)>(closures_[i])(words...);
  }

  static inline unsigned taken_[count] = {};
  static inline typename Representation<Mode>::Value closures_[count] = {};
};

}  // namespace libcify::closure
