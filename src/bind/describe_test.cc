// Letters, descriptions and versions.
#include "bind/describe.h"

#include <gtest/gtest.h>

#include "bind/version.h"

namespace libcify {
namespace {

CType Integer(int bits, bool is_signed) {
  return {.kind = CTypeKind::kInteger, .bits = bits, .is_signed = is_signed, .spelling = "x"};
}

CType Pointer(const char* pointee, bool is_const) {
  return {.kind = CTypeKind::kPointer, .bits = 64, .spelling = "x", .pointee = pointee, .pointee_const = is_const};
}

struct Row {
  CType type;
  const char* description;
  char letter;
};

TEST(DescribeTest, TypesAndLetters) {
  const Row rows[] = {
      {{}, "void", 'v'},
      {Integer(8, true), "i8", 'c'},
      {Integer(8, false), "u8", 'C'},
      {Integer(16, true), "i16", 'h'},
      {Integer(16, false), "u16", 'H'},
      {Integer(32, true), "i32", 'i'},
      {Integer(32, false), "u32", 'u'},
      {Integer(64, true), "i64", 'l'},
      {Integer(64, false), "u64", 'L'},
      {Integer(128, true), "i128", '?'},
      {Pointer("void", false), "void *", 'p'},
      {Pointer("struct stat", true), "const struct stat *", 'p'},
      {{.kind = CTypeKind::kFunctionPointer, .bits = 64, .pointee = "void (int)"}, "function *", 'p'},
      {{.kind = CTypeKind::kFloat, .bits = 64}, "float64", '?'},
      {{.kind = CTypeKind::kRecord, .bits = 64, .pointee = "union semun"}, "record union semun", '?'},
      {{.kind = CTypeKind::kRecord, .bits = 64, .pointee = "union _LARGE_INTEGER"}, "record union _LARGE_INTEGER", 'r'},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Describe(row.type), row.description);
    EXPECT_EQ(ShapeLetter(row.type), row.letter) << row.description;
  }
}

TEST(DescribeTest, Fields) {
  const CRecord record{.name = "struct x"};
  EXPECT_EQ(Describe(record, {"a", 576, 64, 64, true, CTypeKind::kInteger}), "struct x: i64 @576");
  EXPECT_EQ(Describe(record, {"a[14]", 16, 112, 8, false, CTypeKind::kInteger}), "struct x: u8[14] @16");
  EXPECT_EQ(Describe(record, {"a", 0, 64, 64, false, CTypeKind::kFunctionPointer}), "struct x: p64 @0");
  EXPECT_EQ(Describe(record, {"a[]", 64, 0, 0, false, CTypeKind::kInteger}), "struct x: u0 @64");
}

TEST(DescribeTest, ShapeOfAFunction) {
  CFunction function{.result = Integer(64, true), .variadic = true};
  EXPECT_EQ(Shape(function), "l=.");
  function.parameters = {{"fd", Integer(32, true)}, {"path", Pointer("char", true)}};
  EXPECT_EQ(Shape(function), "l=ip.");
  function.variadic = false;
  EXPECT_EQ(Shape(function), "l=ip");
}

TEST(VersionTest, PartByPart) {
  EXPECT_TRUE(IsNewer("2.31", "2.4"));
  EXPECT_TRUE(IsNewer("2.31.1", "2.31"));
  EXPECT_TRUE(IsNewer("3", "2.99"));
  EXPECT_FALSE(IsNewer("2.31", "2.31"));
  EXPECT_FALSE(IsNewer("2.31", "2.31.0"));
  EXPECT_FALSE(IsNewer("2.2.5", "2.31"));
  EXPECT_FALSE(IsNewer("", "2.31"));
  EXPECT_FALSE(IsNewer("", ""));
}

}  // namespace
}  // namespace libcify
