// Binding on small hand-made facts: each row is one call, one libc function and what must come of them.
#include "bind/bind.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace libcify {
namespace {

// "i32", "u64", "void", "struct stat *", "const char *", "function *": what Describe prints, read back.
CType Type(const std::string& text) {
  CType out{.spelling = text};
  if (text == "void") return out;
  if (text == "function *") {
    out.kind = CTypeKind::kFunctionPointer;
    out.bits = 64;
  } else if (text.ends_with(" *")) {
    out.kind = CTypeKind::kPointer;
    out.bits = 64;
    out.pointee_const = text.starts_with("const ");
    out.pointee = text.substr(out.pointee_const ? 6 : 0, text.size() - 2 - (out.pointee_const ? 6 : 0));
  } else {
    out.kind = CTypeKind::kInteger;
    out.bits = std::stoi(text.substr(1));
    out.is_signed = text[0] == 'i';
  }
  return out;
}

using Types = std::vector<std::string>;

Call MakeCall(const std::string& name, int number, const std::string& result, const Types& parameters) {
  Contract contract{.entry = "sys_" + name, .result = Type(result), .source = "syscalls.h:1"};
  for (const std::string& type : parameters) {
    contract.parameters.push_back({std::string(1, static_cast<char>('a' + contract.parameters.size())), Type(type)});
  }
  return {.name = name, .number = number, .contract = contract};
}

CFunction MakeFunction(const std::string& name, const std::string& result, const Types& parameters, bool variadic = false) {
  CFunction out{.name = name, .link_name = name, .result = Type(result), .variadic = variadic, .header = "x.h"};
  out.since = "2.2.5";
  for (const std::string& type : parameters) out.parameters.push_back({"p", Type(type)});
  return out;
}

CField Field(int offset, int bits, bool is_signed = false, CTypeKind kind = CTypeKind::kInteger) {
  return {"f" + std::to_string(offset), offset, bits, bits, is_signed, kind};
}

// One call "do" of number 7 against one function.
class BindTest : public testing::Test {
 protected:
  BindTest() {
    facts_.target = {"linux", "amd64", "glibc", "2.36", "x86_64-linux-gnu"};
    target_ = facts_.target;
    target_.libc_version = "2.31";
    Function("i32", {}, false, "another");  // a libc of which headers are at hand has functions
  }

  void Contract(const std::string& result, const Types& parameters) {
    facts_.calls = {MakeCall("do", 7, result, parameters)};
  }
  CFunction& Function(const std::string& result, const Types& parameters, bool variadic = false,
                      const std::string& name = "do") {
    return facts_.functions[name] = MakeFunction(name, result, parameters, variadic);
  }
  void Tolerate(const std::string& where, const std::string& contract, const std::string& libc, Types calls = {}) {
    rules_.tolerances.push_back({.id = "t" + std::to_string(rules_.tolerances.size()),
                                 .where = where,
                                 .contract = contract,
                                 .libc = libc,
                                 .calls = std::move(calls)});
  }
  BindRule& Rule(How how) {
    rules_.bind.push_back({.id = "r", .file = "rules/bind/r.json", .calls = {"do"}, .how = how});
    rules_.bind.back().reason = "because";
    rules_.bind.back().reference = "do(2)";
    return rules_.bind.back();
  }

  Binding Only() {
    Result<std::vector<Binding>> out = Bind(facts_, target_, port_, rules_);
    if (!out || out->size() != 1) {
      ADD_FAILURE() << (out ? "not one binding" : Format(out.error()));
      return {};
    }
    return out->front();
  }
  std::string Reason() {
    Binding binding = Only();
    EXPECT_EQ(binding.how, How::kFallback);
    EXPECT_EQ(binding.cfunction, "syscall");
    EXPECT_NE(binding.proof.reference, "");
    return binding.proof.reason;
  }

