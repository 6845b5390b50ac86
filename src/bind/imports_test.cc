// Which functions of DLLs the linker binds, by rules and facts in memory.
#include "bind/imports.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

class ImportsTest : public testing::Test {
 protected:
  ImportsTest() {
    Function("CloseHandle", "kernel32.dll");
    Function("GetTempPath2W", "kernel32.dll");
    Function("TransmitFile", "mswsock.dll");
    Function("Undated", "kernel32.dll");
    Function("NtOpenFile", "ntdll.dll");
    rules_.versions = {{.id = "since.old",
                        .file = {},
                        .scope = {},
                        .since = "5.0",
                        .functions = {"CloseHandle", "TransmitFile", "NtOpenFile"},
                        .reference = "page"},
                       {.id = "since.new",
                        .file = {},
                        .scope = {},
                        .since = "10.0.20348",
                        .functions = {"GetTempPath2W"},
                        .reference = "its page"}};
    rules_.libraries = {{.id = "known",
                         .file = {},
                         .scope = {},
                         .libraries = {"kernel32.dll"},
                         .how = How::kImported,
                         .reason = "known",
                         .reference = "r"},
                        {.id = "searched",
                         .file = {},
                         .scope = {},
                         .libraries = {"mswsock.dll"},
                         .how = How::kKept,
                         .reason = "searched for",
                         .reference = "r"}};
    dialect_.request_edits = {{.id = "lazy",
                               .file = {},
                               .scope = {},
                               .callee = R"(^proc\w+\.Addr\(\)$)",
                               .library = "",
                               .replacement = "x",
                               .declaration = "y",
                               .how = How::kKept,
                               .reason = "",
                               .reference = ""},
                              {.id = "own",
                               .file = {},
                               .scope = {},
                               .callee = "^_",
                               .library = "",
                               .replacement = "",
                               .declaration = "",
                               .how = How::kImported,
                               .reason = "its own",
                               .reference = "r"}};
  }

  void Function(const std::string& name, const std::string& library) {
    CFunction function{.name = name, .link_name = name, .result = {}};
    function.library = library;
    facts_.functions.emplace(name, std::move(function));
  }

  void Call(const std::string& symbol, const std::string& library, const std::string& callee,
            const std::string& entry = "syscall.SyscallN") {
    Request request{.site = {.package = "syscall", .func = "F", .span = {"syscall/z.go", 3, 4}, .range = {}, .rule = "dll"},
                    .symbol = symbol,
                    .number = {},
                    .library = library,
                    .callee = callee,
                    .callee_range = {},
                    .entry = entry,
                    .arguments = {}};
    inventory_.requests.push_back(std::move(request));
  }

  Result<std::vector<Binding>> Bind(const std::string& version = "10.0") {
    const Target target{.goos = "windows", .goarch = "amd64", .libc = "win32", .libc_version = version, .triple = ""};
    return BindImports(facts_, target, rules_, dialect_, inventory_);
  }

  // "imported" or "kept: why" of the only function.
  std::string Said(const std::string& version = "10.0") {
    const Result<std::vector<Binding>> bindings = Bind(version);
    if (!bindings) return Format(bindings.error());
    EXPECT_EQ(bindings->size(), 1U);
    const Binding& binding = bindings->front();
    return std::string(Name(binding.how)) + " [" + binding.proof.rule + "] " + binding.proof.reason;
  }

  Facts facts_;
  RuleSet rules_;
  DialectRules dialect_;
  Inventory inventory_;
};

TEST_F(ImportsTest, WhatTheOldestWindowsHasIsImported) {
  Call("CloseHandle", "kernel32.dll", "procCloseHandle.Addr()");
  const Result<std::vector<Binding>> bindings = Bind();
  ASSERT_TRUE(bindings) << Format(bindings.error());
  ASSERT_EQ(bindings->size(), 1U);
  EXPECT_EQ(bindings->front().how, How::kImported);
  EXPECT_EQ(
      bindings->front().proof.compared,
      (std::vector<std::string>{"symbol: the list of kernel32.dll has it",
                                "win32 has it since 5.0, the baseline is 10.0 (since.old)", "library: known (known)"}));
  EXPECT_EQ(bindings->front().proof.reference, "page");
}

TEST_F(ImportsTest, WhatIsNewerIsLookedUpUntilTheBaselineHasIt) {
  Call("GetTempPath2W", "kernel32.dll", "procGetTempPath2W.Addr()");
  EXPECT_EQ(Said("10.0"), "kept [since.new] win32 has it since 10.0.20348, newer than the baseline 10.0");
  EXPECT_EQ(Said("10.0.19045"), "kept [since.new] win32 has it since 10.0.20348, newer than the baseline 10.0.19045");
  EXPECT_EQ(Said("10.0.20348"), "imported [lazy] the linker binds it, instead of a look-up while the program runs");
  EXPECT_EQ(Said("10.0.22000"), "imported [lazy] the linker binds it, instead of a look-up while the program runs");
}

TEST_F(ImportsTest, WhatNobodyDatesIsLookedUp) {
  Call("Undated", "kernel32.dll", "procUndated.Addr()");
  EXPECT_EQ(Said(), "kept [lazy] no rule says since when win32 has it");
}

