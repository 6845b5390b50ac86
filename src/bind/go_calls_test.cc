// Go's calls against prototypes: each row is one call with one fault, and one that is right.
#include "bind/go_calls.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

CType Integer(int bits, bool is_signed, const std::string& spelling) {
  return {.kind = CTypeKind::kInteger, .bits = bits, .is_signed = is_signed, .spelling = spelling};
}

CType Pointer(int bits, const std::string& pointee, const std::string& spelling) {
  return {.kind = CTypeKind::kPointer, .bits = bits, .spelling = spelling, .pointee = pointee};
}

class GoCallsTest : public testing::Test {
 protected:
  GoCallsTest() {
    port_.goos = "windows";
    port_.goarch = "amd64";
    port_.mechanism = "dll";
  }

  void Function(const std::string& name, CType result, std::vector<CType> parameters) {
    CFunction& function = facts_.functions[name];
    function.name = function.link_name = name;
    function.result = std::move(result);
    for (CType& type : parameters) {
      function.parameters.push_back({"p" + std::to_string(function.parameters.size()), std::move(type)});
    }
  }

  // All findings of one call: "kind: what; ".
  std::string Call(const std::string& symbol, GoCall go) {
    Inventory inventory;
    Request request;
    request.symbol = symbol;
    request.library = "kernel32.dll";
    request.entry = "syscall.SyscallN";
    request.go = std::move(go);
    inventory.requests.push_back(std::move(request));
    std::string out;
    for (const GoCallFinding& finding : CompareGoCalls(inventory, facts_, port_).findings) {
      out += std::string(Name(finding.kind)) + ": " + finding.what + "; ";
    }
    return out;
  }

  Port port_;
  Facts facts_;
  const CType dword_ = Integer(32, false, "DWORD"), bool_ = Integer(32, true, "WINBOOL"),
              handle_ = Pointer(64, "void", "HANDLE"), go_handle_ = Integer(64, false, "Handle"),
              go_int_ = Integer(64, true, "int"), go_u32_ = Integer(32, false, "uint32"),
              go_i32_ = Integer(32, true, "int32");
};

TEST_F(GoCallsTest, WhatFitsIsNoFinding) {
  Function("F", handle_, {handle_, dword_, Pointer(64, "unsigned long", "LPDWORD"), Pointer(64, "void", "LPVOID")});
  EXPECT_EQ(Call("F", {.arguments = {go_handle_, go_i32_, Pointer(64, "uint32", "*uint32"), std::nullopt},
                       .result = go_handle_,
                       .check = "== InvalidHandle",
                       .checked_bits = 64}),
            "");
}

TEST_F(GoCallsTest, EachFaultIsFound) {
  Function("F", bool_, {handle_});
  EXPECT_EQ(Call("F", {.arguments = {go_handle_, std::nullopt}}), "count: Go passes 2 words, the prototype takes 1; ");
  EXPECT_EQ(Call("F", {.arguments = {go_i32_}}), "narrower: p0: Go's int32 (i32) is HANDLE (void *); ");
  EXPECT_EQ(Call("F", {.arguments = {go_handle_}, .check = "== 0", .checked_bits = 64}),
            "result-test: \"== 0\" looks at 64 bits, the result is WINBOOL (i32); ");
  EXPECT_EQ(Call("F", {.arguments = {go_handle_}, .check = "== 0", .checked_bits = 8}), "");
  EXPECT_EQ(Call("F", {.arguments = {go_handle_}, .result = go_int_}), "result: Go's int (i64) is made of WINBOOL (i32); ");
  Function("G", {}, {dword_});
  EXPECT_EQ(Call("G", {.arguments = {go_int_}}), "wider: p0: Go's int (i64) is DWORD (u32); ");
  EXPECT_EQ(Call("G", {.arguments = {Pointer(64, "byte", "*byte")}}), "pointer: p0: Go's *byte (byte *) is DWORD (u32); ");
  EXPECT_EQ(Call("G", {.arguments = {go_u32_}, .result = go_u32_}), "result: Go looks at the result, it has none; ");
  Function("H", handle_, {Pointer(64, "unsigned long", "LPDWORD")});
  EXPECT_EQ(Call("H", {.arguments = {Pointer(64, "uint16", "*uint16")}, .result = go_u32_}),
            "pointee: p0: Go's *uint16 (uint16 *) is LPDWORD (unsigned long *); "
            "result: Go's uint32 (u32) cuts HANDLE (void *); ");
  EXPECT_EQ(Call("I", {}), "undeclared: no header declares it; ");
}

TEST_F(GoCallsTest, AValueOfTwoWords) {
  port_.goarch = "386";
  port_.word_bits = 32;
  Function("Seek", bool_,
           {Pointer(32, "void", "HANDLE"), {.kind = CTypeKind::kRecord, .bits = 64, .spelling = "LARGE_INTEGER"}});
  EXPECT_EQ(Call("Seek", {.arguments = {Integer(32, false, "Handle"), std::nullopt, std::nullopt}}), "");
  EXPECT_EQ(Call("Seek", {.arguments = {Integer(32, false, "Handle"), std::nullopt}}),
            "count: Go passes 2 words, the prototype takes 3; ");
}

