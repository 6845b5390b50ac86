// The text of facts: written and read again, and what is said of texts that are none.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "base/file.h"
#include "headers/facts_codec.h"
#include "headers/facts_text.h"
#include "headers/headers.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

CType Int() { return {.kind = CTypeKind::kInteger, .bits = 32, .is_signed = true, .spelling = "int"}; }

CType Pointer(const std::string& spelling, const std::string& pointee, bool to_const = false) {
  return {.kind = CTypeKind::kPointer, .bits = 64, .spelling = spelling, .pointee = pointee, .pointee_const = to_const};
}

// One of everything that the format can say.
Facts Example() {
  Facts facts{.target = {.goos = "linux", .goarch = "amd64", .libc = "glibc", .libc_version = "2.36", .triple = "x-y-z"}};
  facts.sources = {{"glibc", "2.36"}, {"kernel", "linux-headers 6.12"}};
  CType function{
      .kind = CTypeKind::kFunctionPointer, .bits = 64, .spelling = "void (*)(int, char *)", .pointee = "void (int, char *)"};
  CType narrow{.kind = CTypeKind::kInteger, .bits = 16, .spelling = "int"};  // the same spelling, another meaning
  CType real{.kind = CTypeKind::kFloat, .bits = 80, .spelling = "long double"};
  CType record{.kind = CTypeKind::kRecord, .bits = 128, .spelling = "struct x", .pointee = "struct x"};
  facts.functions["open"] = {.name = "open",
                             .link_name = "open64",
                             .result = Int(),
                             .parameters = {{"path", Pointer("const char *", "char", true)}, {"", Int()}},
                             .variadic = true,
                             .header = "fcntl.h",
                             .since = "2.2.5",
                             .library = "libc.so.6"};
  facts.functions["odd"] = {.name = "odd",
                            .link_name = "odd",
                            .result = CType{.spelling = "void"},
                            .parameters = {{"f", function},
                                           {"n", narrow},
                                           {"r", real},
                                           {"s", record},
                                           {"argv", Pointer("const char *const *", "const char *", true)}},
                            .header = "odd.h",
                            .library = "libodd.so.1",
                            .time64_name = "strange",
                            .in_archive = true};
  facts.functions["stat"] = {
      .name = "stat", .link_name = "stat", .result = Int(), .header = "sys/stat.h", .since = "2.33", .library = "libc.so.6"};
  Contract contract{.entry = "sys_read",
                    .result = Int(),
                    .parameters = {{"fd", Int()}, {"", Pointer("char *", "char")}},
                    .source = "include/linux/syscalls.h:1",
                    .words = {0, 2}};  // a pointer of 64 bits, to have a pair
  facts.word_bits = 32;
  facts.aligned_pairs = true;
  facts.calls = {{"read", 0, contract}, {"gone", 7, std::nullopt}};
  CRecord layout{.name = "struct s", .size = 24, .align = 8, .header = "sys/s.h"};
  layout.fields = {
      {"a", 0, 3, 3, true, CTypeKind::kInteger},        {"b[2].c", 8, 112, 8, false, CTypeKind::kInteger},
      {"p", 128, 64, 64, false, CTypeKind::kPointer},   {"f[3]", 192, 192, 64, false, CTypeKind::kFunctionPointer},
      {"tail[]", 384, 0, 8, true, CTypeKind::kInteger}, {"many[99]", 384, 9900, 100, false, CTypeKind::kRecord},
      {"d", 512, 64, 64, false, CTypeKind::kFloat}};
  facts.kernel_records["struct s"] = layout;
  facts.libc_records["struct s"] = layout;
  return facts;
}

