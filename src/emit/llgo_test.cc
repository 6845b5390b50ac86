// The llgo dialect over a small tree of our own, in memory.
#include <gtest/gtest.h>

#include "base/json.h"
#include "emit/emit.h"
#include "emit/emit_testing.h"

namespace libcify {
namespace {

// A package with one call and one function without a body, and a package beside it that calls, too.
struct World {
  Target target{.goos = "linux", .goarch = "amd64", .libc = "glibc", .libc_version = "2.31", .triple = "x86_64-linux-gnu"};
  Port port;
  Inventory inventory;
  std::vector<Binding> bindings, process_bindings;
  DialectRules dialect;
  Files tree = {
      {"syscall/a.go", "package syscall\n\nfunc f(fd int) {\n\tSyscall(SYS_X, uintptr(fd), p, 3)\n}\n\nfunc bare()\n"},
      {"os/b.go", "package os\n\nimport \"syscall\"\n\nfunc g() {\n\tsyscall.Syscall(syscall.SYS_X, 1, 2, 3)\n}\n"}};
  Files overlays = {
      {"llgo/calls.go", "// About it.\n\npackage syscall\n\n// libcify:insert imports\n\n// libcify:insert calls\n"},
      {"llgo/adapters.cpp", "// libcify:insert identity\n// libcify:insert rows\n"}};

  World() {
    port.word_bits = 64;
    inventory.go_version = "go1.99";
    inventory.requests = {RequestAt("syscall", "f", "syscall/a.go", 3, "Syscall(", {"uintptr(fd)", "p", "3"})};
    Bodyless bodyless;
    bodyless.site = {.package = "syscall",
                     .func = "bare",
                     .span = {"syscall/a.go", 7, 6},
                     .range = RangeOf("syscall/a.go", "func bare()"),
                     .rule = "b"};
    bodyless.symbol = "syscall.bare";
    bodyless.provided_by = "assembly";
    inventory.bodyless = {bodyless};
    dialect.name = "llgo";
    CallRule call;
    call.id = "call";
    call.entries = {"syscall.Syscall"};
    call.function = "func {name}({words} uintptr) (r1, r2 uintptr, err {syscall}Errno) {\n\treturn {result}\n}\n";
    dialect.calls = {call};
    dialect.adds = {
        {.id = "calls", .scope = {}, .source = "llgo/calls.go", .target = "{package}/zcalls_{goos}.go", .packages = "^"},
        {.id = "adapters", .scope = {}, .source = "llgo/adapters.cpp", .target = "syscall/_libcify/a.cpp"}};
    dialect.removes = {
        {.id = "remove", .scope = {}, .packages = "^syscall$", .provided = {"^syscall\\.bare$"}, .reference = "there"}};
    Bind({.how = How::kDirect, .cfunction = "read", .link_name = "read", .error_rule = ErrorRule::kErrno, .shape = "l=ipL"});
  }

  [[nodiscard]] Range RangeOf(const std::string& file, const std::string& text) const {
    const std::size_t at = tree.at(file).find(text);
    return {at, at + text.size()};
  }

  [[nodiscard]] Request RequestAt(const std::string& package, const std::string& func, const std::string& file, int line,
                                  const std::string& begin, std::vector<std::string> arguments) const {
    const std::size_t at = tree.at(file).find(begin), end = tree.at(file).find("3)", at) + 2;
    Request request;
    request.site = {.package = package, .func = func, .span = {file, line, 2}, .range = {at, end}, .rule = "request"};
    request.symbol = "x";
    request.number = 7;
    request.entry = "syscall.Syscall";
    request.arguments = std::move(arguments);
    return request;
  }

  void Bind(Binding binding) {
    binding.call = "x";
    binding.number = 7;
    bindings = {std::move(binding)};
  }

