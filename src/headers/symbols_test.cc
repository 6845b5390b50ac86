#include "headers/symbols.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>

#include "headers/test_bytes.h"

namespace libcify {
namespace {

using testing::ElfBuilder;
using testing::TestAbilists;
using testing::TestSymbol;

std::map<std::string, Symbol> Map(const std::vector<std::array<std::string, 3>>& rows) {
  std::map<std::string, Symbol> out;
  for (const auto& [name, since, library] : rows) out[name] = {since, library};
  return out;
}

TEST(Symbols, VersionsCompareByNumber) {
  EXPECT_TRUE(VersionLess("2.2.5", "2.10"));
  EXPECT_TRUE(VersionLess("2.2", "2.2.5"));
  EXPECT_TRUE(VersionLess("", "2.0"));
  EXPECT_FALSE(VersionLess("2.36", "2.36"));
  EXPECT_FALSE(VersionLess("2.36", "2.4"));
}

TEST(Symbols, ElfGivesTheOldestVersionOfWhatCanBeLinked) {
  std::vector<TestSymbol> symbols = {
      {.name = "read", .version = 2},
      {.name = "sigmask", .version = 4},           // the default since 2.32 …
      {.name = "sigmask", .version = 2 | 0x8000},  // … that old programs knew by 2.2.5
      {.name = "retired", .version = 2 | 0x8000},
      {.name = "private", .version = 3},
      {.name = "local", .version = 0},
      {.name = "base", .version = 1},
      {.name = "needed", .version = 2, .defined = false},
      {.name = "hidden", .version = 2, .visibility = 2},
  };
  for (bool wide : {true, false}) {
    for (bool big_endian : {true, false}) {
      std::string bytes =
          ElfBuilder(wide, big_endian).Build("libx.so.6", {"GLIBC_2.2.5", "GLIBC_PRIVATE", "GLIBC_2.32"}, symbols);
      Result<SymbolList> list = ParseElfSymbols("libx", bytes);
      ASSERT_TRUE(list) << Format(list.error());
      EXPECT_EQ(list->symbols,
                Map({{"read", "2.2.5", "libx.so.6"}, {"sigmask", "2.2.5", "libx.so.6"}, {"base", "", "libx.so.6"}}))
          << wide << big_endian;
      EXPECT_EQ(list->newest, "2.32");
    }
  }
}

TEST(Symbols, ElfCutAnywhereIsAnError) {
  std::string bytes = ElfBuilder(true, false).Build("libx.so.6", {"GLIBC_2.2.5"}, {{.name = "read", .version = 2}});
  constexpr std::size_t kUnread = 20;  // of the last section's header: sh_info, sh_addralign, sh_entsize
  for (std::size_t size = 0; size < bytes.size() - kUnread; ++size) {
    EXPECT_FALSE(ParseElfSymbols("libx", std::string_view(bytes).substr(0, size))) << size;
  }
  Result<SymbolList> cut = ParseElfSymbols("libx", "\177ELF");
  EXPECT_EQ(Format(cut.error()),
            "libx: error: no ELF file with a dynamic symbol table; name the C library's shared object\n");
}

TEST(Symbols, AbilistsOfOneTarget) {
  Result<SymbolList> amd64 = ParseAbilists("list", TestAbilists(), "x86_64-linux-gnu");
  ASSERT_TRUE(amd64) << Format(amd64.error());
  EXPECT_EQ(amd64->symbols,
            Map({{"lseek64", "2.2.5", "libc.so.6"}, {"stat", "2.2.5", "libc.so.6"}, {"environ", "2.2.5", "libc.so.6"}}));
  EXPECT_EQ(amd64->newest, "2.34");
  Result<SymbolList> arm64 = ParseAbilists("list", TestAbilists(), "aarch64-linux-gnu");
  ASSERT_TRUE(arm64) << Format(arm64.error());
  EXPECT_EQ(arm64->symbols, Map({{"open", "2.17", "libc.so.6"}}));
}

TEST(Symbols, AbilistsWithoutTheTargetOrCutShort) {
  Result<SymbolList> other = ParseAbilists("list", TestAbilists(), "i386-linux-gnu");
  ASSERT_FALSE(other);
  EXPECT_EQ(Format(other.error()), "list: error: the list has no target x86-linux-gnu\n");
  std::string bytes = TestAbilists();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ParseAbilists("list", std::string_view(bytes).substr(0, size), "x86_64-linux-gnu")) << size;
  }
}

