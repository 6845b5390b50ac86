#include "goroot/goroot.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>

namespace libcify {
namespace {

namespace fs = std::filesystem;

const fs::path kSmall = fs::path(LIBCIFY_SOURCE_DIR) / "testdata/goroot/small";

Target MakeTarget(const std::string& goos, const std::string& goarch) {
  Target target;
  target.goos = goos;
  target.goarch = goarch;
  return target;
}

std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

// "path: go | cgo | s | h | c | cxx" for each package that is not one of the tree's own tables.
std::string Show(const Result<std::vector<GoPackage>>& packages) {
  if (!packages) return Format(packages.error());
  std::string text;
  for (const GoPackage& p : *packages) {
    if (p.import_path.starts_with("internal/")) continue;
    text += p.import_path + ":";
    for (const auto* list : {&p.go_files, &p.cgo_files, &p.s_files, &p.h_files, &p.c_files, &p.cxx_files}) {
      text += (list == &p.go_files ? " " : " | ") + Joined(*list);
    }
    text += "\n";
  }
  return text;
}

// A copy of the small tree that a test may spoil.
class GorootCopy : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "libcify-goroot-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    fs::copy(kSmall, root_, fs::copy_options::recursive);
    fs::permissions(root_, fs::perms::all);
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& path, const std::string& text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << text;
  }
  // Errors of listing for linux/amd64, with $ for the tree's path.
  [[nodiscard]] std::string Errors() const {
    const auto tree = Goroot::Open(root_);
    if (!tree) return Shorten(Format(tree.error()));
    const auto packages = tree->Packages(MakeTarget("linux", "amd64"), true);
    return packages ? "" : Shorten(Format(packages.error()));
  }
  [[nodiscard]] std::string Shorten(std::string text) const {
    for (std::size_t at; (at = text.find(root_.string())) != std::string::npos;)
      text.replace(at, root_.string().size(), "$");
    return text;
  }

  fs::path root_;
};

TEST(Goroot, Packages) {
  const struct {
    const char* goos;
    const char* goarch;
    bool cgo;
    const char* packages;
  } kCases[] = {
      {"linux", "amd64", false,
       "mixed: late.go level.go nocgo.go old.go old_doc.go plain.go tags.go |  |  |  |  | mixed.cc\n"
       "onlytest:  |  |  |  |  | \n"
       "runtime: linux.go os_linux.go proc.go |  | asm_amd64.s unix.s | asm.h |  | \n"
       "vendor/golang.org/x/net: net.go |  |  |  |  | \n"},
      {"linux", "amd64", true,
       "mixed: late.go level.go old.go old_doc.go plain.go tags.go | lookup_cgo.go | asm.S |  |  | mixed.cc\n"
       "onlytest:  |  |  |  |  | \n"
       "runtime: linux.go os_linux.go proc.go |  | asm_amd64.s unix.s | asm.h |  | \n"
       "runtime/cgo: handle.go | cgo.go | gcc_amd64.S |  | gcc_linux.c | \n"
       "vendor/golang.org/x/net: net.go |  |  |  |  | \n"},
      // Android is a Linux with ARMv7.
      {"android", "arm", true,
       "mixed: late.go level.go old_doc.go plain.go tags.go | lookup_cgo.go | asm.S |  |  | mixed.cc\n"
       "onlytest:  |  |  |  |  | \n"
       "runtime: linux.go os_linux.go proc.go |  | asm_linux_arm.s | asm.h |  | \n"
       "runtime/cgo: handle.go | cgo.go |  |  | gcc_linux.c | \n"
       "vendor/golang.org/x/net: net.go |  |  |  |  | \n"},
      // illumos is a Solaris; without os_linux.go.
      {"illumos", "amd64", true,
       "mixed: late.go level.go old_doc.go plain.go tags.go | lookup_cgo.go | asm.S |  |  | mixed.cc\n"
       "onlytest:  |  |  |  |  | \n"
       "runtime: linux.go proc.go |  | asm_amd64.s unix.s | asm.h |  | \n"
       "runtime/cgo: handle.go | cgo.go | gcc_amd64.S |  |  | \n"
       "vendor/golang.org/x/net: net.go |  |  |  |  | \n"},
      {"plan9", "amd64", false,
       "mixed: late.go level.go nocgo.go old.go old_doc.go plain.go tags.go |  |  |  |  | mixed.cc\n"
       "onlytest:  |  |  |  |  | \n"
       "plan: plan_plan9.go |  |  |  |  | \n"
       "runtime: linux.go os_plan9.go proc.go |  | asm_amd64.s | asm.h |  | \n"
       "vendor/golang.org/x/net: net.go |  |  |  |  | \n"},
  };
  const auto tree = Goroot::Open(kSmall);  // one tree for all: the heads are shared
  ASSERT_TRUE(tree.has_value()) << Format(tree.error());
  for (const auto& c : kCases) {
    EXPECT_EQ(Show(tree->Packages(MakeTarget(c.goos, c.goarch), c.cgo)), c.packages) << c.goos << "/" << c.goarch;
  }
}

