// The committed facts of every port: they load, they are what would be written, and they say what the manual pages say.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "base/file.h"
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
      {"386", "struct __kernel_timespec", 16, 0}, {"386", "struct flock64", 24, 0},
      {"arm", "struct flock64", 32, 0},           {"s390x", "struct mmap_arg_struct", 48, 0},
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

}  // namespace
}  // namespace libcify
