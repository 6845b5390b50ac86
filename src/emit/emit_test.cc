// The gc dialect over small trees of our own, in memory.
#include "emit/emit.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "emit/emit_testing.h"
#include "emit/table.h"

namespace libcify {
namespace {

// A tree with one seam in its assembly and one place for an edit rule.
struct World {
  Target target{.goos = "linux", .goarch = "amd64", .libc = "glibc", .libc_version = "2.31", .triple = "x86_64-linux-gnu"};
  Port port;
  Inventory inventory;
  std::vector<Binding> bindings;
  DialectRules dialect;
  std::vector<std::string> paths = {"p/a.s", "p/a.go"};
  Files tree = {{"p/a.s", "TEXT ·f(SB),NOSPLIT,$0\n\tMOVQ\t$1, AX\n\tSYSCALL // enter\n\tRET\n"},
                {"p/a.go", "package p\n\nfunc g(x int) bool {\n\treturn x != 0\n}\n"}};
  Files overlays = {{"gc/add_amd64.go", "package p\n"}};

  World() {
    port.syscall.c_saves_never = {"X0"};
    Seam seam;
    seam.site = {.package = "p", .func = "f", .span = {"p/a.s", 3, 2}, .range = {38, 45}, .rule = "seam"};
    inventory.go_version = "go1.99";
    inventory.seams = {seam};
    dialect.name = "gc";
    dialect.seam_edits = {
        {Scope{.goos = {"linux"}, .goarch = {}, .libc = {}},
         SeamEdit{.enter = "CALL\tin(SB)", .enter_full = "CALL\tfull(SB)", .vfork = "CALL\tvf(SB)", .unreachable = "TRAP"}}};
    EditRule edit;
    edit.id = "edit";
    edit.doc = "what it is for";
    edit.file = "gc.json";
    edit.path = "^p/a\\.go$";
    edit.query = "(binary_expression left: (identifier) @x) @edit";
    edit.replacement = "($edit && $x < 9$$)";
    dialect.edits = {edit};
    dialect.adds = {{.id = "add", .scope = {}, .source = "gc/add_{goarch}.go", .target = "p/zadd_{goos}_{goarch}.go"}};
  }

