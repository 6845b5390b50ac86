// Functions of C as Go text.
#include "emit/c_calls.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

TEST(CCalls, WordsAsParameters) {
  EXPECT_EQ(WordParameters(0), "");
  EXPECT_EQ(WordParameters(2), "a1, a2 uintptr");
}

TEST(CCalls, AShapeIsDeclaredByItsTypes) {
  const std::optional<CCall> c = DeclareTyped({.call = "x", .link_name = "x$1", .shape = "p=puLH"}, 4);
  ASSERT_TRUE(c);
  EXPECT_EQ(c->declaration,
            "//go:linkname libcify_c_x_1 C.x$1\n"
            "func libcify_c_x_1(_ unsafe.Pointer, _ uint32, _ uint64, _ uint32) unsafe.Pointer\n");
  EXPECT_EQ(c->call, "libcify_c_x_1(unsafe.Pointer(a1), uint32(a2), uint64(a3), uint32(uint16(a4)))");
  EXPECT_FALSE(DeclareTyped({.call = "x", .link_name = "x", .shape = "i=i?"}, 2)) << "what is no word has no type";
  const std::optional<CCall> seek = DeclareTyped({.call = "x", .link_name = "x", .shape = "i=prpu"}, 4);
  ASSERT_TRUE(seek);
  EXPECT_EQ(seek->call, "libcify_c_x(unsafe.Pointer(a1), int64(a2), unsafe.Pointer(a3), uint32(a4))") << "LARGE_INTEGER";
  EXPECT_FALSE(DeclareTyped({.call = "x", .link_name = "x", .shape = "i=ii"}, 1)) << "a word is missing";
}

TEST(CCalls, AnAnswerIsReadByItsRule) {
  const Target windows{.goos = "windows"}, linux{.goos = "linux"};
  const struct {
    ErrorRule rule;
    const char* shape;
    const char* of_linux;
    const char* of_windows;
  } kCases[] = {
      {ErrorRule::kNever, "u=", "", "libcifyValue"},
      {ErrorRule::kErrno, "i=", "libcifyInt", "libcifyMinusOne"},
      {ErrorRule::kErrno, "l=", "libcifyLong", "libcifyMinusOne"},
      {ErrorRule::kErrno, "u=", "?", "libcifyMinusOne"},  // WAIT_FAILED is a DWORD
      {ErrorRule::kErrnoPointer, "p=", "libcifyPointer", "libcifyMinusOne"},
      {ErrorRule::kErrnoNull, "p=", "libcifyNull", "libcifyZero"},
      {ErrorRule::kErrnoNull, "C=", "?", "libcifyZero"},  // BOOLEAN
      {ErrorRule::kErrnoValue, "l=", "libcifyLongValue", "libcifyMinusOneValue"},
      {ErrorRule::kErrnoNonzero, "i=", "libcifyNonzero", "libcifyNonzero"},
      {ErrorRule::kReturned, "i=", "libcifyReturned", "libcifyReturned"},
      {ErrorRule::kErrnoTold, "p=", "?", "libcifyTold"},
      {ErrorRule::kStatus, "i=", "?", "libcifyStatus"},
      {ErrorRule::kAdapter, "i=", "?", "?"},
  };
  for (const auto& one : kCases) {
    const Binding binding{.call = "x", .error_rule = one.rule, .shape = one.shape};
    EXPECT_EQ(ResultFunction(binding, linux), one.of_linux) << Name(one.rule) << " " << one.shape;
    EXPECT_EQ(ResultFunction(binding, windows), one.of_windows) << Name(one.rule) << " " << one.shape;
  }
}

}  // namespace
}  // namespace libcify
