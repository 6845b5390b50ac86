// The shim headers and the tables that bind_report makes of the committed facts and rules, compiled with every compiler and
// libc at hand and run: nothing here is hand-made but the programs in testdata/shims.
//
// A compiler or libc that is not installed is skipped, and says so.
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "bind/shims_testing.h"
#include "rules/rules.h"

namespace libcify {
namespace {

// The C compiler's driver, so that the link shows that the C++ library is not needed.
struct Toolchain {
  const char* name;
  const char* probe;    // succeeds where it is installed
  const char* command;  // compiles and links C++
  const char* facts;
};

const Toolchain kToolchains[] = {
    {"gcc", "gcc --version", "gcc", "glibc.json=2.36"},
    {"clang", "clang-19 --version", "clang-19", "glibc.json=2.36"},
    {"musl", "test -f /usr/lib/x86_64-linux-musl/musl-gcc.specs",
     "gcc -specs=/usr/lib/x86_64-linux-musl/musl-gcc.specs -static", "musl.json=1.2.3"},
};

std::string Report(const std::string& command, const std::string& facts) {
  return ReportOf(command, "linux-amd64-" + facts);
}

class Shims : public testing::TestWithParam<Toolchain> {
 protected:
  void SetUp() override {
#if !defined(__linux__) || !defined(__x86_64__)
    GTEST_SKIP() << "the committed facts are of linux/amd64";
#endif
    if (Shell(GetParam().probe).status != 0) GTEST_SKIP() << GetParam().name << " is not installed";
  }

  // The table of this libc, for compiling against the headers at hand.
  std::string Rows() {
    std::string path = folder_ / "rows.cc";
    Ran ran = Shell(Report("rows", GetParam().facts) + " > " + path);
    EXPECT_EQ(ran.status, 0) << ran.output;
    return path;
  }

  // Compiles and links one program of testdata/shims and runs it.
  void Works(const std::string& program, const std::string& flags) {
    SCOPED_TRACE(program + " " + flags);
    const std::string source = (kSource / "testdata/shims" / program).string(), binary = folder_ / "program";
    Ran built = Shell(GetParam().command + Flags() + flags + " -x c++ " + source + " -o " + binary);
    ASSERT_EQ(built.status, 0) << built.output;
    Ran ran = Shell("timeout 120 " + binary);
    EXPECT_EQ(ran.status, 0) << ran.output;
  }

