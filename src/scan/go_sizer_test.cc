// Sizes of Go types: small ones by hand, and every structure of the packages that call a system, on all ports, as go/types
// has it.
#include "scan/go_sizer.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>

#include "goroot/goroot.h"
#include "rules/rules.h"

namespace libcify::scan {
namespace {

// "Sec:i64@0 Nsec:i64@64", as testdata/layouts/sizes.go prints it.
std::string Text(const GoRecord& record) {
  std::string out;
  for (const CField& field : record.layout.fields) {
    const char* kind = field.kind == CTypeKind::kPointer           ? "p"
                       : field.kind == CTypeKind::kFunctionPointer ? "F"
                       : field.kind == CTypeKind::kFloat           ? "f"
                       : field.kind == CTypeKind::kRecord          ? "r"
                       : field.is_signed                           ? "i"
                                                                   : "u";
    const bool array = field.path.ends_with(']') && (field.bits != field.element_bits || field.path.ends_with("[1]"));
    out += " " + field.path + ":" + kind + std::to_string(field.element_bits) +
           (array && field.element_bits > 0 ? "*" + std::to_string(field.bits / field.element_bits) : "") + "@" +
           std::to_string(field.offset);
  }
  return std::to_string(record.layout.size) + " " + std::to_string(record.layout.align) + out;
}

class GoSizerTest : public testing::Test {
 protected:
  std::string Lay(const std::string& type, const std::string& goarch = "amd64") {
    Port port;
    port.goarch = goarch;
    port.word_bits = goarch == "amd64" ? 64 : 32;
    SourceTree tree;
    tree.files.push_back({"syscall/a.go", "syscall", FileKind::kGo, text_});
    tree.files.push_back({"internal/goarch/b.go", "internal/goarch", FileKind::kGo,
                          "package goarch\n\nconst PtrSize = 4 << (^uintptr(0) >> 63)\n\ntype Word uintptr\n"});
    GoSizer sizer(tree, port);
    const Result<GoRecord> laid = sizer.Lay(0, type);
    return laid ? Text(*laid) : Format(laid.error());
  }

