// The llgo dialect as patches, over a small tree of our own, in memory.
#include "emit/patch.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "emit/emit_testing.h"

namespace libcify {
namespace {

Target LinuxTarget() {
  return {.goos = "linux", .goarch = "amd64", .libc = "glibc", .libc_version = "2.31", .triple = "x86_64-linux-gnu"};
}

TEST(PatchScopeOf, NamesTheReleaseAndTheTarget) {
  for (const char* version : {"go1.26.8", "go1.26", "go1.26rc1", "devel go1.26-0a1b2c"}) {
    const Result<PatchScope> scope = PatchScopeOf(version, LinuxTarget());
    ASSERT_TRUE(scope) << version;
    EXPECT_EQ(scope->constraint, "linux && amd64 && go1.26 && !go1.27");
    EXPECT_EQ(scope->tag, "go126_linux_amd64");
  }
  const Result<PatchScope> none = PatchScopeOf("devel 0a1b2c", LinuxTarget());
  ASSERT_FALSE(none);
  EXPECT_EQ(Format(none.error()), "error: 'devel 0a1b2c' names no release of Go, to which patches could be bound\n");
}

// The declarations that edits of some words touch.
std::vector<PatchedDeclaration> Patched(const std::string& text,
                                        const std::vector<std::pair<std::string, std::string>>& words) {
  std::vector<TextEdit> edits;
  for (const auto& [from, to] : words) {
    const std::size_t at = text.find(from);
    edits.push_back({{at, at + from.size()}, to});
  }
  return PatchedDeclarations("p/a.go", text, edits);
}

TEST(PatchedDeclarations, HoldTheDirectivesAndNoOtherComment) {
  const auto found = Patched("package p\n\n// About f.\n//\n//go:norace\nfunc f() { one() }\n\n// g stays.\nfunc g() {}\n",
                             {{"one", "two"}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "f");
  EXPECT_EQ(found[0].text, "//go:norace\nfunc f() { two() }\n");
  EXPECT_EQ(found[0].span.line, 6);
}

TEST(PatchedDeclarations, AnEditedDirectiveIsOneOfTheDeclaration) {
  const auto found =
      Patched("package p\n\n//go:wasmimport m f\nfunc f(x int32) int32\n", {{"go:wasmimport m f", "go:linkname f C.f"}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].text, "//go:linkname f C.f\nfunc f(x int32) int32\n");
}

TEST(PatchedDeclarations, KnowMethodsAndGroups) {
  const auto found = Patched(
      "package p\n\nfunc (t *T) M(x int) { one() }\n\nfunc (T) N() { two() }\n\nvar (\n\ta = three\n)\n\nvar b = four\n",
      {{"one", "1"}, {"two", "2"}, {"three", "3"}, {"four", "4"}});
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].name, "(*T).M");
  EXPECT_EQ(found[1].name, "T.N");
  EXPECT_TRUE(found[2].is_group);
  EXPECT_FALSE(found[3].is_group);
  EXPECT_EQ(found[3].text, "var b = 4\n");
}

TEST(PatchedDeclarations, LeaveWhatServesTheFileAlone) {
  const std::string text = "package p\n\nfunc f() {}\n";
  EXPECT_TRUE(PatchedDeclarations("p/a.go", text, {{{text.size(), text.size()}, "\nvar _ = q.R\n"}}).empty());
}

TEST(ImportsFor, AreThoseThatTheCodeNames) {
  const std::vector<GoImport> imports = {{"", "errors"}, {"pkg", "a/b"}, {"", "unsafe"}, {"_", "c/d"}, {"", "e/sync"}};
  EXPECT_EQ(ImportsFor(imports, "var x = pkg.Y // errors.New\nvar z = \"sync.W\" + a.errors.b\n"), "\nimport pkg \"a/b\"\n");
  EXPECT_EQ(ImportsFor(imports, "\n//go:linkname f C.f\nfunc f()\n"), "\nimport _ \"unsafe\" // for go:linkname\n");
  EXPECT_EQ(ImportsFor(imports, "\n//go:linkname f C.f\nfunc f(unsafe.Pointer)\n"), "\nimport \"unsafe\"\n");
  EXPECT_EQ(ImportsFor(imports, "func f() {}\n"), "");
}

// Two packages with a call each, of which the compiler patches one.
struct PatchWorld {
  Target target = LinuxTarget();
  Port port;
  Inventory inventory;
  std::vector<Binding> bindings = {{.call = "x",
                                    .number = 7,
                                    .how = How::kDirect,
                                    .cfunction = "read",
                                    .link_name = "read",
                                    .error_rule = ErrorRule::kErrno,
                                    .shape = "l=ipL"}};
  DialectRules dialect;
  Files tree = {
      {"syscall/a.go",
       "package syscall\n\nimport (\n\t\"errors\"\n\t\"unsafe\"\n)\n\n// f reads.\nfunc f(fd int, p *byte) {\n"
       "\tSyscall(SYS_X, uintptr(fd), uintptr(unsafe.Pointer(p)), 3)\n}\n\nvar err = errors.New(\"\")\n"},
      {"os/b.go", "package os\n\nimport \"syscall\"\n\nfunc g() {\n\tsyscall.Syscall(syscall.SYS_X, 1, 2, 3)\n}\n"}};
  Files overlays = {{"calls.go", "// About it.\n\npackage syscall\n\n// libcify:insert imports\n// libcify:insert calls\n"},
                    {"files.go", "package libcify\n\nconst LLGoFiles = \"a_{tag}.cpp\"\n"},
                    {"a.cpp", "// libcify:insert identity\n// libcify:insert rows\n"}};