TEST(Goroot, TagsDefinesAndPorts) {
  const auto tree = Goroot::Open(kSmall);
  ASSERT_TRUE(tree.has_value());
  EXPECT_EQ(tree->version(), "go1.99.1");
  EXPECT_EQ(Joined(*tree->Ports()), "android/arm illumos/amd64 linux/amd64 linux/arm plan9/amd64");
  const auto tags = tree->Tags(MakeTarget("android", "arm"), true);
  ASSERT_TRUE(tags.has_value()) << Format(tags.error());
  std::vector<std::string> names;
  for (const auto& [tag, holds] : *tags) {
    EXPECT_TRUE(holds) << tag;
    names.push_back(tag);
  }
  EXPECT_EQ(Joined(names), "android arm arm.5 arm.6 arm.7 cgo gc go1.1 go1.2 go1.3 goexperiment.paira linux unix");
  names.clear();
  const auto defines = tree->AssemblerDefines(MakeTarget("linux", "amd64"));
  ASSERT_TRUE(defines.has_value());
  for (const auto& [define, value] : *defines) names.push_back(define + "=" + value);
  EXPECT_EQ(Joined(names),
            "GOAMD64_v2=1 GOARCH_amd64=1 GOEXPERIMENT_paira=1 GOEXPERIMENT_pairb=1 GOEXPERIMENT_wide=1 GOOS_linux=1");
  // GOEXPERIMENT in the place of the tree's own default.
  Target other = MakeTarget("linux", "amd64");
  other.experiments = "nowide";
  const auto experiments = tree->Tags(other, true);
  ASSERT_TRUE(experiments.has_value()) << Format(experiments.error());
  EXPECT_TRUE(experiments->contains("goexperiment.always"));
  EXPECT_FALSE(experiments->contains("goexperiment.wide") || experiments->contains("goexperiment.paira"));
  other.experiments = "unheard";
  const auto unknown = tree->Tags(other, true);
  ASSERT_FALSE(unknown.has_value());
  EXPECT_NE(Format(unknown.error()).find("this tree has no experiment unheard"), std::string::npos);
  // Broken ports are not listed, but served.
  const auto broken = tree->Tags(MakeTarget("linux", "wasm"), false);
  ASSERT_TRUE(broken.has_value());
  EXPECT_TRUE(broken->contains("wasm.basic") && !broken->contains("wasm.extra"));
}

TEST(Goroot, ManyThreadsGetTheSame) {
  const auto tree = Goroot::Open(kSmall);
  ASSERT_TRUE(tree.has_value());
  const std::string expected = Show(Goroot::Open(kSmall)->Packages(MakeTarget("linux", "amd64"), true));
  std::vector<std::string> results(8);
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&tree, &result] { result = Show(tree->Packages(MakeTarget("linux", "amd64"), true)); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : results) EXPECT_EQ(result, expected);
}

TEST_F(GorootCopy, WhatIsNoTree) {
  EXPECT_EQ(Format(Goroot::Open("/nowhere/at/all").error()),
            "/nowhere/at/all: error: no such folder; give the folder that `go env GOROOT` prints\n");
  EXPECT_EQ(Goroot::Open("/nowhere/at/all").error()[0].cls, ErrorClass::kEnvironment);
  fs::remove_all(root_ / "src/runtime");
  EXPECT_EQ(Errors(), "$: error: not a Go tree: no folder src/runtime; give the folder that `go env GOROOT` prints\n");
  fs::remove_all(root_ / "src");
  EXPECT_EQ(Errors(), "$: error: not a Go tree: no folder src; give the folder that `go env GOROOT` prints\n");
}