  Result<std::vector<Artifact>> Emit() const {
    return EmitGc({.target = target,
                   .port = port,
                   .inventory = inventory,
                   .bindings = bindings,
                   .dialect = dialect,
                   .files = paths,
                   .identity = "libcify test",
                   .read_tree = ReaderOf(tree),
                   .read_overlay = ReaderOf(overlays)});
  }
};

TEST(EmitGc, RewritesOnlyTheInstruction) {
  const World world;
  EXPECT_EQ(TextOf(world.Emit(), "src/p/a.s"),
            "TEXT ·f(SB),NOSPLIT,$0\n\tMOVQ\t$1, AX\n\tCALL\tin(SB) // enter\n\tRET\n"
            "\n// Rewritten by libcify (system calls go through libc); DO NOT EDIT.\n");
}

TEST(EmitGc, PicksTheTrampolineByRoleAndLiveness) {
  const std::vector<std::pair<std::function<void(Seam&)>, std::string>> cases = {
      {[](Seam& seam) { seam.full_save = true; }, "CALL\tfull(SB)"},
      {[](Seam& seam) { seam.role = SeamRole::kVfork; }, "CALL\tvf(SB)"},
      {[](Seam& seam) { seam.role = SeamRole::kUnreachable; }, "TRAP"},
  };
  for (const auto& [change, expected] : cases) {
    World world;
    change(world.inventory.seams[0]);
    EXPECT_NE(TextOf(world.Emit(), "src/p/a.s").find("\t" + expected + " // enter\n"), std::string::npos) << expected;
  }
}

TEST(EmitGc, RefusesWhatNoTrampolineKeeps) {
  World world;
  world.inventory.seams[0].live = {"X0"};
  EXPECT_EQ(TextOf(world.Emit(), ""),
            "p/a.s:3:2: error: f: register X0 is read after the system call, and no trampoline keeps it [seam]\n");
  world.inventory.seams[0].live = {"flags"};
  EXPECT_EQ(
      TextOf(world.Emit(), ""),
      "p/a.s:3:2: error: f: the processor's flags are read after the system call, and no trampoline keeps them [seam]\n");
}

TEST(EmitGc, EditsGoTextByRule) {
  const World world;
  EXPECT_EQ(TextOf(world.Emit(), "src/p/a.go"),
            "package p\n\nfunc g(x int) bool {\n\treturn (x != 0 && x < 9$)\n}\n"
            "\n// Rewritten by libcify (system calls go through libc); DO NOT EDIT.\n");
}

TEST(EmitGc, AnEditThatMatchesNothingIsAnError) {
  World world;
  world.tree["p/a.go"] = "package p\n";
  EXPECT_EQ(
      TextOf(world.Emit(), ""),
      "p/a.go:1:1: error: edit rule matches 0 places of the tree, expected 1: what it is for; the tree has another shape "
      "here: adapt the rule's query [edit]\n");
}

TEST(EmitGc, AnOptionalEditMustMatchWhereItsPrefilterDoes) {
  World world;
  world.dialect.edits[0].prefilter = "vdso";
  world.dialect.edits[0].optional = true;
  EXPECT_EQ(TextOf(world.Emit(), "src/p/a.go"), "(no artifact)");
  world.tree["p/a.go"] = "package p\n\nvar vdso = 1\n";
  EXPECT_EQ(
      TextOf(world.Emit(), ""),
      "p/a.go:3:5: error: edit rule matches 0 places of the tree, expected 1: what it is for; the tree has another shape "
      "here: adapt the rule's query [edit]\n");
}

TEST(EmitGc, AnEditThatMatchesTooOftenNamesThePlaces) {
  World world;
  world.tree["p/a.go"] = "package p\n\nvar a, b = x != 0, y != 0\n";
  EXPECT_EQ(
      TextOf(world.Emit(), ""),
      "p/a.go:3:12: error: edit rule matches 2 places of the tree, expected 1: what it is for; the tree has another shape "
      "here: adapt the rule's query [edit]\np/a.go:3:20: error: another match [edit]\n");
}

TEST(EmitGc, AddsHandWrittenFilesWithABanner) {
  World world;
  EXPECT_EQ(TextOf(world.Emit(), "src/p/zadd_linux_amd64.go"),
            "// Code generated by \"libcify generate --target linux/amd64 --dialect gc\"; DO NOT EDIT.\n\npackage p\n");
  world.paths.push_back("p/zadd_linux_amd64.go");
  EXPECT_EQ(TextOf(world.Emit(), ""),
            "p/zadd_linux_amd64.go: error: the tree already has this file; generate from a tree that libcify has not "
            "rewritten [add]\n");
}

TEST(EmitGc, ATargetWithoutWordsForSeamsIsAnError) {
  World world;
  world.target.goos = "plan9";
  EXPECT_EQ(TextOf(world.Emit(), ""),
            "error: the dialect gc does not serve plan9/amd64 yet; libcify scan reads it; a row of seam_edits in "
            "rules/dialects/gc.json would serve it\n");
}

TEST(Table, RowsSayKindAndShape) {
  std::vector<Binding> bindings(5);
  bindings[0] = {
      .call = "b", .number = 2, .how = How::kDirect, .cfunction = "b", .error_rule = ErrorRule::kErrno, .shape = "i=ip"};
  bindings[1] = {
      .call = "a", .number = 1, .how = How::kVariadic, .cfunction = "a", .error_rule = ErrorRule::kErrno, .shape = "l=p."};
  bindings[2] = {
      .call = "u", .number = 3, .how = How::kDirect, .cfunction = "u", .error_rule = ErrorRule::kNever, .shape = "u="};
  bindings[3] = {.call = "s", .number = 4, .how = How::kAdapted, .adapter = "s_adapter"};
  bindings[4] = {.call = "f", .number = 5, .how = How::kFallback};
  EXPECT_EQ(TableRows(bindings, false),
            "LIBCIFY_DIRECT(1, a, \"l=p.\", kLibcifyWord)  // a\n"
            "LIBCIFY_DIRECT(2, b, \"i=ip\", kLibcifyInt)  // b\n"
            "LIBCIFY_DIRECT(3, u, \"u=\", kLibcifyUnsignedInt)  // u\n"
            "LIBCIFY_ADAPTED(4, s_adapter)  // s\n");
  EXPECT_EQ(TableRows(bindings, true),
            "LIBCIFY_TYPED(1, a, \"l=p.\", kLibcifyWord)  // a\n"
            "LIBCIFY_TYPED(2, b, \"i=ip\", kLibcifyInt)  // b\n"
            "LIBCIFY_TYPED(3, u, \"u=\", kLibcifyUnsignedInt)  // u\n"
            "LIBCIFY_ADAPTED(4, s_adapter)  // s\n");
}

TEST(Table, InsertionPointsMustAgree) {
  EXPECT_EQ(*FillInsertionPoints("t", "a\n// libcify:insert x\nb\n", {{"x", "1\n2\n"}}), "a\n1\n2\nb\n");
  const Result<std::string> bad = FillInsertionPoints("t", "a\n // libcify:insert y\n", {{"x", "1\n"}});
  ASSERT_FALSE(bad);
  EXPECT_EQ(Format(bad.error()), "t:2:2: error: no insertion is named \"y\"\nt: error: no line \"// libcify:insert x\"\n");
}

TEST(Table, HeadersAreSplicedOnce) {
  const Files files = {{"include/libcify/a.h", "#pragma once\n#include \"libcify/b.h\"\nint a;\n"},
                       {"include/libcify/b.h", "#pragma once\n#include <x.h>\nint b;\n"}};
  EXPECT_EQ(*SpliceHeaders("#include \"libcify/b.h\"\n#include \"libcify/a.h\"\n#include \"libcify/b.h\"\nint c;\n",
                           ReaderOf(files)),
            "// ---- libcify/b.h\n#include <x.h>\nint b;\n// ---- libcify/a.h\nint a;\nint c;\n");
  EXPECT_FALSE(SpliceHeaders("#include \"libcify/none.h\"\n", ReaderOf(files)));
}

TEST(Table, ASystemsOwnHeadersComeFirst) {
  const Files files = {{"include/libcify/a.h", "int a;\n"},
                       {"include/libcify/b.h", "int b;\n"},
                       {"gc/bsd/include/libcify/b.h", "int own;\n"}};
  const std::string text = "#include \"libcify/a.h\"\n#include \"libcify/b.h\"\n";
  EXPECT_EQ(*SpliceHeaders(text, OwnHeadersFirst("gc/bsd/cgo/t.cc", ReaderOf(files))),
            "// ---- libcify/a.h\nint a;\n// ---- libcify/b.h\nint own;\n");
  EXPECT_EQ(*SpliceHeaders(text, OwnHeadersFirst("gc/linux/cgo/t.cc", ReaderOf(files))),
            "// ---- libcify/a.h\nint a;\n// ---- libcify/b.h\nint b;\n");
}

// NetBSD's number 440 is __fstat50 and C's fstat; FreeBSD's is fstat in both.
TEST(Table, FunctionsBoundByTheLinkersNameAreHeldToIt) {
  const auto row = [](const char* call, const char* function, const char* link_name, How how) {
    return Binding{.call = call, .how = how, .cfunction = function, .link_name = link_name};
  };
  EXPECT_EQ(TableLinkNames({row("__fstat50", "fstat", "__fstat50", How::kDirect), row("read", "read", "read", How::kDirect),
                            row("__socket30", "socket", "__socket30", How::kAdapted),
                            row("__stat50", "syscall", "syscall", How::kFallback)}),
            "#pragma GCC diagnostic push\n#pragma GCC diagnostic error \"-Wpragmas\"\n"
            "extern \"C\" decltype(fstat) fstat __asm__(\"__fstat50\");\n"
            "extern \"C\" decltype(socket) socket __asm__(\"__socket30\");\n"
            "#pragma GCC diagnostic pop\n");
  EXPECT_EQ(TableLinkNames({row("read", "read", "read", How::kDirect)}), "");
}

TEST(Reports, SitesHaveTheDocumentedKeys) {
  const World world;
  const Result<Json> json = Json::Parse("sites.json", SitesJson(world.target, world.inventory));
  ASSERT_TRUE(json) << Format(json.error());
  EXPECT_EQ(
      json->Compact(),
      "{\"go\":\"go1.99\",\"target\":\"linux/amd64\",\"sites\":[{\"package\":\"p\",\"func\":\"f\",\"kind\":\"seam.enter\","
      "\"symbol\":null,\"number\":null,\"library\":null,\"entry\":null,\"file\":\"p/a.s\",\"line\":3,\"rule\":\"seam\"}],"
      "\"totals\":{\"seam.enter\":1}}");
}

TEST(Reports, OverlayLeavesOutWhatReplacesNothing) {
  const std::vector<Artifact> artifacts = {{.path = "src/a.go", .text = "", .replaces = "src/a.go"},
                                           {.path = "notes", .text = "", .replaces = ""}};
  const Result<Json> json = Json::Parse("o", OverlayJson(artifacts, "/go", "/out"));
  ASSERT_TRUE(json);
  EXPECT_EQ(json->Compact(), "{\"Replace\":{\"/go/src/a.go\":\"/out/src/a.go\"}}");
}

}  // namespace
}  // namespace libcify