  Folder folder_;
};

INSTANTIATE_TEST_SUITE_P(, Shims, testing::ValuesIn(kToolchains),
                         [](const testing::TestParamInfo<Toolchain>& info) { return std::string(info.param.name); });

TEST_P(Shims, HandWrittenTable) {
  Works("example_table.cc", "-O0");
  Works("example_table.cc", "-O2 -D_FORTIFY_SOURCE=2 -fPIE");
}

TEST_P(Shims, SignalAdapters) { Works("adapters_signal_check.cc", "-O1"); }
TEST_P(Shims, PollAdapters) { Works("adapters_poll_check.cc", "-O1"); }
TEST_P(Shims, FileAdapters) { Works("adapters_file_check.cc", "-O1"); }
TEST_P(Shims, ProcessAdapters) { Works("adapters_process_check.cc", "-O1"); }

// Shims of library functions, which no system here calls: on functions of their own.
TEST_P(Shims, LibraryFunctions) {
  for (const char* flags : {"-O0", "-O2"}) Works("library_check.cc", std::string(flags) + " -Wno-unused-const-variable");
}

// The bridge of systems that say errors by the carry flag, which no machine here runs.
TEST_P(Shims, FlagBridge) {
  const std::string half = (kSource / "overlays/gc/bsd/cgo/gcc_libcify_bsd_amd64.S").string();
  for (const std::string& flags : FlagBridgeFlags()) Works("flag_bridge_check.cc", "-O1" + flags + half);
}

TEST_P(Shims, GeneratedTableAnswersAsTheKernelDoes) {
  const std::string flags = "-O1 -DLIBCIFY_ROWS='\"" + Rows() + "\"'";
  for (const char* topic : {"file", "memory", "process"}) Works(std::string("bindings_") + topic + "_check.cc", flags);
}

// Adapters whose calls libc's function of the same place answers alike here. On other ports, with older libcs or by the
// language they are needed all the same; and a restart is not tried out.
const std::set<std::string> kAlikeOnAmd64 = {
    "getcpu",   // libc does not look at the third word
    "preadv",   // nor at the fifth
    "pwritev",  //
    "reboot",   // not tried out
    "semctl",   // glibc before 2.32 does not know SEM_STAT_ANY
    "sync",     // void, and yet 0 in the register
};

// Each adapter is needed: with libc's function in its place at least one of its cases answers otherwise, crashes or hangs.
TEST_P(Shims, WithoutAdaptersCallsDiffer) {
  if (std::string(GetParam().name) == "clang") GTEST_SKIP() << "the same libc as gcc's";
  const std::string rows = folder_ / "naive.cc", binary = folder_ / "naive";
  Ran report = Shell(Report("naive", GetParam().facts) + " > " + rows);
  ASSERT_EQ(report.status, 0) << report.output;
  std::string output;
  for (const char* topic : {"signal", "poll", "file", "process"}) {
    const std::string source = (kSource / "testdata/shims/adapters_").string() + topic + "_check.cc";
    Ran built = Shell(GetParam().command + Flags() + "-O1 -DLIBCIFY_NAIVE -DLIBCIFY_ROWS='\"" + rows + "\"' -x c++ " +
                      source + " -o " + binary);
    ASSERT_EQ(built.status, 0) << built.output;
    output += Shell("timeout 120 " + binary).output;
  }
  std::istringstream table(Shell(Report("table", GetParam().facts)).output);
  int adapted = 0;
  for (std::string line; std::getline(table, line);) {
    std::istringstream words(line);
    std::string number, call, how;
    words >> number >> call >> how;
    if (how != "adapted" || kAlikeOnAmd64.contains(call)) continue;
    ++adapted;
    std::istringstream lines(output);
    bool differs = false;
    for (std::string one; std::getline(lines, one);) {
      differs = differs || (one.starts_with(call + ": ") && one.find(": DIFFERS") != std::string::npos);
    }
    EXPECT_TRUE(differs) << call << " is adapted, but no case tells the adapter from libc's function";
  }
  EXPECT_GT(adapted, 25) << output;
}

// What the Go linkers can take: data points to local functions only, and nothing of the C++ run-time library is named.
TEST_P(Shims, GeneratedTableNeedsLibcOnly) {
  const std::string object = folder_ / "rows.o";
  for (const char* flags : {"-O2 -fPIC -D_FORTIFY_SOURCE=3", "-O0"}) {
    SCOPED_TRACE(flags);
    Ran built = Shell(GetParam().command + Flags() + flags + " -c -x c++ " + Rows() + " -o " + object);
    ASSERT_EQ(built.status, 0) << built.output;
    EXPECT_EQ(built.output, "");
    EXPECT_EQ(Shell("readelf -rW " + object + " | sed -n '/\\.rela\\.data/,/^$/p' | grep R_X86 | awk '{print $5}' | sort -u")
                  .output,
              "libcify_first\n");
    EXPECT_EQ(Shell("nm -u " + object + " | grep -E ' (_Z|__cxa|__gxx|_Unwind)'").output, "");
    EXPECT_EQ(Shell("readelf -SW " + object + " | grep -E 'init_array|ctors'").output, "");
    // The interface with the bridge's assembly.
    EXPECT_EQ(Shell("nm --defined-only " + object + " | awk '$2 ~ /[TD]/ {print $3}' | sort").output,
              "libcify_errno_neg\nlibcify_first\nlibcify_generic\nlibcify_plain\nlibcify_table\n");
  }
}

struct Refused {
  const char* what;
  const char* text;
  const char* message;
};

TEST_P(Shims, WrongRowsDoNotCompile) {
  const bool musl = std::string(GetParam().name) == "musl";
  const Refused rows[] = {
      {"fewer parameters", "LIBCIFY_DIRECT(0, read, \"l=ip\", 0)", "this libc declares read otherwise than"},
      {"another width", "LIBCIFY_DIRECT(0, read, \"l=ipu\", 0)", "this libc declares read otherwise than"},
      {"another sign", "LIBCIFY_DIRECT(0, read, \"l=upL\", 0)", "this libc declares read otherwise than"},
      {"another result", "LIBCIFY_DIRECT(0, read, \"i=ipL\", 32)", "this libc declares read otherwise than"},
      {"not variadic", "LIBCIFY_DIRECT(2, open, \"i=pi\", 32)", "this libc declares open otherwise than"},
      {"an int as a word", "LIBCIFY_DIRECT(3, close, \"i=i\", 0)", "the result of close does not fit kind"},
      {"a word as an int", "LIBCIFY_DIRECT(0, read, \"l=ipL\", 32)", "the result of read does not fit kind"},
      {"a uid as an int", "LIBCIFY_DIRECT(102, getuid, \"u=\", 32)", "the result of getuid does not fit kind"},
      {"outside the table", "LIBCIFY_DIRECT(512, close, \"i=i\", 32)", "is outside the table"},
      {"no such adapter", "LIBCIFY_ADAPTED(1, nothing)", "nothing"},
      {"another libc", musl ? "} LIBCIFY_EXPECT_GLIBC(2, 31) void f() {" : "} LIBCIFY_EXPECT_MUSL void f() {",
       "libcify: the table was made for"},
  };
  for (const Refused& row : rows) {
    SCOPED_TRACE(row.what);
    const std::string source = folder_ / "wrong.cc";
    WriteText(source, std::string("#include \"libcify/entry.h\"\n#include <fcntl.h>\n#include <unistd.h>\n"
                                  "#include \"libcify/adapters.h\"\n#include \"libcify/table.h\"\nLIBCIFY_TABLE_BEGIN\n") +
                          row.text + "\nLIBCIFY_TABLE_END\n");
    Ran built = Shell(GetParam().command + Flags() + "-fsyntax-only -x c++ " + source);
    EXPECT_NE(built.status, 0);
    EXPECT_NE(built.output.find(row.message), std::string::npos) << built.output;
  }
}

// What the generated table says of a function that is bound by the linker's name (TableLinkNames): nothing where the header
// gives it that symbol or none, an error where it gives another.
TEST_P(Shims, FunctionsAreHeldToTheLinkersName) {
  const std::string source = folder_ / "linked.cc";
  for (const auto& [label, fits] : {std::pair{"", true}, {" __asm__(\"f50\")", true}, {" __asm__(\"f60\")", false}}) {
    WriteText(source,
              std::string("extern \"C\" int f(int)") + label +
                  ";\n#pragma GCC diagnostic push\n#pragma GCC diagnostic error \"-Wpragmas\"\n"
                  "extern \"C\" decltype(f) f __asm__(\"f50\");\n#pragma GCC diagnostic pop\nint g() { return f(1); }\n");
    Ran built = Shell(GetParam().command + (" -std=c++17 -c -x c++ " + source) + " -o " + (folder_ / "linked.o"));
    EXPECT_EQ(built.status == 0, fits) << label << built.output;
    if (fits) {
      EXPECT_EQ(Shell("nm -u " + (folder_ / "linked.o") + " | awk '{print $2}'").output, "f50\n");
    }
  }
}

}  // namespace
}  // namespace libcify
