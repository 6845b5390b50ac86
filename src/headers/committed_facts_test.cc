// The committed facts of every port: they load, they are what would be written, and they say what the manual pages say.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "base/file.h"
#include "headers/asked.h"
#include "headers/facts_text.h"
#include "headers/headers.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

const fs::path kFacts = fs::path(LIBCIFY_SOURCE_DIR) / "rules/facts";

Facts Load(const std::string& name) {
  Result<Facts> facts = LoadFacts(kFacts / ("linux-" + name + ".json"));
  EXPECT_TRUE(facts) << Format(facts.error());
  return facts ? std::move(*facts) : Facts{};
}

const Call* Find(const Facts& facts, const std::string& name) {
  for (const Call& call : facts.calls) {
    if (call.name == name) return &call;
  }
  return nullptr;
}

const Contract* FindContract(const Facts& facts, const std::string& name) {
  const Call* call = Find(facts, name);
  return call != nullptr && call->contract ? &*call->contract : nullptr;
}

// Every libc's file in the folder, and with it the kernel's.
TEST(AllFacts, AreWrittenAsTheyAreRead) {
  std::set<std::string> seen;
  for (const auto& entry : fs::directory_iterator(kFacts)) {
    std::string name = entry.path().filename().string();
    if (!name.starts_with("linux-") || name.ends_with("-kernel.json")) continue;
    Result<Facts> facts = LoadFacts(entry.path());
    ASSERT_TRUE(facts) << Format(facts.error());
    EXPECT_EQ(LibcFactsName(facts->target), name);
    seen.insert(facts->target.goarch + "-" + facts->target.libc);
    for (const TreeEntry& file : WriteFacts(*facts)) {
      EXPECT_TRUE(file.text == ReadFile(kFacts / file.path).value_or("")) << file.path << " reads as something else";
      for (const char* path : {"/usr/", "/tmp/", "/build/"}) EXPECT_EQ(file.text.find(path), std::string::npos) << file.path;
    }
    std::size_t with_contract = 0;
    for (const Call& call : facts->calls) with_contract += call.contract ? 1 : 0;
    // The least: ppc64, which keeps numbers for 42 calls that it never had.
    EXPECT_GE(with_contract * 10, facts->calls.size() * 8) << name;
  }
  std::set<std::string> wanted;
  for (const char* goarch :
       {"386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64le", "riscv64", "s390x"}) {
    wanted.insert(goarch + std::string("-glibc"));
    wanted.insert(goarch + std::string("-musl"));
  }
  wanted.insert("ppc64-musl");  // glibc's big-endian ppc64 has another ABI than Go's
  EXPECT_EQ(seen, wanted);
}

// Numbers from Linux's uapi headers, which the facts do not come from; functions where a port has one of its own.
TEST(AllFacts, NumbersAndFunctions) {
  struct Row {
    const char *port, *call;
    int number;
    const char* entry;
  };
  const Row rows[] = {{"386", "mmap2", 192, "sys_mmap_pgoff"},
                      {"386", "pread64", 180, "sys_ia32_pread64"},
                      {"386", "clock_gettime", 265, "sys_clock_gettime32"},
                      {"386", "clock_gettime64", 403, "sys_clock_gettime"},
                      {"386", "socketcall", 102, "sys_socketcall"},
                      {"386", "ipc", 117, "sys_ipc"},
                      {"arm", "mmap2", 192, "sys_mmap2"},
                      {"arm", "arm_fadvise64_64", 270, "sys_arm_fadvise64_64"},
                      {"arm", "statfs64", 266, "sys_statfs64_wrapper"},
                      {"arm64", "fcntl", 25, "sys_fcntl"},
                      {"arm64", "newfstatat", 79, "sys_newfstatat"},
                      {"loong64", "statx", 291, "sys_statx"},
                      {"mips", "openat", 4288, "sys_openat"},
                      {"mips", "pipe", 4042, "sysm_pipe"},
                      {"mips", "ipc", 4117, "sys_ipc"},
                      {"mips64", "openat", 5247, "sys_openat"},
                      {"mips64le", "mmap", 5009, "sys_mips_mmap"},
                      {"mipsle", "mmap2", 4210, "sys_mips_mmap2"},
                      {"ppc64le", "socketcall", 102, "sys_socketcall"},
                      {"ppc64", "openat", 286, "sys_openat"},
                      {"riscv64", "mmap", 222, "sys_mmap"},
                      {"s390x", "mmap", 90, "sys_old_mmap"},
                      {"s390x", "ipc", 117, "sys_s390_ipc"},
                      {"s390x", "socketcall", 102, "sys_socketcall"}};
  for (const Row& row : rows) {
    Facts facts = Load(row.port + std::string("-musl"));
    const Call* call = Find(facts, row.call);
    ASSERT_NE(call, nullptr) << row.port << " " << row.call;
    EXPECT_EQ(call->number, row.number) << row.port << " " << row.call;
    ASSERT_TRUE(call->contract) << row.port << " " << row.call;
    EXPECT_EQ(call->contract->entry, row.entry) << row.port << " " << row.call;
  }
  for (const char* port : {"amd64", "arm", "arm64", "loong64", "mips64", "mips64le", "riscv64"}) {
    Facts facts = Load(port + std::string("-musl"));
    EXPECT_EQ(FindContract(facts, "socketcall"), nullptr) << port;
    EXPECT_EQ(FindContract(facts, "ipc"), nullptr) << port;
  }
}

