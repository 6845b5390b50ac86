// Effects of amd64 statements, and what is live after a marked statement of small functions.
#include <gtest/gtest.h>

#include "gosrc/asm_dialect.h"

namespace libcify {
namespace {

const std::vector<std::string> kOf = {"AX", "CX", "DX", "SI", "DI", "R8", "R9", "R10", "R11", "X0", "flags"};

std::string Join(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : " ") + name;
  return out;
}

// "reads > writes", with the kind of a jump behind it; "?" for what is not known.
std::string Effect(const std::string& line) {
  const AsmFile file = AsmFile::Parse("x.s", line, {}).value();
  const std::optional<AsmEffect> effect = FindAsmDialect("amd64")->Describe(file.statements().at(0));
  if (!effect) return "?";
  std::string out = Join(effect->reads) + " > " + Join(effect->writes);
  if (!effect->argument_reads.empty()) out += " (" + Join(effect->argument_reads) + ")";
  if (effect->is_call) out += " call";
  if (effect->is_return) out += " return";
  if (effect->is_jump) out += " jump";
  if (effect->is_branch) out += " branch";
  if (effect->is_trap) out += " trap";
  if (effect->target) out += " " + *effect->target;
  if (effect->relative) out += " " + std::to_string(*effect->relative);
  return out;
}

TEST(Amd64, Effects) {
  const std::pair<const char*, const char*> cases[] = {
      {"MOVQ AX, DX", "AX > DX"},
      {"MOVL $1, DI", " > DI"},
      {"MOVB AX, DX", "AX DX > DX"},
      {"MOVW 8(SI), DX", "SI DX > DX"},
      {"MOVQ AL, R8B", "AX R8 > R8"},
      {"MOVQ AX, 8(BX)(CX*4)", "CX BX AX > "},
      {"MOVQ x-8(SP), AX", "SP > AX"},
      {"MOVQ fd+0(FP), AX", " > AX"},
      {"MOVQ (g_sched+gobuf_sp)(DX), SP", "DX > SP"},
      {"MOVQ 0(CX)(TLS*1), R14", "CX > R14"},
      {"MOVQ TLS, CX", " > CX"},
      {"MOVQ $runtime·f<ABIInternal>(SB), AX", " > AX"},
      {"MOVQ $(1<<3), AX", " > AX"},
      {"MOVL $0xf1, 0xf1", " > "},
      {"MOVBLZX (SI), AX", "SI > AX"},
      {"LEAQ 8(SP)(AX*8), DI", "AX SP > DI"},
      {"XORL AX, AX", " > flags AX"},
      {"XORL AX, BX", "AX BX > flags BX"},
      {"XORB AX, AX", "AX > flags AX"},
      {"SUBQ $16, SP", "SP > flags SP"},
      {"SBBQ AX, AX", "flags AX > flags AX"},
      {"INCQ AX", "AX > AX"},
      {"NEGQ AX", "AX > flags AX"},
      {"NOTQ AX", "AX > AX"},
      {"SHLQ CX, AX", "CX AX > AX"},
      {"CMPQ AX, $0xfffffffffffff001", "AX > flags"},
      {"TESTQ AX, (DI)", "DI AX > flags"},
      {"MULL DX", "DX AX > flags AX DX"},
      {"IMULQ $1000, AX", "AX > flags AX"},
      {"DIVL CX", "CX AX DX > flags AX DX"},
      {"CQO", "AX > DX"},
      {"XCHGQ AX, BX", "AX BX > AX BX"},
      {"CMPXCHGL CX, 0(R11)", "R11 AX CX > flags AX"},
      {"CMOVQEQ AX, DX", "flags AX DX > DX"},
      {"SETEQ AX", "flags AX > AX"},
      {"SETHI ret+8(FP)", "flags > "},
      {"PUSHQ R12", "SP R12 > SP"},
      {"POPQ R12", "SP > SP R12"},
      {"ADJSP $24", "SP > SP"},
      {"REP", "CX > CX"},
      {"STOSQ", "AX DI flags > DI"},
      {"PXOR X15, X15", " > X15"},
      {"PXOR X1, X2", "X1 X2 > X2"},
      {"MOVUPS (SI), X7", "SI > X7"},
      {"MOVSD X0, 8(SP)", "SP X0 > "},
      {"NOP SP", " > "},
      {"LOCK", " > "},
      {"INT $3", " > "},
      {"UD2", " >  trap"},
      {"RET", " >  return"},
      {"SYSCALL", "AX > AX CX R11 (DI SI DX R10 R8 R9)"},
      {"CALL AX", "AX >  call"},
      {"CALL runtime·f(SB)", " >  call"},
      {"JMP again", " >  jump again"},
      {"JMP -2(PC)", " >  jump -2"},
      {"JMP AX", "AX >  jump"},
      {"JMP runtime·f(SB)", " >  jump"},
      {"JLS 2(PC)", "flags >  branch 2"},
      {"JCXZQ done", "CX > CX branch done"},
      // not known
      {"INT $0x80", "?"},
      {"BYTE $0x90", "?"},
      {"VPADDQ Y0, Y1, Y2", "?"},
      {"MOVQ CR0, AX", "?"},
      {"MOVQ (SOMETHING), AX", "?"},
      {"MOVQ AX", "?"},
      {"SHLQ $1, AX:DX", "?"},
      {"JMP x+8(PC)", "?"},
      {"get_tls(CX)", "?"},
  };
  for (const auto& [line, effect] : cases) EXPECT_EQ(Effect(line), effect) << line;
  EXPECT_EQ(FindAsmDialect("vax"), nullptr);
}

struct Case {
  std::string name;
  std::string text;  // LiveAfter is asked for the statement behind the label "here"
  std::string live;
  AsmSignature signature = {};
};

class Liveness : public testing::TestWithParam<Case> {};

TEST_P(Liveness, After) {
  const Result<AsmFile> file = AsmFile::Parse("x.s", GetParam().text, {{"GOOS_linux", "1"}});
  ASSERT_TRUE(file.has_value()) << Format(file.error());
  for (std::size_t i = 0; i < file->statements().size(); ++i) {
    const std::vector<std::string>& labels = file->statements()[i].labels;
    if (labels.empty() || labels.back() != "here") continue;
    EXPECT_EQ(Join(LiveAfter(*file, i, *FindAsmDialect("amd64"), kOf, GetParam().signature)), GetParam().live);
    return;
  }
  FAIL() << "no label";
}

const char* const kText = "TEXT ·f(SB),NOSPLIT,$0-8\n";
const char* const kInternal = "TEXT ·f<ABIInternal>(SB),NOSPLIT,$0\n";
const char* const kAll = "AX CX DX SI DI R8 R9 R10 R11 X0 flags";

const Case kCases[] = {
    {"nothing", std::string(kText) + "here: SYSCALL\nRET", ""},
    {"result", std::string(kText) + "here: SYSCALL\nMOVQ AX, ret+0(FP)\nRET", "AX"},
    {"written_first", std::string(kText) + "here: SYSCALL\nMOVL $1, DX\nMOVQ DX, ret+0(FP)\nRET", ""},
    {"partly_written_first", std::string(kText) + "here: SYSCALL\nMOVB $1, DX\nMOVQ DX, ret+0(FP)\nRET", "DX"},
    {"both_ways_of_a_branch",
     std::string(kText) + "here: SYSCALL\nCMPQ AX, $1\nJLS ok\nMOVQ SI, ret+0(FP)\nRET\nok: MOVQ DI, ret+0(FP)\nRET",
     "AX SI DI"},
    {"flags", std::string(kText) + "here: SYSCALL\nMOVQ $0, AX\nJEQ 1(PC)\nRET", "flags"},
    {"backward_jump", std::string(kText) + "again: MOVQ R8, BX\nhere: SYSCALL\nJMP again", "AX R8"},
    {"relative_jump", std::string(kText) + "here: SYSCALL\nJMP 2(PC)\nMOVQ SI, BX\nMOVQ DI, BX\nRET", "DI"},
    {"relative_jump_back", std::string(kText) + "MOVQ SI, BX\nhere: SYSCALL\nJMP -2(PC)", "AX SI"},
    {"relative_jump_counts_annotations",
     std::string(kText) + "here: SYSCALL\nJMP 3(PC)\nPCDATA $0, $1\nMOVQ SI, BX\nMOVQ DI, BX\nRET", "DI"},
    {"relative_jump_counts_macros",
     "#define TWO MOVQ SI, BX; MOVQ R9, BX\n" + std::string(kText) + "here: SYSCALL\nJMP 3(PC)\nTWO\nMOVQ DI, BX\nRET",
     "DI"},
    {"relative_jump_over_the_unknown", std::string(kText) + "here: SYSCALL\nJMP 2(PC)\nUNKNOWN(1)\nRET", kAll},
    {"relative_jump_out", std::string(kText) + "here: SYSCALL\nJMP 7(PC)\nRET", kAll},
    {"unknown_statement", std::string(kText) + "here: SYSCALL\nVPADDQ Y0, Y1, Y2\nRET", kAll},
    {"unknown_statement_not_reached", std::string(kText) + "here: SYSCALL\nRET\nVPADDQ Y0, Y1, Y2\nRET", ""},
    {"jump_to_a_function", std::string(kText) + "here: SYSCALL\nJMP ·g(SB)", kAll},
    {"computed_jump", std::string(kText) + "here: SYSCALL\nJMP BX", kAll},
    {"label_of_another_function", std::string(kText) + "here: SYSCALL\nJMP l\nTEXT ·g(SB),$0\nl: RET", kAll},
    {"end_of_the_function", std::string(kText) + "here: SYSCALL\nTEXT ·g(SB),$0\nMOVQ SI, BX\nRET", ""},
    {"trap", std::string(kText) + "here: SYSCALL\nUD2", ""},
    {"endless_loop", std::string(kText) + "here: SYSCALL\nJMP 0(PC)", ""},
    {"outside_of_a_function", "here: SYSCALL\nRET", kAll},
    {"inactive_statements_do_not_count",
     std::string(kText) + "here: SYSCALL\n#ifdef GOOS_linux\nMOVQ SI, BX\n#else\nMOVQ DI, BX\n#endif\nRET", "SI"},
    {"macro_use", "#define STORE(r) MOVQ r, BX; MOVQ r, R12\n" + std::string(kText) + "here: SYSCALL\nSTORE(DX)\nRET", "DX"},
    {"macro_as_the_statement", "#define CALLS SYSCALL; MOVQ SI, BX\n" + std::string(kText) + "here: CALLS\nMOVQ DX, BX\nRET",
     "DX SI"},
    {"macro_without_end", "#define A A\n" + std::string(kText) + "here: SYSCALL\nA\nRET", kAll},
    {"macro_redefined", "#define R SI\n" + std::string(kText) + "here: SYSCALL\n#undef R\n#define R DI\nMOVQ R, BX\nRET",
     "DI"},
    // ABIInternal: RET reads results
    {"results_unknown", std::string(kInternal) + "here: SYSCALL\nRET", "AX CX SI DI R8 R9 R10 R11 X0"},
    {"one_result", std::string(kInternal) + "here: SYSCALL\nRET", "AX", {1, 0}},
    {"no_result", std::string(kInternal) + "here: SYSCALL\nRET", "", {0, 0}},
    {"six_arguments_in_registers",
     std::string(kInternal) +
         "MOVQ SI, R10\nMOVQ DI, DX\nMOVQ CX, SI\nMOVQ BX, DI\nhere: SYSCALL\nCMPQ AX, $0xfffffffffffff001\n"
         "JLS ok\nNEGQ AX\nMOVQ AX, CX\nMOVQ $-1, AX\nMOVQ $0, BX\nRET\nok: MOVQ DX, BX\nMOVQ $0, CX\nRET",
     "AX DX",
     {3, 7}},
    // arguments of the next call
    {"next_call_takes_what_was_set_before", std::string(kText) + "MOVL $1, DI\nhere: SYSCALL\nMOVL $2, AX\nSYSCALL\nRET",
     "DI"},
    {"next_call_takes_what_is_set_again",
     std::string(kText) + "MOVL $1, DI\nhere: SYSCALL\nMOVL $2, DI\nMOVL $2, AX\nSYSCALL\nRET", ""},
    {"next_call_takes_nothing_unset", std::string(kText) + "here: SYSCALL\nMOVL $2, AX\nSYSCALL\nRET", ""},
    {"next_call_in_a_loop", std::string(kText) + "again: here: SYSCALL\nMOVL $2, DI\nMOVL $2, AX\nJMP again", ""},
    {"go_arguments_are_set", std::string(kInternal) + "here: SYSCALL\nMOVL $2, AX\nSYSCALL\nRET", "SI DI", {0, 5}},
    {"go_arguments_unknown",
     std::string(kInternal) + "here: SYSCALL\nMOVL $2, AX\nSYSCALL\nRET",
     "SI DI R8 R9 R10",
     {0, -1}},
    {"call_of_a_function", std::string(kText) + "MOVQ $1, SI\nhere: SYSCALL\nCALL ·g(SB)\nMOVQ DI, BX\nRET", "AX CX SI R11"},
    {"call_that_may_take_what_another_gave",
     std::string(kText) + "CALL p·one<ABIInternal>(SB)\nhere: SYSCALL\nCALL p·two<ABIInternal>(SB)\nRET",
     "AX CX DX SI DI R8 R9 R10 R11 X0"},
    {"call_that_takes_nothing",
     std::string(kText) + "CALL p·one<ABIInternal>(SB)\nhere: SYSCALL\nCALL p·two<ABIInternal>(SB)\nMOVQ AX, BX\nRET",
     "",
     {-1, -1, [](const std::string& callee) { return callee == "p·two<ABIInternal>(SB)"; }}},
    {"flags_are_no_argument", std::string(kText) + "CMPQ AX, BX\nhere: SYSCALL\nCALL ·g(SB)\nRET", "AX CX R11"},
    {"call_through_a_register", std::string(kText) + "here: SYSCALL\nCALL R8\nRET", "AX CX R8 R11"},
};

INSTANTIATE_TEST_SUITE_P(Amd64, Liveness, testing::ValuesIn(kCases), [](const auto& info) { return info.param.name; });

TEST(LiveAfter, IndexOutsideOfTheFile) {
  const AsmFile file = AsmFile::Parse("x.s", "TEXT f(SB),$0\nRET\n", {}).value();
  EXPECT_EQ(LiveAfter(file, 99, *FindAsmDialect("amd64"), kOf), kOf);
}

TEST(LiveAfter, HugeFunctionIsEverything) {
  std::string text = "TEXT f(SB),$0\nSYSCALL\n";
  for (int i = 0; i < 20000; ++i) text += "NOP\n";
  const AsmFile file = AsmFile::Parse("x.s", text + "RET\n", {}).value();
  EXPECT_EQ(LiveAfter(file, 1, *FindAsmDialect("amd64"), kOf), kOf);
}

}  // namespace
}  // namespace libcify
