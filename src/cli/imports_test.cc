// Procedures of Windows that the linker binds, through all rooms: from the example of the rules that find them to Go text.
#include "bind/imports.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <map>
#include <set>

#include "cli/example_testing.h"
#include "emit/emit.h"
#include "headers/headers.h"
#include "rules/rules.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = LIBCIFY_SOURCE_DIR;
const fs::path kRules = kRoot / "rules";
const fs::path kTree = kRules / "extract/dll.windows-amd64.example";

class ImportsTest : public testing::Test {
 protected:
  void Run(const std::string& goarch, const std::string& name = "gc") {
    Result<RuleSet> rules = LoadRules(kRules);
    Result<std::vector<Port>> ports = LoadPorts(kRules);
    Result<Facts> facts = LoadFacts(kRules / "facts" / ("windows-" + goarch + "-win32.json"));
    ASSERT_TRUE(rules && ports && facts);
    const auto port =
        std::find_if(ports->begin(), ports->end(), [&](const Port& one) { return one.Name() == "windows/" + goarch; });
    ASSERT_NE(port, ports->end());
    const Target target{port->goos, port->goarch, port->default_libc, port->libcs.at(port->default_libc), port->triple, {}};
    const Result<scan::CompiledRules> compiled = scan::Compile(*rules, {target});
    ASSERT_TRUE(compiled);
    std::deque<std::string> texts;
    const scan::SourceTree tree = TreeOf(kTree, texts);
    const Result<Inventory> inventory = ScanTree(
        tree, {.port = *port, .target = target, .rules = *compiled, .defines = {}, .jobs = 1, .demand_all_rules = false});
    ASSERT_TRUE(inventory) << Format(inventory.error());
    const auto dialect = std::find_if(rules->dialects.begin(), rules->dialects.end(),
                                      [&](const DialectRules& one) { return one.name == name; });
    const Result<std::vector<Binding>> bindings = name == "gc" ? BindImports(*facts, target, *rules, *dialect, *inventory)
                                                               : BindLinked(*facts, target, *rules, *inventory);
    ASSERT_TRUE(bindings) << Format(bindings.error());
    for (const Binding& one : *bindings) how_[one.call] = std::string(Name(one.how)) + " " + one.proof.rule;
    std::vector<std::string> files;
    for (const scan::SourceFile& file : tree.files) files.push_back(file.path);
    DialectRules without_edits = *dialect;  // the example has no internal/abi
    without_edits.edits.clear();
    const EmitInput input{.target = target,
                          .port = *port,
                          .inventory = *inventory,
                          .bindings = *bindings,
                          .dialect = without_edits,
                          .files = files,
                          .identity = "test",
                          .read_tree = [](const std::string& path) { return ReadFile(kTree / path); },
                          .read_overlay = [](const std::string& path) { return ReadFile(kRoot / "overlays" / path); },
                          .list_tree = [](const std::string&) { return std::vector<std::string>(); }};
    const Result<std::vector<Artifact>> artifacts = name == "gc" ? EmitGc(input) : EmitLlgo(input);
    ASSERT_TRUE(artifacts) << Format(artifacts.error());
    for (const Artifact& artifact : *artifacts) texts_[artifact.path] = artifact.text;
  }

  // Lines of an artifact that hold a word.
  std::string Lines(const std::string& path, const std::string& word) {
    std::string out, text = texts_[path];
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      const std::string line = text.substr(at, end - at + 1);
      if (line.find(word) != std::string::npos)
        out += line.substr(0, line.find(" //")) + (line.find(" //") == line.npos ? "" : "\n");
      at = end + 1;
    }
    return out;
  }

  std::map<std::string, std::string> how_, texts_;
};

