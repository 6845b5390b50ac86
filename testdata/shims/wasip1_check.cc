// The shims that libcify generates for wasip1, called against the engine that runs them: testdata/shims/wasip1_run.mjs gives
// it a folder as "/data" and an argument. Values of 64 bits, pointers, paths that do not end in NUL, results and errors.
//
// Compiled with the folder of libcify_shims.cc among the include paths. Prints "N of N good".
#include "libcify_shims.cc"
//
#include <string.h>

#include "named_check.h"

static LibcifyWord Word(const void* pointer) { return reinterpret_cast<LibcifyWord>(pointer); }
static LibcifyWord Low(unsigned long long value) { return static_cast<LibcifyWord>(value); }
static LibcifyWord High(unsigned long long value) { return static_cast<LibcifyWord>(value >> 32); }

static const unsigned long long kRights = __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE | __WASI_RIGHTS_FD_SEEK |
                                          __WASI_RIGHTS_FD_TELL | __WASI_RIGHTS_FD_FILESTAT_GET;

// The first folder that the engine gives.
static LibcifyWord Folder() {
  __wasi_prestat_t stat = {};
  LibcifyAnswer answer = libcify___wasi_fd_prestat_get(3, Word(&stat));
  Check("a folder of the engine's", answer.error == 0 && stat.u.dir.pr_name_len == 5, answer);
  char name[6] = {};
  answer = libcify___wasi_fd_prestat_dir_name(3, Word(name), 5);
  Check("its name", answer.error == 0 && strcmp(name, "/data") == 0, answer);
  answer = libcify___wasi_fd_prestat_get(99, Word(&stat));
  Check("none", answer.result == __WASI_ERRNO_BADF && answer.error == __WASI_ERRNO_BADF, answer);
  return 3;
}

static void Files(LibcifyWord folder) {
  const char path[] = "file and more";  // the name ends before the text does
  __wasi_fd_t file = -1;
  LibcifyAnswer answer = libcify_wasi_path_open(folder, 0, Word(path), 4, __WASI_OFLAGS_CREAT, Low(kRights), High(kRights),
                                                0, 0, 0, Word(&file));
  Check("open", answer.error == 0 && file > 3, answer);
  const __wasi_ciovec_t out = {reinterpret_cast<const uint8_t*>("written"), 7};
  __wasi_size_t done = 0;
  answer = libcify___wasi_fd_write(file, Word(&out), 1, Word(&done));
  Check("write", answer.error == 0 && done == 7, answer);
  __wasi_filesize_t at = 0;
  answer = libcify___wasi_fd_seek(file, Low(0x100000003), High(0x100000003), __WASI_WHENCE_SET, Word(&at));
  Check("seek, by a number of 64 bits", answer.error == 0 && at == 0x100000003, answer);
  uint8_t text[8] = {};
  const __wasi_iovec_t in = {text, sizeof text};
  answer = libcify___wasi_fd_pread(file, Word(&in), 1, Low(3), High(3), Word(&done));
  Check("read", answer.error == 0 && done == 4 && memcmp(text, "tten", 4) == 0, answer);
  __wasi_filestat_t stat = {};
  answer = libcify_wasi_path_filestat_get(folder, 0, Word(path), 4, Word(&stat));
  Check("stat", answer.error == 0 && stat.size == 7 && stat.filetype == __WASI_FILETYPE_REGULAR_FILE, answer);
  answer = libcify___wasi_fd_close(static_cast<LibcifyWord>(file));
  Check("close", answer.error == 0, answer);
  answer = libcify___wasi_fd_close(static_cast<LibcifyWord>(file));
  Check("close again", answer.error == __WASI_ERRNO_BADF, answer);
  answer = libcify_wasi_path_rename(folder, Word(path), 4, folder, Word(path), 8);
  Check("rename", answer.error == 0, answer);
  answer = libcify_wasi_path_unlink_file(folder, Word(path), 4);
  Check("unlink of the old name", answer.error == __WASI_ERRNO_NOENT, answer);
  answer = libcify_wasi_path_unlink_file(folder, Word(path), 8);
  Check("unlink", answer.error == 0, answer);
}

static void Others() {
  __wasi_timestamp_t now = 0;
  LibcifyAnswer answer = libcify___wasi_clock_time_get(__WASI_CLOCKID_REALTIME, Low(1), High(1), Word(&now));
  Check("the time", answer.error == 0 && now > 1700000000ULL * 1000000000, answer);
  uint8_t random[32] = {};
  answer = libcify___wasi_random_get(Word(random), sizeof random);
  unsigned sum = 0;
  for (const uint8_t byte : random) sum += byte;
  Check("random bytes", answer.error == 0 && sum != 0, answer);
  __wasi_size_t count = 0, size = 0;
  answer = libcify___wasi_args_sizes_get(Word(&count), Word(&size));
  Check("how many arguments", answer.error == 0 && count == 2 && size < 256, answer);
  uint8_t* arguments[2] = {};
  uint8_t text[256];
  answer = libcify___wasi_args_get(Word(arguments), Word(text));
  Check("arguments", answer.error == 0 && strcmp(reinterpret_cast<char*>(arguments[1]), "argument") == 0, answer);
  answer = libcify___wasi_sched_yield();
  Check("yield", answer.error == 0, answer);
}

int main() {
  Files(Folder());
  Others();
  return Done();
}