  PatchWorld() {
    port.word_bits = 64;
    inventory.go_version = "go1.99.1";
    inventory.requests = {
        Call("syscall", "f", "syscall/a.go", "Syscall(", {"uintptr(fd)", "uintptr(unsafe.Pointer(p))", "3"}),
        Call("os", "g", "os/b.go", "syscall.Syscall(", {"1", "2", "3"})};
    dialect.name = "llgo";
    CallRule call;
    call.id = "call";
    call.entries = {"syscall.Syscall"};
    call.function = "func {name}({words} uintptr) (r1, r2 uintptr, err {syscall}Errno) {\n\treturn {result}\n}\n";
    dialect.calls = {call};
    dialect.patch.folder = "patches/{package}";
    dialect.patch.packages = {"syscall"};
    dialect.patch.reason = "not in the list";
    dialect.patch.reference = "the list";
    dialect.patch.adds = {
        {.id = "calls", .scope = {}, .source = "calls.go", .target = "patches/{package}/z_{tag}.go", .packages = "^"},
        {.id = "files", .scope = {}, .source = "files.go", .target = "own/z_{tag}.go"},
        {.id = "adapters", .scope = {}, .source = "a.cpp", .target = "own/a_{tag}.cpp"}};
  }

  [[nodiscard]] Request Call(const std::string& package, const std::string& func, const std::string& file,
                             const std::string& begin, std::vector<std::string> arguments) const {
    const std::size_t at = tree.at(file).find(begin), end = tree.at(file).find("3)", at) + 2;
    Request request;
    request.site = {.package = package, .func = func, .span = {file, 4, 2}, .range = {at, end}, .rule = "request"};
    request.symbol = "x";
    request.number = 7;
    request.entry = "syscall.Syscall";
    request.arguments = std::move(arguments);
    return request;
  }

