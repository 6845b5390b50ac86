// What calls hand over: small trees with one call each, in Go and in assembly.
#include "scan/go_memory.h"

#include <gtest/gtest.h>

namespace libcify::scan {
namespace {

class GoMemoryTest : public testing::Test {
 protected:
  GoMemoryTest() {
    port_.goos = "linux";
    port_.goarch = "amd64";
    port_.syscall.arguments = {"DI", "SI", "DX"};
  }

  // All pointers: "word type -> record|reason; ".
  std::string Read() {
    SourceTree tree;
    tree.files.push_back({"syscall/a.go", "syscall", FileKind::kGo, go_});
    tree.files.push_back({"syscall/a.s", "syscall", FileKind::kGoAssembly, assembly_});
    const Result<GoMemory> memory = ReadMemory(tree, port_, inventory_, files_, {}, list_);
    if (!memory) return Format(memory.error());
    std::string out;
    for (const GoPointer& one : memory->pointers) {
      EXPECT_EQ(memory->records.contains(one.record), !one.record.empty());
      out += (one.made_of.empty() ? std::to_string(one.word) : one.made_of) + " " + one.type + " -> " +
             (one.record.empty() ? one.reason : one.record) + "; ";
    }
    return out;
  }

  // Of the call "call(…)" in a function, whose arguments are these.
  std::string Call(const std::string& function, std::vector<std::string> arguments, bool block = false) {
    go_ = "package syscall\n\ntype T struct{ a int32 }\n\n" + function;
    const std::size_t begin = go_.find("call(");
    Request request{.site = {.span = {"syscall/a.go", 1, 1}, .range = {begin, go_.find('\n', begin)}},
                    .symbol = "fstat",
                    .entry = "syscall.Syscall"};
    request.arguments = std::move(arguments);
    request.block = block;
    inventory_.requests = {request};
    return Read();
  }

  Port port_;
  Inventory inventory_;
  AsmFiles files_;
  std::string go_ = "package syscall\n", assembly_, list_;
};

TEST_F(GoMemoryTest, TheListSaysWhatStructuresAreMadeOf) {
  go_ += "type Linger struct{ a int32 }\n";
  list_ = "package syscall\n\ntype Linger C.struct_linger\n\ntype Other C.struct_other\n\ntype _Gid_t C.gid_t\n";
  EXPECT_EQ(Read(), "struct linger *Linger -> syscall.Linger; ");
}

TEST_F(GoMemoryTest, ArgumentsThatTheFunctionDeclaresOrAssigns) {
  EXPECT_EQ(
      Call("func f(fd int, t *T, p *[2]int32, u unsafe.Pointer) {\n\tcall(…)\n}\n",
           {"uintptr(fd)", "uintptr(unsafe.Pointer(t))", "uintptr(unsafe.Pointer(p))", "uintptr(u)", "x.y", "0"}),
      "1 *T -> syscall.T; 2 *[2]int32 -> syscall int32; 3 unsafe.Pointer -> an unsafe.Pointer; 4  -> Go's text does not "
      "tell its type; ");
  EXPECT_EQ(Call("func f(p []T) {\n\tvar p0 unsafe.Pointer\n\tif len(p) > 0 {\n\t\tp0 = unsafe.Pointer(&p[0])\n\t} else {\n"
                 "\t\tp0 = unsafe.Pointer(&zero)\n\t}\n\tt := T{1}\n\tq := &T{a: 2}\n\tcall(…)\n}\n",
                 {"uintptr(p0)", "uintptr(unsafe.Pointer(&t))", "uintptr(unsafe.Pointer(q))"}),
            "0 *T -> syscall.T; 1 *T -> syscall.T; 2 *T -> syscall.T; ");
  EXPECT_EQ(Call("func f(p []T, b []byte) {\n\tvar p0 unsafe.Pointer\n\tp0 = unsafe.Pointer(&p[0])\n"
                 "\tp0 = unsafe.Pointer(&b[0])\n\tcall(…)\n}\n",
                 {"uintptr(p0)"}),
            "0 unsafe.Pointer -> an unsafe.Pointer; ")
      << "this here and that there";
  EXPECT_EQ(Call("func f(m *Missing) {\n\tcall(…)\n}\n", {"uintptr(unsafe.Pointer(m))"}),
            "0 *Missing -> no package of the tree declares syscall.Missing; ");
}

TEST_F(GoMemoryTest, ABlockIsTheFunctionsParameters) {
  EXPECT_EQ(Call("func f(sig uint32, new, old *T) {\n\tcall(…)\n}\n", {"unsafe.Pointer(&sig)"}, true),
            "1 *T -> syscall.T; 2 *T -> syscall.T; ");
  EXPECT_EQ(Call("func f() {\n\targs := struct{ t *T }{nil}\n\tcall(…)\n}\n", {"unsafe.Pointer(&args)"}, true), "");
}

TEST_F(GoMemoryTest, AssemblyMovesParametersToRegisters) {
  go_ = "package syscall\n\ntype T struct{ a int32 }\n\nfunc fstat(fd int32, t *T) int32\n";
  assembly_ =
      "TEXT ·fstat(SB),NOSPLIT,$16-20\n\tMOVL\tfd+0(FP), DI\n\tMOVQ\tt+8(FP), SI\n\tLEAQ\t8(SP), DX\n\tMOVL\t$5, AX\n"
      "\tSYSCALL\n\tRET\n";
  const std::size_t begin = go_.find("func fstat"), seam = assembly_.find("SYSCALL");
  inventory_.bodyless.push_back(
      {.site = {.package = "syscall", .span = {"syscall/a.go", 5, 6}, .range = {begin, go_.size()}},
       .symbol = "syscall.fstat",
       .provided_by = "assembly"});
  inventory_.seams.push_back(
      {.site = {.package = "syscall", .func = "fstat", .span = {"syscall/a.s", 6, 2}, .range = {seam, seam + 7}},
       .symbol = "fstat",
       .number = 5});
  EXPECT_EQ(Read(), "1 *T -> syscall.T; 2  -> its assembly makes it; ");
}

}  // namespace
}  // namespace libcify::scan
