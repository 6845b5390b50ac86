// Reading a kernel's source tree: the same calls as from its packages, and our own prototypes against its definitions.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "base/file.h"
#include "headers/kernel.h"
#include "headers/kernel_folders.h"
#include "headers/kernel_own.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

const fs::path kSmall = fs::path(LIBCIFY_SOURCE_DIR) / "testdata/headers";

// The small headers as a source tree: what packages add to it is left out, what they leave out is added.
class SourceTree : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "libcify-source-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    fs::copy(kSmall / "linux-headers-1.2-common", folder_, fs::copy_options::recursive);
    Write("Makefile", "# SPDX\nVERSION = 1\nPATCHLEVEL = 2\nSUBLEVEL = 3\nEXTRAVERSION =\n");
    Write("arch/x86/entry/syscalls/syscall_64.tbl",
          "# number abi name entry\n0 common read sys_read\n4 64 stat sys_newstat\n9 common own sys_own\n10 64 old sys_old\n"
          "11 common gone sys_ni_syscall\n12 common undeclared sys_undeclared\n13 64 none\n512 x32 other sys_read\n");
    Write("include/uapi/asm-generic/only_generic.h", "#define ONLY_GENERIC 1\n");
    Write("arch/x86/kernel/own.c", "int x;\nSYSCALL_DEFINE1(own, unsigned long, addr)\n{\n\treturn 0;\n}\n");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void Write(const std::string& path, const std::string& text) {
    fs::create_directories((folder_ / path).parent_path());
    ASSERT_TRUE(WriteFileAtomically(folder_ / path, text));
  }
  Result<KernelFacts> Read() {
    const Target target = {.goos = "linux", .goarch = "amd64", .triple = "x86_64-linux-gnu"};
    const Port port = {.goos = "linux", .goarch = "amd64", .word_bits = 64};
    return ReadKernel(target, port, {.data = kSmall / "data", .kernel_headers = folder_});
  }

  fs::path folder_;
};

TEST_F(SourceTree, Calls) {
  Result<KernelFacts> facts = Read();
  ASSERT_TRUE(facts) << Format(facts.error());
  std::string found;
  for (const Call& call : facts->calls) {
    found += std::to_string(call.number) + " " + call.name + (call.contract ? " " + call.contract->entry : "") + "\n";
  }
  // CONFIG_64BIT, which unlocks sys_old, is not among the options of the small ports.json.
  EXPECT_EQ(found, "0 read sys_read\n4 stat sys_newstat\n9 own sys_own\n10 old\n11 gone\n12 undeclared\n13 none\n");
  EXPECT_EQ(facts->source, "linux-source 1.2.3");
  EXPECT_EQ(facts->records.count("struct kstat"), 1U);
}

TEST_F(SourceTree, OwnPrototypesAreComparedWithTheDefinition) {
  Write("arch/x86/kernel/own.c", "SYSCALL_DEFINE1(own, unsigned int, addr)\n{\n");
  Result<KernelFacts> facts = Read();
  ASSERT_FALSE(facts);
  EXPECT_NE(Format(facts.error()).find("conflicting types for 'sys_own'"), std::string::npos) << Format(facts.error());
  Write("arch/x86/kernel/own.c", "long sys_other(void);\n");
  facts = Read();
  ASSERT_FALSE(facts);
  EXPECT_EQ(Format(facts.error()), "arch/x86/kernel/own.c: error: no sys_own here; look where the kernel has it now\n");
  Write("arch/x86/kernel/own.c", "ENTRY(sys_own)\n");  // assembly has no definition
  EXPECT_TRUE(Read());
  fs::remove(folder_ / "arch/x86/kernel/own.c");
  EXPECT_FALSE(Read());
}

TEST(OwnPrototypes, NamesAndDefinitions) {
  EXPECT_EQ(OwnPrototypes("struct s;\n#line 1 \"a.c\"\nasmlinkage long sys_a(int x,\n  int y);\n// no\n#line 1 \"b.S\"\n"
                          "asmlinkage void __sys_b(void);\n"),
            (std::vector<OwnPrototype>{{"sys_a", "a.c"}, {"__sys_b", "b.S"}}));
  const std::string source =
      "\nCOMPAT_SYSCALL_DEFINE1(a, int, x)\nSYSCALL_DEFINE2(ab, int, x, int, y)\nSYSCALL_DEFINE2(a, int, x,\n\tint, y)\n"
      "SYSCALL32_DEFINE0(b)\n";
  EXPECT_EQ(DefinitionOf("sys_a", source), "2(a, int, x,\n\tint, y)");
  EXPECT_EQ(DefinitionOf("__sys_b", source), "0(b)");
  EXPECT_EQ(DefinitionOf("sys_c", source), "");
}

TEST(KernelPorts, MistakesAreNamed) {
  Result<std::vector<KernelPort>> ports = ParseKernelPorts("p.json", R"({"ports": [{"goarch": "x", "arch": "y", "table": "t",
"abis": [], "prototypes": "x.h", "sauce": "s", "source": ""}]})");
  ASSERT_FALSE(ports);
  std::string found;
  for (const Error& error : ports.error()) found += error.what + "\n";
  EXPECT_EQ(found,
            "$.ports[0].source: expected where the kernel says so\n$.ports[0].abis: no row of the table counts\n"
            "$.ports[0]: unknown key \"sauce\"\n");
}

}  // namespace
}  // namespace libcify