// A call by an entry that compares so, of a function that tells errors so.
TEST_F(GoCallsTest, EntriesTellErrorsAsFunctionsDo) {
  port_ = {.goos = "darwin", .goarch = "arm64", .word_bits = 64, .mechanism = "trampoline"};
  const CType int_c = Integer(32, true, "int"), long_c = Integer(64, true, "ssize_t"),
              pointer = Pointer(64, "char", "char *");
  const auto call = [&](CType result, ErrorRule rule, ResultTest test, std::vector<std::string> arguments = {},
                        const std::string& library = "libc") {
    facts_.functions.clear();
    Function("f", std::move(result), {handle_});
    facts_.functions["f"].library = "libc";
    Request request;
    request.symbol = "f";
    request.library = library;
    request.entry = "syscall.syscall";
    request.result_test = test;
    request.arguments = arguments.empty() ? std::vector<std::string>{"uintptr(p)", "0", "0"} : std::move(arguments);
    request.go.arguments.resize(request.arguments.size());
    Inventory inventory;
    inventory.requests = {request};
    Binding binding{.call = "f", .library = library, .how = How::kDirect, .cfunction = "f"};
    binding.error_rule = rule;
    std::string out;
    for (const GoCallFinding& finding : CompareGoCalls(inventory, facts_, port_, {binding}).findings) {
      out += std::string(Name(finding.kind)) + ": " + finding.what + "; ";
    }
    return out;
  };
  using Test = ResultTest;
  EXPECT_EQ(call(int_c, ErrorRule::kErrno, Test::kWord32), "");
  EXPECT_EQ(call(long_c, ErrorRule::kErrno, Test::kWord64), "");
  EXPECT_EQ(call(pointer, ErrorRule::kErrnoNull, Test::kPointer), "");
  EXPECT_EQ(call(int_c, ErrorRule::kNever, Test::kWord32), "");
  EXPECT_EQ(call(long_c, ErrorRule::kErrno, Test::kWord32), "half-test: -1 of 32 bits, the result is ssize_t (i64); ");
  EXPECT_EQ(call(int_c, ErrorRule::kErrno, Test::kWord64), "result-test: -1 of 64 bits, the result is int (i32); ");
  EXPECT_EQ(call(pointer, ErrorRule::kErrnoNull, Test::kWord32), "error-test: compared with -1, an error is NULL; ");
  EXPECT_EQ(call(pointer, ErrorRule::kErrnoPointer, Test::kWord32),
            "half-test: -1 of 32 bits, the result is char * (char *); ");
  EXPECT_EQ(call(int_c, ErrorRule::kErrno, Test::kPointer), "error-test: compared with NULL, an error is -1; ");
  EXPECT_EQ(call(int_c, ErrorRule::kReturned, Test::kWord32), "error-test: compared with -1, it is the error number; ");
  EXPECT_EQ(call(int_c, ErrorRule::kErrnoNonzero, Test::kWord32),
            "error-test: compared with -1, it is 0 or a code of its own; ");
  EXPECT_EQ(call(int_c, ErrorRule::kErrnoValue, Test::kWord32),
            "error-test: compared with -1, which may be a value: errno is not 0 before the call; ");
  EXPECT_EQ(call(int_c, ErrorRule::kErrno, Test::kWord32, {"uintptr(p)", "uintptr(q)", "0"}),
            "count: Go passes 3 words, the prototype takes 1; ");
  EXPECT_EQ(call(int_c, ErrorRule::kErrno, Test::kWord32, {}, "libpthread"), "name: it is in libc; ");
}

TEST_F(GoCallsTest, KindsOfAnImport) {
  port_ = {.goos = "wasip1", .goarch = "wasm", .word_bits = 32, .mechanism = "wasmimport"};
  Function("path_open", Integer(16, false, "__wasi_errno_t"),
           {Integer(32, true, "__wasi_fd_t"), Pointer(32, "char", "const char *"), Integer(64, false, "__wasi_rights_t")});
  const auto declared = [&](GoCall call) {
    Inventory inventory;
    Seam seam;
    seam.symbol = "path_open";
    seam.declared = std::move(call);
    inventory.seams.push_back(std::move(seam));
    std::string out;
    for (const GoCallFinding& finding : CompareGoCalls(inventory, facts_, port_).findings) {
      out += std::string(Name(finding.kind)) + ": " + finding.what + "; ";
    }
    return out;
  };
  const CType path = Pointer(32, "byte", "*byte"), rights = Integer(64, false, "rights");
  EXPECT_EQ(declared({.arguments = {go_i32_, path, go_u32_, rights}, .result = go_u32_}), "");
  EXPECT_EQ(declared({.arguments = {go_i32_, path, rights}, .result = go_u32_}),
            "count: Go passes 3 words, the prototype takes 4; ");
  EXPECT_EQ(declared({.arguments = {go_i32_, path, go_u32_, go_u32_}, .result = go_u32_}),
            "count: p2: Go's uint32 (u32) is __wasi_rights_t (u64); ");
  EXPECT_EQ(declared({.arguments = {go_i32_, path, go_u32_, rights}}), "result: the result is __wasi_errno_t (u16); ");
}

}  // namespace
}  // namespace libcify