  Facts facts_;
  Target target_;
  Port port_;
  RuleSet rules_;
};

TEST_F(BindTest, SameTypesAreDirect) {
  Contract("i64", {"u32", "void *", "u64"});
  Function("i64", {"u32", "void *", "u64"});
  Binding binding = Only();
  EXPECT_EQ(binding.how, How::kDirect);
  EXPECT_EQ(binding.number, 7);
  EXPECT_EQ(binding.cfunction, "do");
  EXPECT_EQ(binding.link_name, "do");
  EXPECT_EQ(binding.header, "x.h");
  EXPECT_EQ(binding.shape, "l=upL");
  EXPECT_EQ(binding.error_rule, ErrorRule::kErrno);
  EXPECT_EQ(binding.proof.reason, "");
  EXPECT_EQ(binding.proof.compared, (std::vector<std::string>{"result: i64 = i64", "a: u32 = u32",
                                                              "b: void * = void * (opaque memory)", "c: u64 = u64"}));
}

TEST_F(BindTest, ByTheLinkersName) {
  Contract("i32", {"i32", "void *"});
  Function("i32", {"i32", "void *"}, false, "undo").link_name = "do";
  EXPECT_EQ(Only().how, How::kDirect);
  EXPECT_EQ(Only().cfunction, "undo");
  EXPECT_EQ(Only().link_name, "do");
  Function("i32", {"i64", "void *"});  // the name in C source comes first
  EXPECT_EQ(Only().cfunction, "syscall");
}

TEST_F(BindTest, OfALibraryThatIsNotLinked) {
  Contract("i32", {"i32"});
  Function("i32", {"i32"}).library = "libpthread.so.0";
  EXPECT_EQ(Only().how, How::kDirect);
  Function("i32", {"i32"}).library = "librt.so";
  EXPECT_EQ(Reason(), "do is in librt.so, which Go's programs do not link");
}

TEST_F(BindTest, EveryDifferenceIsNamed) {
  Contract("i64", {"u32", "u64", "i32", "char *"});
  Function("i64", {"i32", "i32", "i64", "i32"});
  EXPECT_EQ(Reason(),
            "do differs from the contract: a: the contract's u32 (u32) is libc's i32 (i32); "
            "b: the contract's u64 (u64) is libc's i32 (i32, narrower); c: the contract's i32 (i32) is libc's i64 (i64); "
            "d: the contract's char * (char *) is libc's i32 (i32, narrower)");
  EXPECT_EQ(Only().proof.reference, "syscalls.h:1 against x.h");
}

TEST_F(BindTest, ToleranceIsNamedInTheProof) {
  Contract("i64", {"u32"});
  Function("i64", {"i32"});
  Tolerate("parameter", "[iu]32", "[iu]32");
  Binding binding = Only();
  EXPECT_EQ(binding.how, How::kDirect);
  EXPECT_EQ(binding.proof.compared[1], "a: u32 ~ i32 (t0)");
}

TEST_F(BindTest, ToleranceHoldsForItsPlaceCallsAndWholeTypes) {
  Contract("i64", {"u32"});
  Function("i64", {"i32"});
  Tolerate("result", "u32", "i32");
  Tolerate("record", "u32", "i32");
  Tolerate("parameter", "u32", "i32", {"other"});
  Tolerate("parameter", "u3", "i32");
  Tolerate("parameter", "u32", "i3");
  EXPECT_EQ(Reason(), "do differs from the contract: a: the contract's u32 (u32) is libc's i32 (i32)");
}

TEST_F(BindTest, ToleranceOfNamedCallsComesFirst) {
  Contract("i64", {"u32"});
  Function("i64", {"i32"});
  Tolerate("parameter", "u32", "i32");
  Tolerate("parameter", "u32", "i32", {"do"});
  EXPECT_EQ(Only().proof.compared[1], "a: u32 ~ i32 (t1)");
}

TEST_F(BindTest, BadToleranceIsAnError) {
  Contract("i64", {});
  Tolerate("parameter", "(", "i32");
  Result<std::vector<Binding>> out = Bind(facts_, target_, {}, rules_);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().front().rule, "t0");
}

