// Reading whole packages: the small ones of testdata/headers, and the host's against the committed facts.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <cstdio>
#include <filesystem>

#include "base/file.h"
#include "headers/facts_codec.h"
#include "headers/folders.h"
#include "headers/headers.h"
#include "headers/kernel.h"
#include "headers/kernel_folders.h"
#include "headers/libc.h"
#include "headers/test_bytes.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

const fs::path kSmall = fs::path(LIBCIFY_SOURCE_DIR) / "testdata/headers";
const fs::path kCommitted = fs::path(LIBCIFY_SOURCE_DIR) / "rules/facts";
const Target kTarget = {.goos = "linux", .goarch = "amd64", .libc = "glibc", .triple = "x86_64-linux-gnu"};
const Port kPort = {.goos = "linux", .goarch = "amd64", .word_bits = 64};

// A symbol list for the small headers, in a folder of its own.
class SmallHeaders : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "libcify-headers-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::vector<testing::TestSymbol> symbols = {{.name = "read", .version = 2},    {.name = "stat", .version = 3},
                                                {.name = "fstat64", .version = 3}, {.name = "eight", .version = 2},
                                                {.name = "half", .version = 2},    {.name = "only_in_c", .version = 2},
                                                {.name = "tick", .version = 2},    {.name = "__tick64", .version = 3}};
    std::string bytes = testing::ElfBuilder(true, false).Build("libc.so.6", {"GLIBC_2.2.5", "GLIBC_2.33"}, symbols);
    ASSERT_TRUE(WriteFileAtomically(folder_ / "libc.so.6", bytes));
    source_ = {.data = kSmall / "data",
               .include_dirs = {kSmall / "include"},
               .kernel_headers = kSmall / "linux-headers-1.2-common",
               .kernel_arch = kSmall / "linux-headers-1.2-amd64",
               .symbols = folder_ / "libc.so.6"};
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
  HeaderSource source_;
};

TEST_F(SmallHeaders, Calls) {
  Result<Facts> facts = ReadHeaders(kTarget, kPort, source_);
  ASSERT_TRUE(facts) << Format(facts.error());
  std::string found;
  for (const Call& call : facts->calls) {
    TypeTable types;
    found += std::to_string(call.number) + " " + call.name;
    if (call.contract) {
      found += " " + call.contract->entry + " " + WritePrototype({call.contract->result, call.contract->parameters}, types) +
               " " + call.contract->source;
    }
    found += "\n";
  }
  // stat is an alias of __NR3264_stat; 10 is an expression; 11 is not implemented; 12 is declared nowhere.
  EXPECT_EQ(found,
            "0 read sys_read (unsigned int fd, char * buf, unsigned long count) -> long include/linux/syscalls.h:5\n"
            "4 stat sys_newstat (const char * filename, struct kstat * statbuf) -> long include/linux/syscalls.h:6\n"
            "9 own sys_own (unsigned long addr) -> long arch/x86/kernel/own.c\n"
            "10 old sys_old (int -, void * -) -> long include/linux/syscalls.h:9\n"
            "11 gone\n"
            "12 undeclared\n");
  ASSERT_EQ(facts->kernel_records.size(), 1U);
  EXPECT_EQ(WriteRecord(facts->kernel_records.at("struct kstat")), "16 8 kernel/prelude.h; st_dev u64 @0; st_size i64 @64");
  EXPECT_EQ(facts->sources, (std::map<std::string, std::string>{{"glibc", "2.33"}, {"kernel", "linux-headers 1.2"}}));
  EXPECT_EQ(facts->target.libc_version, "2.33");
}

TEST_F(SmallHeaders, Functions) {
  Result<Facts> facts = ReadHeaders(kTarget, kPort, source_);
  ASSERT_TRUE(facts) << Format(facts.error());
  std::string found;
  for (const auto& [name, function] : facts->functions) {
    found += name + " " + function.link_name + " " + function.header + " " + function.since + " " + function.library +
             (function.in_archive ? " archive" : "") + "\n";
  }
  // Left out: not exported, eight parameters, floating point, not in C++. stat's header is the first public one that reads
  // it.
  EXPECT_EQ(found,
            "fstat fstat64 sys/stat.h 2.33 libc.so.6\n"
            "read read unistd.h 2.2.5 libc.so.6\n"
            "stat stat unistd.h 2.33 libc.so.6 archive\n"
            "tick tick clock.h 2.2.5 libc.so.6\n");
  ASSERT_EQ(facts->libc_records.size(), 2U);
  EXPECT_EQ(WriteRecord(facts->libc_records.at("struct stat")), "16 8 unistd.h; st_dev u64 @0; st_size i64 @64");
}

