// Scans small trees: the examples of the rules, trees with a mechanism that no rule knows, and properties of whole runs.
#include "scan/scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <set>
#include <sstream>

#include "gosrc/asm_dialect.h"
#include "rules/rules.h"
#include "scan/scan_tree.h"

namespace libcify::scan {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = LIBCIFY_SOURCE_DIR;

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Texts of a tree that was made here; trees only point to theirs.
std::string_view Keep(std::string text) {
  static std::deque<std::string> kept;
  return kept.emplace_back(std::move(text));
}

// The files of a folder as a tree: its paths are relative to src.
SourceTree TreeOf(const fs::path& folder) {
  SourceTree tree;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".txt") continue;
    const fs::path path = fs::relative(entry.path(), folder);
    const FileKind kind = path.extension() == ".go"  ? FileKind::kGo
                          : path.extension() == ".s" ? FileKind::kGoAssembly
                                                     : FileKind::kCAssembly;
    tree.files.push_back({path.string(), path.parent_path().string(), kind, Keep(Read(entry.path()))});
  }
  std::sort(tree.files.begin(), tree.files.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return tree;
}

class ScanTest : public testing::Test {
 protected:
  void SetUp() override {
    Result<RuleSet> rules = LoadRules(kRoot / "rules");
    ASSERT_TRUE(rules) << Format(rules.error());
    rules_ = std::move(*rules);
    Result<std::vector<Port>> ports = LoadPorts(kRoot / "rules");
    ASSERT_TRUE(ports) << Format(ports.error());
    ports_ = std::move(*ports);
    UsePort("amd64");
  }

  void UsePort(const std::string& goarch, const std::string& goos = "linux") {
    for (const Port& port : ports_) {
      if (port.goarch == goarch && port.goos == goos) port_ = port;
    }
    ASSERT_EQ(port_.Name(), goos + "/" + goarch);
    target_ = {port_.goos, port_.goarch, port_.default_libc, "", port_.triple};
  }

  // A folder "arm64.name" is of linux/arm64, "darwin-arm64.name" of darwin/arm64, others are of linux/amd64.
  void UsePortOf(const fs::path& folder) {
    const std::string name = folder.filename().string();
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) return UsePort("amd64");
    const std::size_t dash = std::min(name.find('-'), dot);
    if (dash == dot) return UsePort(name.substr(0, dot));
    UsePort(name.substr(dash + 1, dot - dash - 1), name.substr(0, dash));
  }

  Result<Inventory> Run(const SourceTree& tree, std::vector<Explained>* explained = nullptr, int jobs = 2) const {
    // Between two others, whose rules must not be asked.
    const Target before{"windows", "amd64", "", "", ""}, behind{"darwin", "arm64", "libSystem", "", ""};
    const Result<CompiledRules> compiled = Compile(rules_, {before, target_, behind});
    if (!compiled) return Fail(compiled.error());
    return ScanTree(tree,
                    {.port = port_,
                     .target = target_,
                     .rules = *compiled,
                     .index = 1,
                     .defines = {},
                     .jobs = jobs,
                     .demand_all_rules = false},
                    explained);
  }

  RuleSet rules_;
  std::vector<Port> ports_;
  Port port_;
  Target target_;
};

// What the comments of an example promise: "// want: id, id".
std::set<Explained> Wanted(const SourceTree& tree) {
  std::set<Explained> out;
  for (const SourceFile& file : tree.files) {
    std::istringstream lines{std::string(file.text)};
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
      const std::string mark = "// want: ";
      const std::size_t at = line.find(mark);
      if (at == std::string::npos) continue;
      std::istringstream ids(line.substr(at + mark.size()));
      for (std::string id; std::getline(ids, id, ',');) {
        out.insert({file.path, number, id.substr(id.find_first_not_of(' '))});
      }
    }
  }
  return out;
}

std::string Show(const std::set<Explained>& lines) {
  std::string out;
  for (const Explained& one : lines) out += one.path + ":" + std::to_string(one.line) + " " + one.rule + "\n";
  return out;
}