TEST_F(BindTest, Arity) {
  Contract("i64", {"u32", "u32"});
  Function("i64", {"u32"});
  EXPECT_EQ(Reason(), "do differs from the contract: the contract has 2 parameters, libc's do has 1");
  Function("i64", {"u32", "u32", "u32"});
  EXPECT_EQ(Reason(), "do differs from the contract: the contract has 2 parameters, libc's do has 3");
  Function("i64", {"u32", "u32", "u32"}, true);
  EXPECT_EQ(Reason(), "do differs from the contract: the contract has 2 parameters, libc's do has 3 and more");
}

TEST_F(BindTest, Variadic) {
  Contract("i64", {"u32", "u32"});
  Function("i64", {"u32"}, true);
  Binding binding = Only();
  EXPECT_EQ(binding.how, How::kVariadic);
  EXPECT_EQ(binding.shape, "l=u.");
  EXPECT_EQ(binding.proof.compared.back(), "b: u32 by …");
  EXPECT_NE(binding.proof.reason, "");
  EXPECT_EQ(binding.proof.reference, "x.h");
}

TEST_F(BindTest, PointersToMemoryAndValues) {
  Contract("i64", {"char *", "struct a *", "int *", "function *"});
  Function("i64", {"struct b *", "void *", "int *", "function *"});
  EXPECT_EQ(Only().how, How::kDirect);
  Function("i64", {"struct b *", "void *", "unsigned int *", "function *"});
  EXPECT_EQ(Reason(), "do differs from the contract: c: the contract's int * is libc's unsigned int *");
  Function("i64", {"struct b *", "void *", "int *", "void *"});
  EXPECT_EQ(Reason(), "do differs from the contract: d: the contract's function * (function *) is libc's void * (void *)");
}

TEST_F(BindTest, RecordsOfUnknownLayoutDoNotAgree) {
  Contract("i64", {"struct a *"});
  Function("i64", {"struct a *"});
  EXPECT_EQ(Reason(),
            "do differs from the contract: a: the contract's struct a * is libc's struct a *, and neither layout is known");
  facts_.libc_records["struct a"] = {"struct a", 8, 8, {Field(0, 64)}, "x.h"};
  EXPECT_EQ(Reason(),
            "do differs from the contract: a: the contract's struct a * is libc's struct a *, and the kernel's layout is "
            "not known");
  Tolerate("parameter", "struct a \\*", "struct a \\*", {"do"});
  EXPECT_EQ(Only().how, How::kDirect);
}

struct RecordRow {
  const char* what;
  std::vector<CField> kernel, libc;
  int libc_size;
  const char* difference;  // "" for none
};

