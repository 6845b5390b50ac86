// The tables and adapters of every Linux port, compiled with what compilers and headers are at hand, and run against the
// kernel: 386 natively, the others by qemu-user, whose answers both ways have in common.
//
// What is not installed is skipped, and says so. Headers: Debian's cross packages of glibc; Zig's of both libcs where
// scripts/bootstrap has unpacked them (build/deps/zig).
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "bind/shims_testing.h"

namespace libcify {
namespace {

struct PortTools {
  const char* goarch;
  const char* triple;  // of Debian's cross packages and of clang
  const char* qemu;    // "" runs natively
  const char* zig;     // Zig's name of the architecture in glibc's headers
  const char* musl;    // and in musl's
};

const PortTools kPorts[] = {
    {"386", "i686-linux-gnu", "", "x86", "x86"},
    {"arm", "arm-linux-gnueabihf", "arm", "arm", "arm"},
    {"arm64", "aarch64-linux-gnu", "aarch64", "aarch64", "aarch64"},
    {"loong64", "loongarch64-linux-gnu", "loongarch64", "loongarch", "loongarch64"},
    {"mips", "mips-linux-gnu", "mips", "mips", "mips"},
    {"mipsle", "mipsel-linux-gnu", "mipsel", "mips", "mips"},
    {"mips64", "mips64-linux-gnuabi64", "mips64", "mips", "mips64"},
    {"mips64le", "mips64el-linux-gnuabi64", "mips64el", "mips", "mips64"},
    {"ppc64", "powerpc64-linux-gnu", "ppc64", "powerpc", "powerpc64"},
    {"ppc64le", "powerpc64le-linux-gnu", "ppc64le", "powerpc", "powerpc64"},
    {"riscv64", "riscv64-linux-gnu", "riscv64", "riscv", "riscv64"},
    {"s390x", "s390x-linux-gnu", "s390x", "s390x", "s390x"},
};

class Ports : public testing::TestWithParam<PortTools> {
 protected:
  void SetUp() override {
#if !defined(__linux__) || !defined(__x86_64__)
    GTEST_SKIP() << "386 runs natively on amd64";
#endif
  }

  [[nodiscard]] std::string Facts(const std::string& libc) const {
    return std::string("linux-") + GetParam().goarch + "-" + libc + ".json";
  }
  [[nodiscard]] bool HasFacts(const std::string& libc) const { return fs::exists(kSource / "rules/facts" / Facts(libc)); }

  // The generated table; "" and a failure where there is none.
  std::string Rows(const std::string& libc, const std::string& baseline) {
    std::string path = folder_ / ("rows-" + libc + "-" + baseline + ".cc");
    Ran ran = Shell(ReportOf("rows", Facts(libc) + "=" + baseline) + " > " + path);
    EXPECT_EQ(ran.status, 0) << ran.output << ReadText(path);
    return path;
  }

  [[nodiscard]] std::string Gcc() const { return std::string(GetParam().triple) + "-gcc"; }
  [[nodiscard]] bool HasGcc() const { return Shell(Gcc() + " --version").status == 0; }
  [[nodiscard]] std::string Clang() const {
    std::string triple = GetParam().triple;
    return "clang-19 -nostdinc++ --target=" + triple;
  }
  [[nodiscard]] static bool HasClang() { return Shell("clang-19 --version").status == 0; }

  // clang with Zig's headers; "" where they are not at hand.
  [[nodiscard]] std::string ClangWithZig(const std::string& libc) const {
    const PortTools& port = GetParam();
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(kSource / "build/deps/zig/lib", ignored)) {
      const fs::path include = entry.path() / "site-packages/ziglang/lib/libc/include";
      if (!fs::exists(include)) continue;
      const std::string own =
          libc == "glibc" ? std::string(port.zig) + "-linux-gnu" : std::string(port.musl) + "-linux-musl";
      const std::string common = libc == "glibc" ? "generic-glibc" : "generic-musl";
      if (!fs::exists(include / own)) continue;
      std::string out = Clang() + " -nostdlibinc" + (libc == "glibc" ? " -D__GLIBC_MINOR__=36" : "");
      const std::string kernel = std::string(port.zig) + "-linux-any";
      for (const std::string& name : {own, common, kernel, std::string("any-linux-any")}) {
        out += " -isystem " + (include / name).string();
      }
      return out;
    }
    return "";
  }

  static void Compiles(const std::string& compiler, const std::string& source) {
    SCOPED_TRACE(compiler);
    Ran ran = Shell(compiler + Flags() + "-O1 -fsyntax-only -x c++ " + source);
    EXPECT_EQ(ran.status, 0) << ran.output;
    EXPECT_EQ(ran.output, "");
  }

  // Builds a program of testdata/shims and runs it; what it must say is in its output.
  void Says(const std::string& said, const std::string& program, const std::string& flags) {
    SCOPED_TRACE(program);
    const PortTools& port = GetParam();
    const std::string binary = folder_ / "program", source = (kSource / "testdata/shims" / program).string();
    Ran built = Shell(Gcc() + Flags() + "-O1 -static" + flags + " -x c++ " + source + " -o " + binary);
    ASSERT_EQ(built.status, 0) << built.output;
    const bool native = std::string(port.qemu).empty();
    Ran ran = Shell("timeout -k 5 120 " +
                    (native ? "" : "env LIBCIFY_EMULATED=1 qemu-" + std::string(port.qemu) + "-static ") + binary);
    EXPECT_EQ(ran.status, 0) << ran.output;
    EXPECT_NE(ran.output.find(said), std::string::npos);
  }

