// Go's structures against C's: each row is one structure with one fault, or one that is none.
#include "bind/layouts.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

CField Field(const std::string& path, int offset, int bits, bool is_signed = true, int count = 1,
             CTypeKind kind = CTypeKind::kInteger) {
  return {.path = path, .offset = offset, .bits = bits * count, .element_bits = bits, .is_signed = is_signed, .kind = kind};
}

GoRecord Go(int size, std::vector<CField> fields) {
  GoRecord out{.layout = {.name = "syscall.T", .size = size, .fields = std::move(fields)},
               .span = {"syscall/t.go", 3, 6},
               .is_structure = true};
  for (std::size_t i = 0; i < out.layout.fields.size(); ++i)
    out.places.push_back({"syscall/t.go", 4 + static_cast<int>(i), 2});
  return out;
}

CRecord C(int size, std::vector<CField> fields) { return {.name = "struct t", .size = size, .fields = std::move(fields)}; }

std::string Differences(const GoRecord& go, const CRecord& c) {
  std::string out;
  for (const LayoutDifference& one : DifferencesOf(go, c))
    out += std::to_string(one.field) + " " + one.go + " / " + one.c + "; ";
  return out;
}

TEST(DifferencesOf, EachFaultIsFound) {
  const CRecord c = C(24, {Field("a", 0, 32), Field("b", 64, 64), Field("p", 128, 64, false, 1, CTypeKind::kPointer)});
  const auto go = [](CField a, CField b, CField p) { return Go(24, {std::move(a), std::move(b), std::move(p)}); };
  const CField a = Field("A", 0, 32), b = Field("B", 64, 64), p = Field("P", 128, 64, false, 1, CTypeKind::kPointer);
  EXPECT_EQ(Differences(go(a, b, p), c), "");
  EXPECT_EQ(Differences(go(a, Field("B", 32, 64), p), c), "1 syscall.T: i64 @32 / struct t has i64 @64; ");
  EXPECT_EQ(Differences(go(a, Field("B", 64, 32), p), c), "1 syscall.T: i32 @64 / struct t has i64 @64; ");
  EXPECT_EQ(Differences(go(Field("A", 0, 32, false), b, p), c), "0 syscall.T: u32 @0 / struct t: i32 @0; ");
  EXPECT_EQ(Differences(go(a, b, Field("P", 128, 64)), c), "2 syscall.T: i64 @128 / struct t: p64 @128; ");
  EXPECT_EQ(Differences(go(a, Field("B", 64, 64, false, 1, CTypeKind::kPointer), p), c),
            "1 syscall.T: p64 @64 / struct t: i64 @64; ");
  // A field that C has not, inside of it and behind it; memory that Go has not.
  EXPECT_EQ(Differences(Go(24, {a, Field("X", 32, 32)}), c), "1 syscall.T: i32 @32 / struct t has nothing there; ");
  EXPECT_EQ(Differences(Go(32, {a, Field("X", 192, 64)}), c), "1 syscall.T: i64 @192 / struct t has nothing there; ");
  EXPECT_EQ(Differences(Go(16, {a, b}), c), "2 syscall.T: 16 bytes / struct t: 24 bytes; ");
}

TEST(DifferencesOf, WhatIsNoFault) {
  const CRecord c = C(32, {Field("a", 0, 32), Field("u", 64, 64, false, 1, CTypeKind::kPointer), Field("i", 64, 32),
                           Field("name", 128, 8, true, 8), Field("many", 192, 32, true, 2)});
  const CField a = Field("A", 0, 32);
  EXPECT_EQ(Differences(Go(32, {a, Field("Pad_cgo_0[4]", 32, 8, false, 4)}), c), "")
      << "padding by name where C has padding";
  EXPECT_EQ(Differences(Go(32, {a, Field("I", 64, 32), Field("Pad", 96, 32)}), c), "")
      << "a member of a union, and its rest";
  EXPECT_EQ(Differences(Go(32, {a, Field("U", 64, 64, false)}), c), "") << "a uintptr for a pointer";
  EXPECT_EQ(Differences(Go(32, {a, Field("Name[8]", 128, 8, false, 8)}), c), "") << "bytes have no sign";
  EXPECT_EQ(Differences(Go(32, {Field("A[4]", 0, 8, false, 4)}), c), "") << "bytes for a number";
  EXPECT_EQ(Differences(Go(32, {Field("M", 224, 32)}), c), "") << "an element of an array";
  EXPECT_EQ(Differences(Go(64, {a, Field("Spare[8]", 256, 32, true, 8)}), c), "") << "trailing reserved space";
  EXPECT_EQ(Differences(Go(64, {a, Field("X._[32]", 256, 8, false, 32)}), c), "");
  EXPECT_EQ(Differences(Go(32, {a, Field("Z[0]", 256, 32, true, 0)}), c), "");
}

