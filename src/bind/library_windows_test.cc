// Functions of Windows' DLLs and of WASI, whose results and parameters are not as those of other libraries.
#include <gtest/gtest.h>

#include "bind/library.h"

namespace libcify {
namespace {

CType Integer(int bits, bool is_signed) { return {.kind = CTypeKind::kInteger, .bits = bits, .is_signed = is_signed}; }

const CType kHandle{.kind = CTypeKind::kPointer, .bits = 64, .spelling = "HANDLE", .pointee = "void"};
const CType kDword = Integer(32, false);
const CType kBool = Integer(32, true);

class WindowsLibraryTest : public testing::Test {
 protected:
  void Function(const std::string& name, CType result, const std::vector<CType>& parameters, const std::string& link = "") {
    CFunction function{.name = name, .link_name = link.empty() ? name : link, .result = std::move(result)};
    for (const CType& type : parameters) function.parameters.push_back({.name = "p", .type = type});
    function.library = "kernel32.dll";
    facts_.functions.emplace(name, std::move(function));
  }

  void Rule(const std::string& call, ErrorRule error, const std::string& function = "") {
    BindRule rule;
    rule.id = "test." + call;
    rule.calls = {call};
    rule.function = function;
    rule.error_rule = error;
    rules_.bind.push_back(std::move(rule));
  }

  Binding Bind(const LibraryCall& call, const std::string& goos = "windows") {
    const Target target{.goos = goos, .goarch = "amd64", .libc = "win32", .libc_version = "10.0", .triple = ""};
    const Result<std::vector<Binding>> bindings = BindLibrary(facts_, target, rules_, {call});
    EXPECT_TRUE(bindings) << Format(bindings.error());
    return bindings->front();
  }

  Facts facts_;
  RuleSet rules_;
};

TEST_F(WindowsLibraryTest, OnWindowsAHandleAndAnUnsignedNumberSayMinusOne) {
  Function("CreateNamedPipeW", kHandle, {kDword});
  Function("ResumeThread", kDword, {kHandle});
  Function("Sleep", {}, {kDword});
  for (const char* name : {"CreateNamedPipeW", "ResumeThread", "Sleep"}) Rule(name, ErrorRule::kErrno);
  EXPECT_EQ(Bind({.symbol = "CreateNamedPipeW", .library = "kernel32.dll"}).how, How::kDirect);
  EXPECT_EQ(Bind({.symbol = "ResumeThread", .library = "kernel32.dll"}).how, How::kDirect);
  EXPECT_EQ(Bind({.symbol = "ResumeThread", .library = "kernel32.dll"}, "darwin").how, How::kKept);
  EXPECT_EQ(Bind({.symbol = "Sleep", .library = "kernel32.dll"}).how, How::kKept);
}

TEST_F(WindowsLibraryTest, AStatusIsAnIntOfItsOwn) {
  Function("NtOpenFile", kBool, {kHandle});
  Function("GetVersion", kDword, {});
  Rule("NtOpenFile", ErrorRule::kStatus);
  Rule("GetVersion", ErrorRule::kStatus);
  EXPECT_EQ(Bind({.symbol = "NtOpenFile", .library = "ntdll.dll"}).how, How::kDirect);
  EXPECT_EQ(Bind({.symbol = "GetVersion", .library = "kernel32.dll"}).how, How::kKept);
}

TEST_F(WindowsLibraryTest, AUnionByValueIsANumberOf64Bits) {
  const CType large{.kind = CTypeKind::kRecord, .bits = 64, .spelling = "LARGE_INTEGER", .pointee = "union _LARGE_INTEGER"};
  Function("SetFilePointerEx", kBool, {kDword, large, kDword, kDword});
  Rule("SetFilePointerEx", ErrorRule::kErrnoNull);
  const LibraryCall call{.symbol = "SetFilePointerEx", .library = "kernel32.dll"};
  EXPECT_EQ(Bind(call).shape, "i=uruu");
  EXPECT_EQ(Bind(call).words, 4);
  facts_.word_bits = 32;
  EXPECT_EQ(Bind(call).words, 5);
}

TEST_F(WindowsLibraryTest, ARuleForManyNamesTheFunctionByTheCall) {
  Function("__wasi_path_open", Integer(16, false), {kHandle}, "path_open");
  Function("wasi_path_open", Integer(16, false), {kHandle, kDword}, "path_open");
  Rule("path_open", ErrorRule::kReturned, "wasi_{call}");
  const Binding binding = Bind({.symbol = "path_open", .library = "wasi_snapshot_preview1"}, "wasip1");
  EXPECT_EQ(binding.cfunction, "wasi_path_open");
  EXPECT_EQ(binding.how, How::kDirect);
}

TEST_F(WindowsLibraryTest, WhatTheRuntimeLooksUpItself) {
  Inventory inventory;
  const auto request = [&](const std::string& symbol, const std::string& library) {
    Request one;
    one.symbol = symbol;
    one.library = library;
    inventory.requests.push_back(std::move(one));
  };
  request("ProcessPrng", "?");
  request("ProcessPrng", "bcryptprimitives.dll");
  request("RtlGetCurrentPeb", "?");
  std::string text;
  for (const LibraryCall& call : CallsOf(inventory)) text += call.library + " " + call.symbol + "; ";
  EXPECT_EQ(text, "? RtlGetCurrentPeb; bcryptprimitives.dll ProcessPrng; ");
  Function("RtlGetCurrentPeb", kHandle, {});
  Rule("RtlGetCurrentPeb", ErrorRule::kNever);
  EXPECT_EQ(Bind({.symbol = "RtlGetCurrentPeb", .library = "?"}).library, "kernel32.dll");
}

}  // namespace
}  // namespace libcify
