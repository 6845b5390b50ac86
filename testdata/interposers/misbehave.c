// LD_PRELOAD library: functions of libc misbehave as a table says, from the moment at which the program asks for it.
//
// In:  MISBEHAVE=RULE[,RULE…], where RULE is FUNCTION:WHAT[:when=FIRST[..LAST][+STEP]] in the words of strace's -e inject.
//      FUNCTION  one of calls.h or MORE_CALLS, or syscall/NUMBER for what goes by libc's syscall()
//      WHAT      error=N               instead of the call: -1 and errno N; N itself from the functions of pthreads
//                retval=N              instead of the call: the result N
//                delay_enter=N         in front of it: N microseconds
//                short=N               at most N bytes are asked for
//                fault abort overflow  a write to address 8, abort(), recursion without an end
//      when      which calls, counted from 1, in each thread by itself; all where it is missing
//      MISBEHAVE_REPORT=FILE  where getpgid(-102) writes how many calls misbehaved: a test must see that there were some
// Out: misbehaviour between getpgid(-101) and getpgid(-102), which fail with ESRCH in any case.
// Always: what this does to a function of libc, strace does to the system call of a stock program, by the same words. A rule
// that cannot be read, or whose function is not wrapped, ends the process with exit code 99.
#include <errno.h>
#include <stddef.h>

// For the wrappers of functions that have no such parameter.
static size_t n;
static const long number;

#define WRAP(name, arguments)                                                          \
  const struct Rule* rule = armed ? due(#name, (unsigned long)number) : NULL;          \
  if (rule && misbehave(rule)) return (__typeof__(wrap_##name arguments))answer(rule); \
  if (rule && rule->what == kShort && (size_t)n > rule->amount) n = (__typeof__(n))rule->amount;

enum What { kError, kValue, kDelay, kShort, kFault, kAbort, kOverflow };
struct Rule {
  char function[24];
  unsigned long number;  // of syscall/NUMBER
  enum What what;
  unsigned long amount, first, last, step;
};
static volatile int armed;
static const struct Rule* due(const char* name, unsigned long number_of_call);
static int misbehave(const struct Rule* rule);
static long answer(const struct Rule* rule);

#define look_up_all look_up_listed
#include "calls.h"
#undef look_up_all

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define MORE_CALLS(CALL)                                                                                   \
  CALL(int, eventfd, (unsigned value, int flags), (value, flags))                                          \
  CALL(int, epoll_create1, (int flags), (flags))                                                           \
  CALL(ssize_t, getrandom, (void* to, size_t n, unsigned flags), (to, n, flags))                           \
  CALL(ssize_t, getdents64, (int fd, void* to, size_t n), (fd, to, n))                                     \
  CALL(ssize_t, copy_file_range, (int from, void* at, int to, void* there, size_t n, unsigned flags),      \
       (from, at, to, there, n, flags))                                                                    \
  CALL(ssize_t, splice, (int from, void* at, int to, void* there, size_t n, unsigned flags),               \
       (from, at, to, there, n, flags))                                                                    \
  CALL(int, wait4, (int pid, void* status, int options, void* usage), (pid, status, options, usage))       \
  CALL(int, waitid, (int kind, int id, void* info, int options), (kind, id, info, options))                \
  CALL(int, sigprocmask, (int how, const void* set, void* old), (how, set, old))                           \
  CALL(int, pthread_create, (void* thread, const void* attributes, void* (*start)(void*), void* argument), \
       (thread, attributes, start, argument))

MORE_CALLS(DECLARE_REAL)
static void look_up_all(void) {
  look_up_listed();
  MORE_CALLS(LOOK_UP)
}

enum { kRules = 8 };
static struct Rule rules[kRules];
static int rule_count;
static unsigned long misbehaved;
// Not the dynamic model, which may allocate in a signal handler.
static __thread unsigned long made[kRules] __attribute__((tls_model("initial-exec")));

CALLS(WRAPPER)
MORE_CALLS(WRAPPER)

// The rule that this call falls under. Each rule counts for itself.
static const struct Rule* due(const char* name, unsigned long number_of_call) {
  for (int i = 0; i < rule_count; i++) {
    const struct Rule* rule = &rules[i];
    if (strcmp(rule->function, name) != 0 || (rule->number && rule->number != number_of_call)) continue;
    const unsigned long call = ++made[i];
    if (call < rule->first || call > rule->last || (call - rule->first) % rule->step != 0) continue;
    __atomic_fetch_add(&misbehaved, 1, __ATOMIC_RELAXED);
    return rule;
  }
  return NULL;
}

static volatile int deepest = -1;  // never reached; compilers object to recursion without an end
static __attribute__((noinline)) int overflow(int depth) {
  volatile char page[4096];
  page[0] = (char)depth;
  return depth == deepest ? 0 : overflow(depth + 1) + page[0];
}

// Whether the call is not to be made.
static int misbehave(const struct Rule* rule) {
  switch (rule->what) {
    case kDelay: {
      const struct {
        long seconds, nanoseconds;
      } time = {rule->amount / 1000000, rule->amount % 1000000 * 1000};
      real_nanosleep(&time, NULL);
      return 0;
    }
    case kShort:
      return 0;
    case kFault:
      *(volatile int*)8 = 1;
      return 1;
    case kAbort:
      abort();
    case kOverflow:
      return overflow(0);
    default:
      return 1;
  }
}

static long answer(const struct Rule* rule) {
  if (rule->what == kValue || strncmp(rule->function, "pthread_", 8) == 0) return (long)rule->amount;
  errno = (int)rule->amount;
  return -1;
}

static void report(void) {
  const char* path = getenv("MISBEHAVE_REPORT");
  char line[40];
  if (!path || !*path) return;
  int fd = real_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  int length = snprintf(line, sizeof line, "misbehaved %lu\n", misbehaved);
  if (fd < 0 || real_write(fd, line, (size_t)length) != length) abort();
  real_close(fd);
}

int getpgid(int pid) {
  static int (*real)(int);
  if (!real) *(void**)&real = dlsym(RTLD_NEXT, "getpgid");
  if (pid == -101) armed = 1;
  if (pid == -102 && armed) {
    armed = 0;
    report();
  }
  return real(pid);
}

static _Noreturn void refuse(const char* text, const char* why) {
  dprintf(2, "misbehave: %s: %s\n", text, why);
  _exit(99);
}

static int is_wrapped(const char* function) {
#define NAME_OF(result, name, parameters, arguments) #name,
  static const char* const names[] = {CALLS(NAME_OF) MORE_CALLS(NAME_OF)};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i], function) == 0) return 1;
  return 0;
}