// Every rule file STEM.json has an example: in STEM.example for linux/amd64, STEM.GOARCH.example for other processors,
// STEM.GOOS-GOARCH.example for other systems; its wants and what the file's rules explain are the same; each rule is wanted
// somewhere.
TEST_F(ScanTest, ExamplesShowEachRule) {
  std::set<std::string> files;
  for (const ExtractRule& rule : rules_.extract) files.insert(rule.file);
  ASSERT_FALSE(files.empty());
  for (const std::string& file : files) {
    std::set<std::string> unwanted;
    for (const ExtractRule& rule : rules_.extract) {
      if (rule.file == file) unwanted.insert(rule.id);
    }
    const std::set<std::string> own = unwanted;
    int examples = 0;
    for (const Port& port : ports_) {
      std::string extension = port.goarch == "amd64" ? ".example" : "." + port.goarch + ".example";
      if (port.goos != "linux") extension = "." + port.goos + "-" + port.goarch + ".example";
      const fs::path example = (kRoot / file).replace_extension(extension);
      if (!fs::is_directory(example)) continue;
      SCOPED_TRACE(example);
      ++examples;
      UsePort(port.goarch, port.goos);
      const SourceTree tree = TreeOf(example);
      std::vector<Explained> explained;
      const Result<Inventory> inventory = Run(tree, &explained);
      ASSERT_TRUE(inventory) << Format(inventory.error());
      std::set<Explained> found;
      for (const Explained& one : explained) {
        if (own.contains(one.rule)) found.insert(one);
      }
      const std::set<Explained> wanted = Wanted(tree);
      EXPECT_EQ(Show(wanted), Show(found));
      for (const Explained& one : wanted) unwanted.erase(one.rule);
    }
    EXPECT_GT(examples, 0) << "a rule file needs an example: " << file;
    for (const std::string& id : unwanted) ADD_FAILURE() << id << " is never wanted";
  }
}

// Trees with something that no rule explains; the whole error text is in expected.txt. LIBCIFY_UPDATE_GOLDEN=1 rewrites it.
TEST_F(ScanTest, UnknownMechanismsAreErrors) {
  int cases = 0;
  for (const auto& entry : fs::directory_iterator(kRoot / "testdata/scan")) {
    SCOPED_TRACE(entry.path().filename());
    UsePortOf(entry.path());
    const Result<Inventory> inventory = Run(TreeOf(entry.path()));
    ASSERT_FALSE(inventory);
    const std::string text = Format(inventory.error());
    if (std::getenv("LIBCIFY_UPDATE_GOLDEN") != nullptr) std::ofstream(entry.path() / "expected.txt") << text;
    EXPECT_EQ(Read(entry.path() / "expected.txt"), text);
    ++cases;
  }
  EXPECT_GE(cases, 8);
}

// Without its assembly file, an entry leads nowhere: a file that is missing is not a silent gap.
TEST_F(ScanTest, RemovedFileIsAnError) {
  SourceTree tree = TreeOf(kRoot / "rules/extract/linux_calls.example");
  ASSERT_TRUE(Run(tree));
  std::erase_if(tree.files, [](const SourceFile& file) { return file.kind == FileKind::kGoAssembly; });
  const Result<Inventory> inventory = Run(tree);
  ASSERT_FALSE(inventory);
  EXPECT_NE(Format(inventory.error()).find("syscall.RawSyscall6 has no body"), std::string::npos)
      << Format(inventory.error());
}

