// What Go's text says of calls: each test is one function around one call.
#include "scan/go_call.h"

#include <gtest/gtest.h>

#include "scan/go_signature.h"

namespace libcify::scan {
namespace {

constexpr const char* kTypes = R"(package syscall

type Handle uintptr
type size = uint32
type (
	Errno    uintptr
	boolean  bool
)

)";

class GoCallTest : public testing::Test {
 protected:
  // Of the call "call(…)" in a function.
  GoCall Read(const std::string& function, const std::string& goarch = "amd64") {
    Port port;
    port.goarch = goarch;
    port.word_bits = goarch == "amd64" ? 64 : 32;
    SourceTree tree;
    const std::string text = kTypes + function;
    tree.files.push_back({"syscall/a.go", "syscall", FileKind::kGo, text});
    GoTypes types(tree, port);
    const std::size_t begin = text.find("call(", text.find("{\n"));
    const std::size_t open = begin + 4;
    int depth = 0;
    std::size_t end = open;
    do {
      depth += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
      ++end;
    } while (depth > 0);
    return ReadGoCall(0, text, {begin, end}, SplitArguments(text.substr(open + 1, end - open - 2)), types);
  }

  static std::string Text(const std::optional<CType>& type) {
    if (!type) return "-";
    const std::string value = type->kind == CTypeKind::kPointer ? "p" : type->is_signed ? "i" : "u";
    return value + std::to_string(type->bits) + (type->pointee.empty() ? "" : " " + type->pointee);
  }
};

TEST_F(GoCallTest, ArgumentsAreOfTheTypesThatTheFunctionDeclares) {
  const GoCall call = Read(
      "func Read(h Handle, p []byte, n, m int32, name *uint16, done *Handle) (err error) {\n"
      "\tvar _p0 *byte\n"
      "\tvar on boolean\n"
      "\tcall(uintptr(h), uintptr(unsafe.Pointer(_p0)), uintptr(len(p)), uintptr(m), uintptr(unsafe.Pointer(name)),\n"
      "\t\tuintptr(unsafe.Pointer(done)), uintptr(unsafe.Pointer(&p[0])), uintptr(unsafe.Pointer(&on)), uintptr(x.y), 7, "
      "on)\n"
      "}\n");
  std::string types;
  for (const auto& type : call.arguments) types += Text(type) + "; ";
  EXPECT_EQ(types, "u64; p64 byte; i64; i32; p64 uint16; p64 uintptr; p64 byte; p64 bool; -; -; u8; ");
  EXPECT_EQ(call.check, "");
  EXPECT_FALSE(call.result);
}

TEST_F(GoCallTest, TheResultIsWhatIsMadeOfIt) {
  const GoCall open = Read(
      "func Open() (handle Handle, err error) {\n"
      "\tr0, _, e1 := call(1)\n"
      "\thandle = Handle(r0)\n"
      "\tif handle == InvalidHandle || e1 == ERROR_ALREADY_EXISTS {\n\t\terr = errnoErr(e1)\n\t}\n\treturn\n}\n");
  EXPECT_EQ(Text(open.result), "u64");
  EXPECT_EQ(open.check, "== InvalidHandle");
  EXPECT_EQ(open.checked_bits, 64);

  const GoCall close = Read("func Close() (err error) {\n\tr1, _, e1 := call(1)\n\tif r1&0xff == 0 {\n\t}\n}\n");
  EXPECT_FALSE(close.result);
  EXPECT_EQ(close.check, "== 0");
  EXPECT_EQ(close.checked_bits, 8);

  const GoCall reg =
      Read("func Reg() (e Errno) {\n\tr0, _, _ := call(1)\n\tif r0 != 0 {\n\t\te = Errno(r0)\n\t}\n\treturn\n}\n");
  EXPECT_EQ(Text(reg.result), "u64");
  EXPECT_EQ(reg.check, "!= 0");
  EXPECT_EQ(reg.checked_bits, 64);
}

TEST_F(GoCallTest, TheResultOfANestedCall) {
  const GoCall suspend = Read("func f(h Handle) {\n\tif int32(call(h)) == -1 {\n\t}\n}\n");
  EXPECT_EQ(Text(suspend.result), "i32");
  EXPECT_EQ(suspend.check, "== -1");
  EXPECT_EQ(suspend.checked_bits, 32);

  const GoCall event = Read("func f(h Handle) {\n\tif call(h) == 0 {\n\t}\n}\n");
  EXPECT_FALSE(event.result);
  EXPECT_EQ(event.check, "== 0");

  const GoCall string = Read("func f() *uint16 {\n\treturn (*uint16)(unsafe.Pointer(call(1)))\n}\n");
  EXPECT_EQ(Text(string.result), "p64 void");
}

TEST_F(GoCallTest, AnotherVariableIsNotTheResult) {
  const GoCall call = Read("func f() int {\n\tr1, _, _ := call(1)\n\tif r10 == 0 || x.r1 == 2 {\n\t}\n\treturn 0\n}\n");
  EXPECT_FALSE(call.result);
  EXPECT_EQ(call.check, "");
}

TEST_F(GoCallTest, PointersOfWasmAreAsWideAsTheEngines) {
  Port port;
  port.goarch = "wasm";
  port.word_bits = 32;
  SourceTree tree;
  tree.files.push_back({"syscall/a.go", "syscall", FileKind::kGo, kTypes});
  GoTypes types(tree, port);
  const GoCall call =
      ReadGoDeclaration(0, "func fd_read(fd int32, p *byte, n size, at uint64, x int, s struct{}) Errno", types);
  std::string text;
  for (const auto& type : call.arguments) text += Text(type) + "; ";
  EXPECT_EQ(text, "i32; p32 byte; u32; u64; i64; -; ");
  EXPECT_EQ(Text(call.result), "u64");
}

}  // namespace
}  // namespace libcify::scan