static void read_rule(const char* text, struct Rule* rule) {
  static const char* const words[] = {"error", "retval", "delay_enter", "short", "fault", "abort", "overflow"};
  char what[24] = "", when[48] = "";
  sscanf(text, "%23[^:]:%23[^:]:when=%47s", rule->function, what, when);
  sscanf(rule->function, "%*[^/]/%lu", &rule->number);
  rule->function[strcspn(rule->function, "/")] = 0;
  if (!is_wrapped(rule->function)) refuse(text, "no such function is wrapped");
  char* equals = strchr(what, '=');
  if (equals) *equals = 0;
  int known = -1;
  for (int i = 0; i <= kOverflow; i++)
    if (strcmp(words[i], what) == 0) known = i;
  if (known < 0 || (known < kFault) != (equals != NULL)) refuse(text, "what?");
  rule->what = (enum What)known;
  rule->amount = equals ? strtoul(equals + 1, NULL, 10) : 0;
  rule->first = 1;
  rule->last = (unsigned long)-1;
  rule->step = 1;
  char* end = when;
  if (!*when) return;
  rule->first = rule->last = strtoul(end, &end, 10);
  if (strncmp(end, "..", 2) == 0) rule->last = strtoul(end + 2, &end, 10);
  if (*end == '+') {
    if (rule->last == rule->first) rule->last = (unsigned long)-1;
    if (*++end) rule->step = strtoul(end, &end, 10);
  }
  if (*end || rule->first == 0 || rule->step == 0) refuse(text, "when?");
}

__attribute__((constructor)) static void start(void) {
  look_up_all();
  const char* text = getenv("MISBEHAVE");
  char copy[1024], *rest = NULL;
  if (!text || snprintf(copy, sizeof copy, "%s", text) >= (int)sizeof copy)
    refuse(text ? text : "", "no MISBEHAVE, or too long");
  for (char* one = strtok_r(copy, ",", &rest); one; one = strtok_r(NULL, ",", &rest)) {
    if (rule_count == kRules) refuse(text, "too many rules");
    read_rule(one, &rules[rule_count++]);
  }
}