  [[nodiscard]] Result<std::vector<Artifact>> Emit() const {
    std::vector<std::string> files;
    for (const auto& [path, text] : tree) files.push_back(path);
    return EmitLlgo({.target = target,
                     .port = port,
                     .inventory = inventory,
                     .bindings = bindings,
                     .process_bindings = process_bindings,
                     .dialect = dialect,
                     .files = files,
                     .identity = "libcify test",
                     .read_tree = ReaderOf(tree),
                     .read_overlay = ReaderOf(overlays),
                     .list_tree = [](const std::string& folder) {
                       return folder == "syscall" ? std::vector<std::string>{"a.go", "x.s", "y_arm.s"}
                                                  : std::vector<std::string>{"z.s"};
                     }});
  }
};

// What a package's file holds behind its first lines.
std::string CallsOf(const World& world, const std::string& path = "src/syscall/zcalls_linux.go") {
  const std::string text = TextOf(world.Emit(), path);
  const std::size_t at = text.find("//go:linkname");
  return at == std::string::npos ? text : text.substr(at);
}

TEST(EmitLlgo, ACallBecomesATypedCall) {
  const World world;
  EXPECT_EQ(TextOf(world.Emit(), "src/syscall/a.go"),
            "package syscall\n\nfunc f(fd int) {\n\tlibcify_Syscall_x(uintptr(fd), p, 3)\n}\n\nfunc bare()\n"
            "\n// Rewritten by libcify (calls go to libc by name); DO NOT EDIT.\n");
  EXPECT_EQ(CallsOf(world),
            "//go:linkname libcify_c_read C.read\n"
            "func libcify_c_read(_ int32, _ unsafe.Pointer, _ uint64) int64\n\n"
            "func libcify_Syscall_x(a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) {\n"
            "\treturn libcifyLong(libcify_c_read(int32(a1), unsafe.Pointer(a2), uint64(a3)))\n}\n\n");
}

TEST(EmitLlgo, HowLibcAnswersDecidesTheTest) {
  const std::vector<std::pair<Binding, std::string>> cases = {
      {{.how = How::kDirect, .cfunction = "close", .link_name = "close", .error_rule = ErrorRule::kErrno, .shape = "i=i"},
       "return libcifyInt(libcify_c_close(int32(a1)))"},
      {{.how = How::kDirect,
        .cfunction = "mmap",
        .link_name = "mmap64",
        .error_rule = ErrorRule::kErrnoPointer,
        .shape = "p=pL"},
       "return libcifyPointer(libcify_c_mmap64(unsafe.Pointer(a1), uint64(a2)))"},
      // No test of an error that cannot be.
      {{.how = How::kDirect, .cfunction = "getuid", .link_name = "getuid", .error_rule = ErrorRule::kNever, .shape = "u="},
       "return uintptr(libcify_c_getuid()), uintptr(0), uintptr(0)"},
      {{.how = How::kDirect, .cfunction = "_exit", .link_name = "_exit", .error_rule = ErrorRule::kNever, .shape = "v=i"},
       "return libcify_v__exit(a1, a2, a3)"},
      // Words behind "…" go as words; no more than the call has.
      {{.how = How::kVariadic,
        .cfunction = "fcntl",
        .link_name = "fcntl64",
        .error_rule = ErrorRule::kErrno,
        .shape = "i=ii.",
        .words = 3},
       "return libcifyInt(libcify_c_fcntl64(int32(a1), int32(a2), a3))"},
      {{.how = How::kVariadic,
        .cfunction = "open",
        .link_name = "open",
        .error_rule = ErrorRule::kErrno,
        .shape = "i=pi.",
        .words = 2},
       "return libcifyInt(libcify_c_open(unsafe.Pointer(a1), int32(a2)))"},
      {{.how = How::kAdapted, .cfunction = "getcwd", .link_name = "getcwd", .adapter = "getcwd", .shape = "p=pL"},
       "return libcifyKernel(libcify_a_getcwd(a1, a2, a3, 0, 0, 0, 7))"},
      // All words, for the kernel may read more than Go hands over.
      {{.how = How::kFallback, .cfunction = "syscall", .link_name = "syscall"},
       "return libcifyWord(libcify_c_syscall(7, a1, a2, a3, 0, 0, 0))"},
  };
  for (const auto& [binding, expected] : cases) {
    World world;
    world.Bind(binding);
    const std::string text = TextOf(world.Emit(), "src/syscall/zcalls_linux.go");
    EXPECT_NE(text.find("\t" + expected + "\n"), std::string::npos) << expected << "\n" << text;
  }
}

// A system whose calls go by name: the same, by library and symbol; what has no prototype keeps its trampoline.
TEST(EmitLlgo, FunctionsOfLibraries) {
  const std::vector<std::pair<Binding, std::string>> cases = {
      {{.how = How::kDirect,
        .cfunction = "lchown",
        .link_name = "lchown",
        .error_rule = ErrorRule::kErrno,
        .shape = "i=puu"},
       "return libcifyInt(libcify_c_lchown(unsafe.Pointer(a1), uint32(a2), uint32(a3)))"},
      {{.how = How::kDirect,
        .cfunction = "fdopendir",
        .link_name = "fdopendir$INODE64",
        .error_rule = ErrorRule::kErrnoNull,
        .shape = "p=i"},
       "return libcifyNull(libcify_c_fdopendir_INODE64(int32(a1)))"},
      {{.how = How::kDirect,
        .cfunction = "sysconf",
        .link_name = "sysconf",
        .error_rule = ErrorRule::kErrnoValue,
        .shape = "l=i"},
       "return libcifyLongValue(libcifyCleared(), libcify_c_sysconf(int32(a1)))"},
      // What is narrower than an int is widened by the caller.
      {{.how = How::kDirect, .cfunction = "chmod", .link_name = "chmod", .error_rule = ErrorRule::kErrno, .shape = "i=pH"},
       "return libcifyInt(libcify_c_chmod(unsafe.Pointer(a1), uint32(uint16(a2))))"},
      {{.how = How::kDirect, .cfunction = "f", .link_name = "f", .error_rule = ErrorRule::kReturned, .shape = "i="},
       "return libcifyReturned(libcify_c_f())"},
  };
  for (auto [binding, expected] : cases) {
    World world;
    world.inventory.requests[0].number.reset();
    world.inventory.requests[0].library = "libSystem";
    binding.call = "x";
    binding.library = "libSystem";
    world.bindings = {binding};
    const std::string text = TextOf(world.Emit(), "src/syscall/zcalls_linux.go");
    EXPECT_NE(text.find("\t" + expected + "\n"), std::string::npos) << expected << "\n" << text;
    world.bindings[0].how = How::kKept;
    world.bindings[0].proof.reason = "no header";
    EXPECT_EQ(TextOf(world.Emit(), "src/syscall/a.go"), "(no artifact)");
    EXPECT_NE(TextOf(world.Emit(), "calls.json").find("\"reason\": \"no header\""), std::string::npos);
  }
}

// An address that stays is the C function's own, which need not be what the trampoline's name says.
TEST(EmitLlgo, AddressesOfFunctions) {
  World world;
  world.tree["syscall/a.go"] =
      "package syscall\n\nfunc f() {\n\tsyscall6(abi.FuncPCABI0(libc_fstat_trampoline), 3)\n}\n\n"
      "func libc_fstat_trampoline()\n\nvar g = abi.FuncPCABI0(libc_fstat_trampoline)\n";
  world.inventory.bodyless[0].symbol = "syscall.libc_fstat_trampoline";
  world.inventory.bodyless[0].site.func = "libc_fstat_trampoline";
  world.inventory.bodyless[0].site.range = world.RangeOf("syscall/a.go", "func libc_fstat_trampoline()");
  Seam jump;
  jump.site = {
      .package = "syscall", .func = "libc_fstat_trampoline", .span = {"syscall/asm.s", 1, 1}, .range = {}, .rule = "s"};
  jump.symbol = "fstat64";
  jump.library = "libSystem";
  world.inventory.seams = {jump};
  Request& request = world.inventory.requests[0];
  request = world.RequestAt("syscall", "f", "syscall/a.go", 4, "syscall6(", {"3"});
  request.number.reset();
  request.library = "libSystem";
  request.symbol = "fstat64";
  Request start = request;
  start.site.range = world.RangeOf("syscall/a.go", "g = abi.FuncPCABI0(libc_fstat_trampoline)");
  start.entry.clear();
  world.inventory.requests.push_back(start);
  world.bindings = {{.call = "fstat64", .library = "libSystem", .how = How::kKept}};
  EXPECT_EQ(TextOf(world.Emit(), "src/syscall/a.go"),
            "package syscall\n\nfunc f() {\n\tsyscall6(abi.FuncPCABI0(libcify_t_fstat64), 3)\n}\n\n"
            "\n\nvar g = abi.FuncPCABI0(libcify_t_fstat64)\n"
            "\n// Rewritten by libcify (calls go to libc by name); DO NOT EDIT.\n");
  EXPECT_EQ(CallsOf(world), "//go:linkname libcify_t_fstat64 C.fstat64\nfunc libcify_t_fstat64()\n\n");

  // To LLVM a function of C has one type in a package: that of its calls.
  world.inventory.requests = {start};
  world.bindings = {
      {.call = "fstat64", .library = "libSystem", .how = How::kDirect, .link_name = "fstat64", .shape = "i=ip", .words = 2}};
  EXPECT_EQ(CallsOf(world),
            "//go:linkname libcify_c_fstat64 C.fstat64\nfunc libcify_c_fstat64(_ int32, _ unsafe.Pointer) int32\n\n");
}

// A declaration by a directive is bound itself, and its calls stay.
TEST(EmitLlgo, DeclaredFunctionsOfTheSystem) {
  World world;
  world.tree["syscall/w.go"] =
      "package syscall\n\n//go:wasmimport m fd_close\n//go:noescape\nfunc fdClose(fd int32) Errno\n";
  const Range directive = world.RangeOf("syscall/w.go", "//go:wasmimport m fd_close\n//go:noescape\nfunc fdClose(");
  Seam seam;
  seam.site = {.package = "syscall", .func = "fdClose", .span = {"syscall/w.go", 3, 1}, .range = directive, .rule = "s"};
  seam.symbol = "fd_close";
  seam.library = "m";
  world.inventory.seams = {seam};
  Request& request = world.inventory.requests[0];
  request.number.reset();
  request.library = "m";
  request.symbol = "fd_close";
  request.entry = "syscall.fdClose";
  world.bindings = {{.call = "fd_close",
                     .library = "m",
                     .how = How::kDirect,
                     .cfunction = "__wasi_fd_close",
                     .link_name = "fd_close",
                     .error_rule = ErrorRule::kReturned,
                     .shape = "H=i"}};
  world.dialect.imports = {
      {.id = "i", .scope = {}, .directive = "^//go:wasmimport m ", .replacement = "//go:linkname {func} C.{cfunction}"}};
  EXPECT_EQ(TextOf(world.Emit(), "src/syscall/w.go"),
            "package syscall\n\n//go:linkname fdClose C.__wasi_fd_close\n//go:noescape\nfunc fdClose(fd int32) Errno\n"
            "\n// Rewritten by libcify (calls go to libc by name); DO NOT EDIT.\n");
  EXPECT_NE(TextOf(world.Emit(), "calls.json").find("\"cfunction\": \"__wasi_fd_close\""), std::string::npos);
  EXPECT_EQ(TextOf(world.Emit(), "src/syscall/a.go"), "(no artifact)");
  world.dialect.imports.clear();  // and without a rule it is an error, not a gap
  EXPECT_NE(TextOf(world.Emit(), "").find("nothing says what a call by syscall.fdClose becomes"), std::string::npos);
}

TEST(EmitLlgo, AdaptersAreDefinedInCpp) {
  World world;
  world.Bind({.how = How::kAdapted, .cfunction = "getcwd", .link_name = "getcwd", .adapter = "getcwd", .shape = "p=pL"});
  EXPECT_NE(TextOf(world.Emit(), "src/syscall/_libcify/a.cpp").find("\nLIBCIFY_CALL(getcwd)\n"), std::string::npos);
  EXPECT_NE(CallsOf(world).find("func libcify_a_getcwd(a1, a2, a3, a4, a5, a6, number uintptr) int\n"), std::string::npos);
}

// The first rule that covers the target says how closures are kept, in Go and in C++; without one nothing is guessed.
TEST(EmitLlgo, ClosureModes) {
  World world;
  world.overlays["c.go"] = "package c\n\n// libcify:insert closure-mode\n";
  world.overlays["c.cpp"] = "namespace {\n// libcify:insert closure-mode\n}\n";
  world.dialect.adds = {{.id = "go", .scope = {}, .source = "c.go", .target = "os/c.go", .packages = ""},
                        {.id = "cpp", .scope = {}, .source = "c.cpp", .target = "os/_libcify/c.cpp", .packages = ""}};
  world.dialect.closures = {
      {.id = "arm", .file = "", .scope = {.goos = {}, .goarch = {"arm"}, .libc = {}}, .mode = "variable", .reference = "r"},
      {.id = "all", .file = "", .scope = {}, .mode = "llgo", .reference = "r"}};
  EXPECT_NE(TextOf(world.Emit(), "src/os/c.go").find("\n\npackage os\n\nconst libcifyClosureMode = \"llgo\"\n"),
            std::string::npos);
  EXPECT_NE(
      TextOf(world.Emit(), "src/os/_libcify/c.cpp").find("\nnamespace {\nusing ClosureMode = libcify::closure::Llgo;\n}\n"),
      std::string::npos);
  world.target.goarch = "arm";
  EXPECT_NE(TextOf(world.Emit(), "src/os/c.go").find("const libcifyClosureMode = \"variable\"\n"), std::string::npos);
  EXPECT_NE(TextOf(world.Emit(), "src/os/_libcify/c.cpp").find("= libcify::closure::Variable;\n"), std::string::npos);
  world.target.goarch = "386";
  world.dialect.closures.pop_back();
  EXPECT_EQ(
      TextOf(world.Emit(), ""),
      "overlays/c.go: error: asks for the closure mode, and the dialect llgo says none for linux/386; add a rule to its "
      "\"closures\"\n"
      "overlays/c.cpp: error: asks for the closure mode, and the dialect llgo says none for linux/386; add a rule to its "
      "\"closures\"\n");
}

TEST(EmitLlgo, AnotherPackageKeepsItsImport) {
  World world;
  world.inventory.requests = {world.RequestAt("os", "g", "os/b.go", 6, "syscall.Syscall(", {"1", "2", "3"})};
  EXPECT_EQ(TextOf(world.Emit(), "src/os/b.go"),
            "package os\n\nimport \"syscall\"\n\nfunc g() {\n\tlibcify_Syscall_x(1, 2, 3)\n}\n\nvar _ = syscall.Syscall\n"
            "\n// Rewritten by libcify (calls go to libc by name); DO NOT EDIT.\n");
  const std::string text = TextOf(world.Emit(), "src/os/zcalls_linux.go");
  EXPECT_NE(text.find("\n\npackage os\n\nimport \"syscall\"\n"), std::string::npos) << text;
  EXPECT_NE(text.find("(r1, r2 uintptr, err syscall.Errno)"), std::string::npos) << text;
}

TEST(EmitLlgo, WhatMeansTheProcessIsBoundForIt) {
  World world;
  world.Bind({.how = How::kFallback, .cfunction = "syscall", .link_name = "syscall"});
  Binding wide{.call = "x",
               .number = 7,
               .how = How::kDirect,
               .cfunction = "setuid",
               .link_name = "setuid",
               .error_rule = ErrorRule::kErrno,
               .shape = "i=u"};
  world.process_bindings = {wide};
  EXPECT_EQ(CallsOf(world).find("setuid"), std::string::npos);
  world.dialect.calls[0].process_wide = true;
  EXPECT_NE(CallsOf(world).find("libcifyInt(libcify_c_setuid(uint32(a1)))"), std::string::npos);
}

TEST(EmitLlgo, AssemblyIsLeftOutForAllPorts) {
  const World world;
  const Result<std::vector<Artifact>> artifacts = world.Emit();
  ASSERT_TRUE(artifacts) << Format(artifacts.error());
  std::vector<std::string> removed;
  for (const Artifact& artifact : *artifacts) {
    if (artifact.removes) removed.push_back(artifact.replaces);
  }
  EXPECT_EQ(removed, (std::vector<std::string>{"src/syscall/x.s", "src/syscall/y_arm.s"}));
}

TEST(EmitLlgo, AFunctionMustNotLoseItsBody) {
  World world;
  world.dialect.removes[0].provided.clear();
  EXPECT_EQ(
      TextOf(world.Emit(), ""),
      "syscall/a.go:7:6: error: syscall.bare loses its body with the assembly of syscall; an edit must give it one, or "
      "\"provided\" name it [remove]\n");
}

// The compiler wants //go:noescape only where there is no body.
TEST(EmitLlgo, ABodyTakesNoescapeAway) {
  World world;
  world.tree["syscall/a.go"] =
      "package syscall\n\nfunc f(fd int) {\n\tSyscall(SYS_X, uintptr(fd), p, 3)\n}\n\n//go:nosplit\n//go:noescape\n//go:x\n"
      "func bare()\n\n//go:noescape\nfunc other()\n";
  world.inventory.bodyless[0].site.range = world.RangeOf("syscall/a.go", "func bare()");
  EditRule edit;
  edit.id = "body";
  edit.path = "^syscall/a\\.go$";
  edit.prefilter = "func bare\\(";
  edit.query = "(function_declaration name: (identifier) @name !body) @edit";
  edit.where = {{.capture = "name", .matches = "^bare$"}};
  edit.replacement = "$edit {}";
  world.dialect.edits = {edit};
  const std::string text = TextOf(world.Emit(), "src/syscall/a.go");
  EXPECT_NE(text.find("//go:nosplit\n//\n//go:x\nfunc bare() {}\n\n//go:noescape\nfunc other()\n"), std::string::npos)
      << text;
}

TEST(EmitLlgo, NothingIsLost) {
  World world;
  world.dialect.calls.clear();
  EXPECT_EQ(TextOf(world.Emit(), ""), "error: the dialect llgo has no rules for linux/amd64\n");
  world = World();
  world.dialect.calls[0].entries = {"syscall.Other"};
  EXPECT_EQ(
      TextOf(world.Emit(), ""),
      "syscall/a.go:3:2: error: nothing says what a call by syscall.Syscall becomes; the dialect llgo needs a rule for "
      "this\n");
  world = World();
  world.bindings.clear();
  EXPECT_EQ(TextOf(world.Emit(), ""),
            "syscall/a.go:3:2: error: the call x is not bound; the dialect llgo needs a rule for this [call]\n");
  world = World();
  world.dialect.calls[0].function.clear();
  EXPECT_EQ(
      TextOf(world.Emit(), ""),
      "syscall/a.go:3:2: error: the rule of its entry has no function for the call x; the dialect llgo needs a rule for "
      "this [call]\n");
  world = World();
  world.dialect.keeps = {{.id = "keep", .scope = {}, .packages = "^syscall$", .reason = "its own", .reference = "there"}};
  EXPECT_NE(TextOf(world.Emit(), "calls.json").find("\"reason\": \"its own\""), std::string::npos);
  EXPECT_EQ(TextOf(world.Emit(), "src/syscall/a.go"), "(no artifact)");
}

TEST(EmitLlgo, MoreParametersThanWordsAreRefused) {
  World world;
  world.Bind(
      {.how = How::kDirect, .cfunction = "pread", .link_name = "pread", .error_rule = ErrorRule::kErrno, .shape = "l=ipLl"});
  EXPECT_NE(TextOf(world.Emit(), "").find("no Go function can be written that calls pread of the shape l=ipLl"),
            std::string::npos);
}

}  // namespace
}  // namespace libcify