class CompareLayoutsTest : public testing::Test {
 protected:
  CompareLayoutsTest() {
    const CType pointer{.kind = CTypeKind::kPointer, .bits = 64, .spelling = "struct t *", .pointee = "struct t"};
    const CType number{.kind = CTypeKind::kInteger, .bits = 32, .is_signed = true, .spelling = "int"};
    const CRecord record = C(16, {Field("a", 0, 64), Field("b", 64, 64)});
    facts_.calls.push_back(
        {.name = "call", .number = 7, .contract = Contract{.parameters = {{"n", number}, {"t", pointer}}, .words = {0, 1}}});
    facts_.kernel_records["struct t"] = record;
    facts_.libc_records["struct t"] = record;
    facts_.functions["call"] = {.name = "call", .link_name = "call", .parameters = {{"n", number}, {"t", pointer}}};
    binding_ = {.call = "call", .number = 7, .how = How::kDirect, .cfunction = "call", .link_name = "call"};
    memory_.pointers.push_back({.site = {.span = {"syscall/z.go", 9, 1}},
                                .symbol = "call",
                                .number = 7,
                                .word = 1,
                                .type = "*T",
                                .record = "syscall.T"});
    memory_.records["syscall.T"] = Go(16, {Field("A", 0, 64), Field("B", 64, 64)});
  }

  // "verdict: why; why\n" and the errors.
  std::string Said() {
    const Result<LayoutReport> report =
        CompareLayouts(memory_, facts_, {"linux", "amd64", "glibc", "2.31", ""}, {}, rules_, {binding_});
    if (!report) return Format(report.error());
    std::string out;
    for (const LayoutRow& row : report->rows) {
      out += std::string(Name(row.verdict)) + ":";
      for (const std::string& why : row.why) out += " " + why + ";";
      out += "\n";
    }
    return out + Format(report->errors);
  }

  Facts facts_;
  Binding binding_;
  GoMemory memory_;
  RuleSet rules_;
};

TEST_F(CompareLayoutsTest, ADirectCallMustReadTheMemoryAsItIs) {
  EXPECT_EQ(Said(), "equal:\n");
  facts_.libc_records["struct t"].fields[1].bits = facts_.libc_records["struct t"].fields[1].element_bits = 32;
  const std::string what = "B: i64 @64 is struct t has i32 @64";
  EXPECT_EQ(Said(), "differs: " + what + ";\nsyscall/t.go:5:2: error: argument 2 of call, syscall.T: " + what +
                        "; a rule of rules/bind must adapt the call, leave it to syscall() or tolerate this\n");
  // An adapter, and syscall(), leave it to the kernel.
  binding_.how = How::kAdapted;
  EXPECT_EQ(Said(), "equal:\n");
  facts_.kernel_records = facts_.libc_records;
  binding_.how = How::kFallback;
  EXPECT_EQ(Said(), "adapted: " + what + ";\n");
}

TEST_F(CompareLayoutsTest, ToleratesWhatARuleAllowsAndNothingElse) {
  facts_.libc_records["struct t"].size = 64;
  const ToleranceRule longer{
      .id = "test.longer", .where = "record", .contract = "struct t: 16 bytes", .libc = "struct t: 64 bytes"};
  rules_.tolerances = {longer};
  EXPECT_EQ(Said(), "tolerated: 16 bytes is struct t: 64 bytes (test.longer);\n");
  // The tolerance is for the kernel's size, which Go has not.
  memory_.records["syscall.T"].layout.size = 32;
  EXPECT_TRUE(Said().starts_with("differs: 32 bytes is struct t: 64 bytes;\n")) << Said();
  rules_.tolerances.push_back(
      {.id = "test.go", .where = "go-record", .contract = "syscall\\.T: 32 bytes", .libc = ".*", .calls = {"call"}});
  EXPECT_EQ(Said(), "tolerated: 32 bytes is struct t: 64 bytes (test.go);\n");
  rules_.tolerances[1].calls = {"other"};
  EXPECT_TRUE(Said().starts_with("differs")) << Said();
}

