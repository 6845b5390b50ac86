// What runs a Go closure from C on a Unix: a thread's start and a signal's handler.
//
// In: a mode of libcify/closure.h and a func value in two words, as its compiler has it: code and context. Out, in namespace
// libcify::callbacks:
//
//   StartThread<Mode>(code, context)            a detached thread that runs func(); 0 or an error number
//   HandleSignal<Mode>(signal, code, context)   func(signal, info, context) for a signal; null code: the system's default
//
// Ownership. What a handler refers to is kept for ever (one that was replaced may be running still), what a thread refers to
// until it begins to run. With LLGo's collector, bdw-gc, both are roots of it, and it knows the threads; a program without
// it has plain ones.
#pragma once

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "libcify/closure.h"

namespace libcify::callbacks {
using closure::Closure;

extern "C" {
__attribute__((weak)) int GC_pthread_create(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
__attribute__((weak)) void* GC_malloc_uncollectable(size_t);
__attribute__((weak)) void GC_free(void*);
}

// A func value where the collector sees it.
template <class Mode, class F>
Closure<Mode, F>* Kept(void* code, void* context) {
  using Value = Closure<Mode, F>;
  void* const place = GC_malloc_uncollectable != nullptr ? GC_malloc_uncollectable(sizeof(Value)) : malloc(sizeof(Value));
  if (place != nullptr) *static_cast<Value*>(place) = Value::From(code, context);
  return static_cast<Value*>(place);
}
inline void Free(void* kept) { GC_malloc_uncollectable != nullptr ? GC_free(kept) : free(kept); }

template <class Mode>
void* RunThread(void* kept) {
  const Closure<Mode, void()> closure = *static_cast<Closure<Mode, void()>*>(kept);
  Free(kept);
  closure();
  return nullptr;
}

template <class Mode>
int StartThread(void* code, void* context) {
  void* const kept = Kept<Mode, void()>(code, context);
  if (kept == nullptr) return ENOMEM;
  pthread_attr_t detached;
  int error = pthread_attr_init(&detached);
  if (error == 0) error = pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  if (error == 0) {
    error = (GC_pthread_create != nullptr ? GC_pthread_create : pthread_create)(&thread, &detached, &RunThread<Mode>, kept);
  }
  pthread_attr_destroy(&detached);
  if (error != 0) Free(kept);
  return error;
}

template <class Mode>
using Handler = Closure<Mode, void(int, void*, void*)>;
template <class Mode>
inline Handler<Mode>* handlers[NSIG];

template <class Mode>
void Handle(int signal, siginfo_t* info, void* context) {
  const int error = errno;
  (*__atomic_load_n(&handlers<Mode>[signal], __ATOMIC_ACQUIRE))(signal, info, context);
  errno = error;
}

template <class Mode>
int HandleSignal(int signal, void* code, void* context) {
  struct sigaction action = {};
  sigemptyset(&action.sa_mask);
  action.sa_handler = SIG_DFL;
  if (signal <= 0 || signal >= NSIG) return EINVAL;
  if (code != nullptr) {
    Handler<Mode>* const kept = Kept<Mode, void(int, void*, void*)>(code, context);
    if (kept == nullptr) return ENOMEM;
    __atomic_store_n(&handlers<Mode>[signal], kept, __ATOMIC_RELEASE);
    action.sa_sigaction = &Handle<Mode>;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  }
  return sigaction(signal, &action, nullptr) == 0 ? 0 : errno;
}
}  // namespace libcify::callbacks