std::string ShowTimes(const LibcFacts& facts) {
  std::string out;
  TypeTable types;
  for (const auto& [name, function] : facts.functions) {
    if (name.find("tick") == std::string::npos && name != "read") continue;
    out += name + WritePrototype({function.result, function.parameters}, types) + " " + function.link_name + " " +
           function.since + " " + function.time64_name + "\n";
  }
  for (const auto& [spelling, code] : types.Codes()) {
    if (spelling.starts_with("struct")) out += spelling + " = " + code + "\n";
  }
  for (const auto& [tag, record] : facts.records) {
    if (tag.starts_with("struct moment")) out += tag + " = " + WriteRecord(record) + "\n";
  }
  return out;
}

TEST_F(SmallHeaders, TimesOfBothWidths) {
  Target target = kTarget;
  target.triple = "i386-linux-gnu";
  Port port = {.goos = "linux", .goarch = "386", .word_bits = 32};
  Result<LibcFacts> facts = ReadLibc(target, port, source_);
  ASSERT_TRUE(facts) << Format(facts.error());
  EXPECT_EQ(ShowTimes(*facts),
            "__tick64(struct moment * now) -> long long __tick64 2.33 tick\n"
            "read(int fd, void * buffer, unsigned long count) -> long read 2.2.5 \n"
            "tick(struct moment * #2 now) -> long tick 2.2.5 \n"
            "struct moment * = p32 struct moment (time64)\n"
            "struct moment * #2 = p32 struct moment\n"
            "struct moment = 4 4 clock.h; seconds i32 @0\n"
            "struct moment (time64) = 8 4 clock.h; seconds i64 @0\n");
  // A 64-bit port has one width, and a libc without versions says what came later.
  target.libc = "musl";
  Result<LibcFacts> musl = ReadLibc(target, kPort, source_);
  ASSERT_TRUE(musl) << Format(musl.error());
  EXPECT_EQ(musl->functions.count("__tick64"), 0U);
}

TEST_F(SmallHeaders, WhatIsMissingIsNamed) {
  source_.kernel_headers = folder_;
  source_.symbols = folder_ / "none.so";
  Result<Facts> facts = ReadHeaders(kTarget, kPort, source_);
  ASSERT_FALSE(facts);
  ASSERT_EQ(facts.error().size(), 2U);
  EXPECT_EQ(Format(facts.error()[0]), folder_.string() +
                                          ": error: no kernel headers with include/linux/syscalls.h; install "
                                          "linux-headers-*-common or name its folder");
  EXPECT_EQ(facts.error()[1].where.file, (folder_ / "none.so").string());
}

TEST(CallTable, RowsAndMistakes) {
  Result<std::map<int, std::string>> table =
      ParseCallTable("t.h", "/* made */\n__SYSCALL(0, sys_a)\n\n__SYSCALL_WITH_COMPAT(7, sys_b, compat_sys_b)\n");
  ASSERT_TRUE(table);
  EXPECT_EQ(*table, (std::map<int, std::string>{{0, "sys_a"}, {7, "sys_b"}}));
  table = ParseCallTable("t.h", "__SYSCALL(0, sys_a)\n__SYSCALL(x, sys_b)\nint f(1, 2);");
  ASSERT_FALSE(table);
  EXPECT_EQ(Format(table.error()),
            "t.h:2: error: no row of a system-call table; expected __SYSCALL(0, sys_read)\n"
            "t.h:3: error: no row of a system-call table; expected __SYSCALL(0, sys_read)\n");
  EXPECT_EQ(Format(ParseCallTable("t.h", "\n").error()), "t.h: error: the system-call table has no row\n");
}

TEST(CallTable, RowsOfTheSource) {
  const KernelPort port{.goarch = "x", .abis = {"common", "64"}, .other_abis = {"old"}, .base = 4000};
  const std::string text =
      "# number abi name entry compat\n0\tcommon\tread\tsys_read\tcompat_sys_read\n4 time32 old sys_old_time32\n"
      "4  64  old  sys_old\n\n7 64 gone\n8 common none -\n9 old time sys_time\n"
      "8 old what sys_what\n";
  Result<std::map<int, CallRow>> table = ParseSourceTable("t.tbl", text, port);
  ASSERT_TRUE(table) << Format(table.error());
  EXPECT_EQ(*table, (std::map<int, CallRow>{{4000, {"read", "sys_read"}},
                                            {4004, {"old", "sys_old"}},
                                            {4007, {"gone", ""}},
                                            {4008, {"none", ""}},
                                            {4009, {"time", ""}}}));
  table = ParseSourceTable("t.tbl", "x common a sys_a\n1 common\n2 64 a sys_a\n2 common b sys_b\n", port);
  ASSERT_FALSE(table);
  EXPECT_EQ(Format(table.error()),
            "t.tbl:1: error: no row of a system-call table; expected \"0 common read sys_read\"\n"
            "t.tbl:2: error: no row of a system-call table; expected \"0 common read sys_read\"\n"
            "t.tbl:4: error: number 2 has two rows of these ABIs\n");
  EXPECT_EQ(Format(ParseSourceTable("t.tbl", "1 32 a sys_a\n", port).error()),
            "t.tbl: error: the system-call table has no row for x\n");
}