// syscall(2), "Architecture-specific requirements".
TEST(AllFacts, PairsOfWords) {
  struct Row {
    const char *port, *call;
    std::vector<int> words;
  };
  const Row rows[] = {{"386", "pread64", {0, 1, 2, 3, 4}},
                      {"arm", "pread64", {0, 1, 2, 4}},
                      {"arm", "truncate64", {0, 2}},
                      {"arm", "arm_sync_file_range", {0, 1, 2, 4}},
                      {"mips", "sync_file_range", {0, 2, 4, 6}},
                      {"mipsle", "readahead", {0, 2, 4}},
                      {"mips64", "sync_file_range", {0, 1, 2, 3}},
                      {"arm64", "pread64", {0, 1, 2, 3}}};
  for (const Row& row : rows) {
    Facts facts = Load(row.port + std::string("-glibc"));
    const Contract* contract = FindContract(facts, row.call);
    ASSERT_NE(contract, nullptr) << row.port << " " << row.call;
    EXPECT_EQ(contract->words, row.words) << row.port << " " << row.call;
  }
}

TEST(AllFacts, Layouts) {
  struct Row {
    const char *port, *record;
    int kernel, glibc;  // sizes in bytes; 0: there is none
  };
  const Row rows[] = {
      {"amd64", "struct epoll_event", 12, 12},  // packed there only (epoll_ctl(2))
      {"386", "struct epoll_event", 12, 12},    // by alignment
      {"arm", "struct epoll_event", 16, 16},      {"arm64", "struct epoll_event", 16, 16},
      {"386", "struct sigaction", 20, 140},  // a set of 8 bytes, not the 4 of the uapi header
      {"arm", "struct sigaction", 20, 140},       {"riscv64", "struct sigaction", 24, 152},  // no restorer
      {"mips", "struct sigaction", 24, 144},                                                 // 128 signals
      {"mips", "struct stat64", 104, 160},  // arch/mips/include/uapi/asm/stat.h; glibc has more padding
      {"mips64", "struct stat", 104, 216},        {"386", "struct stat64", 96, 96},
      {"386", "struct stat64 (time64)", 0, 108},  {"386", "struct timespec", 0, 8},
      {"386", "struct timespec (time64)", 0, 16}, {"386", "struct old_timespec32", 8, 0},
      {"386", "struct __kernel_timespec", 16, 0}, {"386", "struct flock64", 24, 24},
      {"arm", "struct flock64", 32, 32},          {"s390x", "struct mmap_arg_struct", 48, 0},
  };
  for (const Row& row : rows) {
    Facts facts = Load(row.port + std::string("-glibc"));
    EXPECT_EQ(facts.kernel_records[row.record].size, row.kernel) << row.port << " " << row.record;
    EXPECT_EQ(facts.libc_records[row.record].size, row.glibc) << row.port << " " << row.record;
  }
}

// Both widths of time: a 32-bit glibc has symbols for each, musl labels its functions.
TEST(AllFacts, TimesOf32BitPorts) {
  for (const char* port : {"386", "arm", "mips", "mipsle"}) {
    Facts glibc = Load(port + std::string("-glibc"));
    EXPECT_EQ(glibc.functions["__clock_gettime64"].time64_name, "clock_gettime") << port;
    EXPECT_EQ(glibc.functions["__clock_gettime64"].since, "2.34") << port;
    EXPECT_EQ(glibc.functions["clock_gettime"].link_name, "clock_gettime") << port;
    EXPECT_EQ(glibc.functions["lseek64"].library, "libc.so.6") << port;
    Facts musl = Load(port + std::string("-musl"));
    EXPECT_EQ(musl.functions["clock_gettime"].link_name, "__clock_gettime64") << port;
    EXPECT_EQ(musl.functions["statx"].since, "1.2.5") << port;
    EXPECT_EQ(musl.libc_records["struct timespec"].size, 16) << port;
  }
  EXPECT_EQ(Load("arm64-glibc").functions.count("__clock_gettime64"), 0U);
}

