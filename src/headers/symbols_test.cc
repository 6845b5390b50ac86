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

// Two libraries, of which the second is part of the first. What Catalyst alone has is not macOS's.
TEST(Symbols, TapiOfOneTarget) {
  const std::string text =
      "--- !tapi-tbd\n"
      "tbd-version:     4\n"
      "targets:         [ x86_64-macos, arm64e-macos,\n                   arm64e-maccatalyst ]\n"
      "install-name:    '/usr/lib/libSystem.B.dylib'\n"
      "current-version: 1359\n"
      "exports:\n"
      "  - targets:         [ x86_64-macos ]\n"
      "    symbols:         [ '_stat$INODE64', _stat, 'R8289209$_close' ]\n"
      "--- !tapi-tbd\n"
      "tbd-version:     4\n"
      "targets:         [ x86_64-macos, arm64e-macos, arm64e-maccatalyst ]\n"
      "install-name:    '/usr/lib/system/libsystem_c.dylib'\n"
      "parent-umbrella:\n"
      "  - targets:         [ x86_64-macos, arm64e-macos, arm64e-maccatalyst ]\n"
      "    umbrella:        System\n"
      "exports:\n"
      "  - targets:         [ x86_64-macos, arm64e-macos ]\n"
      "    symbols:         [ ___error ]\n"
      "    weak-symbols:    [ _malloc ]\n"
      "  - targets:         [ arm64e-maccatalyst ]\n"
      "    symbols:         [ _only_there ]\n"
      "    objc-classes:    [ OS_object ]\n"
      "...\n";
  const std::string library = "/usr/lib/libSystem.B.dylib";
  Result<SymbolList> amd64 = ParseTapi("t.tbd", text, "x86_64-apple-macosx12.0");
  ASSERT_TRUE(amd64) << Format(amd64.error());
  EXPECT_EQ(amd64->symbols,
            Map({{"stat$INODE64", "", library}, {"stat", "", library}, {"__error", "", library}, {"malloc", "", library}}));
  Result<SymbolList> arm64 = ParseTapi("t.tbd", text, "arm64-apple-macosx12.0");
  ASSERT_TRUE(arm64) << Format(arm64.error());
  EXPECT_EQ(arm64->symbols, Map({{"__error", "", library}, {"malloc", "", library}}));
  Result<SymbolList> ios = ParseTapi("t.tbd", text, "arm64-apple-ios17.0");
  ASSERT_TRUE(ios) << Format(ios.error());
  EXPECT_EQ(ios->symbols, Map({{"only_there", "", library}}));
}

TEST(Symbols, TapiIsReadStrictly) {
  auto complaint = [](const std::string& text) {
    return Format(ParseTapi("t.tbd", text, "arm64-apple-macosx12.0").error());
  };
  EXPECT_EQ(complaint("tbd-version: 4\ninstall-name: a\nnew-key: 1\n"), "t.tbd:3: error: unknown key \"new-key\"\n");
  EXPECT_EQ(complaint("tbd-version: 5\ninstall-name: a\n"), "t.tbd:1: error: expected tbd-version 4, not \"5\"\n");
  EXPECT_EQ(complaint("tbd-version: 4\ninstall-name: a\n"), "t.tbd: error: no symbol for arm64-apple-macosx12.0\n");
  EXPECT_EQ(complaint("tbd-version: 4\ninstall-name: a\nexports: x\n"), "t.tbd:3: error: expected a list\n");
  EXPECT_EQ(complaint("[ a"), "t.tbd:2: error: no YAML: did not find expected ',' or ']'\n");
}

// The same record in the lists of three systems: versions 1.4 and 1.5 of stat, in libc.
TEST(Symbols, AbilistsOfTheBsds) {
  using namespace std::string_literals;
  auto list = [](const std::string& target, const std::string& triple) {
    std::string bytes = "\2c\0m\0"s + "\3\1\4\0\1\5\0\1\10\0"s + "\1"s + target + "\0"s + "\2\0"s + "stat\0\1\200\0\201"s +
                        "inotify\0\1\200\202"s + "\0\0"s;
    Result<SymbolList> out = ParseAbilists("list", bytes, triple);
    EXPECT_TRUE(out) << Format(out.error());
    return out ? out->symbols : std::map<std::string, Symbol>();
  };
  // FreeBSD gave stat a wider structure in 12; inotify is newer than the release that is asked for.
  EXPECT_EQ(list("x86-freebsd-none", "i386-unknown-freebsd14"), Map({{"stat", "12", "libc.so"}}));
  EXPECT_EQ(list("arm-freebsd-eabihf", "armv7-unknown-freebsd15-gnueabihf"),
            Map({{"stat", "12", "libc.so"}, {"inotify", "15", "libc.so"}}));
  // Where the list begins, symbols have no known age.
  EXPECT_EQ(list("aarch64-netbsd-none", "aarch64-unknown-netbsd1.7"), Map({{"stat", "", "libc.so"}}));
  EXPECT_EQ(list("arm-openbsd-eabi", "armv7-unknown-openbsd1.8-gnueabi"),
            Map({{"stat", "", "libc.so"}, {"inotify", "1.8", "libc.so"}}));
}

TEST(Symbols, DefinitionFiles) {
  Result<std::set<std::string>> names = ParseDefFile("k.def",
                                                     "; comment\nLIBRARY \"KERNEL32.dll\"\nEXPORTS\nCloseHandle@4\n@Fast@8\n"
                                                     "Data DATA\nGone @7 NONAME\nAlias = Other\n\"Quoted\"\n\n_under@\n");
  ASSERT_TRUE(names) << Format(names.error());
  EXPECT_EQ(*names, (std::set<std::string>{"Alias", "CloseHandle", "Data", "Fast", "Quoted", "_under@"}));
  EXPECT_EQ(Format(ParseDefFile("k.def", "LIBRARY x\n#include \"a\"\n").error()),
            "k.def:2: error: expected LIBRARY, EXPORTS and names; preprocess this file first\nk.def: error: no EXPORTS\n");
}

TEST(Symbols, ImportsOfWasi) {
  Result<SymbolList> list = ParseWasiImports("w.c",
                                             "int32_t __imported_m_fd_read(int32_t arg0) __attribute__((\n    "
                                             "__import_module__(\"m\"),\n    __import_name__(\"fd_read\")\n));\n");
  ASSERT_TRUE(list) << Format(list.error());
  EXPECT_EQ(list->symbols, Map({{"fd_read", "", "m"}}));
  EXPECT_EQ(Format(ParseWasiImports("w.c", "int x;\n").error()), "w.c: error: no __import_module__ and __import_name__\n");
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
