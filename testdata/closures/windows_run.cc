// Windows calls back closures, by the shim that the llgo dialect adds to package syscall for NewCallback (closures.cpp of
// its output, which is compiled beside this): closures that LLGo made (windows/closures.go), and closures of C++ in its
// mode.
//
// Prints a line for what is wrong, then "N of M good", and exits 0 when all is.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#include "libcify/closure.h"

extern "C" void* libcify_new_callback(void* code, void* context);

namespace {
using libcify::closure::Capture;
using libcify::closure::Llgo;
using libcify::closure::Pair;

struct State {
  uintptr_t sum, calls;
};
int good, all;
void Check(const char* what, bool is) {
  all++;
  good += is;
  if (!is) printf("wrong: %s\n", what);
}
void* CallbackOf(const Pair& value) { return libcify_new_callback(value.code, value.context); }
}  // namespace

// What LLGo compiled, and what it wants of its runtime.
extern "C" {
void MakeLocale(State*, Pair*) asm("main.makeLocale");
void MakeEnum(State*, Pair*) asm("main.makeEnum");
void MakeThread(State*, Pair*) asm("main.makeThread");
void MakeMany(State*, Pair*) asm("main.makeMany");
void MakeFloats(State*, Pair*) asm("main.makeFloats");
void MakePlain(Pair*) asm("main.makePlain");
void* AllocZ(size_t) asm("github.com/xgo-dev/llgo/runtime/internal/runtime.AllocZ");
void* AllocU(size_t) asm("github.com/xgo-dev/llgo/runtime/internal/runtime.AllocU");
void AssertNilDeref(bool) asm("github.com/xgo-dev/llgo/runtime/internal/runtime.AssertNilDeref");
void* AllocZ(size_t size) { return calloc(1, size); }
void* AllocU(size_t size) { return malloc(size); }
void AssertNilDeref(bool) {}
}

namespace {
uintptr_t locales, letters;
BOOL CALLBACK CountLocale(LPWSTR name) {
  locales++;
  letters += *name;
  return TRUE;
}

void Enumerations() {
  EnumSystemLocalesW(&CountLocale, LCID_SUPPORTED);
  Check("Windows knows locales", locales > 10);
  State s{};
  Pair f;
  MakeLocale(&s, &f);
  EnumSystemLocalesW(reinterpret_cast<LOCALE_ENUMPROCW>(CallbackOf(f)), LCID_SUPPORTED);
  Check("EnumSystemLocalesW, LLGo's closure", s.calls == locales && s.sum == letters);

  uintptr_t counted = 0, last = 0;
  auto count = Capture<Llgo, uintptr_t(LPWSTR, DWORD, LPARAM)>([&](LPWSTR, DWORD, LPARAM parameter) -> uintptr_t {
    last = static_cast<uintptr_t>(parameter);
    return ++counted < 5;
  });
  EnumSystemLocalesEx(reinterpret_cast<LOCALE_ENUMPROCEX>(CallbackOf(count.closure().value())), LOCALE_ALL, 77, nullptr);
  Check("EnumSystemLocalesEx, C++'s closure, which ends it", counted == 5 && last == 77);

  State e{1000, 2};
  MakeEnum(&e, &f);
  EnumUILanguagesW(reinterpret_cast<UILANGUAGE_ENUMPROCW>(CallbackOf(f)), 0, 7);
  Check("EnumUILanguagesW, LLGo's closure with its parameter", e.sum == 1007 && e.calls == 3);
}

void Threads() {
  State states[4];
  HANDLE threads[4];
  for (uintptr_t i = 0; i < 4; i++) {
    states[i] = {100 * i, 0};
    Pair f;
    MakeThread(&states[i], &f);
    threads[i] = CreateThread(nullptr, 0, reinterpret_cast<LPTHREAD_START_ROUTINE>(CallbackOf(f)),
                              reinterpret_cast<void*>(i + 1), 0, nullptr);
  }
  for (uintptr_t i = 0; i < 4; i++) {
    DWORD code = 0;
    WaitForSingleObject(threads[i], INFINITE);
    GetExitCodeThread(threads[i], &code);
    Check("CreateThread, LLGo's closure", code == 101 * i + 2 && states[i].sum == 101 * i + 1);
  }
}

void Words() {
  State s{5, 0};
  Pair f, g;
  MakeMany(&s, &f);
  using Many = uintptr_t (*)(uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t,
                             uintptr_t, uintptr_t);
  const auto many = reinterpret_cast<Many>(CallbackOf(f));
  Check("ten words", many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10) == 5 + 385 && s.calls == 1);
  MakeFloats(&s, &f);
  Check("floating point",
        reinterpret_cast<double (*)(double, uintptr_t, float)>(CallbackOf(f))(1.5, 4, 0.25F) == 5 + 6 + 0.25);
  MakePlain(&f);
  Check("a plain function", f.context == nullptr && reinterpret_cast<uintptr_t (*)(uintptr_t)>(CallbackOf(f))(6) == 11);
  MakeMany(&s, &f);
  MakeMany(&s, &g);
  Check("the same closure has the same callback, another one another",
        CallbackOf(f) == CallbackOf(f) && CallbackOf(f) != CallbackOf(g));
  // Go promises 1024; they end some time, with a null pointer.
  State many_states[3000];
  int made = 0;
  for (State& one : many_states) {
    MakeThread(&one, &f);
    one = {static_cast<uintptr_t>(made), 0};
    void* const callback = CallbackOf(f);
    if (callback == nullptr) break;
    if (reinterpret_cast<uintptr_t (*)(uintptr_t)>(callback)(3) != static_cast<uintptr_t>(made) + 4) break;
    made++;
  }
  Check("at least 1024, each its own, and no more than there are", made > 1024 && made < 2000 && CallbackOf(f) == nullptr);
}
}  // namespace

int main() {
  Enumerations();
  Threads();
  Words();
  printf("%d of %d good\n", good, all);
  return good == all ? 0 : 1;
}