// Other systems.

Facts LoadOther(const std::string& name) {
  Result<Facts> facts = LoadFacts(kFacts / (name + ".json"));
  EXPECT_TRUE(facts) << Format(facts.error());
  return facts ? std::move(*facts) : Facts{};
}

const char* const kOthers[] = {
    "darwin-amd64-libSystem", "darwin-arm64-libSystem", "ios-amd64-libSystem",  "ios-arm64-libSystem",
    "freebsd-386-libc",       "freebsd-amd64-libc",     "freebsd-arm-libc",     "freebsd-arm64-libc",
    "freebsd-riscv64-libc",   "netbsd-386-libc",        "netbsd-amd64-libc",    "netbsd-arm-libc",
    "netbsd-arm64-libc",      "openbsd-386-libc",       "openbsd-amd64-libc",   "openbsd-arm-libc",
    "openbsd-arm64-libc",     "openbsd-ppc64-libc",     "openbsd-riscv64-libc", "wasip1-wasm-wasi-libc",
    "windows-386-win32",      "windows-amd64-win32",    "windows-arm64-win32"};

TEST(OtherFacts, AreWrittenAsTheyAreRead) {
  for (const char* name : kOthers) {
    Facts facts = LoadOther(name);
    EXPECT_EQ(LibcFactsName(facts.target), name + std::string(".json"));
    for (const TreeEntry& file : WriteFacts(facts)) {
      EXPECT_TRUE(file.text == ReadFile(kFacts / file.path).value_or("")) << file.path << " reads as something else";
      for (const char* path : {"/tmp/", "/build/", "/include/"})
        EXPECT_EQ(file.text.find(path), std::string::npos) << file.path;
    }
    bool numbers = facts.target.goos.ends_with("bsd");
    EXPECT_EQ(!facts.calls.empty(), numbers) << name;
  }
}

// Names that Go asks for and the system's own list does not have.
std::string Missing(const Facts& facts) {
  Result<std::string> text = ReadFile(kFacts / "asked.json");
  EXPECT_TRUE(text) << Format(text.error());
  Result<AskedNames> asked = ParseAsked("asked.json", text.value_or(""), facts.target);
  EXPECT_TRUE(asked) << Format(asked.error());
  std::set<std::string> known;
  for (const auto& [name, function] : facts.functions) known.insert(function.link_name);
  for (const auto& [name, library] : facts.undeclared) known.insert(name);
  std::string out;
  for (const auto& [library, names] : asked.value_or(AskedNames())) {
    std::string missing;
    bool any = false;
    for (const std::string& name : names) {
      if (!known.contains(name)) missing += " " + name;
      any = any || known.contains(name);
    }
    if (!any) missing = " all";
    if (!missing.empty()) out += library.substr(library.rfind('/') + 1) + ":" + missing + "\n";
  }
  return out;
}

TEST(OtherFacts, SymbolsThatGoAsksFor) {
  // No list of these three: see README.md.
  const std::string frameworks = "CoreFoundation: all\nSecurity: all\nlibresolv.9.dylib: all\n";
  // Since OpenBSD 7.5 libc has no syscall(); Go names it for its own syscall.Syscall.
  const std::string openbsd = "libc.so: syscall\n";
  // Wine's alone; and 386 has another way to unwind.
  const std::string wine = "ntdll.dll: wine_get_version\n";
  const std::string unwinding = "kernel32.dll: RtlLookupFunctionEntry RtlVirtualUnwind\n";
  for (const char* name : kOthers) {
    Facts facts = LoadOther(name);
    const std::string& goos = facts.target.goos;
    std::string expected = goos == "darwin" || goos == "ios" ? frameworks : goos == "openbsd" ? openbsd : "";
    if (goos == "windows") expected = (facts.target.goarch == "386" ? unwinding : "") + wine;
    EXPECT_EQ(Missing(facts), expected) << name;
  }
}

std::string Link(const Facts& facts, const std::string& name) {
  auto found = facts.functions.find(name);
  if (found == facts.functions.end()) return "none";
  const CFunction& function = found->second;
  return function.link_name + (function.since.empty() ? "" : " " + function.since) + (function.variadic ? " ..." : "") +
         (function.stdcall ? " stdcall" : "") + " " + std::to_string(function.result.bits);
}

