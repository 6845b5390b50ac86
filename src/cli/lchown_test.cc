// The worked example, through all rooms: Lchown on darwin/arm64, from its trampoline in Go text to machine code that calls
// libc's function by its type, compares 32 bits and asks __error.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "base/json.h"
#include "bind/library.h"
#include "cli/example_testing.h"
#include "emit/emit.h"
#include "headers/headers.h"
#include "rules/rules.h"
#include "scan/scan_tree.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = LIBCIFY_SOURCE_DIR;
// The example of the rules that find it; its text is ours.
const fs::path kTree = kRoot / "rules/extract/trampoline_calls.darwin-arm64.example";

std::string Output(const std::string& command) {
  std::string out;
  std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return "no shell";
  char text[4096];
  for (std::size_t got = 0; (got = fread(text, 1, sizeof text, pipe)) > 0;) out.append(text, got);
  if (pclose(pipe) != 0) out += "\nfailed";
  return out;
}

bool HasClang() { return Output("clang-19 --version").find("clang version") != std::string::npos; }

// Machine code of a shim file; testdata/lchown/include has what macOS's headers say of errno and lchown.
std::string Compiled(const std::string& triple, const std::string& text) {
  std::string folder = (fs::temp_directory_path() / "libcify-lchown-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return "no folder";
  const std::string source = folder + "/shims.cc";
  if (!WriteFileAtomically(source, text)) return "no file";
  std::string code = Output("clang-19 -target " + triple + " -nostdlibinc -isystem " +
                            (kRoot / "testdata/lchown/include").string() + " -I " + (kRoot / "overlays/include").string() +
                            " -std=c++17 -Wall -Wextra -Werror -O2 -S -o - " + source + " | grep -v '^;' | sed 's/ *;.*//'");
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return code;
}

class LchownTest : public testing::Test {
 protected:
  void SetUp() override {
    Result<RuleSet> rules = LoadRules(kRoot / "rules");
    Result<std::vector<Port>> ports = LoadPorts(kRoot / "rules");
    Result<Facts> facts = LoadFacts(kRoot / "rules/facts/darwin-arm64-libSystem.json");
    ASSERT_TRUE(rules && ports && facts);
    const auto port =
        std::find_if(ports->begin(), ports->end(), [](const Port& one) { return one.Name() == "darwin/arm64"; });
    ASSERT_NE(port, ports->end());
    port_ = *port;
    target_ = {port_.goos, port_.goarch, port_.default_libc, port_.libcs.at(port_.default_libc), port_.triple};
    const Result<scan::CompiledRules> compiled = scan::Compile(*rules, {target_});
    ASSERT_TRUE(compiled);
    Result<Inventory> inventory = ScanTree(
        TreeOf(kTree, texts_),
        {.port = port_, .target = target_, .rules = *compiled, .defines = {}, .jobs = 1, .demand_all_rules = false});
    ASSERT_TRUE(inventory) << Format(inventory.error());
    inventory_ = std::move(*inventory);
    Result<std::vector<Binding>> bindings = BindLibrary(*facts, target_, *rules, CallsOf(inventory_));
    ASSERT_TRUE(bindings) << Format(bindings.error());
    std::erase_if(*bindings, [](const Binding& one) { return one.call != "lchown"; });
    bindings_ = std::move(*bindings);
    for (const DialectRules& one : rules->dialects) {
      if (one.name == "shims") dialect_ = one;
    }
  }

  std::deque<std::string> texts_;
  Port port_;
  Target target_;
  Inventory inventory_;
  std::vector<Binding> bindings_;
  DialectRules dialect_;
};

TEST_F(LchownTest, IsBoundByItsTypes) {
  const auto request = std::find_if(inventory_.requests.begin(), inventory_.requests.end(),
                                    [](const Request& one) { return one.symbol == "lchown"; });
  ASSERT_NE(request, inventory_.requests.end());
  EXPECT_EQ(request->library, "/usr/lib/libSystem.B.dylib");
  EXPECT_EQ(request->entry, "syscall.syscall");
  EXPECT_EQ(request->result_test, ResultTest::kWord32);
  ASSERT_EQ(bindings_.size(), 1U);
  const Binding& binding = bindings_.front();
  EXPECT_EQ(binding.how, How::kDirect);
  EXPECT_EQ(binding.cfunction, "lchown");
  EXPECT_EQ(binding.header, "unistd.h");
  EXPECT_EQ(binding.shape, "i=puu");
  EXPECT_EQ(binding.words, 3);
  EXPECT_EQ(binding.error_rule, ErrorRule::kErrno);
}

TEST_F(LchownTest, BecomesCodeThatCallsAndComparesByType) {
  const Result<std::vector<Artifact>> artifacts =
      EmitShims({.target = target_,
                 .port = port_,
                 .inventory = inventory_,
                 .bindings = bindings_,
                 .dialect = dialect_,
                 .files = {},
                 .identity = "test",
                 .read_tree = {},
                 .read_overlay = [](const std::string& path) { return ReadFile(kRoot / "overlays" / path); }});
  ASSERT_TRUE(artifacts) << Format(artifacts.error());
  ASSERT_EQ(artifacts->size(), 1U);
  const std::string& text = artifacts->front().text;
  const std::string row = "LIBCIFY_SHIM(lchown, \"i=puu\", kMinusOne, 3)\n";
  EXPECT_TRUE(text.ends_with("\n" + row)) << text;
  if (!HasClang()) GTEST_SKIP() << "clang-19 is not installed";
  const std::string code = Compiled(target_.triple, text);
  for (const char* line : {"\tbl\t_lchown\n", "\tcmn\tw0, #1\n", "\tbl\t___error\n", "\tsxtw\tx0, w"}) {
    EXPECT_NE(code.find(line), std::string::npos) << line << "is missing in\n" << code;
  }
}

// Apple's ABI for arm64 passes what stands for "…" on the stack; other systems' have it in a register, as if it were
// declared.
TEST_F(LchownTest, VariadicWordsLieOnTheStack) {
  if (!HasClang()) GTEST_SKIP() << "clang-19 is not installed";
  struct Row {
    const char *declared, *shape;
    bool on_stack;
  };
  for (const Row& row : {Row{"...", "i=pi.", true}, Row{"int", "i=pii", false}}) {
    const std::string code = Compiled(
        target_.triple, std::string("extern \"C\" int open(const char*, int, ") + row.declared +
                            ");\n#include \"libcify/library.h\"\nLIBCIFY_SHIM(open, \"" + row.shape + "\", kMinusOne, 3)\n");
    EXPECT_NE(code.find("\tbl\t_open\n"), std::string::npos) << code;
    EXPECT_EQ(code.find("\tstr\tx2, [sp]\n") != std::string::npos, row.on_stack) << code;
  }
}

}  // namespace
}  // namespace libcify
