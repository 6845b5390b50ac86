// Go assembly: statements, labels, macros, conditions, TEXT lines, immediates, errors.
#include "gosrc/asm_file.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

Result<AsmFile> ParseText(const std::string& text) {
  return AsmFile::Parse("x.s", text, {{"GOOS_linux", "1"}, {"GOARCH_amd64", "1"}});
}

// One line per statement: "label: MNEMONIC operands", with "-" in front of inactive ones and the macro behind them.
std::string Dump(const AsmFile& file) {
  std::string out;
  for (const AsmStatement& statement : file.statements()) {
    if (!statement.active) out += "-";
    for (const std::string& label : statement.labels) out += label + ": ";
    out += statement.Canonical();
    if (!statement.macro.empty()) out += " @" + statement.macro;
    out += "\n";
  }
  return out;
}

struct Case {
  std::string name, text, dump;  // or the complete error text
};

class AsmStatements : public testing::TestWithParam<Case> {};

TEST_P(AsmStatements, AreRead) {
  const Result<AsmFile> file = ParseText(GetParam().text);
  EXPECT_EQ(file ? Dump(*file) : Format(file.error()), GetParam().dump);
  if (!file) return;
  for (const AsmStatement& statement : file->statements()) {  // ranges are exact
    const std::string bytes = file->text().substr(statement.range.begin, statement.range.size());
    EXPECT_TRUE(bytes.starts_with(statement.mnemonic)) << bytes;
    if (!statement.operands.empty() && bytes.back() != ')') {
      EXPECT_TRUE(bytes.ends_with(statement.operands.back())) << bytes;
    }
    EXPECT_EQ(file->At(statement.range.begin), (Span{"x.s", statement.line, statement.column}));
  }
}

const Case kCases[] = {
    {"empty", "", ""},
    {"no_newline_at_the_end", "RET", "RET\n"},
    {"blanks_fold", "\tMOVQ\tx + 8( FP ),\tAX  \r\n", "MOVQ x + 8( FP ), AX\n"},
    {"separators", "A; B 1;;C\n;D", "A\nB 1\nC\nD\n"},
    {"line_comment", "A 1 // B; C\nD // \\\nE", "A 1\nD\nE\n"},
    {"comment_with_statement_mark", "A $1 /* ; B */ , $2\n", "A $1, $2\n"},
    {"comment_over_lines_ends_nothing", "A $1 /* x\ny */, $2\nB", "A $1, $2\nB\n"},
    {"labels", "a: b:\n\nc:\tA\nd: B", "a: b: c: A\nd: B\n"},
    {"label_alone", "A\nend:\n", "A\n"},
    {"register_pair", "SHLQ $1, AX:DX", "SHLQ $1, AX:DX\n"},
    {"strings", "DATA x<>+0(SB)/8, $\"a;b//,\\\"\\z\"\nB '\\'', ','",
     "DATA x<>+0(SB)/8, $\"a;b//,\\\"\\z\"\nB '\\'', ','\n"},
    {"suffix", "MOVW.P 4(R1), R2\nADD.S R1, R2", "MOVW.P 4(R1), R2\nADD.S R1, R2\n"},
    {"lists", "LDP (R0), (R1, R2)\nVLD1 (R0), [V1.B16, V2.B16]", "LDP (R0), (R1, R2)\nVLD1 (R0), [V1.B16, V2.B16]\n"},
    {"middle_dot_and_slash", "CALL runtime∕debug·f<ABIInternal>(SB)", "CALL runtime∕debug·f<ABIInternal>(SB)\n"},
    {"instruction_with_parenthesis", "JMP (AX)\nLOCK", "JMP (AX)\nLOCK\n"},
    {"macro_of_an_included_file", "get_tls(CX)\nPUSH_ALL()\nA(b,(c, d)) X 1", "get_tls CX\nPUSH_ALL\nA b, (c, d)\nX 1\n"},
    {"function_like_use_with_blank", "#define LOAD(r, s) MOVQ r, s\nLOAD (AX, (BX))", "MOVQ r, s @LOAD\nLOAD AX, (BX)\n"},
    {"macro_with_continuations", "#define M(a, b) \\\n\tl: A a; \\ // why\n\tB b \\ \n\n\tC", "l: A a @M\nB b @M\nC\n"},
    {"macro_body_that_is_no_statement", "#define g 0(CX)(TLS*1)\n#define N (1<<3)\n#define R AX\nRET", "AX @R\nRET\n"},
    {"conditions", "#ifdef GOOS_linux\nA\n#ifdef X\nB\n#else\nC\n#endif\n#else\nD\n#ifndef X\nE\n#endif\n#endif\nF",
     "A\n-B\nC\n-D\n-E\nF\n"},
    {"own_defines", "#define X\n#ifdef X\nA\n#endif\n#undef X\n#ifdef X\nB\n#else\nC\n#endif", "A\n-B\nC\n"},
    {"defines_in_a_branch_not_taken", "#ifdef NO\n#define X\n#nonsense\n ?!\n#endif\n#ifdef X\nA\n#endif", "-A\n"},
    {"line_directive", "#line 3 \"y.s\"\nA", "A\n"},
    {"unclosed_comment", "A\n  /* B", "x.s:2:3: error: the comment is not terminated\n"},
    {"unclosed_string", "A \"b\nC", "x.s:1:3: error: the literal is not terminated\n"},
    {"nul", std::string("A\n\0B", 4),
     "x.s:2:1: error: a NUL byte\nx.s:2:1: error: expected an instruction, found '" + std::string(1, '\0') + "'\n"},
    {"no_instruction", "A\n\t$1, B\nC", "x.s:2:2: error: expected an instruction, found '$'\n"},
    {"missing_operand", "A $1,\nB ,$1\nC 1,,2",
     "x.s:1:5: error: missing operand\nx.s:2:3: error: missing operand\nx.s:3:4: error: "
     "missing operand\n"},
    {"open_arguments", "M(a, b\nC", "x.s:1:2: error: the arguments of M are not closed on their line\n"},
    {"all_problems", "#else\n#endif\n#frob\n#include x\n#define\n#define M(a,\n#ifdef 3",
     "x.s:1:1: error: #else without #ifdef or #ifndef\n"
     "x.s:2:1: error: #endif without #ifdef or #ifndef\n"
     "x.s:3:1: error: unknown directive #frob\n"
     "x.s:4:1: error: expected a file name in double quotes behind #include\n"
     "x.s:5:1: error: expected a name behind #define\n"
     "x.s:6:1: error: bad parameters in the definition of macro M\n"
     "x.s:7:1: error: expected a name behind #ifdef\n"},
    {"open_condition", "A\n#ifndef X\nB", "x.s:2:1: error: the #ifdef or #ifndef has no #endif\n"},
};