TEST_F(ImportsTest, ACallByAddressIsOneOfTheImport) {
  Run("amd64");
  EXPECT_EQ(how_, (std::map<std::string, std::string>{{"CloseHandle", "imported gc.windows.lazy"},
                                                      {"PowerRegisterSuspendResume", "kept gc.windows.looked-up"},
                                                      {"RtlGetVersion", "kept "},
                                                      {"SwitchToThread", "imported dll.seam.load"}}));
  std::set<std::string> paths;
  for (const auto& [path, text] : texts_) paths.insert(path);
  EXPECT_EQ(paths, (std::set<std::string>{"src/syscall/zlibcify_imports_windows.go", "src/syscall/zlibcify_windows.go",
                                          "src/syscall/zsyscall_windows.go"}));
  EXPECT_EQ(Lines("src/syscall/zsyscall_windows.go", "CloseHandle"),
            "\tprocCloseHandle = modkernel32.NewProc(\"CloseHandle\")\n"
            "func CloseHandle(handle Handle) error {\n"
            "\tif err := procCloseHandle.Find(); err != nil {\n"
            "\tSyscallN(uintptr(libcify_CloseHandle), uintptr(handle))                  \n"
            "\tSyscall6(uintptr(libcify_CloseHandle), 1, uintptr(handle), 0, 0, 0, 0, 0)\n");
  EXPECT_EQ(Lines("src/syscall/zlibcify_imports_windows.go", "CloseHandle"),
            "//go:cgo_import_dynamic syscall.libcify_CloseHandle CloseHandle \"kernel32.dll\"\n"
            "var libcify_CloseHandle unsafe.Pointer\n");
  EXPECT_TRUE(texts_["src/syscall/zlibcify_imports_windows.go"].find("\npackage syscall\n") != std::string::npos);
}

// cmd/link makes CloseHandle@4 of it, which is what other linkers of 386 look for.
TEST_F(ImportsTest, On386TheWordsOfAFunctionAreTold) {
  Run("386");
  EXPECT_EQ(Lines("src/syscall/zlibcify_imports_windows.go", "cgo_import_dynamic"),
            "//go:cgo_import_dynamic syscall.libcify_CloseHandle CloseHandle%1 \"kernel32.dll\"\n");
}

// LLGo names the function, with its own types.
TEST_F(ImportsTest, ForLlgoACallByAddressIsOneByType) {
  for (const char* goarch : {"amd64", "arm64"}) {
    Run(goarch, "llgo");
    EXPECT_EQ(how_["CloseHandle"], "direct windows.zero");
    EXPECT_EQ(how_["PowerRegisterSuspendResume"], "kept ");
    EXPECT_EQ(Lines("src/syscall/zsyscall_windows.go", "CloseHandle"),
              "\tprocCloseHandle = modkernel32.NewProc(\"CloseHandle\")\n"
              "func CloseHandle(handle Handle) error {\n"
              "\tif err := procCloseHandle.Find(); err != nil {\n"
              "\tlibcify_SyscallN_CloseHandle(uintptr(handle))                  \n"
              "\tlibcify_Syscall6_CloseHandle(uintptr(handle))\n");
    EXPECT_EQ(Lines("src/syscall/zlibcify_windows_" + std::string(goarch) + ".go", "CloseHandle"),
              "//go:linkname libcify_c_CloseHandle C.CloseHandle\n"
              "func libcify_c_CloseHandle(_ unsafe.Pointer) int32\n"
              "func libcify_Syscall6_CloseHandle(a1 uintptr) (r1, r2 uintptr, err Errno) {\n"
              "\tr1, r2, errno := libcifyZero(libcify_c_CloseHandle(unsafe.Pointer(a1)))\n"
              "func libcify_SyscallN_CloseHandle(a1 uintptr) (r1, r2 uintptr, err Errno) {\n"
              "\tr1, r2, errno := libcifyZero(libcify_c_CloseHandle(unsafe.Pointer(a1)))\n");
  }
}

// Every function that the facts of Windows know is dated, and its library judged; no rule names what the facts do not know.
// Three are looked up by Go itself, which another rule says.
TEST(ImportRulesTest, AreThoseOfTheFacts) {
  const Result<RuleSet> rules = LoadRules(kRules);
  ASSERT_TRUE(rules) << Format(rules.error());
  std::set<std::string> dated, judged, functions, libraries;
  for (const VersionRule& rule : rules->versions) dated.insert(rule.functions.begin(), rule.functions.end());
  for (const LibraryRule& rule : rules->libraries) judged.insert(rule.libraries.begin(), rule.libraries.end());
  for (const char* arch : {"386", "amd64", "arm64"}) {
    const Result<Facts> facts = LoadFacts(kRules / "facts" / ("windows-" + std::string(arch) + "-win32.json"));
    ASSERT_TRUE(facts) << Format(facts.error());
    for (const auto& [name, function] : facts->functions) {
      functions.insert(function.link_name);
      libraries.insert(function.library);
    }
  }
  dated.insert({"AddDllDirectory", "PowerRegisterSuspendResumeNotification", "ProcessPrng"});
  EXPECT_EQ(dated, functions);
  EXPECT_EQ(judged, libraries);
}

}  // namespace
}  // namespace libcify
