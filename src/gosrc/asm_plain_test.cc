// Effects of statements of the processors that have a table, and what is live after the instruction of a system call.
#include <gtest/gtest.h>

#include "gosrc/asm_dialect.h"

namespace libcify {
namespace {

std::string Join(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : " ") + name;
  return out;
}

std::string Effect(const std::string& goarch, const std::string& line) {
  const AsmFile file = AsmFile::Parse("x.s", line, {}).value();
  const std::optional<AsmEffect> effect = FindAsmDialect(goarch)->Describe(file.statements().at(0));
  if (!effect) return "?";
  std::string out = Join(effect->reads) + " > " + Join(effect->writes);
  if (effect->is_call) out += " call";
  if (effect->is_return) out += " return";
  if (effect->is_jump) out += " jump";
  if (effect->is_branch) out += " branch";
  if (effect->is_trap) out += " trap";
  if (effect->target) out += " " + *effect->target;
  if (effect->relative) out += " " + std::to_string(*effect->relative);
  return out;
}

struct EffectCase {
  const char* goarch;
  const char* line;
  const char* effect;
};

TEST(Plain, Effects) {
  const EffectCase cases[] = {
      {"arm64", "MOVD $93, R8", " > R8"},
      {"arm64", "MOVD R0, R8", "R0 > R8"},
      {"arm64", "MOVD 8(RSP), R1", "RSP > R1"},
      {"arm64", "MOVD R1, 8(RSP)", "R1 RSP > "},
      {"arm64", "MOVD.W R1, -16(RSP)", "R1 RSP > RSP"},
      {"arm64", "STP (R1, R2), 8(RSP)", "R1 R2 RSP > "},
      {"arm64", "MOVD g, R0", "R28 > R0"},
      {"arm64", "MOVD (g_sched+gobuf_sp)(R3), R1", "R3 > R1"},
      {"arm64", "MOVD sec+0(FP), R1", " > R1"},
      {"arm64", "ADD R5, R3", "R5 R3 > R3"},
      {"arm64", "CMN $4095, R0", "R0 > flags"},
      {"arm64", "CSEL EQ, R0, R1, R2", "R0 R1 R2 flags > R2"},
      {"arm64", "BCC done", "flags >  branch done"},
      {"arm64", "CBZ R2, out", "R2 >  branch out"},
      {"arm64", "B -2(PC)", " >  jump -2"},
      {"arm64", "BL (R2)", "R2 >  call"},
      {"arm64", "RET", " >  return"},
      {"arm64", "BRK $1", " >  trap"},
      {"arm64", "FMOVD F0, F1", "?"},
      {"arm64", "MOVD F0, R1", "F0 > R1"},
      {"arm64", "MOVD R1, F0", "R1 F0 > "},  // naming one counts as reading it
      {"arm64", "SVC", "R8 R0 R1 R2 R3 R4 R5 > R0"},
      {"arm", "MOVW.HI $0, R7", "flags R7 > R7"},
      {"arm", "ADD.S R2, R0", "R2 R0 > flags R0"},
      {"arm", "B.EQ fallback", "flags >  branch fallback"},
      {"arm", "MOVM.DB.W [R0-R3], (R13)", "R0 R1 R2 R3 R13 > R13"},
      {"arm", "MULLU R0, R3, (R1, R0)", "R0 R3 R1 > R1 R0"},
      {"arm", "MOVW.XX R0, R1", "?"},
      {"riscv64", "MOV X17, A0", "A7 > A0"},  // one register by two names
      {"riscv64", "BLTU T0, A0, err", "X5 A0 >  branch err"},
      {"riscv64", "JALR RA, A7", "A7 >  call"},
      {"riscv64", "JALR ZERO, T1", "?"},  // a jump by another name
      {"riscv64", "MOV FA0, A0", "F10 > A0"},
      {"s390x", "LMG 8(R15), R0, R2", "R15 R0 R2 > R0 R1 R2"},
      {"s390x", "CMPUBLT R2, R8, ok", "R2 R8 >  branch ok"},
      {"s390x", "BEQ ok", "flags >  branch ok"},
      {"ppc64le", "SYSCALL R9", "R3 R4 R5 R6 R7 R8 R9 > R0 R3 CR0SO"},
      {"ppc64le", "BVC ok", "CR0SO >  branch ok"},
      {"ppc64le", "BNE ok", "flags >  branch ok"},
      {"ppc64le", "ISEL CR0SO, R3, R0, R5", "CR0SO R3 R0 R5 > R5"},
      {"ppc64le", "ISEL CR0EQ, R3, R0, R5", "flags R3 R0 R5 > R5"},
      {"ppc64le", "MOVD LR, R14", "LR > R14"},
      {"mips", "MULU R3, R4", "R3 R4 > R4 HI LO"},
      {"mips", "MOVW HI, R5", "HI > R5"},
      {"mips64le", "BEQ R7, ok", "R7 >  branch ok"},
      {"loong64", "SYSCALL", "R11 R4 R5 R6 R7 R8 R9 > R4 R12 R13 R14 R15 R16 R17 R18 R19 R20"},
      {"386", "INT $0x80", "AX > AX"},
      {"386", "INT $3", " > "},
      {"386", "SYSCALL", "?"},
  };
  for (const EffectCase& one : cases) EXPECT_EQ(Effect(one.goarch, one.line), one.effect) << one.goarch << " " << one.line;
}

struct LiveCase {
  const char* name;
  const char* goarch;
  const char* text;  // LiveAfter is asked for the statement behind the label "here"
  std::vector<std::string> of;
  const char* live;
  AsmSignature signature = {};
};

class PlainLiveness : public testing::TestWithParam<LiveCase> {};

TEST_P(PlainLiveness, After) {
  const Result<AsmFile> file = AsmFile::Parse("x.s", GetParam().text, {});
  ASSERT_TRUE(file.has_value()) << Format(file.error());
  for (std::size_t i = 0; i < file->statements().size(); ++i) {
    const std::vector<std::string>& labels = file->statements()[i].labels;
    if (labels.empty() || labels.back() != "here") continue;
    const auto live = LiveAfter(*file, i, *FindAsmDialect(GetParam().goarch), GetParam().of, GetParam().signature);
    EXPECT_EQ(Join(live), GetParam().live);
    return;
  }
  FAIL() << "no label";
}

const LiveCase kLive[] = {
    {"flags_are_set_first",
     "arm64",
     "TEXT ·f(SB),NOSPLIT,$0-8\nhere: SVC\nCMN $4095, R0\nBCC ok\nRET\nok: RET\n",
     {"F0", "flags"},
     ""},
    {"flags_of_before",
     "arm64",
     "TEXT ·f(SB),NOSPLIT,$0-8\nCMP R0, R1\nhere: SVC\nBEQ ok\nRET\nok: RET\n",
     {"F0", "flags"},
     "flags"},
    {"vector_named", "arm64", "TEXT ·f(SB),NOSPLIT,$0-8\nhere: SVC\nMOVD F1, R0\nRET\n", {"F0", "F1", "flags"}, "F1"},
    {"vector_written_counts_too", "arm64", "TEXT ·f(SB),NOSPLIT,$0-8\nhere: SVC\nMOVD R0, V3\nRET\n", {"F3", "V3"}, "V3"},
    {"vector_in_a_macro",
     "arm64",
     "#define KEEP MOVD F2, R1\nTEXT ·f(SB),NOSPLIT,$0-8\nhere: SVC\nKEEP\nRET\n",
     {"F1", "F2"},
     "F2"},
    {"vector_in_front_only", "arm64", "TEXT ·f(SB),NOSPLIT,$0-8\nMOVD F2, R1\nhere: SVC\nRET\n", {"F2"}, ""},
    {"unknown_behind",
     "arm64",
     "TEXT ·f(SB),NOSPLIT,$0-8\nhere: SVC\nVADD V1.B16, V2.B16, V3.B16\nRET\n",
     {"F0", "V9", "flags"},
     "F0 V9 flags"},
    {"runs_off_the_end",
     "arm",
     "TEXT ·f(SB),NOSPLIT,$0\nhere: SWI $0\nMOVW R0, (R1)\nTEXT ·g(SB),NOSPLIT,$0\nRET\n",
     {"F0", "flags"},
     ""},
    {"conditional_move", "arm", "TEXT ·f(SB),NOSPLIT,$0\nhere: SWI $0\nMOVW.HI $-1, R0\nRET\n", {"F0", "flags"}, "flags"},
    {"words_returned", "riscv64", "TEXT ·f<ABIInternal>(SB),NOSPLIT,$0\nhere: ECALL\nRET\n", {"F10", "F8"}, "", {1, 2}},
    {"perhaps_floats_returned",
     "riscv64",
     "TEXT ·f<ABIInternal>(SB),NOSPLIT,$0\nhere: ECALL\nRET\n",
     {"F7", "F10"},
     "F10",
     {-1, 2}},
    {"error_flag_is_a_result",
     "ppc64",
     "TEXT ·f(SB),NOSPLIT,$0\nhere: SYSCALL $4\nBVC 2(PC)\nNEG R3\nRET\n",
     {"flags", "V0"},
     ""},
    {"other_flags_are_lost",
     "ppc64",
     "TEXT ·f(SB),NOSPLIT,$0\nhere: SYSCALL $4\nBEQ 2(PC)\nNEG R3\nRET\n",
     {"flags", "V0"},
     "flags"},
    {"calls_around",
     "s390x",
     "TEXT ·f(SB),NOSPLIT,$0\nBL runtime·entersyscall(SB)\nhere: SYSCALL\nBL runtime·exitsyscall(SB)\nRET\n",
     {"F0", "flags"},
     ""},
    {"call_of_who_knows_what", "s390x", "TEXT ·f(SB),NOSPLIT,$0\nBL R1\nhere: SYSCALL\nBL R9\nRET\n", {"F0", "flags"}, "F0"},
    {"product_behind", "mips", "TEXT ·f(SB),NOSPLIT,$0\nhere: SYSCALL\nMULU R3, R4\nMOVW HI, R5\nRET\n", {"HI", "LO"}, ""},
    {"product_in_front",
     "mips",
     "TEXT ·f(SB),NOSPLIT,$0\nMULU R3, R4\nhere: SYSCALL\nMOVW HI, R5\nRET\n",
     {"HI", "LO"},
     "HI"},
};

INSTANTIATE_TEST_SUITE_P(Ports, PlainLiveness, testing::ValuesIn(kLive),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace libcify