  [[nodiscard]] Result<std::vector<Artifact>> Emit() const {
    static const std::vector<std::string> kFiles = {"os/b.go", "syscall/a.go"};
    return EmitPatch({.target = target,
                      .port = port,
                      .inventory = inventory,
                      .bindings = bindings,
                      .dialect = dialect,
                      .files = kFiles,
                      .identity = "libcify test",
                      .patch = true,
                      .read_tree = ReaderOf(tree),
                      .read_overlay = ReaderOf(overlays)});
  }
};

TEST(EmitPatch, AFunctionWithACallReplacesGos) {
  EXPECT_EQ(TextOf(PatchWorld().Emit(), "patches/syscall/zlibcify_a_go199_linux_amd64.go"),
            "// Code generated by \"libcify generate --target linux/amd64 --dialect llgo --as patch\"; DO NOT EDIT.\n"
            "// From a.go of go1.99.1, by The Go Authors (a BSD-style license: LICENSE of Go's tree).\n\n"
            "//go:build linux && amd64 && go1.99 && !go1.100\n\n"
            "package syscall\n\n"
            "import \"unsafe\"\n\n"
            "func f(fd int, p *byte) {\n\tlibcify_Syscall_x(uintptr(fd), uintptr(unsafe.Pointer(p)), 3)\n}\n");
}

TEST(EmitPatch, GlueIsConstrainedAndJoinsItsPackage) {
  const Result<std::vector<Artifact>> made = PatchWorld().Emit();
  const std::string text = TextOf(made, "patches/os/z_go199_linux_amd64.go");
  EXPECT_TRUE(
      text.find("; DO NOT EDIT.\n\n//go:build linux && amd64 && go1.99 && !go1.100\n\n// About it.\n\npackage os\n") !=
      std::string::npos)
      << text;
  EXPECT_TRUE(text.find("func libcify_c_read(_ int32, _ unsafe.Pointer, _ uint64) int64\n") != std::string::npos) << text;
  EXPECT_TRUE(TextOf(made, "own/z_go199_linux_amd64.go").ends_with("const LLGoFiles = \"a_go199_linux_amd64.cpp\"\n"));
  EXPECT_TRUE(TextOf(made, "own/a_go199_linux_amd64.cpp").find("go:build") == std::string::npos);
}

TEST(EmitPatch, EditsAreThoseOfThePatches) {
  PatchWorld world;
  const auto rename = [](const std::string& to) {
    EditRule edit;
    edit.id = "edit." + to;
    edit.path = "^syscall/a\\.go$";
    edit.query = "(parameter_declaration type: (type_identifier) @edit)";
    edit.replacement = to;
    return edit;
  };
  world.dialect.edits = {rename("uint8")};
  world.dialect.patch.edits = {rename("uint16")};
  EXPECT_TRUE(TextOf(world.Emit(), "patches/syscall/zlibcify_a_go199_linux_amd64.go")
                  .ends_with("func f(fd uint16, p *byte) {\n\tlibcify_Syscall_x("
                             "uintptr(fd), uintptr(unsafe.Pointer(p)), 3)\n}\n"));
  world.dialect.patch.edits[0].path = "^os/";
  const Result<std::vector<Artifact>> made = world.Emit();
  ASSERT_FALSE(made);
  EXPECT_EQ(Format(made.error()),
            "os/b.go:1:1: error: edit rule matches 0 places of the tree, expected 1: ; the tree has another shape here: "
            "adapt the rule's "
            "query [edit.uint16]\n");
}

TEST(EmitPatch, SaysWhichPackagesTheCompilerPatches) {
  const Result<Json> json = Json::Parse("patch.json", TextOf(PatchWorld().Emit(), "patch.json"));
  ASSERT_TRUE(json);
  EXPECT_EQ(json->Compact(),
            R"({"go":"go1.99.1","build":"linux && amd64 && go1.99 && !go1.100","packages":[)"
            R"({"package":"os","applied":false,"reason":"not in the list","reference":"the list","functions":["g"]},)"
            R"({"package":"syscall","applied":true,"reason":null,"reference":null,"functions":["f"]}]})");
}

TEST(EmitPatch, ACallInAGroupIsAnError) {
  PatchWorld world;
  world.tree["os/b.go"] = "package os\n\nimport \"syscall\"\n\nvar (\n\tr = g(syscall.Syscall(syscall.SYS_X, 1, 2, 3))\n)\n";
  world.inventory.requests = {world.Call("os", "", "os/b.go", "syscall.Syscall(", {"1", "2", "3"})};
  const Result<std::vector<Artifact>> made = world.Emit();
  ASSERT_FALSE(made);
  EXPECT_EQ(Format(made.error()),
            "os/b.go:5:1: error: a call stands in a group of declarations, of which a patch cannot replace a part; "
            "the dialect must keep it, or the compiler's tree be given as a whole\n");
}

TEST(EmitPatch, NothingOfTheGoTreeIsReplaced) {
  const Result<std::vector<Artifact>> made = PatchWorld().Emit();
  ASSERT_TRUE(made);
  for (const Artifact& artifact : *made) EXPECT_EQ(artifact.replaces, "") << artifact.path;
}

}  // namespace
}  // namespace libcify