TEST(CallTable, IncludesAreBlankedLineByLine) {
  EXPECT_EQ(WithoutIncludes("a\n#include <b>\n#  include \"c\"\n#define d\ne"), "a\n\n\n#define d\ne");
}

TEST(Folders, VersionsOrderAsNumbers) {
  std::string name = (fs::temp_directory_path() / "libcify-folders-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  for (const char* folder : {"h-6.9.1-common", "h-6.12.0-common", "h-6.12.0-amd64"})
    fs::create_directory(fs::path(name) / folder);
  EXPECT_EQ(NewestFolder(name, "h-", "-common").filename(), "h-6.12.0-common");
  EXPECT_EQ(NewestFolder(name, "h-6.12.0-", "").filename(), "h-6.12.0-amd64");
  EXPECT_EQ(NewestFolder(name, "x-", ""), fs::path());
  fs::remove_all(name);
}

struct Committed {
  std::string libc, triple;
};

class CommittedFacts : public ::testing::TestWithParam<Committed> {};

// Enough calls and contracts to serve a whole kernel, and the load fits into a generate of 150 ms.
TEST_P(CommittedFacts, LoadFastAndCoverTheKernel) {
  fs::path file = kCommitted / ("linux-amd64-" + GetParam().libc + ".json");
  auto start = std::chrono::steady_clock::now();
  Result<Facts> facts = LoadFacts(file);
  auto took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  ASSERT_TRUE(facts) << Format(facts.error());
  std::size_t with_contract = 0;
  for (const Call& call : facts->calls) with_contract += call.contract ? 1 : 0;
  std::printf("%s: %zu calls, %zu with a contract, %zu functions, %zu + %zu records, loaded in %.1f ms\n",
              GetParam().libc.c_str(), facts->calls.size(), with_contract, facts->functions.size(),
              facts->kernel_records.size(), facts->libc_records.size(), took);
  EXPECT_GE(with_contract, 350U);
  EXPECT_EQ(WriteFacts(*facts)[0].text, ReadFile(file).value_or(""));
  for (const TreeEntry& entry : WriteFacts(*facts)) {
    EXPECT_EQ(entry.text.find("/usr/"), std::string::npos) << entry.path;
    EXPECT_EQ(entry.text.find("/tmp/"), std::string::npos) << entry.path;
  }
}

TEST_P(CommittedFacts, AreWhatTheHostsHeadersSay) {
  Result<Facts> committed = LoadFacts(kCommitted / ("linux-amd64-" + GetParam().libc + ".json"));
  ASSERT_TRUE(committed) << Format(committed.error());
  Target target = committed->target;
  target.triple = GetParam().triple;
  HeaderSource source{.data = kCommitted};
  if (const char* folder = getenv("LIBCIFY_KERNEL_HEADERS")) source.kernel_headers = folder;
  if (const char* folder = getenv("LIBCIFY_KERNEL_ARCH")) source.kernel_arch = folder;
  Result<Facts> fresh = ReadHeaders(target, kPort, source);
  if (!fresh && fresh.error().front().cls == ErrorClass::kEnvironment) GTEST_SKIP() << Format(fresh.error());
  ASSERT_TRUE(fresh) << Format(fresh.error());
  if (fresh->sources != committed->sources) {
    GTEST_SKIP() << "the host has other versions than the facts: kernel " << fresh->sources["kernel"] << ", " << target.libc
                 << " " << fresh->sources[target.libc];
  }
  EXPECT_EQ(Format(CompareFacts(*committed, *fresh)), "");
}

INSTANTIATE_TEST_SUITE_P(Libcs, CommittedFacts,
                         ::testing::Values(Committed{"glibc", "x86_64-linux-gnu"}, Committed{"musl", "x86_64-linux-musl"}),
                         [](const auto& info) { return info.param.libc; });

}  // namespace
}  // namespace libcify