// Debian's triple of mips does not say how floating-point values are passed; Zig's does.
TEST(Symbols, AbilistsOfMips) {
  EXPECT_EQ(Format(ParseAbilists("list", TestAbilists(), "mips-linux-gnu").error()),
            "list: error: the list has no target mips-linux-gnueabihf\n");
  EXPECT_EQ(Format(ParseAbilists("list", TestAbilists(), "mips64-linux-gnuabi64").error()),
            "list: error: the list has no target mips64-linux-gnuabi64\n");
}

TEST(Symbols, MuslStubsOfOneTarget) {
  const std::string text =
      "#ifdef PTR64\n#define WEAK64 .weak\n#else\n#define WEAK64 .globl\n#endif\n.text\n.globl read\n.type read, "
      "%function;\nread:\n"
      "WEAK64 stat64\n#ifdef TIME32\n.globl __time64\n#ifdef FAMILY_x86\n.weak inner\n#endif\n#else\n.globl wide\n#endif\n"
      "#if !defined(ARCH_s390x) && !defined(ARCH_aarch64)\n.globl ioperm\n#endif\n";
  auto names = [&](const std::string& triple) {
    std::string out;
    Result<SymbolList> list = ParseMuslStubs("m.S", text, triple);
    if (!list) return Format(list.error());
    for (const auto& [name, symbol] : list->symbols) out += name + " ";
    EXPECT_FALSE(list->all_versions);
    return out;
  };
  EXPECT_EQ(names("x86_64-linux-musl"), "ioperm read stat64 wide ");
  EXPECT_EQ(names("i386-linux-musl"), "__time64 inner ioperm read stat64 ");
  EXPECT_EQ(names("mipsel-linux-musl"), "__time64 ioperm read stat64 ");
  EXPECT_EQ(names("s390x-linux-musl"), "read stat64 wide ");
  EXPECT_EQ(names("vax-linux-musl"), "m.S: error: the list has no target vax-linux-musl\n");
  EXPECT_EQ(Format(ParseMuslStubs("m.S", "#endif\n#if defined(X)\n.globl a\n", "arm-linux-musleabihf").error()),
            "m.S:1: error: no #if before it\n"
            "m.S:2: error: unknown condition; expected #ifdef NAME or #if !defined(NAME) && …\n"
            "m.S:3: error: an #if without #endif\n");
  EXPECT_EQ(Format(ParseMuslStubs("m.S", ".text\n", "arm-linux-musleabihf").error()),
            "m.S: error: no symbol for arm-linux-musleabihf\n");
}

// glibc 2.32 gave pthread_sigmask a second version; NEWS for 2.34 tells of the move from libpthread.
TEST(Symbols, TheHostsLibc) {
  std::filesystem::path libc = "/lib/x86_64-linux-gnu/libc.so.6";
  if (!std::filesystem::exists(libc)) GTEST_SKIP() << "no " << libc;
  Result<SymbolList> list = ReadSymbols(libc, "x86_64-linux-gnu");
  ASSERT_TRUE(list) << Format(list.error());
  EXPECT_EQ(list->symbols["read"], (Symbol{"2.2.5", "libc.so.6"}));
  EXPECT_EQ(list->symbols["pthread_sigmask"], (Symbol{"2.2.5", "libc.so.6"}));
  EXPECT_EQ(list->symbols["gettid"], (Symbol{"2.30", "libc.so.6"}));
  EXPECT_EQ(list->symbols.count("pthread_atfork"), 0U);
}

}  // namespace
}  // namespace libcify