TEST_F(ImportsTest, ALibraryThatWindowsWouldSearchForIsLookedUp) {
  Call("TransmitFile", "mswsock.dll", "procTransmitFile.Addr()");
  EXPECT_EQ(Said(), "kept [searched] searched for");
}

TEST_F(ImportsTest, ALibraryWithoutARuleIsLookedUp) {
  Call("NtOpenFile", "ntdll.dll", "procNtOpenFile.Addr()");
  EXPECT_EQ(Said(), "kept [lazy] no rule says whether a program may import from ntdll.dll");
}

TEST_F(ImportsTest, TheListOfSymbolsMustHaveItInThatLibrary) {
  Call("CloseHandle", "mswsock.dll", "procCloseHandle.Addr()");
  EXPECT_EQ(Said(), "kept [lazy] the list of symbols has it in kernel32.dll");
  inventory_.requests.clear();
  Call("Missing", "kernel32.dll", "procMissing.Addr()");
  EXPECT_EQ(Said(), "kept [] neither a header nor a list of symbols at hand names Missing of kernel32.dll");
}

TEST_F(ImportsTest, ALookUpDecidesWhereTheTreeAlsoImports) {
  Call("GetTempPath2W", "kernel32.dll", "_GetTempPath2W", "runtime.stdcall");
  EXPECT_EQ(Said(), "imported [own] its own");
  Call("GetTempPath2W", "kernel32.dll", "procGetTempPath2W.Addr()");
  EXPECT_EQ(Said(), "kept [since.new] win32 has it since 10.0.20348, newer than the baseline 10.0");
}

TEST_F(ImportsTest, ADeclarationAloneIsNoCall) {
  Call("CloseHandle", "kernel32.dll", "", "");
  EXPECT_EQ(Said(), "kept [] the tree declares it, and calls it nowhere");
  Seam seam;
  seam.site.rule = "dll.seam.load";
  seam.symbol = "CloseHandle";
  seam.library = "kernel32.dll";
  inventory_.seams.push_back(seam);
  EXPECT_EQ(Said(), "imported [dll.seam.load] assembly of the tree imports it");
}

TEST_F(ImportsTest, ACallThatNoRuleCoversIsAnError) {
  Call("CloseHandle", "kernel32.dll", "table[0].Addr()");
  const Result<std::vector<Binding>> bindings = Bind();
  ASSERT_FALSE(bindings);
  EXPECT_EQ(Format(bindings.error()),
            "syscall/z.go:3:4: error: no rule of the dialect says what becomes of a call of table[0].Addr() (CloseHandle of "
            "kernel32.dll); add one to its request_edits [dll]\n");
}

// "direct" or "kept: why" of each function, for calls that name it.
std::string Linked(const Result<std::vector<Binding>>& bindings) {
  if (!bindings) return Format(bindings.error());
  std::string out;
  for (const Binding& one : *bindings) {
    out += one.call + ": " + Name(one.how) + (one.how == How::kKept ? ", " + one.proof.reason : "") + "\n";
  }
  return out;
}

TEST_F(ImportsTest, CallsByNameWantTheSame) {
  const Target target{.goos = "windows", .goarch = "amd64", .libc = "win32", .libc_version = "10.0", .triple = ""};
  BindRule never;
  never.id = "never";
  never.calls = {"CloseHandle", "GetTempPath2W", "TransmitFile", "NtOpenFile"};
  never.how = How::kDirect;
  never.error_rule = ErrorRule::kNever;
  rules_.bind = {never};
  Call("CloseHandle", "kernel32.dll", "procCloseHandle.Addr()");
  Call("GetTempPath2W", "kernel32.dll", "procGetTempPath2W.Addr()");
  Call("TransmitFile", "mswsock.dll", "procTransmitFile.Addr()");
  Call("NtOpenFile", "ntdll.dll", "procNtOpenFile.Addr()");
  EXPECT_EQ(Linked(BindLinked(facts_, target, rules_, inventory_)),
            "CloseHandle: direct\n"
            "GetTempPath2W: kept, GetTempPath2W is in win32 since 10.0.20348, newer than the baseline 10.0\n"
            "TransmitFile: kept, searched for\n"
            "NtOpenFile: kept, no rule says whether a program may import from ntdll.dll\n");
  // Where no rule speaks of libraries, the headers' word is all.
  rules_.libraries.clear();
  EXPECT_NE(Linked(BindLinked(facts_, target, rules_, inventory_)).find("TransmitFile: direct\n"), std::string::npos);
}

TEST_F(ImportsTest, TwoRulesForOneNameAreAnError) {
  Call("CloseHandle", "kernel32.dll", "procCloseHandle.Addr()");
  rules_.versions.push_back(rules_.versions[0]);
  rules_.versions.back().id = "since.other";
  rules_.versions.back().functions = {"CloseHandle"};
  const Result<std::vector<Binding>> bindings = Bind();
  ASSERT_FALSE(bindings);
  EXPECT_NE(Format(bindings.error()).find("CloseHandle on windows/amd64 with win32 is also dated by since.old"),
            std::string::npos)
      << Format(bindings.error());
}

}  // namespace
}  // namespace libcify