  // With the generated table where `rows` names one, run against the kernel.
  void AnswersAsTheKernelDoes(const std::string& program, const std::string& rows) {
    Says(" cases, 0 differ\n", program, rows.empty() ? "" : " -DLIBCIFY_ROWS='\"" + rows + "\"'");
  }

  // Why programs of this port cannot be built and run here; "" where they can.
  [[nodiscard]] std::string CannotRun() const {
    const PortTools& port = GetParam();
    if (!HasFacts("glibc")) return std::string("no facts of glibc for ") + port.goarch;
    if (!HasGcc()) return Gcc() + " is not installed";
    const std::string qemu = "qemu-" + std::string(port.qemu) + "-static";
    if (*port.qemu != '\0' && Shell(qemu + " --version").status != 0) return qemu + " is not installed";
    return "";
  }

  Folder folder_;
};

INSTANTIATE_TEST_SUITE_P(, Ports, testing::ValuesIn(kPorts), [](const testing::TestParamInfo<PortTools>& info) {
  return std::string("on") + info.param.goarch;
});

TEST_P(Ports, TablesCompileWithoutWarnings) {
  std::string skipped;
  int compiled = 0;
  for (const char* libc : {"glibc", "musl"}) {
    if (!HasFacts(libc)) {
      skipped += std::string(libc) + ": no facts; ";
      continue;
    }
    const bool glibc = std::string(libc) == "glibc";
    std::vector<std::string> compilers;
    if (glibc && HasGcc()) {
      compilers.push_back(Gcc());
      if (HasClang()) compilers.push_back(Clang() + " -isystem /usr/" + GetParam().triple + "/include");
    } else if (glibc) {
      skipped += Gcc() + " is not installed; ";
    }
    const std::string zig = HasClang() ? ClangWithZig(libc) : "";
    if (!zig.empty() && (!glibc || compilers.empty())) compilers.push_back(zig);
    if (!glibc && zig.empty()) skipped += "musl: no headers in build/deps/zig (scripts/bootstrap all-facts); ";
    for (const std::string& baseline :
         glibc ? std::vector<std::string>{"2.31", "2.36"} : std::vector<std::string>{"1.2.3"}) {
      const std::string rows = Rows(libc, baseline);
      for (const std::string& compiler : compilers) {
        Compiles(compiler, rows);
        ++compiled;
      }
    }
  }
  std::printf("%s: %d compiled; skipped: %s\n", GetParam().goarch, compiled, skipped.empty() ? "nothing" : skipped.c_str());
  if (compiled == 0) GTEST_SKIP() << skipped;
}

TEST_P(Ports, AdaptersAnswerAsTheKernelDoes) {
  if (const std::string why = CannotRun(); !why.empty()) GTEST_SKIP() << why;
  for (const char* topic : {"file", "poll", "process", "signal", "wide"}) {
    AnswersAsTheKernelDoes("adapters_" + std::string(topic) + "_check.cc", "");
  }
}

TEST_P(Ports, TheTableAnswersAsTheKernelDoes) {
  if (const std::string why = CannotRun(); !why.empty()) GTEST_SKIP() << why;
  const std::string rows = Rows("glibc", "2.36");
  for (const char* topic : {"file", "memory", "process"}) {
    AnswersAsTheKernelDoes("bindings_" + std::string(topic) + "_check.cc", rows);
  }
}

// Shims of library functions, on the processors of systems that nothing here runs (shims_test.cc has amd64).
TEST_P(Ports, LibraryFunctions) {
  if (std::string(GetParam().goarch).starts_with("mips")) GTEST_SKIP() << "no such system is on " << GetParam().goarch;
  if (const std::string why = CannotRun(); !why.empty()) GTEST_SKIP() << why;
  Says("ok\n", "library_check.cc", "");
}

// The bridge of systems that say errors by a flag, which no machine here runs (shims_test.cc has it for amd64).
TEST_P(Ports, FlagBridge) {
  const std::map<std::string, std::string> halves = {{"386", "bsd/cgo/gcc_libcify_bsd_386.S"},
                                                     {"arm", "bsd/cgo/gcc_libcify_bsd_arm.S"},
                                                     {"arm64", "all/cgo/gcc_libcify_arm64.S"},
                                                     {"riscv64", "bsd/cgo/gcc_libcify_bsd_riscv64.S"}};
  const auto half = halves.find(GetParam().goarch);
  if (half == halves.end()) GTEST_SKIP() << "no such system is served on " << GetParam().goarch;
  if (const std::string why = CannotRun(); !why.empty()) GTEST_SKIP() << why;
  for (const std::string& flags : FlagBridgeFlags()) {
    Says("ok\n", "flag_bridge_check.cc", flags + (kSource / "overlays/gc" / half->second).string());
  }
}

}  // namespace
}  // namespace libcify
