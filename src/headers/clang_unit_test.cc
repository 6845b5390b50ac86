// What libclang says of testdata/headers/include/shapes.h, one line per declaration, in C and C++, for several targets.
#include "headers/clang_unit.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "headers/facts_codec.h"

namespace libcify {
namespace {

const std::string kInclude = std::string(LIBCIFY_SOURCE_DIR) + "/testdata/headers/include";

ParsedUnit Parse(CLanguage language, const std::string& triple) {
  ParseRequest request{.language = language, .triple = triple, .arguments = {"-isystem", kInclude}};
  request.text = "#include <shapes.h>\n";
  Result<ParsedUnit> unit = ParseUnit(request);
  EXPECT_TRUE(unit) << (unit ? "" : Format(unit.error()));
  return unit ? *unit : ParsedUnit{};
}

// name -> prototype with each type replaced by its code.
std::map<std::string, std::string> Shapes(const ParsedUnit& unit) {
  std::map<std::string, std::string> out;
  for (const DeclaredFunction& found : unit.functions) {
    const CFunction& function = found.function;
    auto code = [](const CType& type) {
      TypeTable table;
      std::string key = table.Add(type);
      return table.Codes().at(key);
    };
    std::string text;
    for (const CParameter& parameter : function.parameters) {
      text += (text.empty() ? "" : ", ") + code(parameter.type) + (parameter.name.empty() ? "" : " : " + parameter.name);
    }
    text = "(" + text + (function.variadic ? ", ..." : "") + ") -> " + code(function.result);
    if (function.link_name != function.name) text += " = " + function.link_name;
    out[function.name] = text;
  }
  return out;
}

const std::map<std::string, std::string> kAmd64 = {
    {"widths", "(i8 : c, u8 : uc, i16 : s, u16 : us, i32 : i, u32 : u, i64 : l, u64 : ul, i64 : ll, u64 : ull) -> i32"},
    {"nothing", "() -> v"},
    {"open_like", "(p64c char : path, i32 : flags, ...) -> i32"},
    {"labelled", "(i32 : fd) -> i32 = __labelled50"},
    {"relabelled", "(i32 : fd) -> i32 = __relabelled64"},
    {"chooser", "(i32 : which) -> F64 int (const char *)"},
    {"takes_function", "(F64 void (int, void *) : handler, p64c const char * : argv) -> v"},
    {"takes_array", "(p64 int : pair, p64 nameless_t : nameless) -> i32"},
    {"takes_records", "(p64 struct outer : record, p64c union both : other, p64 struct incomplete : opaque) -> i32"},
    {"takes_float", "(f32 : f, u32 : paint) -> f64"},
    {"by_value", "(r128 struct inner : value) -> r128 struct inner"},
    {"unnamed_parameter", "(u64, i32) -> u64"},
};

TEST(ClangUnit, ShapesOfEachConstruct) { EXPECT_EQ(Shapes(Parse(CLanguage::kC, "x86_64-linux-gnu")), kAmd64); }

TEST(ClangUnit, CppSeesTheSameButOverloads) { EXPECT_EQ(Shapes(Parse(CLanguage::kCpp, "x86_64-linux-gnu")), kAmd64); }

TEST(ClangUnit, WidthsFollowTheTarget) {
  std::map<std::string, std::string> shapes = Shapes(Parse(CLanguage::kCpp, "i686-linux-gnu"));
  EXPECT_EQ(shapes["widths"],
            "(i8 : c, u8 : uc, i16 : s, u16 : us, i32 : i, u32 : u, i32 : l, u32 : ul, i64 : ll, u64 : ull) -> i32");
  EXPECT_EQ(shapes["takes_array"], "(p32 int : pair, p32 nameless_t : nameless) -> i32");
}

TEST(ClangUnit, RecordsAreFlattened) {
  for (CLanguage language : {CLanguage::kC, CLanguage::kCpp}) {
    std::map<std::string, CRecord> records = Parse(language, "x86_64-linux-gnu").records;
    std::string header = kInclude + "/shapes.h";
    std::map<std::string, std::string> texts;
    for (const auto& [tag, record] : records) texts[tag] = WriteRecord(record);
    std::map<std::string, std::string> expected = {
        {"nameless_t", "4 4 " + header + "; x i32 @0"},
        {"struct outer",
         "120 8 " + header +
             "; text[14] i8*14 @0"
             "; pair[0].a i16 @128; pair[0].number i32 @192; pair[0].pointer p64 @192"
             "; pair[1].a i16 @256; pair[1].number i32 @320; pair[1].pointer p64 @320"
             "; named.wide i64 @384; handler F64 @448; low u3 @512; high i5 @519; grid[2][3] f64*6 @576; rest[] i8*0 @960"},
        {"union both", "8 4 " + header + "; i i32 @0; bytes[8] u8*8 @0"},
    };
    EXPECT_EQ(texts, expected);
  }
}

TEST(ClangUnit, TypesAreSpelledAsWritten) {
  ParsedUnit unit = Parse(CLanguage::kCpp, "x86_64-linux-gnu");
  std::map<std::string, CFunction> functions;
  for (const DeclaredFunction& found : unit.functions) functions[found.function.name] = found.function;
  EXPECT_EQ(functions["open_like"].parameters[0].type.spelling, "const char *");
  EXPECT_EQ(functions["takes_records"].parameters[0].type.spelling, "struct outer *");
  EXPECT_EQ(functions["unnamed_parameter"].result.spelling, "size_word");
}

TEST(ClangUnit, ErrorsOfTheTextAreGiven) {
  ParseRequest request{.triple = "x86_64-linux-gnu", .text = "int f(unknown_t x);\n#include <not/there.h>\n"};
  Result<ParsedUnit> unit = ParseUnit(request);
  ASSERT_FALSE(unit);
  EXPECT_EQ(Format(unit.error()),
            "/libcify/main:1:7: error: unknown type name 'unknown_t'\n"
            "/libcify/main:2:10: error: 'not/there.h' file not found\n");
}

TEST(ClangUnit, MacrosAndEnumerators) {
  ParseRequest request{.triple = "x86_64-linux-gnu",
                       .text = "#define A 3\n#define F(x) x\nenum { kOne = A, kTwo = 1 << A };\n",
                       .want_macros = true};
  Result<ParsedUnit> unit = ParseUnit(request);
  ASSERT_TRUE(unit);
  EXPECT_NE(std::find(unit->macros.begin(), unit->macros.end(), "A"), unit->macros.end());
  EXPECT_EQ(std::find(unit->macros.begin(), unit->macros.end(), "F"), unit->macros.end());
  EXPECT_EQ(unit->enumerators, (std::map<std::string, std::int64_t>{{"kOne", 3}, {"kTwo", 8}}));
}

// One line for each function: name, symbol, version, convention.
std::string Symbols(const std::string& triple, const std::string& text) {
  Result<ParsedUnit> unit = ParseUnit({.triple = triple, .text = text});
  if (!unit) return Format(unit.error());
  std::string out;
  for (const DeclaredFunction& found : unit->functions) {
    const CFunction& function = found.function;
    out += function.name + " " + function.link_name + " \"" + function.since + "\"" + (function.stdcall ? " stdcall" : "") +
           "\n";
  }
  return out;
}

// Mach-O puts an underscore before C's names; a label has it already. Availability is that of the system the triple names.
TEST(ClangUnit, SymbolsOfDarwin) {
  const std::string text =
      "int plain(void);\n"
      "int stat(int x) __asm(\"_stat$INODE64\");\n"
      "int late(void) __attribute__((availability(macos, introduced=10.12), availability(ios, introduced=10.0)));\n"
      "int forbidden(void) __attribute__((availability(ios, unavailable)));\n";
  EXPECT_EQ(Symbols("x86_64-apple-macosx12.0", text),
            "plain plain \"\"\nstat stat$INODE64 \"\"\nlate late \"10.12\"\nforbidden forbidden \"\"\n");
  EXPECT_EQ(Symbols("arm64-apple-ios17.0", text), "plain plain \"\"\nstat stat$INODE64 \"\"\nlate late \"10.0\"\n");
}

// 386 Windows adds the size of the arguments to a stdcall function's name; elsewhere the attribute says nothing.
TEST(ClangUnit, SymbolsOfWindows) {
  const std::string text = "int plain(int x);\n__attribute__((stdcall)) int CloseHandle(void *handle);\n";
  EXPECT_EQ(Symbols("i686-w64-windows-gnu", text), "plain plain \"\"\nCloseHandle CloseHandle \"\" stdcall\n");
  EXPECT_EQ(Symbols("x86_64-w64-windows-gnu", text), "plain plain \"\"\nCloseHandle CloseHandle \"\"\n");
}

}  // namespace
}  // namespace libcify