  std::string text_ = "package syscall\n\nimport \"internal/goarch\"\n\n";
};

TEST_F(GoSizerTest, ScalarsArraysAndWords) {
  EXPECT_EQ(Lay("int"), "8 8 :i64@0");
  EXPECT_EQ(Lay("uint64", "386"), "8 4 :u64@0");
  EXPECT_EQ(Lay("[3]uint16"), "6 2 [3]:u16*3@0");
  EXPECT_EQ(Lay("[2][0x10]byte"), "32 1 [2][16]:u8*32@0");
  EXPECT_EQ(
      Lay("struct { a string; b []byte; c error; d func(int) (x int); e chan<- int; f map[string]int; g complex64 }"),
      "88 8 a.ptr:p64@0 a.len:i64@64 b.ptr:p64@128 b.len:i64@192 b.cap:i64@256 c.type:p64@320 c.data:p64@384 d:F64@448 "
      "e:p64@512 f:p64@576 g.real:f32@640 g.imag:f32@672");
  EXPECT_EQ(Lay("*struct{ x int }"), "8 8 :p64@0");
}

TEST_F(GoSizerTest, StructuresArePaddedAsGcDoes) {
  text_ +=
      "type Timespec struct {\n\tSec  int64\n\tNsec int32 // ns\n}\n\n"
      "type T struct {\n"
      "\tA, b uint8\n"
      "\tC Timespec `tag`\n"
      "\tD [2]Timespec\n"
      "\t*Timespec\n"
      "\tgoarch.Word\n"
      "\tE struct {\n\t\t_ [3]byte\n\t\tf func()\n\t}\n"
      "\tG [0]int32\n"
      "}\n";
  EXPECT_EQ(Lay("Timespec"), "16 8 Sec:i64@0 Nsec:i32@64");
  EXPECT_EQ(Lay("Timespec", "386"), "12 4 Sec:i64@0 Nsec:i32@64");
  EXPECT_EQ(Lay("T"),
            "96 8 A:u8@0 b:u8@8 C.Sec:i64@64 C.Nsec:i32@128 D[0].Sec:i64@192 D[0].Nsec:i32@256 D[1].Sec:i64@320 "
            "D[1].Nsec:i32@384 Timespec:p64@448 Word:u64@512 E._[3]:u8*3@576 E.f:F64@640 G[0]:i32*0@704");
}

TEST_F(GoSizerTest, LengthsAreConstantExpressions) {
  text_ +=
      "const (\n\tz = iota\n\tone\n\ttwo\n)\nconst max = 0x10\nconst (\n\tpad = 3 + 2*4 // 11\n\tneg = ^uint32(0) >> "
      "28\n\tsmall uint8 = 0xff\n)\n"
      "type T struct {\n\ta [max - goarch.PtrSize]byte\n\tb [(pad - 1) / 2]int16\n\tc [unsafe.Sizeof(U{}) - 1]byte\n"
      "\td [neg]byte\n\te [small&^0xf0 | 1<<4]byte\n\tf [two]bool\n}\n"
      "type U struct{ x, y int32 }\n";
  text_.insert(text_.find("import"), "import \"unsafe\"\n");
  EXPECT_EQ(Lay("T"), "74 2 a[8]:u8*8@0 b[5]:i16*5@64 c[7]:u8*7@144 d[15]:u8*15@200 e[31]:u8*31@320 f[2]:u8*2@568");
  EXPECT_EQ(Lay("[max - goarch.PtrSize]byte", "386"), "12 1 [12]:u8*12@0");
}

TEST_F(GoSizerTest, ALineThatEndsInAnOperatorGoesOn) {
  text_ += "const (\n\tlong = 1 |\n\t\t2 |\n\n\t\t4\n\tnext = (1 + 1\n)\n)\n";
  EXPECT_EQ(Lay("[long]byte"), "7 1 [7]:u8*7@0");
}

// Functions in functions, as deep as a text likes.
TEST_F(GoSizerTest, ResultsThatAreFunctions) {
  std::string deep = "func()";
  for (int i = 0; i < 5000; ++i) deep += " func()";
  text_ += "type T struct {\n\tf " + deep + "\n\tg func(int) (int, error)\n\th func() *int\n\tx int8\n}\n";
  EXPECT_EQ(Lay("T"), "32 8 f:F64@0 g:F64@64 h:F64@128 x:i8@192");
}

// Each asks twice for the one before.
TEST_F(GoSizerTest, AConstantIsComputedOnce) {
  text_ += "const c0 = 3\n";
  for (int i = 1; i <= 60; ++i) {
    const std::string before = "c" + std::to_string(i - 1);
    text_ += "const c" + std::to_string(i) + " = " + before + " | " + before + "\n";
  }
  EXPECT_EQ(Lay("[c60]byte"), "3 1 [3]:u8*3@0");
}

TEST_F(GoSizerTest, WhatIsNotUnderstoodSaysWhere) {
  text_ +=
      "type G[T any] struct{ x T }\ntype L struct {\n\tn G[int]\n}\ntype M [iota]int\ntype N [4 / 0]int\ntype R struct{ R "
      "}\n"
      "type H [1 << 40]byte\n";
  EXPECT_EQ(Lay("Missing"), "syscall/a.go:1:1: error: no package of the tree declares syscall.Missing\n");
  EXPECT_EQ(Lay("G"), "syscall/a.go:5:6: error: G has type parameters\n");
  EXPECT_EQ(Lay("L"), "syscall/a.go:7:4: error: G has type parameters\n");
  EXPECT_EQ(Lay("M"), "syscall/a.go:9:9: error: no package of the tree says which number iota is\n");
  EXPECT_EQ(Lay("N"), "syscall/a.go:10:11: error: this division has no value\n");
  EXPECT_EQ(Lay("R"), "syscall/a.go:11:8: error: types inside of each other without end\n");
  EXPECT_EQ(Lay("H"), "syscall/a.go:12:8: error: an array that is too large to be anything of C's\n");
  text_ += "type I struct{ a, b, c, d, e, f, g, h [64]struct{ a, b int } }\ntype J [64][4]I\n";
  EXPECT_EQ(Lay("J"), "syscall/a.go:14:8: error: an array that is too large to be anything of C's\n");
  EXPECT_EQ(Lay("[2"), "syscall/a.go:1:3: error: a length of an array that is not understood\n");
}

std::string Output(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  std::string out;
  if (pipe == nullptr) return out;
  char text[1 << 16];
  for (std::size_t got = 0; (got = std::fread(text, 1, sizeof text, pipe)) > 0;) out.append(text, got);
  return pclose(pipe) == 0 ? out : std::string();
}

constexpr const char* kPackages =
    "internal/poll,internal/runtime/syscall,internal/runtime/syscall/linux,internal/runtime/syscall/windows,"
    "internal/syscall/unix,internal/syscall/windows,internal/syscall/windows/registry,runtime,syscall";

// Go's own checker, the same files, all ports that have a row: go/types' Sizes are what the compiler uses.
TEST(GoSizerTree, EveryStructureIsAsGoTypesHasIt) {
  const char* root = std::getenv("LIBCIFY_TEST_GOROOT");
  if (root == nullptr) GTEST_SKIP() << "LIBCIFY_TEST_GOROOT names no Go tree";
  if (!std::filesystem::exists(std::string(root) + "/src/go/types/gcsizes.go")) {
    GTEST_SKIP() << "go/types of this tree has other sizes than gc";
  }
  const std::filesystem::path source = LIBCIFY_SOURCE_DIR;
  const auto ports = LoadPorts(source / "rules");
  const auto goroot = Goroot::Open(root);
  ASSERT_TRUE(ports && goroot);
  const auto known = goroot->Ports();
  ASSERT_TRUE(known);
  std::map<std::string, const Port*> chosen;
  std::map<std::string, std::string> by_arch;  // names of ports
  for (const Port& port : *ports) {
    if (std::find(known->begin(), known->end(), port.Name()) == known->end()) continue;
    chosen[port.Name()] = &port;
    std::string& names = by_arch[port.goarch];
    names += (names.empty() ? "" : ",") + port.Name();
  }
  // Build tags of levels and experiments go by GOARCH in the environment.
  std::string program = (std::filesystem::temp_directory_path() / "libcify-sizes-XXXXXX").string();
  ASSERT_GE(close(mkstemp(program.data())), 0);
  std::string command = "set -e; export GOTOOLCHAIN=local GO111MODULE=off; cd " + (source / "testdata/layouts").string() +
                        "; " + root + "/bin/go build -o " + program + " sizes.go";
  for (const auto& [arch, names] : by_arch) {
    command += "; GOARCH=" + arch + " " + program + " " + root + " " + names + " " + kPackages;
  }
  std::istringstream lines(Output(command));
  std::filesystem::remove(program);
  std::map<std::string, std::vector<std::string>> by_port;
  for (std::string line; std::getline(lines, line);) by_port[line.substr(0, line.find(' '))].push_back(line);
  EXPECT_EQ(by_port.size(), chosen.size());
  std::map<std::string, std::size_t> compared;
  std::set<std::string> left_out;
  for (const auto& [name, wanted] : by_port) {
    const Port& port = *chosen.at(name);
    const auto packages = goroot->Packages({port.goos, port.goarch, "", "", ""}, true);
    ASSERT_TRUE(packages) << Format(packages.error());
    SourceTree tree;
    for (const GoPackage& package : *packages) {
      for (const auto* list : {&package.go_files, &package.cgo_files}) {
        for (const std::string& file : *list) {
          const std::string path = package.import_path + "/" + file;
          tree.files.push_back({path, package.import_path, FileKind::kGo, goroot->Read(path).value()});
        }
      }
    }
    std::map<std::string, std::size_t> file_of;  // some file of each package
    for (std::size_t i = 0; i < tree.files.size(); ++i) file_of.emplace(tree.files[i].package, i);
    GoSizer sizer(tree, port);
    std::set<std::string> seen;
    for (const std::string& line : wanted) {
      std::istringstream words(line);
      std::string skipped, type;
      words >> skipped >> type;
      seen.insert(type);
      const std::size_t dot = type.rfind('.');
      const Result<GoRecord> laid = sizer.Lay(file_of.at(type.substr(0, dot)), type.substr(dot + 1));
      const std::string said = laid ? name + " " + type + " " + Text(*laid) : Format(laid.error());
      if (said.ends_with("has type parameters\n") || said.ends_with("too large to be anything of C's\n")) {
        left_out.insert(type);
      } else {
        ++compared[name];
        EXPECT_TRUE(said == line) << said.substr(0, 500) << "\n" << line.substr(0, 500);  // some have 20,000 bytes
      }
    }
    std::istringstream all(kPackages);
    for (std::string package; std::getline(all, package, ',');) {
      for (const std::string& structure : sizer.StructuresOf(package))
        EXPECT_TRUE(seen.contains(package + "." + structure)) << name << " " << package << "." << structure;
    }
  }
  for (const auto& [name, count] : compared) EXPECT_GT(count, 150U) << name;
  for (const std::string& type : left_out) EXPECT_TRUE(type.starts_with("runtime.")) << type;
}

}  // namespace
}  // namespace libcify::scan
