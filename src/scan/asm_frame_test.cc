// What a call would meet in a function that makes a system call: on arm64, and on 386, where nothing can be in its way.
#include "scan/asm_frame.h"

#include <gtest/gtest.h>

namespace libcify::scan {
namespace {

// The obstacles of the first seam (SVC or INT) in a text, one on each line, and the line of a jump that counts over it.
std::string Look(const std::string& goarch, const std::string& text, SeamRole role = SeamRole::kEnter) {
  const Result<AsmFile> file = AsmFile::Parse("x.s", text, {});
  EXPECT_TRUE(file.has_value()) << Format(file.error());
  for (std::size_t i = 0; i < file->statements().size(); ++i) {
    const std::string& name = file->statements()[i].mnemonic;
    if (name != "SVC" && name != "INT") continue;
    const AsmText& around = *file->Enclosing(i);
    Seam seam;
    seam.role = role;
    seam.flags = around.flags;
    seam.flags_range = around.flags_range;
    seam.frame = around.frame;
    SetFrame(*file, around, i, *FindAsmDialect(goarch), seam);
    std::string out;
    for (const CallObstacle& one : seam.obstacles) out += std::to_string(one.line) + ": " + one.what + "\n";
    if (seam.counting.line != 0) out += "counts: " + std::to_string(seam.counting.line) + "\n";
    return out;
  }
  return "no seam";
}

struct Case {
  const char* name;
  const char* text;
  SeamRole role;
  const char* obstacles;
};

class Frames : public testing::TestWithParam<Case> {};

TEST_P(Frames, OnArm64) { EXPECT_EQ(Look("arm64", GetParam().text, GetParam().role), GetParam().obstacles); }

constexpr SeamRole kEnter = SeamRole::kEnter;
constexpr SeamRole kVfork = SeamRole::kVfork;

const Case kCases[] = {
    {"frameless", "TEXT ·f(SB),NOSPLIT|NOFRAME,$0-8\nMOVD x+0(FP), R0\nSVC\nRET\n", kEnter, ""},
    {"leaf", "TEXT ·f(SB),NOSPLIT,$0-8\nMOVD x+0(FP), R0\nSVC\nRET\n", kEnter, ""},
    {"frame", "TEXT ·f(SB),NOSPLIT,$24-8\nMOVD R0, 8(RSP)\nSVC\nRET\n", kEnter, ""},
    {"bottom_of_the_frame", "TEXT ·f(SB),NOSPLIT,$24-8\nMOVD R0, 0(RSP)\nSVC\nRET\n", kEnter,
     "2: \"MOVD R0, 0(RSP)\" uses RSP\n"},
    {"makes_calls_already", "TEXT ·f(SB),NOSPLIT,$24-8\nMOVD LR, 8(RSP)\nBL ·g(SB)\nSVC\nRET\n", kEnter, ""},
    {"stack_moved_in_a_frame", "TEXT ·f(SB),NOSPLIT,$24-8\nADD $8, RSP\nSVC\nSUB $8, RSP\nRET\n", kEnter,
     "2: \"ADD $8, RSP\" moves RSP\n4: \"SUB $8, RSP\" moves RSP\n"},
    {"stack_moved_between_calls", "TEXT ·f(SB),NOSPLIT,$0-8\nBL ·g(SB)\nMOVD $x+0(FP), RSP\nSVC\nRET\n", kEnter,
     "3: \"MOVD $x+0(FP), RSP\" moves RSP\n"},
    {"stack_without_a_frame", "TEXT ·f(SB),NOSPLIT|NOFRAME,$0-8\nADD $8, RSP, R0\nSVC\nRET\n", kEnter,
     "2: \"ADD $8, RSP, R0\" uses RSP\n"},
    {"stack_of_a_leaf", "TEXT ·f(SB),NOSPLIT,$0-8\nADD $8, RSP, R0\nSVC\nRET\n", kEnter,
     "2: \"ADD $8, RSP, R0\" uses RSP\n"},
    {"link", "TEXT ·f(SB),NOSPLIT|NOFRAME,$0\nSVC\nMOVD LR, R1\nB (R1)\n", kEnter, "3: \"MOVD LR, R1\" uses R30\n"},
    {"call_without_a_frame", "TEXT ·f(SB),NOSPLIT|NOFRAME,$0\nSVC\nBL ·g(SB)\nRET\n", kEnter, "1: it makes other calls\n"},
    {"own_frame", "TEXT ·f(SB),NOSPLIT|NOFRAME,$16\nSVC\nRET\n", kEnter, "1: it has a frame of its own\n"},
    {"negative_frame", "TEXT ·f(SB),NOSPLIT|NOFRAME,$-8\nSVC\nRET\n", kEnter, ""},
    {"negative_frame_alone", "TEXT ·f(SB),NOSPLIT,$-8\nADD $8, RSP, R0\nSVC\nRET\n", kEnter,
     "2: \"ADD $8, RSP, R0\" uses RSP\n"},
    {"unknown", "TEXT ·f(SB),NOSPLIT|NOFRAME,$0\nSVC\nFROB R1\nRET\n", kEnter, "3: \"FROB R1\" is not known here\n"},
    {"unreachable_needs_none", "TEXT ·f(SB),NOSPLIT|NOFRAME,$0\nADD $8, RSP\nSVC\nRET\n", SeamRole::kUnreachable, ""},
    {"vfork", "TEXT ·f(SB),NOSPLIT,$0-8\nMOVD x+0(FP), R0\nSVC\nRET\n", kVfork, ""},
    {"vfork_with_a_frame", "TEXT ·f(SB),NOSPLIT,$16-8\nSVC\nRET\n", kVfork, "1: it has a frame of its own\n"},
    {"vfork_with_calls", "TEXT ·f(SB),NOSPLIT,$0-8\nBL ·g(SB)\nSVC\nRET\n", kVfork, "1: it makes other calls\n"},
    {"counts_over", "TEXT ·f(SB),NOSPLIT,$0\nCBZ R0, 3(PC)\nMOVD $1, R8\nSVC\nRET\n", kEnter, "counts: 2\n"},
    {"counts_back", "TEXT ·f(SB),NOSPLIT,$0\nMOVD $1, R8\nSVC\nB -2(PC)\n", kEnter, "counts: 4\n"},
    {"counts_to_it", "TEXT ·f(SB),NOSPLIT,$0\nCBZ R0, 2(PC)\nMOVD $1, R8\nSVC\nRET\n", kEnter, ""},
    {"counts_behind", "TEXT ·f(SB),NOSPLIT,$0\nSVC\nCBZ R0, 2(PC)\nMOVD $1, R8\nRET\n", kEnter, ""},
};

INSTANTIATE_TEST_SUITE_P(Arm64, Frames, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(FramesOn386, NothingIsInTheWay) {
  EXPECT_EQ(Look("386", "TEXT ·f(SB),NOSPLIT|NOFRAME,$0\nPOPL SI\nINT $0x80\nPUSHL SI\nRET\n", kVfork), "");
}

}  // namespace
}  // namespace libcify::scan