INSTANTIATE_TEST_SUITE_P(Asm, AsmStatements, testing::ValuesIn(kCases), [](const auto& info) { return info.param.name; });

TEST(AsmFile, TextLines) {
  const AsmFile file = ParseText(
                           "#include \"textflag.h\"\n"
                           "TEXT runtime·exit<ABIInternal>(SB), NOSPLIT|NOFRAME, $16-8\n"
                           "\tRET\n"
                           "TEXT ·f<>(SB),$0\n"
                           "TEXT _rt0_amd64(SB),(NOSPLIT | 4),$(8+8)-24\n"
                           "TEXT a∕b·g<ABI0>(SB),7,$-4\n")
                           .value();
  ASSERT_EQ(file.texts().size(), 4U);
  const AsmText& exit = file.texts()[0];
  EXPECT_EQ(exit.symbol + "|" + exit.name + "|" + exit.package + "|" + exit.abi + "|" + exit.frame,
            "runtime·exit|exit|runtime|ABIInternal|16-8");
  EXPECT_EQ(exit.flags, (std::vector<std::string>{"NOSPLIT", "NOFRAME"}));
  EXPECT_EQ(file.text().substr(exit.flags_range.begin, exit.flags_range.size()), "NOSPLIT|NOFRAME");
  EXPECT_EQ(exit.line, 2);
  EXPECT_FALSE(exit.is_static);
  EXPECT_EQ(exit.first, 0U);
  EXPECT_EQ(exit.last, 2U);
  EXPECT_EQ(file.texts()[1].name + file.texts()[1].package, "f");
  EXPECT_TRUE(file.texts()[1].is_static);
  EXPECT_TRUE(file.texts()[1].flags.empty());
  EXPECT_EQ(file.texts()[1].frame, "0");
  EXPECT_EQ(file.texts()[2].name + "|" + file.texts()[2].frame, "_rt0_amd64|(8+8)-24");
  EXPECT_EQ(file.texts()[2].flags, (std::vector<std::string>{"NOSPLIT", "4"}));
  EXPECT_EQ(file.texts()[3].package + "|" + file.texts()[3].abi + "|" + file.texts()[3].frame, "a/b||-4");
  EXPECT_EQ(file.includes(), std::vector<std::string>{"textflag.h"});
}

TEST(AsmFile, EnclosingText) {
  const AsmFile file = ParseText(
                           "A\n"
                           "#ifdef GOOS_linux\nTEXT ·f(SB),$0\n#else\nTEXT ·g(SB),$0\nB\n#endif\n"
                           "C\n#define M D\nM\nTEXT ·h(SB),$0\nE\n")
                           .value();
  std::string owners;
  for (std::size_t i = 0; i < file.statements().size(); ++i) {
    const AsmText* text = file.Enclosing(i);
    owners += file.statements()[i].mnemonic + "=" + (text == nullptr ? "-" : text->name) + " ";
  }
  EXPECT_EQ(owners, "A=- TEXT=f TEXT=g B=g C=f D=- M=f TEXT=h E=h ");
  EXPECT_EQ(file.Enclosing(99), nullptr);
  EXPECT_FALSE(file.texts()[1].active);
}