TEST_F(BindTest, RecordsFieldByField) {
  const CField array{"a[2]", 64, 128, 64, false, CTypeKind::kInteger};
  const std::vector<RecordRow> rows = {
      {"same", {Field(0, 32), Field(64, 64)}, {Field(0, 32), Field(64, 64)}, 24, ""},
      {"libc has more fields", {Field(0, 32)}, {Field(0, 32), Field(64, 64)}, 24, ""},
      {"an array of libc's", {Field(64, 64), Field(128, 64)}, {array}, 24, ""},
      {"an array of the kernel's", {array}, {array}, 24, ""},
      {"a union's other member", {Field(0, 64)}, {Field(0, 64, false, CTypeKind::kPointer), Field(0, 64)}, 24, ""},
      {"no length", {Field(0, 0), Field(0, 32)}, {Field(0, 32)}, 24, ""},
      {"missing",
       {Field(64, 64)},
       {Field(0, 32)},
       24,
       "a->f64: the kernel's struct k: u64 @64 is libc's struct l has nothing there"},
      {"moved",
       {Field(32, 32)},
       {Field(64, 32)},
       24,
       "a->f32: the kernel's struct k: u32 @32 is libc's struct l has nothing there"},
      {"narrower",
       {Field(0, 64)},
       {Field(0, 32), Field(32, 32)},
       24,
       "a->f0: the kernel's struct k: u64 @0 is libc's struct l has u32 @0, u32 @32"},
      {"wider", {Field(0, 32)}, {Field(0, 64)}, 24, "a->f0: the kernel's struct k: u32 @0 is libc's struct l has u64 @0"},
      {"sign", {Field(0, 32)}, {Field(0, 32, true)}, 24, "a->f0: the kernel's struct k: u32 @0 is libc's struct l: i32 @0"},
      {"a pointer",
       {Field(0, 64)},
       {Field(0, 64, false, CTypeKind::kPointer)},
       24,
       "a->f0: the kernel's struct k: u64 @0 is libc's struct l: p64 @0"},
      {"size", {Field(0, 32)}, {Field(0, 32)}, 16, "a: the kernel's struct k has 24 bytes, libc's struct l 16"},
  };
  Contract("i64", {"struct k *"});
  Function("i64", {"struct l *"});
  for (const RecordRow& row : rows) {
    SCOPED_TRACE(row.what);
    facts_.kernel_records["struct k"] = {"struct k", 24, 8, row.kernel, "k.h"};
    facts_.libc_records["struct l"] = {"struct l", row.libc_size, 8, row.libc, "x.h"};
    if (std::string(row.difference).empty()) {
      EXPECT_EQ(Only().how, How::kDirect) << Only().proof.reason;
    } else {
      EXPECT_EQ(Reason(), std::string("do differs from the contract: ") + row.difference);
    }
  }
}

TEST_F(BindTest, RecordTolerances) {
  Contract("i64", {"struct k *"});
  Function("i64", {"struct l *"});
  facts_.kernel_records["struct k"] = {"struct k", 24, 8, {Field(0, 32)}, "k.h"};
  facts_.libc_records["struct l"] = {"struct l", 16, 8, {Field(0, 32, true)}, "x.h"};
  Tolerate("record", "struct k: 24 bytes", "struct l: 16 bytes");
  Tolerate("record", ".*: u32 @\\d+", ".*: i32 @\\d+");
  Binding binding = Only();
  EXPECT_EQ(binding.how, How::kDirect);
  EXPECT_EQ(binding.proof.compared,
            (std::vector<std::string>{"result: i64 = i64", "a: struct k: 24 bytes ~ struct l: 16 bytes (t0)",
                                      "a.f0: struct k: u32 @0 ~ struct l: i32 @0 (t1)",
                                      "a: struct k * ~ struct l * (1 fields in 24 bytes)"}));
}

TEST_F(BindTest, Results) {
  Contract("i64", {});
  Function("i32", {});
  EXPECT_EQ(Reason(), "do differs from the contract: result: the contract's i64 (i64) is libc's i32 (i32, narrower)");
  Tolerate("result", "i64", "i32|u32|void|void \\*", {"do"});
  EXPECT_EQ(Only().error_rule, ErrorRule::kErrno);
  Function("void *", {});
  EXPECT_EQ(Only().error_rule, ErrorRule::kErrnoPointer);
  for (const char* silent : {"u32", "void"}) {
    Function(silent, {});
    EXPECT_EQ(Reason(),
              "do differs from the contract: the result of do cannot say -1, and no rule says that it never fails");
  }
  Rule(How::kDirect).error_rule = ErrorRule::kNever;
  EXPECT_EQ(Only().error_rule, ErrorRule::kNever);
  EXPECT_EQ(Only().how, How::kDirect);
}

