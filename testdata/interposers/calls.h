// The libc functions that the interposers of this folder wrap, as a list: CALL(result, name, parameters, arguments).
//
// A wrapper is defined by the macro WRAP(name, arguments) that the including file defines: it runs before the real function,
// whose address is real_NAME (looked up by a constructor, so that nothing is looked up in a vfork child or a signal
// handler). Variadic functions take the machine words that Go passes. Functions that return twice or never are not in the
// list. The wrappers carry private C names and the libc name as assembler name, so that no libc prototype can clash.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

// musl defines these as macros for the names without 64.
#undef pread64
#undef pwrite64
#undef prlimit64

typedef long word;

#define CALLS(CALL)                                                                                              \
  CALL(int, open, (const char* path, int flags, word mode), (path, flags, mode))                                 \
  CALL(int, openat, (int dir, const char* path, int flags, word mode), (dir, path, flags, mode))                 \
  CALL(int, close, (int fd), (fd))                                                                               \
  CALL(ssize_t, read, (int fd, void* to, size_t n), (fd, to, n))                                                 \
  CALL(ssize_t, write, (int fd, const void* from, size_t n), (fd, from, n))                                      \
  CALL(ssize_t, pread, (int fd, void* to, size_t n, word at), (fd, to, n, at))                                   \
  CALL(ssize_t, pread64, (int fd, void* to, size_t n, word at), (fd, to, n, at))                                 \
  CALL(ssize_t, pwrite64, (int fd, const void* from, size_t n, word at), (fd, from, n, at))                      \
  CALL(word, lseek, (int fd, word at, int whence), (fd, at, whence))                                             \
  CALL(int, fcntl, (int fd, int command, word argument), (fd, command, argument))                                \
  CALL(int, ioctl, (int fd, unsigned long request, word argument), (fd, request, argument))                      \
  CALL(int, fstat, (int fd, void* status), (fd, status))                                                         \
  CALL(int, stat, (const char* path, void* status), (path, status))                                              \
  CALL(int, fstatat, (int dir, const char* path, void* status, int flags), (dir, path, status, flags))           \
  CALL(int, fsync, (int fd), (fd))                                                                               \
  CALL(int, fchmod, (int fd, unsigned mode), (fd, mode))                                                         \
  CALL(int, unlinkat, (int dir, const char* path, int flags), (dir, path, flags))                                \
  CALL(int, pipe2, (int* fds, int flags), (fds, flags))                                                          \
  CALL(int, dup3, (int from, int to, int flags), (from, to, flags))                                              \
  CALL(int, socket, (int family, int type, int protocol), (family, type, protocol))                              \
  CALL(int, connect, (int fd, const void* address, unsigned n), (fd, address, n))                                \
  CALL(int, bind, (int fd, const void* address, unsigned n), (fd, address, n))                                   \
  CALL(int, accept4, (int fd, void* address, void* n, int flags), (fd, address, n, flags))                       \
  CALL(ssize_t, sendto, (int fd, const void* from, size_t n, int flags, const void* address, unsigned length),   \
       (fd, from, n, flags, address, length))                                                                    \
  CALL(ssize_t, recvfrom, (int fd, void* to, size_t n, int flags, void* address, void* length),                  \
       (fd, to, n, flags, address, length))                                                                      \
  CALL(int, epoll_ctl, (int fd, int operation, int other, void* event), (fd, operation, other, event))           \
  CALL(int, epoll_pwait, (int fd, void* events, int n, int wait, const void* mask), (fd, events, n, wait, mask)) \
  CALL(int, epoll_wait, (int fd, void* events, int n, int wait), (fd, events, n, wait))                          \
  CALL(int, execve, (const char* path, char* const* argv, char* const* envp), (path, argv, envp))                \
  CALL(int, kill, (int pid, int number), (pid, number))                                                          \
  CALL(int, tgkill, (int pid, int tid, int number), (pid, tid, number))                                          \
  CALL(int, getpid, (void), ())                                                                                  \
  CALL(int, getppid, (void), ())                                                                                 \
  CALL(int, getuid, (void), ())                                                                                  \
  CALL(int, setpgid, (int pid, int group), (pid, group))                                                         \
  CALL(int, sigaction, (int number, const void* action, void* old), (number, action, old))                       \
  CALL(int, pthread_sigmask, (int how, const void* set, void* old), (how, set, old))                             \
  CALL(int, sigaltstack, (const void* stack, void* old), (stack, old))                                           \
  CALL(int, clock_gettime, (int id, void* time), (id, time))                                                     \
  CALL(int, nanosleep, (const void* time, void* rest), (time, rest))                                             \
  CALL(int, sched_yield, (void), ())                                                                             \
  CALL(void*, mmap, (void* at, size_t n, int protection, int flags, int fd, word offset),                        \
       (at, n, protection, flags, fd, offset))                                                                   \
  CALL(int, munmap, (void* at, size_t n), (at, n))                                                               \
  CALL(int, madvise, (void* at, size_t n, int advice), (at, n, advice))                                          \
  CALL(int, setitimer, (int which, const void* value, void* old), (which, value, old))                           \
  CALL(int, prlimit64, (int pid, int resource, const void* value, void* old), (pid, resource, value, old))       \
  CALL(word, syscall, (word number, word a, word b, word c, word d, word e, word f), (number, a, b, c, d, e, f))

#define INDEX_OF(result, name, parameters, arguments) index_##name,
enum { CALLS(INDEX_OF) call_count };

// Without a prototype: some of them are variadic, and a caller of those may owe them room for their arguments on the stack
// (64-Bit ELF V2 ABI for Power, 2.2.3.3: whoever calls without a prototype makes that room, too).
#define DECLARE_REAL(result, name, parameters, arguments) static result (*real_##name)();
CALLS(DECLARE_REAL)

#define LOOK_UP(result, name, parameters, arguments) real_##name = (result (*)())(uintptr_t)dlsym(RTLD_NEXT, #name);
static void look_up_all(void) { CALLS(LOOK_UP) }

// What runs after the real function, given whether its result says failure. pthread_sigmask returns the error instead.
#ifndef AFTER
#define AFTER(failed)
#endif

// A call may come before the constructor (other libraries' constructors): then it looks up by itself.
#define WRAPPER(result, name, parameters, arguments)   \
  extern result wrap_##name parameters __asm__(#name); \
  result wrap_##name parameters {                      \
    if (!real_##name) look_up_all();                   \
    WRAP(name, arguments)                              \
    result given = real_##name arguments;              \
    AFTER((word)given == -1)                           \
    return given;                                      \
  }