Result<Facts> WriteAndLoad(const Facts& facts) {
  std::string name = (fs::temp_directory_path() / "libcify-facts-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return Fail(Error{.what = "no temporary folder"});
  std::vector<TreeEntry> files = WriteFacts(facts);
  for (const TreeEntry& file : files) {
    Result<void> written = WriteFileAtomically(fs::path(name) / file.path, file.text);
    if (!written) return Fail(written.error());
  }
  Result<Facts> loaded = LoadFacts(fs::path(name) / files.front().path);
  fs::remove_all(name);
  return loaded;
}

TEST(Facts, WrittenAndReadAgain) {
  Facts facts = Example();
  Result<Facts> loaded = WriteAndLoad(facts);
  ASSERT_TRUE(loaded) << Format(loaded.error());
  EXPECT_EQ(loaded->target, facts.target);
  EXPECT_EQ(loaded->sources, facts.sources);
  EXPECT_EQ(loaded->word_bits, facts.word_bits);
  EXPECT_EQ(loaded->aligned_pairs, facts.aligned_pairs);
  EXPECT_EQ(loaded->calls, facts.calls);
  EXPECT_EQ(loaded->functions, facts.functions);
  EXPECT_EQ(loaded->kernel_records, facts.kernel_records);
  EXPECT_EQ(loaded->libc_records, facts.libc_records);
}

TEST(Facts, FilesAreNamedByTarget) {
  std::vector<TreeEntry> files = WriteFacts(Example());
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].path, "linux-amd64-glibc.json");
  EXPECT_EQ(files[1].path, "linux-amd64-kernel.json");
  EXPECT_NE(files[0].text.find(R"("open": "(const char * path, int #2 -, ...) -> int #2; fcntl.h 2.2.5 link=open64")"),
            std::string::npos)
      << files[0].text;
  EXPECT_NE(files[1].text.find(R"("read": "0 sys_read (int fd, char * -) -> int; include/linux/syscalls.h:1")"),
            std::string::npos)
      << files[1].text;
}

// truncate64(2), "Architecture-specific requirements" of syscall(2): on arm the length is in the third and fourth word.
TEST(Facts, ArgumentWords) {
  const CType wide{.kind = CTypeKind::kInteger, .bits = 64, .is_signed = true, .spelling = "loff_t"};
  const std::vector<CParameter> parameters = {{"path", Int()}, {"length", wide}, {"flags", Int()}, {"more", wide}};
  EXPECT_EQ(ArgumentWords(parameters, 64, false), (std::vector<int>{0, 1, 2, 3}));
  EXPECT_EQ(ArgumentWords(parameters, 32, false), (std::vector<int>{0, 1, 3, 4}));
  EXPECT_EQ(ArgumentWords(parameters, 32, true), (std::vector<int>{0, 2, 4, 6}));
}

TEST(Facts, EveryProblemIsNamed) {
  struct Case {
    const char *line, *error;
  };
  const Case cases[] = {
      {"", "no prototype; expected (type name, …) -> type; …"},
      {"(int fd -> int; a.h -", "no prototype; expected (type name, …) -> type; …"},
      {"(int fd) -> long; a.h -", "type \"long\" is not in `types`"},
      {"(long fd) -> int; a.h -", "type \"long\" is not in `types`"},
      {"(int) -> int; a.h -", "parameter \"int\" has no name; expected \"-\" for none"},
      {"(..., int x) -> int; a.h -", "a parameter follows \"...\""},
      {"() -> int", "expected a header and a version or \"-\" behind the prototype"},
      {"() -> int; a.h - weak", "unknown word \"weak\"; expected link=, library=, time64=, stdcall or archive"},
  };
  std::string text =
      R"({"format": 1, "target": {"goos": "a", "goarch": "b", "libc": "c", "libc_version": "d", "triple": "e"},
"sources": {}, "kernel": "k.json", "library": "l", "types": {"int": "i32"}, "records": {}, "functions": {)";
  std::string expected;
  int n = 0;
  for (const Case& row : cases) {
    text += std::string(n == 0 ? "" : ",") + "\n\"f" + std::to_string(n) + "\": \"";
    for (const char* c = row.line; *c != '\0'; ++c) text += *c;
    text += "\"";
    expected += "functions: f" + std::to_string(n) + ": " + row.error + "\n";
    ++n;
  }
  Facts facts;
  std::string kernel, found;
  Result<void> result = ParseLibcFacts("x.json", text + "}}", facts, kernel);
  ASSERT_FALSE(result);
  for (const Error& error : result.error()) found += error.what + "\n";
  EXPECT_EQ(found, expected);
}

TEST(Facts, KernelProblemsAreNamed) {
  std::string text =
      R"({"format": 1, "source": "s", "word_bits": 16, "types": {"int": "i32", "bad": "q7"}, "records": {"struct r": "1 x a.h",
 "struct t": "1 1 a.h; x i32"}, "calls": {"a": "5", "b": "4", "c": "x", "d": "6 sys_d (...) -> int; f", "e": 7}})";
  Facts facts;
  Result<void> result = ParseKernelFacts("x.json", text, facts);
  ASSERT_FALSE(result);
  std::string found;
  for (const Error& error : result.error()) found += error.what + "\n";
  EXPECT_EQ(found,
            "$.word_bits: expected 32 or 64\n"
            "types: bad: no type: \"q7\"; expected \"i32\" or \"p64 struct stat\"\n"
            "calls: b: number 4 is out of order\n"
            "calls: c: expected a number first\n"
            "calls: d: a contract cannot be variadic\n"
            "calls: e: expected a string\n"
            "records: struct r: no record; expected \"size align header; leaf; …\"\n"
            "records: struct t: no leaf: \"x i32\"; expected \"path u32 @64\"\n");
}

TEST(Facts, DifferencesAreNamed) {
  Facts committed = Example(), fresh = Example();
  EXPECT_TRUE(CompareFacts(committed, fresh).empty());
  fresh.functions["stat"].parameters.push_back({"n", Int()});
  fresh.functions.erase("odd");
  fresh.calls[1].number = 8;
  fresh.calls.push_back({"new", 9, std::nullopt});
  fresh.libc_records["struct s"].fields.pop_back();
  fresh.calls[0].contract->source = "include/linux/syscalls.h:2";  // lines move
  std::string found;
  for (const Error& error : CompareFacts(committed, fresh))
    found += error.where.file + ": " + error.what.substr(0, 44) + "\n";
  EXPECT_EQ(found,
            "linux-amd64-kernel.json: call gone: committed is `7 without contract`\n"
            "linux-amd64-kernel.json: call new: is new: `9 without contract`\n"
            "linux-amd64-glibc.json: function odd: is not in the headers read ane\n"
            "linux-amd64-glibc.json: function stat: committed is `() -> int; int \n"
            "linux-amd64-glibc.json: record struct s: committed is `24 8 sys/s.h;\n");
}

}  // namespace
}  // namespace libcify