TEST_F(CompareLayoutsTest, WhatIsNotComparedSaysWhy) {
  memory_.pointers[0].record = "";
  memory_.pointers[0].reason = "an unsafe.Pointer";
  EXPECT_EQ(Said(), "not compared: an unsafe.Pointer;\n");
  memory_.pointers[0].record = "byte";
  memory_.records["byte"] = {.layout = {.name = "byte", .size = 1, .fields = {Field("", 0, 8, false)}}};
  EXPECT_EQ(Said(), "not compared: Go has bytes there;\n");
  memory_.pointers[0].record = "syscall.T";
  facts_.libc_records.clear();
  EXPECT_EQ(Said(), "not compared: the layout of libc's struct t is not known;\n");
  // What libc hands on as it is, the kernel reads.
  facts_.functions["call"].parameters[1].type.pointee = "void";
  EXPECT_EQ(Said(), "equal:\n");
  facts_.functions["call"].parameters.pop_back();
  facts_.functions["call"].variadic = true;
  EXPECT_EQ(Said(), "not compared: it is one of …;\n");
  memory_.pointers[0].word = 0;  // a number
  memory_.pointers[0].record = "";
  EXPECT_EQ(Said(), "");
}

TEST_F(CompareLayoutsTest, NumbersBehindPointers) {
  for (auto* parameters : {&facts_.calls[0].contract->parameters, &facts_.functions["call"].parameters})
    (*parameters)[1].type.pointee = "unsigned int";
  memory_.pointers[0].record = "int32";
  memory_.records["int32"] = {.layout = {.name = "int32", .size = 4, .fields = {Field("", 0, 32)}}};
  EXPECT_TRUE(
      Said().starts_with("differs: i32 @0 is unsigned int: u32 @0;\nsyscall/z.go:9:1: error: argument 2 of call, int32: "))
      << Said();
  memory_.records["int32"].layout.fields[0].is_signed = false;
  EXPECT_EQ(Said(), "equal:\n");
}

// What no call hands over by a typed pointer, but the tree's own list knows.
TEST_F(CompareLayoutsTest, ListedStructures) {
  memory_.pointers.push_back({.type = "*T", .record = "syscall.T", .made_of = "struct t"});
  EXPECT_EQ(Said(), "equal:\n") << "by the call";
  memory_.pointers.erase(memory_.pointers.begin());
  EXPECT_EQ(Said(), "equal:\n");
  facts_.libc_records["struct t"].fields[0].is_signed = false;
  EXPECT_EQ(Said(),
            "differs: A: i64 @0 is struct t: u64 @0;\nsyscall/t.go:4:2: error: syscall.T: A: i64 @0 is struct t: u64 "
            "@0; a rule of rules/bind must adapt the call, leave it to syscall() or tolerate this\n");
  facts_.libc_records["struct t64"] = facts_.kernel_records["struct t"];
  EXPECT_EQ(Said(), "equal:\n");
  facts_.libc_records.clear();
  EXPECT_EQ(Said(), "not compared: the layout of libc's struct t is not known;\n");
}

// Where Go calls a library's function by its name, in a block of memory.
TEST_F(CompareLayoutsTest, LibrariesAndBlocks) {
  binding_.library = memory_.pointers[0].library = "libc.so";
  memory_.pointers[0].number = -1;
  facts_.libc_records["struct t"].size = 24;
  EXPECT_TRUE(Said().starts_with("differs: 16 bytes is struct t: 24 bytes;\n")) << Said();
  memory_.pointers[0].of = 2;
  EXPECT_TRUE(Said().starts_with("differs")) << Said();
  memory_.pointers[0].of = 1;
  EXPECT_EQ(Said(), "not compared: its assembly hands over other arguments than it gets;\n");
}

}  // namespace
}  // namespace libcify