TEST_F(BindTest, WhereAWordHas32BitsALongIsAnInt) {
  port_.word_bits = 32;
  Contract("i32", {"u32"});
  Function("i32", {"u32"});
  EXPECT_EQ(Only().how, How::kDirect) << "both say int";
  facts_.calls[0].contract->result.spelling = "long";
  EXPECT_EQ(Reason(), "do differs from the contract: result: the contract's long (i32) is libc's i32 (i32)");
  Tolerate("result", "i{word}", "i32", {"do"});
  EXPECT_EQ(Only().how, How::kDirect);
  rules_.tolerances[0].scope.goarch = {"386"};
  EXPECT_EQ(Only().how, How::kFallback);
  facts_.functions["do"].result.spelling = "ssize_t";
  EXPECT_EQ(Only().how, How::kDirect);
}

TEST_F(BindTest, WhereAWordHas32BitsAValueOf64TakesTwo) {
  port_.word_bits = 32;
  const auto function = [&](const Types& parameters) { Function("i32", parameters).result.spelling = "ssize_t"; };
  Tolerate("parameter", "[iu]32", "[iu]64");
  Contract("i32", {"u32", "i64"});
  function({"u32", "i64"});
  EXPECT_EQ(Only().how, How::kDirect);
  function({"u64", "i64"});
  EXPECT_EQ(Reason(),
            "do differs from the contract: a: the contract's u32 (u32) is libc's u64 (u64), and a word has 32 bits");
  Contract("i32", {"u32", "u32", "u32"});
  function({"u32", "i64"});
  EXPECT_EQ(Reason(), "do differs from the contract: the contract has 3 parameters, libc's do has 2");
  Tolerate("pair", "u{word}, u{word}", "[iu]64", {"do"});
  EXPECT_EQ(Only().proof.compared,
            (std::vector<std::string>{"result: i32 = i32", "a: u32 = u32", "b, c: u32, u32 ~ i64 (t1)"}));
  function({"u32", "i64", "u32"});
  EXPECT_EQ(Reason(), "do differs from the contract: the contract has 3 parameters, libc's do has 3");
  Contract("i64", {});
  Function("i64", {});
  EXPECT_EQ(Reason(),
            "do differs from the contract: result: the contract's i64 (i64) is libc's i64 (i64), and a word has "
            "32 bits");
}

TEST_F(BindTest, ValuesThatAreNoWordsDoNotFit) {
  Contract("i64", {"u32"});
  CFunction& function = Function("i64", {"u32"});
  function.parameters[0].type = {.kind = CTypeKind::kFloat, .bits = 64, .spelling = "double"};
  Tolerate("parameter", "u32", "float64");
  EXPECT_EQ(Reason(), "do differs from the contract: the shape l=? of do has a part that is no machine word");
}

TEST_F(BindTest, NoContractNoFunctionTooNew) {
  Contract("i64", {});
  EXPECT_EQ(Reason(), "glibc 2.36 has no function do in its headers and among its symbols");
  CFunction& function = Function("i64", {});
  function.since = "2.33";
  EXPECT_EQ(Reason(), "do is in glibc since 2.33, newer than the baseline 2.31");
  target_.libc_version = "2.33";
  EXPECT_EQ(Only().how, How::kDirect);
  target_.libc_version = "2.31";
  function.in_archive = true;
  EXPECT_EQ(Only().how, How::kDirect);
  facts_.calls[0].contract.reset();
  EXPECT_EQ(Reason(), "no contract: the kernel's table names no declared function for this number");
}

TEST_F(BindTest, RuleGivesAnotherFunctionWhichMustAgree) {
  Contract("i64", {"u32"});
  Function("i64", {"u64"}, false, "do");
  Function("i64", {"u32"}, false, "other");
  Rule(How::kDirect).function = "other";
  Binding binding = Only();
  EXPECT_EQ(binding.how, How::kDirect);
  EXPECT_EQ(binding.cfunction, "other");
  EXPECT_EQ(binding.proof.rule, "r");
  EXPECT_EQ(binding.proof.reason, "because");
  Function("i64", {"u16"}, false, "other");
  EXPECT_EQ(Reason(), "other differs from the contract: a: the contract's u32 (u32) is libc's u16 (u16, narrower)");
}