// From the manual pages: what a program links to, and how wide its result is.
TEST(OtherFacts, Functions) {
  struct Row {
    const char *port, *function, *link;
  };
  const Row rows[] = {{"darwin-amd64-libSystem", "readdir_r", "readdir_r$INODE64 32"},
                      {"darwin-arm64-libSystem", "readdir_r", "readdir_r 32"},
                      {"darwin-arm64-libSystem", "lchown", "lchown 32"},
                      {"darwin-arm64-libSystem", "open", "open ... 32"},
                      {"darwin-arm64-libSystem", "getentropy", "getentropy 10.12 32"},
                      {"darwin-arm64-libSystem", "mmap", "mmap 64"},
                      {"darwin-arm64-libSystem", "__error", "__error 64"},
                      {"freebsd-amd64-libc", "fstat", "fstat 12 32"},  // 64-bit inode numbers
                      {"freebsd-386-libc", "lseek", "lseek 7 64"},
                      {"freebsd-amd64-libc", "getrandom", "getrandom 12 64"},
                      {"netbsd-amd64-libc", "fstat", "__fstat50 32"},
                      {"netbsd-amd64-libc", "kevent", "__kevent100 11.0 32"},
                      {"netbsd-386-libc", "time", "none"},
                      {"openbsd-amd64-libc", "lseek", "lseek 64"},
                      {"openbsd-amd64-libc", "ioctl", "ioctl ... 32"},
                      {"windows-386-win32", "CloseHandle", "CloseHandle stdcall 32"},
                      {"windows-amd64-win32", "CloseHandle", "CloseHandle 32"},
                      {"windows-amd64-win32", "GetCurrentProcess", "GetCurrentProcess 64"},
                      {"wasip1-wasm-wasi-libc", "__wasi_fd_read", "fd_read 16"}};
  for (const Row& row : rows)
    EXPECT_EQ(Link(LoadOther(row.port), row.function), row.link) << row.port << " " << row.function;
}

std::string Shown(const Facts& facts, const std::string& name) {
  const Contract* contract = FindContract(facts, name);
  if (contract == nullptr) return "none";
  std::string out = contract->entry;
  for (std::size_t i = 0; i < contract->parameters.size(); ++i) {
    out += " " + std::to_string(contract->words[i]) + ":" + std::to_string(contract->parameters[i].type.bits);
  }
  return out + " -> " + std::to_string(contract->result.bits);
}

// Argument words with their widths. NetBSD's own lists have the word that aligns a pair, FreeBSD's arm leaves it to the
// rule.
TEST(OtherFacts, Contracts) {
  struct Row {
    const char *port, *call, *contract;
  };
  const Row rows[] = {{"freebsd-amd64-libc", "read", "sys_read 0:32 1:64 2:64 -> 64"},
                      {"freebsd-amd64-libc", "copy_file_range", "sys_copy_file_range 0:32 1:64 2:32 3:64 4:64 5:32 -> 64"},
                      {"freebsd-386-libc", "ftruncate", "sys_ftruncate 0:32 1:64 -> 32"},
                      {"freebsd-arm-libc", "ftruncate", "sys_ftruncate 0:32 2:64 -> 32"},
                      {"netbsd-386-libc", "ftruncate", "sys_ftruncate 0:32 1:32 2:64 -> 32"},
                      {"netbsd-arm-libc", "ftruncate", "sys_ftruncate 0:32 1:32 2:64 -> 32"},
                      {"netbsd-amd64-libc", "__fstat50", "sys___fstat50 0:32 1:64 -> 32"},
                      {"netbsd-amd64-libc", "open", "sys_open 0:64 1:32 2:32 -> 32"},
                      {"netbsd-amd64-libc", "syscall", "none"},
                      {"openbsd-amd64-libc", "openat", "sys_openat 0:32 1:64 2:32 3:32 -> 32"}};
  for (const Row& row : rows) EXPECT_EQ(Shown(LoadOther(row.port), row.call), row.contract) << row.port << " " << row.call;
  // What an old number meant keeps its old name, so that no function of libc's is taken for it.
  EXPECT_EQ(Find(LoadOther("freebsd-amd64-libc"), "kevent")->number, 560);
  EXPECT_EQ(Find(LoadOther("freebsd-amd64-libc"), "freebsd11_kevent")->number, 363);
}

}  // namespace
}  // namespace libcify
