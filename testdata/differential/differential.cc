// Runs every scenario both ways and prints what came of it (differential.h). Exit 0 when all lines could be made: what they
// mean is scripts/test/differential's to judge.
//
//   differential FOLDER [--trace] [--slow] [--hollow] [--swap CALL CALL] [--int CALL] [--naive CALL] [CALL…]
//
// --trace runs all a second time under ptrace and compares the calls that reach the kernel; --slow has a call wait longer for
// what is to interrupt it, so that a machine that is no machine has come to the call by then. The other options break the
// table on purpose: --hollow has, for each scenario in turn, a function in the call's place that answers 0 and does nothing;
// --swap exchanges two rows; --int reads a result as an int; --naive puts libc's function in the place of its adapter.
#include "differential.h"
//
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
//
#include "scenarios_events.h"
#include "scenarios_files.h"
#include "scenarios_ipc.h"
#include "scenarios_memory.h"
#include "scenarios_paths.h"
#include "scenarios_processes.h"
#include "scenarios_signals.h"
#include "scenarios_sockets.h"
#include "scenarios_system.h"
#include "scenarios_time.h"
//
#include "trace.h"

namespace differential {
namespace {

struct Known {
  const char* name;
  unsigned long number;
  const char *how, *shape;  // shape: libc's function (libcify/shape.h), or nothing
};
const Known kCalls[] = {
#define CALL(name, number, how, shape) {#name, number, #how, shape},
#include CALLS
#undef CALL
};

volatile pid_t child_of_alarm = 0;
Run* volatile run_of_alarm = nullptr;

long Hollow(LIBCIFY_PARAMETERS) { return 0; }

// What a child that did not end by itself has left: processes that wait for ever. They have come to this one.
void EndOrphans() {
  char text[1024] = {};
  const int fd = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
  const long got = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
  if (fd >= 0) close(fd);
  for (char* at = text; got > 0 && *at != '\0';) {
    char* end = at;
    const long pid = strtol(at, &end, 10);
    if (pid <= 0 || end == at) break;
    kill(static_cast<pid_t>(pid), SIGKILL);
    at = end;
  }
  while (waitpid(-1, nullptr, WNOHANG) > 0) {
  }
}

// One run in a child. Same parent, same stack, same descriptors: what differs is the way.
void RunOnce(const Scenario& scenario, Way by, bool traced, const char* folder, Run* into) {
  memset(into, 0, sizeof *into);
  MUST(mkdir(folder, 0755));
  fflush(stdout);
  const pid_t child = MUST(fork());
  if (child == 0) {
    MUST(chdir(folder));
    umask(022);
    run = into;
    way = by;
    self = getpid();
    Passing(self);
    if (traced) TraceMe();
    scenario.run();
    _exit(0);
  }
  child_of_alarm = child;
  run_of_alarm = into;
  alarm(10);
  into->status = traced ? Trace(child, scenario.not_made, into) : Wait(child);
  alarm(0);
  EndOrphans();
}

bool Same(const Run& one, const Run& other) {
  return one.used == other.used && memcmp(one.record, other.record, one.used) == 0 && one.status == other.status;
}

void Show(const char* way_name, char kind, const unsigned char* data, unsigned size) {
  long answer = 0;
  if (kind == 'a') {
    memcpy(&answer, data, sizeof answer);
    printf(" %s answers %ld", way_name, answer);
    return;
  }
  printf(" %s has", way_name);
  for (unsigned i = 0; i < size && i < 160; ++i) printf("%s%02x", i % 8 == 0 ? " " : "", data[i]);
}

// The first part that is not the same.
void ShowDifference(const Run& raw, const Run& table) {
  unsigned at = 0, part = 0;
  while (at < raw.used && at < table.used) {
    unsigned size = 0, other_size = 0;
    memcpy(&size, raw.record + at + 1, sizeof size);
    memcpy(&other_size, table.record + at + 1, sizeof other_size);
    if (size != other_size || memcmp(raw.record + at, table.record + at, size + 5) != 0) {
      printf("part %u:", part);
      Show("the kernel", static_cast<char>(raw.record[at]), raw.record + at + 5, size);
      printf(",");
      Show("the table", static_cast<char>(table.record[at]), table.record + at + 5, other_size);
      return;
    }
    at += size + 5;
    ++part;
  }
  printf("after part %u: records of %u and %u bytes, ends %#x and %#x", part, raw.used, table.used,
         static_cast<unsigned>(raw.status), static_cast<unsigned>(table.status));
}

const Scenario* ScenarioOf(const char* call) {
  for (const Scenario* scenario = scenarios; scenario != nullptr; scenario = scenario->next) {
    if (strcmp(scenario->call, call) == 0) return scenario;
  }
  return nullptr;
}

LibcifyEntry& EntryOf(const char* call) {
  for (const Known& known : kCalls) {
    if (strcmp(known.name, call) == 0) return libcify_table[LibcifyIndex(known.number)];
  }
  fprintf(stderr, "differential: no call %s here\n", call);
  exit(2);
}

struct Naive {
  const char* name;
  void* function;
  unsigned long kind;
};
const Naive& NaiveOf(const char* call) {
  static const Naive naives[] = {
      {"getcwd", reinterpret_cast<void*>(&getcwd), kLibcifyWord},
      {"getpriority", reinterpret_cast<void*>(&getpriority), kLibcifyInt},
      {"rt_sigaction", reinterpret_cast<void*>(&sigaction), kLibcifyInt},
      {"sched_getaffinity", reinterpret_cast<void*>(&sched_getaffinity), kLibcifyInt},
  };
  for (const Naive& naive : naives) {
    if (strcmp(naive.name, call) == 0) return naive;
  }
  fprintf(stderr, "differential: no libc function known in place of the adapter of %s\n", call);
  exit(2);
}

struct Options {
  bool trace = false, hollow = false;
  char** only = nullptr;
};

bool Wanted(const Options& options, const char* call) {
  if (*options.only == nullptr) return true;
  for (char** name = options.only; *name != nullptr; ++name) {
    if (strcmp(*name, call) == 0) return true;
  }
  return false;
}

struct Folders {
  char raw[256], table[256];
  Folders(const char* base, unsigned long number, char kind) {
    snprintf(raw, sizeof raw, "%s/%lu%c-r", base, number, kind);
    snprintf(table, sizeof table, "%s/%lu%c-t", base, number, kind);
  }
};

Run* NewRun() {
  void* memory = mmap(nullptr, sizeof(Run), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) Broken("mmap");
  return static_cast<Run*>(memory);
}

// name, number, how, verdict, answers, successes, errors, wanted successes, wanted errors, calls that reached the kernel,
// what differs: with tabs between.
void RunCall(const Known& known, const Options& options, const char* base, Run* raw, Run* table) {
  const Scenario* scenario = ScenarioOf(known.name);
  if (scenario == nullptr) {
    printf("%s\t%lu\t%s\tnone\n", known.name, known.number, known.how);
    return;
  }
  number = known.number;
  bool same = true;
  const char* verdict = "arguments";
  if (!scenario->not_made) {
    const Folders folders(base, known.number, 'a');
    RunOnce(*scenario, Way::kRaw, false, folders.raw, raw);
    const LibcifyEntry entry = libcify_table[LibcifyIndex(number)];
    if (options.hollow) libcify_table[LibcifyIndex(number)] = {reinterpret_cast<void*>(&Hollow), kLibcifyKernel};
    RunOnce(*scenario, Way::kTable, false, folders.table, table);
    libcify_table[LibcifyIndex(number)] = entry;
    same = Same(*raw, *table);
    const bool broken = WIFEXITED(raw->status) && WEXITSTATUS(raw->status) == 99;
    verdict = broken        ? "broken"
              : raw->hung   ? "hung"
              : raw->full   ? "full"
              : !same       ? "differs"
              : raw->absent ? "absent"
                            : "same";
  }
  const int answers = raw->answers, successes = raw->successes, errors = raw->errors;
  const bool traced = same && options.trace;
  if (traced) {
    const Folders folders(base, known.number, 'b');
    RunOnce(*scenario, Way::kRaw, true, folders.raw, raw);
    RunOnce(*scenario, Way::kTable, true, folders.table, table);
  }
  // All at once: on a machine's console what the scenarios complain of comes between the lines, not into them.
  printf("%s\t%lu\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t", known.name, known.number, known.how, verdict, answers, successes, errors,
         scenario->successes, scenario->errors);
  if (!same) {
    printf("-\t");
    ShowDifference(*raw, *table);
  } else if (traced) {
    ShowTraces(*raw, *table, known.shape);
  } else {
    printf("-\t");
  }
  printf("\n");
}

// The options that break the table; gives the rest of the arguments.
char** Break(char** argument, Options& options) {
  for (; *argument != nullptr && (*argument)[0] == '-'; ++argument) {
    const char* option = *argument;
    if (strcmp(option, "--trace") == 0) {
      options.trace = true;
    } else if (strcmp(option, "--slow") == 0) {
      slowness = 10;
    } else if (strcmp(option, "--hollow") == 0) {
      options.hollow = true;
    } else if (strcmp(option, "--swap") == 0) {
      const LibcifyEntry entry = EntryOf(argument[1]);
      EntryOf(argument[1]) = EntryOf(argument[2]);
      EntryOf(argument[2]) = entry;
      argument += 2;
    } else if (strcmp(option, "--int") == 0) {
      EntryOf(*++argument).kind = kLibcifyInt;
    } else if (strcmp(option, "--naive") == 0) {
      const Naive& naive = NaiveOf(*++argument);
      EntryOf(naive.name) = {naive.function, naive.kind};
    } else {
      fprintf(stderr, "differential: no option %s\n", option);
      exit(2);
    }
  }
  return argument;
}

int Main(char** argv) {
  const char* base = argv[1];
  const unsigned long none[8] = {};
  number = SYS_getpid;
  check::ByEntry(libcify_table[LibcifyIndex(number)], none, number);  // fills the table
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  Options options;
  options.only = Break(argv + 2, options);
  struct sigaction action = {};
  action.sa_handler = [](int) {
    run_of_alarm->hung = 1;
    kill(child_of_alarm, SIGKILL);
  };
  action.sa_flags = SA_RESTART;
  sigaction(SIGALRM, &action, nullptr);
  static char shared[256];
  snprintf(shared, sizeof shared, "%s/shared", base);
  shared_file = shared;
  close(File(shared));
  Run *const raw = NewRun(), *const table = NewRun();
  for (const Known& known : kCalls) {
    if (Wanted(options, known.name)) RunCall(known, options, base, raw, table);
  }
  for (const Scenario* scenario = scenarios; scenario != nullptr; scenario = scenario->next) {
    bool found = false;
    for (const Known& known : kCalls) found = found || strcmp(known.name, scenario->call) == 0;
    if (!found && *options.only == nullptr) printf("%s\t\t\tnot here\n", scenario->call);
  }
  return 0;
}

}  // namespace
}  // namespace differential

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  return differential::Main(argv);
}