TEST_F(BindTest, RuleAdapts) {
  Contract("i64", {"u32"});
  Function("i32", {}, false, "other").since = "2.31";
  BindRule& rule = Rule(How::kAdapted);
  rule.function = "other";
  rule.adapter = "fit";
  Binding binding = Only();
  EXPECT_EQ(binding.how, How::kAdapted);
  EXPECT_EQ(binding.adapter, "fit");
  EXPECT_EQ(binding.cfunction, "other");
  EXPECT_EQ(binding.error_rule, ErrorRule::kAdapter);
  EXPECT_EQ(binding.proof.reference, "do(2)");
  facts_.functions["other"].since = "2.32";
  EXPECT_EQ(Reason(), "other is in glibc since 2.32, newer than the baseline 2.31");
  facts_.functions.erase("other");
  EXPECT_EQ(Reason(), "glibc 2.36 has no function other in its headers and among its symbols");
}

TEST_F(BindTest, WithoutHeadersNothingIsProved) {
  Contract("i64", {"u32"});
  facts_.functions.clear();
  EXPECT_EQ(Reason(), "unproved: no headers and no list of symbols of linux are at hand");
  Rule(How::kDirect);
  EXPECT_EQ(Only().how, How::kFallback);
  rules_.bind.clear();
  Rule(How::kAdapted).adapter = "fit";
  EXPECT_EQ(Only().how, How::kAdapted);
  EXPECT_EQ(Only().proof.reason, "because (unproved: no headers and no list of symbols of linux are at hand)");
}

TEST_F(BindTest, RuleSaysSinceWhichVersionTheFunctionIsLinked) {
  Contract("i64", {});
  Function("i64", {});
  Rule(How::kDirect).since = "2.34";
  EXPECT_EQ(Reason(), "do is in glibc since 2.34, newer than the baseline 2.31");
  target_.libc_version = "2.34";
  EXPECT_EQ(Only().how, How::kDirect);
}

TEST_F(BindTest, RuleFallsBackOrKeeps) {
  Contract("i64", {});
  Function("i64", {});
  Rule(How::kFallback);
  EXPECT_EQ(Reason(), "because");
  rules_.bind[0].how = How::kKept;
  EXPECT_EQ(Only().how, How::kKept);
  EXPECT_EQ(Only().proof.reason, "because");
}

TEST_F(BindTest, RuleOfAnotherTargetDoesNotCount) {
  Contract("i64", {});
  Function("i64", {});
  Rule(How::kFallback).scope.libc = {"musl"};
  EXPECT_EQ(Only().how, How::kDirect);
}

TEST_F(BindTest, TwoRulesForOneCallAreAnError) {
  Contract("i64", {});
  Rule(How::kFallback);
  Rule(How::kKept).id = "s";
  Result<std::vector<Binding>> out = Bind(facts_, target_, {}, rules_);
  ASSERT_FALSE(out);
  EXPECT_EQ(
      Format(out.error()),
      "rules/bind/r.json: error: do on linux/amd64 with glibc is also bound by r; narrow the scope of one of them [s]\n");
}

TEST_F(BindTest, OneBindingPerNumberInOrder) {
  facts_.calls = {MakeCall("c", 9, "i64", {}), MakeCall("a", 3, "i64", {}), MakeCall("b", 5, "i64", {})};
  Result<std::vector<Binding>> out = Bind(facts_, target_, {}, rules_);
  ASSERT_TRUE(out);
  ASSERT_EQ(out->size(), 3U);
  EXPECT_EQ((*out)[0].call, "a");
  EXPECT_EQ((*out)[2].number, 9);
}

}  // namespace
}  // namespace libcify