TEST(AsmFile, Macros) {
  const std::string text =
      "#define A 1\n#define F(x, y) \\\n\tMOVQ x, /* c */ y; \\\n\tRET // d\n#undef A\n#define A 2\n#define A 3\n";
  const AsmFile file = ParseText(text).value();
  ASSERT_EQ(file.macros().size(), 4U);
  EXPECT_EQ(file.macros()[1].body, "MOVQ x, y;\nRET");
  EXPECT_EQ(file.macros()[1].parameters, (std::vector<std::string>{"x", "y"}));
  EXPECT_TRUE(file.macros()[1].function_like);
  EXPECT_EQ(file.macros()[1].line, 2);
  EXPECT_EQ(file.MacroAt("A", text.find("MOVQ"))->body, "1");
  EXPECT_EQ(file.MacroAt("A", text.size())->body, "3");
  EXPECT_EQ(file.MacroAt("A", text.find("#undef") + 3), nullptr);
  EXPECT_EQ(file.MacroAt("A", 0), nullptr);
  EXPECT_EQ(file.MacroAt("GOOS_linux", 0)->body, "1");
  EXPECT_EQ(file.MacroAt("none", 0), nullptr);
}

struct Value {
  std::string operand;
  std::vector<long long> value;
};

TEST(AsmFile, Immediates) {
  const AsmFile file = ParseText(
                           "#define SYS_read 63\n#define BASE 4000\n#define SYS_write (BASE + 4)\n#define SHIFT(x) (1<<x)\n"
                           "#define LOOP LOOP2\n#define LOOP2 LOOP\n#define AT_FDCWD -100\n#define TWO 2\n#undef TWO\n"
                           "#define TWO 3\n#define EMPTY\n")
                           .value();
  const Value values[] = {
      {"$SYS_read", {63}},
      {"$SYS_write", {4004}},
      {"$(1<<3)", {8}},
      {"$0x80", {128}},
      {"$SHIFT(4)|1", {17}},
      {"$AT_FDCWD", {-100}},
      {"$0xfffffffffffff001", {-4095}},
      {"$~15", {-16}},
      {"$-1", {-1}},
      {"$'a'", {97}},
      {"$'\\n'", {10}},
      {"$0b101", {5}},
      {"$017", {15}},
      {"$0o17", {15}},
      {"$1_000", {1000}},
      {"$2+3*4", {14}},
      {"$(2+3)*4", {20}},
      {"$7/2%2", {1}},
      {"$6^3&1", {7}},
      {"$1<<64", {0}},
      {"$256>>4", {16}},
      {"$- -1", {1}},
      // no constants of this file
      {"SYS_read", {}},
      {"$SYS_open", {}},
      {"$8(SP)", {}},
      {"$x+8(SB)", {}},
      {"$1/0", {}},
      {"$(-1)>>1", {}},
      {"$(-4)/2", {}},
      {"$1.5", {}},
      {"$\"ab\"", {}},
      {"$", {}},
      {"$(1", {}},
      {"$1)", {}},
      {"$LOOP", {}},
      {"$EMPTY", {}},
      {"$TWO", {}},
      {"$08", {}},
      {"$18446744073709551616", {}},
      {"$SHIFT(1,2)", {}},
      {"$SHIFT(1", {}},
      {"$" + std::string(5000, '('), {}},
      {"$" + std::string(5000, '-') + "1", {}},
  };
  for (const Value& value : values) EXPECT_EQ(file.Immediate(value.operand), value.value) << value.operand.substr(0, 40);
  EXPECT_EQ(file.Immediate("$TWO", file.text().size()), std::vector<long long>{3});
}

TEST(AsmFile, HostileTextTakesLinearTime) {
  const std::size_t size = 1U << 20;
  const auto repeat = [&](const std::string& part) {
    std::string out;
    while (out.size() < size) out += part;
    return out;
  };
  const std::string texts[] = {repeat("a: "),
                               repeat("A (, "),
                               repeat("A,"),
                               repeat("X(X) "),
                               repeat("#define A \\\n"),
                               repeat("#ifdef A\n"),
                               repeat("/*"),
                               repeat("\\\n"),
                               repeat("(["),
                               "TEXT f(SB),$0\n" + repeat("A;"),
                               repeat("#define A\n#undef A\n"),
                               repeat("TEXT a·b·c(SB),$0\n"),
                               repeat("#ifdef X\nTEXT f(SB),$0\n#endif\nA\n")};
  for (const std::string& text : texts) (void)ParseText(text).has_value();
}

}  // namespace
}  // namespace libcify