TEST_F(ScanTest, UnusedRulesAreErrorsUnlessOptional) {
  const SourceTree tree = TreeOf(kRoot / "rules/extract/linux_vdso.example");
  const Result<CompiledRules> compiled = Compile(rules_, {target_});
  ASSERT_TRUE(compiled) << Format(compiled.error());
  const Result<Inventory> inventory = ScanTree(tree, {.port = port_, .target = target_, .rules = *compiled, .defines = {}});
  ASSERT_FALSE(inventory);
  const std::string text = Format(inventory.error());
  EXPECT_NE(text.find("rules/extract/linux_seams.json: error: this rule explains nothing in the tree; a rule that only some "
                      "trees need says \"optional\": true [linux.seam.vfork]"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("linux.vdso.row"), std::string::npos) << text;
}

// One text in two files is parsed once; each file has its own places, and a file whose declarations do not parse one by one
// is read as a whole.
TEST_F(ScanTest, TheSameDeclarationInSeveralFiles) {
  const std::string call = "func f() {\n\tSyscall(SYS_READ, 1, 2, 3)\n}\n";
  const std::string cut = "var x = g(Syscall(SYS_READ, 1, 2, 3)) /* c\n*/\n";
  SourceTree tree = TreeOf(kRoot / "rules/extract/linux_entries.example");
  const auto add = [&](const std::string& name, const std::string& text) {
    tree.files.push_back({"syscall/" + name, "syscall", FileKind::kGo, Keep("package syscall\n\n" + text)});
  };
  add("a.go", call);
  add("b.go", "var v = 1\n\n" + call);
  add("c.go", cut);
  add("zsysnum_linux_amd64.go", "const (\n\tSYS_READ = 0\n)\n");
  const Result<Inventory> inventory = Run(tree);
  std::string places;
  const std::string errors = inventory ? "" : Format(inventory.error());
  for (const Request& request : inventory ? inventory->requests : std::vector<Request>()) {
    places += request.site.span.file + ":" + std::to_string(request.site.span.line) + ":" +
              std::to_string(request.site.span.column) + " " + request.site.func + "\n";
  }
  EXPECT_EQ(places, "syscall/a.go:4:2 f\nsyscall/b.go:6:2 f\nsyscall/c.go:3:11 \n") << errors;
}

TEST_F(ScanTest, ResultDoesNotDependOnThreads) {
  const SourceTree tree = TreeOf(kRoot / "rules/extract/linux_entries.example");
  const Result<Inventory> one = Run(tree, nullptr, 1);
  ASSERT_TRUE(one) << Format(one.error());
  for (const int jobs : {2, 3, 16}) {
    const Result<Inventory> many = Run(tree, nullptr, jobs);
    ASSERT_TRUE(many);
    EXPECT_EQ(one->seams, many->seams);
    EXPECT_EQ(one->requests, many->requests);
    EXPECT_EQ(one->entries, many->entries);
    EXPECT_EQ(one->bodyless, many->bodyless);
  }
}

TEST_F(ScanTest, NumbersAndNames) {
  const Result<Inventory> inventory = Run(TreeOf(kRoot / "rules/extract/linux_calls.example"));
  ASSERT_TRUE(inventory) << Format(inventory.error());
  std::vector<std::string> shown;
  for (const Request& request : inventory->requests) {
    shown.push_back(request.site.span.file + ":" + std::to_string(request.site.span.line) + " " + request.site.func + " " +
                    request.symbol + " " + std::to_string(request.number.value_or(-1)) + " " + request.entry + " " +
                    std::to_string(request.arguments.size()));
  }
  const std::vector<std::string> expected = {
      "os/file.go:9 read read 0 syscall.RawSyscall6 6",
      "syscall/syscall_linux.go:3  read 0  0",
      "syscall/syscall_linux.go:5  fcntl 72  0",
      "syscall/syscall_linux.go:8 init read 0  0",
      "syscall/syscall_linux.go:14 read read 0 syscall.RawSyscall6 6",
      "syscall/syscall_linux.go:15 read  -1 syscall.RawSyscall6 6",  // two values were assigned: not constant
      "syscall/syscall_linux.go:16 read  -1 syscall.RawSyscall6 6",
  };
  EXPECT_EQ(shown, expected);
}

// A function with each port's way to make system call 20, or two of them: the number is found, and the dialect and the row
// agree on every register that the row names.
TEST_F(ScanTest, EveryPortsInstruction) {
  struct Case {
    std::string goarch, body;
    int sites;
    std::string goos = "linux";
  };
  const std::vector<Case> cases = {
      {"amd64", "MOVL $20, AX\nSYSCALL\n", 1},
      {"386", "#define ENTER INT $0x80\nMOVL $20, AX\nENTER\nMOVL $20, AX\nINT $0x80\n", 2},
      {"arm", "#define BASE 4\n#define N (BASE + 16)\nMOVW $N, R7\nSWI $0\n", 1},
      {"arm64", "MOVD $20, R8\nSVC\nMOVW $20, R8\nSVC $0\n", 2},
      {"riscv64", "MOV $20, A7\nECALL\n", 1},
      {"loong64", "MOVV $20, R11\nSYSCALL\n", 1},
      {"s390x", "MOVW $20, R1\nSYSCALL\nSYSCALL $20\n", 2},
      {"ppc64", "SYSCALL $20\nMOVD $20, R9\nSYSCALL R9\n", 2},
      {"ppc64le", "#define N 20\nSYSCALL $N\nMOVD $N, R10\nSYSCALL R10\n", 2},
      {"mips", "MOVW $20, R2\nSYSCALL\n", 1},
      {"mipsle", "MOVW $20, R2\nSYSCALL\n", 1},
      {"mips64", "MOVV $20, R2\nSYSCALL\n", 1},
      {"mips64le", "MOVV $20, R2\nSYSCALL\n", 1},
      {"amd64", "MOVL $20, AX\nSYSCALL\n", 1, "android"},
      {"386", "MOVL $20, AX\nINT $0x80\n", 1, "android"},
      {"arm", "MOVW $20, R7\nSWI $0\n", 1, "android"},
      {"arm64", "MOVD $20, R8\nSVC\n", 1, "android"},
      {"amd64", "MOVL $20, AX\nSYSCALL\nJCC 2(PC)\nNEGQ AX\n", 1, "freebsd"},
      {"386", "MOVL $20, AX\nINT $0x80\nJCC 2(PC)\nNEGL AX\n", 1, "freebsd"},
      {"arm", "MOVW $20, R7\nSWI $0\n", 1, "freebsd"},
      {"arm64", "#define SYS_syscall 0\nMOVD $20, R8\nSVC\nMOVD $20, R8\nSVC $SYS_syscall\n", 2, "freebsd"},
      {"riscv64", "MOV $20, T0\nECALL\n", 1, "freebsd"},
      {"amd64", "MOVL $20, AX\nSYSCALL\n", 1, "netbsd"},
      {"386", "MOVL $20, AX\nINT $0x80\n", 1, "netbsd"},
      {"arm", "#define SWI_OS_NETBSD 0xa00000\nSWI $0xa00014\nMOVW $20, R0\nSWI $SWI_OS_NETBSD\n", 2, "netbsd"},
      {"arm64", "SVC $20\nMOVD $20, R17\nSVC $0\n", 2, "netbsd"},
      {"amd64", "MOVL $20, AX\nSYSCALL\n", 1, "dragonfly"},
      {"amd64", "MOVL $20, AX\nSYSCALL\n", 1, "darwin"},
      {"arm64", "MOVD $20, R16\nSVC $0x80\n", 1, "darwin"},
      {"amd64", "MOVL $20, AX\nSYSCALL\n", 1, "ios"},
      {"arm64", "MOVD $20, R16\nSVC $0x80\n", 1, "ios"},
      {"amd64", "MOVQ $20, BP\nSYSCALL\n", 1, "plan9"},
      {"386", "MOVL $20, AX\nINT $64\n", 1, "plan9"},
      {"arm", "MOVW $20, R0\nSWI $0\nCMP $0, R1\nBEQ 3(PC)\nADD $1, R2\nB -3(PC)\nMOVW $20, R0\nSWI $0\n", 2, "plan9"},
  };
  const auto by_instruction = [](const Port& port) { return !port.syscall.instructions.empty(); };
  ASSERT_EQ(std::ssize(cases), std::count_if(ports_.begin(), ports_.end(), by_instruction)) << "every port needs a case";
  for (const Case& one : cases) {
    SCOPED_TRACE(one.goos + "/" + one.goarch);
    UsePort(one.goarch, one.goos);
    SourceTree tree;
    tree.files.push_back({"runtime/a.s", "runtime", FileKind::kGoAssembly,
                          Keep("TEXT \u00b7f(SB),NOSPLIT|NOFRAME,$0\n" + one.body + "RET\n")});
    const Result<Inventory> inventory = Run(tree);
    ASSERT_TRUE(inventory) << Format(inventory.error());
    EXPECT_EQ(inventory->seams.size(), static_cast<std::size_t>(one.sites));
    for (const Seam& seam : inventory->seams) {
      EXPECT_EQ(seam.number, 20);
      EXPECT_TRUE(seam.live.empty()) << seam.live.front();
      EXPECT_TRUE(seam.obstacles.empty()) << seam.obstacles.front().what;
    }
    const AsmDialect* dialect = FindAsmDialect(one.goarch);
    ASSERT_NE(dialect, nullptr);
    EXPECT_EQ(port_.syscall.link_register, !dialect->link().empty());
    // What the row says that is lost is a register of the dialect: naming it in front of a known instruction is a read.
    if (one.goarch == "amd64" || one.goarch == "386") continue;
    for (const std::string& name : port_.syscall.c_saves_never) {
      if (name == "flags") continue;
      AsmStatement move;
      move.mnemonic = one.goarch == "riscv64" ? "MOV" : "MOVW";
      move.operands = {name, "8(R20)"};
      const std::optional<AsmEffect> effect = dialect->Describe(move);
      ASSERT_TRUE(effect);
      EXPECT_TRUE(std::find(effect->reads.begin(), effect->reads.end(), name) != effect->reads.end()) << name;
    }
  }
}

// A real tree, where the machine has one: the accounting closes on every port, and what the seams of amd64 are does not
// depend on the version. What is found for a target does not depend on the others that are scanned beside it.
TEST_F(ScanTest, RealTree) {
  const char* root = std::getenv("LIBCIFY_TEST_GOROOT");
  if (root == nullptr) GTEST_SKIP() << "LIBCIFY_TEST_GOROOT names no Go tree";
  const Result<Goroot> goroot = Goroot::Open(root);
  ASSERT_TRUE(goroot) << Format(goroot.error());
  const Result<std::vector<std::string>> known = goroot->Ports();
  ASSERT_TRUE(known) << Format(known.error());
  std::erase_if(ports_,
                [&](const Port& port) { return std::find(known->begin(), known->end(), port.Name()) == known->end(); });
  const auto open = [&](const std::vector<Target>& targets) {
    return Scanner::Open(*goroot, std::async([] { return LoadRules(kRoot / "rules"); }), targets, {});
  };
  std::vector<Target> targets;
  for (const Port& port : ports_) targets.push_back({port.goos, port.goarch, port.default_libc, "", port.triple});
  const Result<Scanner> scanner = open(targets);
  ASSERT_TRUE(scanner) << Format(scanner.error());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Port& port = ports_[i];
    SCOPED_TRACE(port.Name());
    const Result<Inventory> inventory = scanner->Scan(i, port, {});
    ASSERT_TRUE(inventory) << Format(inventory.error());
    if (port.goarch == "amd64" && (port.goos == "linux" || port.goos == "windows" || port.goos == "darwin")) {
      const Result<Scanner> alone = open({targets[i]});
      ASSERT_TRUE(alone) << Format(alone.error());
      const Result<Inventory> same = alone->Scan(0, port, {});
      ASSERT_TRUE(same) << Format(same.error());
      EXPECT_TRUE(inventory->seams == same->seams);
      EXPECT_TRUE(inventory->requests == same->requests);
      EXPECT_TRUE(inventory->entries == same->entries);
      EXPECT_TRUE(inventory->bodyless == same->bodyless);
    }
    std::map<SeamRole, int> roles;
    for (const Seam& seam : inventory->seams) ++roles[seam.role];
    if (port.goos != "linux") continue;
    EXPECT_EQ(roles[SeamRole::kVfork], 1);
    EXPECT_GT(roles[SeamRole::kEnter], 30);
    for (const Seam& seam : inventory->seams) {
      if (seam.role == SeamRole::kEnter) {
        EXPECT_FALSE(seam.full_save) << Format(Error{seam.site.span, "full save"});
      }
    }
    if (port.goarch != "amd64") continue;
    EXPECT_EQ(roles[SeamRole::kUnreachable], 6);
    EXPECT_EQ(roles[SeamRole::kEnter], 39);
  }
}

}  // namespace
}  // namespace libcify::scan