TEST_F(GorootCopy, Version) {
  const struct {
    std::string text;
    std::string version;  // "" for an error
  } kCases[] = {
      {"go1.2.3", "go1.2.3"},
      {"go1.2.3\ntime x\n", "go1.2.3"},
      {"go1.2-custom X:none\n", "go1.2-custom"},
      {"devel go1.3-abcdef Mon\n", "go1.3-abcdef"},
      {"  go1.2\r\n", "go1.2"},
      {"", ""},
      {"go", ""},
      {"\n\ngo1.2", ""},
      {"1.2.3", ""},
      {std::string("go1\0x", 5), ""},
      {"go\x1b[31m", ""},
      {"go" + std::string(1000, '1'), ""},
      {std::string(100000, '\xff'), ""},
  };
  for (const auto& c : kCases) {
    Write("VERSION", c.text);
    const auto tree = Goroot::Open(root_);
    EXPECT_EQ(
        tree ? tree->version() : Shorten(Format(tree.error())),
        c.version.empty() ? "$/VERSION:1:1: error: expected a version such as go1.2.3; is this a Go tree?\n" : c.version)
        << c.text.substr(0, 100);
  }
  // A tree of the repository, built.
  fs::remove(root_ / "VERSION");
  EXPECT_EQ(Errors(), "$: error: not a Go tree: no file VERSION; give the folder that `go env GOROOT` prints\n");
  Write("src/internal/buildcfg/zbootstrap.go", "package buildcfg\nconst version = `devel go1.5-x`\n");
  EXPECT_EQ(Goroot::Open(root_)->version(), "go1.5-x");
}

TEST_F(GorootCopy, UnknownPort) {
  const auto tree = Goroot::Open(root_);
  const auto packages = tree->Packages(MakeTarget("beos", "amd64"), false);
  ASSERT_FALSE(packages.has_value());
  EXPECT_EQ(Shorten(Format(packages.error())),
            "$: error: beos/amd64 is no port of go1.99.1; `go tool dist list` names them\n");
  EXPECT_EQ(packages.error()[0].cls, ErrorClass::kUsage);
}

TEST_F(GorootCopy, AllErrorsOfTheTargetsFiles) {
  Write("src/bad/a.go", "//go:build linux &\n\npackage bad\n");
  Write("src/bad/b.go", "package bad\nimport \"open\n");
  Write("src/bad/c.go", "package other\n");
  Write("src/bad/d.go", "package third\n");
  Write("src/bad/empty.go", "");
  Write("src/bad/not_here_plan9.go", "//go:build &\n");
  Write("src/bad/skipped.go", "//go:build plan9\n\npackage bad\nimport 7\n");
  Write("src/bad/x.s", std::string("// a\0", 5));
  Write("src/bad/tests/a_test.go", "package tests\nimport \"C\"\n");
  EXPECT_EQ(Errors(),
            "$/src/bad/a.go:1:18: error: bad //go:build line: expected &&\n"
            "$/src/bad/b.go:2:13: error: expected closing quote\n"
            "$/src/bad/c.go:1:9: error: package other, but b.go has package bad\n"
            "$/src/bad/d.go:1:9: error: package third, but b.go has package bad\n"
            "$/src/bad/empty.go:1:1: error: expected package clause\n"
            "$/src/bad/x.s:1:5: error: unexpected NUL byte\n"
            "$/src/bad/tests/a_test.go: error: a test imports \"C\", which the go command forbids\n");
}

