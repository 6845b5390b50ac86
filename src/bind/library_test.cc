// Functions of a library: one row per way to be called or kept.
#include "bind/library.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

CType Integer(int bits, bool is_signed, const std::string& spelling) {
  return {.kind = CTypeKind::kInteger, .bits = bits, .is_signed = is_signed, .spelling = spelling};
}

class LibraryTest : public testing::Test {
 protected:
  LibraryTest() {
    facts_.target.libc_version = "27";
    Function("lchown", int_, {pointer_, unsigned_, unsigned_});
    Function("read", long_, {int_, pointer_, unsigned_});
    Function("getcwd", pointer_, {pointer_, unsigned_});
    Function("getuid", unsigned_, {});
    Function("new", int_, {}).since = "12";
    Function("open", int_, {pointer_, int_}).variadic = true;
    Function("stat", int_, {pointer_, pointer_}).link_name = "stat$INODE64";
    Function("select", int_, {}).link_name = "select$1050";
    Function("fdopendir", pointer_, {int_}).link_name = "fdopendir$INODE64";
    Function("unruled", int_, {});
    Function("frexp", {.kind = CTypeKind::kFloat, .bits = 64}, {});
    facts_.undeclared = {{"ptrace", "libc"}};
    Rule("errno", {"lchown", "read", "open", "stat", "select", "new", "frexp"}, ErrorRule::kErrno);
    Rule("null", {"getcwd"}, ErrorRule::kErrnoNull);
    Rule("wrong", {"getuid"}, ErrorRule::kErrno);
    Rule("renamed", {"fdopendir"}, ErrorRule::kErrnoNull).function = "fdopendir";
  }

  CFunction& Function(const std::string& name, CType result, std::vector<CType> parameters) {
    CFunction& function = facts_.functions[name];
    function = {.name = name, .link_name = name, .result = std::move(result), .header = name + ".h", .library = "libc"};
    for (CType& type : parameters) function.parameters.push_back({"", std::move(type)});
    return function;
  }

  BindRule& Rule(const std::string& id, std::vector<std::string> calls, ErrorRule errors) {
    rules_.bind.push_back({.id = id, .calls = std::move(calls), .how = How::kDirect, .error_rule = errors});
    return rules_.bind.back();
  }

  // "how function shape errors words; reason"
  std::string Bound(const std::string& symbol, int words = 0) {
    const Target target{.goos = "darwin", .goarch = "arm64", .libc = "libSystem", .libc_version = "11", .triple = ""};
    const auto bindings = BindLibrary(facts_, target, rules_, {{symbol, "libc", words}});
    if (!bindings) return Format(bindings.error());
    const Binding& one = bindings->front();
    EXPECT_EQ(one.call, symbol);
    EXPECT_EQ(one.library, "libc");
    if (one.how == How::kKept) return std::string("kept; ") + one.proof.reason;
    return std::string(Name(one.how)) + " " + one.cfunction + " " + one.shape + " " + Name(one.error_rule) + " " +
           std::to_string(one.words) + "; " + one.proof.rule;
  }

  const CType int_ = Integer(32, true, "int"), long_ = Integer(64, true, "ssize_t"), unsigned_ = Integer(32, false, "uid_t"),
              pointer_ = {.kind = CTypeKind::kPointer, .bits = 64, .spelling = "char *", .pointee = "char"};
  Facts facts_;
  RuleSet rules_;
};

TEST_F(LibraryTest, PrototypeAndRuleMakeAShim) {
  EXPECT_EQ(Bound("lchown", 3), "direct lchown i=puu errno 3; errno");
  EXPECT_EQ(Bound("read", 3), "direct read l=ipu errno 3; errno");
  EXPECT_EQ(Bound("getcwd", 2), "direct getcwd p=pu errno-null 2; null");
  EXPECT_EQ(Bound("open", 3), "variadic open i=pi. errno 3; errno");
}

TEST_F(LibraryTest, TheLinkersNameCounts) {
  EXPECT_EQ(Bound("stat$INODE64"), "direct stat i=pp errno 2; errno");
  EXPECT_EQ(Bound("select"), "kept; the headers give this name to select$1050, which is another function");
  EXPECT_EQ(Bound("fdopendir"), "direct fdopendir p=i errno-null 1; renamed");
}

TEST_F(LibraryTest, WhatIsNotKnownIsKept) {
  EXPECT_EQ(Bound("ptrace"), "kept; no header at hand declares ptrace");
  EXPECT_EQ(Bound("nothing"), "kept; neither a header nor a list of symbols at hand names nothing of libc");
  EXPECT_EQ(Bound("unruled"), "kept; no rule says how unruled reports errors");
  EXPECT_EQ(Bound("getuid"), "kept; the result of getuid (uid_t) cannot say errors as wrong claims: errno");
  EXPECT_EQ(Bound("new"), "kept; new is in libSystem since 12, newer than the baseline 11");
  EXPECT_EQ(Bound("open", 2), "kept; no request says how many words open takes behind its parameters");
  EXPECT_EQ(Bound("frexp"), "kept; the shape ?= of frexp has a part that is no machine word");
}

TEST_F(LibraryTest, WordsOfWideValues) {
  facts_.word_bits = 32;
  CFunction& pread = Function("pread", int_, {int_, pointer_, int_, Integer(64, true, "off_t")});
  pread.parameters[1].type.bits = 32;
  EXPECT_EQ(WordsOf(pread, facts_), 5);
  facts_.aligned_pairs = true;
  EXPECT_EQ(WordsOf(pread, facts_), 6);
}

TEST(LibraryCalls, OfAnInventory) {
  Inventory inventory;
  const auto seam = [&](const std::string& symbol, SeamRole role) {
    Seam one;
    one.symbol = symbol;
    one.library = "libc";
    one.role = role;
    inventory.seams.push_back(std::move(one));
  };
  const auto request = [&](const std::string& symbol, std::vector<std::string> arguments, bool block = false) {
    Request one;
    one.symbol = symbol;
    one.library = "libc";
    one.arguments = std::move(arguments);
    one.block = block;
    inventory.requests.push_back(std::move(one));
  };
  seam("__error", SeamRole::kErrno);
  seam("mach_task_self_", SeamRole::kEnter);
  request("open", {"uintptr(p)", "uintptr(mode)", "0"});
  request("open", {"uintptr(p)", "uintptr(mode)", "uintptr(perm)"});
  request("open", {"unsafe.Pointer(&args)"}, true);
  inventory.requests.emplace_back();  // of a number
  const std::vector<LibraryCall> wanted = {{"mach_task_self_", "libc", 0}, {"open", "libc", 3}};
  EXPECT_EQ(CallsOf(inventory), wanted);
}

}  // namespace
}  // namespace libcify