TEST_F(GorootCopy, LinksAndOddFiles) {
  fs::create_directory_symlink("..", root_ / "src/mixed/loop");            // not followed
  fs::create_directory_symlink("../runtime", root_ / "src/mixed/dir.go");  // a folder, no source
  fs::create_symlink("../runtime/proc.go", root_ / "src/onlytest/linked.go");
  EXPECT_EQ(Errors(), "");
  const auto packages = Goroot::Open(root_)->Packages(MakeTarget("linux", "amd64"), true);
  EXPECT_NE(Show(packages).find("onlytest: linked.go |"), std::string::npos) << Show(packages);
  fs::create_symlink("self.go", root_ / "src/runtime/self.go");
  fs::create_symlink("gone.go", root_ / "src/runtime/zone.go");
  ASSERT_EQ(mkfifo((root_ / "src/runtime/pipe.go").c_str(), 0600), 0);
  EXPECT_EQ(Errors(),
            "$/src/runtime/pipe.go: error: cannot read: not a regular file\n"
            "$/src/runtime/self.go: error: cannot read: Too many levels of symbolic links\n"
            "$/src/runtime/zone.go: error: cannot read: No such file or directory\n");
}

TEST_F(GorootCopy, FolderThatCannotBeRead) {
  fs::permissions(root_ / "src/mixed", fs::perms::none);
  const bool root = geteuid() == 0;
  if (root) {  // who may read everything
    ASSERT_EQ(seteuid(65534), 0);
  }
  const std::string errors = Errors();
  if (root) {
    ASSERT_EQ(seteuid(0), 0);
  }
  fs::permissions(root_ / "src/mixed", fs::perms::owner_all);
  EXPECT_EQ(errors, "$/src/mixed: error: cannot list: Permission denied\n");
}

TEST_F(GorootCopy, DeepFolders) {
  std::string path = "src/deep";
  for (int i = 0; i < 200; ++i) path += "/d";
  Write(path + "/x.go", "package x\n");
  EXPECT_EQ(Errors(), "");
  const auto packages = Goroot::Open(root_)->Packages(MakeTarget("linux", "amd64"), true);
  EXPECT_NE(Show(packages).find("/d/d/d: x.go |"), std::string::npos);
}

// The head of a file may be longer than what is read at first.
TEST_F(GorootCopy, LongHeads) {
  const std::string comment = "/*" + std::string(100'000, ' ') + "*/\n";
  Write("src/long/a.go", comment + "//go:build plan9\n\npackage a\n");
  Write("src/long/b.go", "//go:build linux\n" + comment + "\npackage b\n" + comment + "import \"C\"\n");
  Write("src/long/c.go", "/*" + std::string(1'000'000, ' '));
  EXPECT_EQ(Errors(), "$/src/long/c.go:1:1000003: error: expected \"*/\"\n");
  fs::remove(root_ / "src/long/c.go");
  const auto packages = Goroot::Open(root_)->Packages(MakeTarget("linux", "amd64"), true);
  EXPECT_NE(Show(packages).find("long:  | b.go |"), std::string::npos) << Show(packages);
}

TEST_F(GorootCopy, BrokenTables) {
  Write("src/internal/buildcfg/exp.go", "package buildcfg\nfunc ParseGOEXPERIMENT(a, b, c string) {\n\tgo wild()\n}\n");
  EXPECT_EQ(Errors(), "$/src/internal/buildcfg/exp.go:3:2: error: a statement of unknown shape, found \"go\"\n");
  Write("src/internal/syslist/syslist.go", std::string(2'000'000, ' '));
  EXPECT_EQ(Errors(), "$/src/internal/syslist/syslist.go: error: cannot read: larger than 1048576 bytes\n");
}

TEST(Goroot, Read) {
  const auto tree = Goroot::Open(kSmall);
  EXPECT_EQ(*tree->Read("runtime/proc.go"), "package runtime\n");
  for (const char* path : {"", "/etc/passwd", "../VERSION", "runtime/../../VERSION"}) {
    EXPECT_EQ(Format(tree->Read(path).error()),
              std::string(path) + (*path == '\0' ? "" : ": ") + "error: expected a path below src\n");
  }
  EXPECT_EQ(Format(tree->Read("runtime/none.go").error()),
            (kSmall / "src/runtime/none.go").string() + ": error: cannot read: No such file or directory\n");
  EXPECT_EQ(Format(tree->Read("runtime").error()),
            (kSmall / "src/runtime").string() + ": error: cannot read: not a regular file\n");
}

}  // namespace
}  // namespace libcify
