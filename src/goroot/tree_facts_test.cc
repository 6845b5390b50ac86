#include "goroot/tree_facts.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "goroot/arch_level.h"

namespace libcify {
namespace {

// A tree in memory.
class MemoryTree : public TreeReader {
 public:
  std::map<std::string, std::string> files;

  [[nodiscard]] bool Exists(const std::string& path) const override { return files.contains(path); }
  [[nodiscard]] Result<GoText> Read(const std::string& path) const override { return GoText::Parse(path, files.at(path)); }
};

// The places and shapes of an older tree; SmallTree in goroot_test.cc has the newer ones.
MemoryTree OldTree() {
  MemoryTree tree;
  tree.files = {
      {"src/go/build/syslist.go",
       "var knownOS = map[string]bool{\"linux\": true, \"odd\": false,}\nvar unixOS = map[string]bool{\"linux\": true}\n"
       "var knownArch = map[string]bool{\n\t\"amd64\": true,\n\t\"arm\": true,\n}\n"},
      {"src/internal/goversion/goversion.go", "const Version = 12"},
      {"src/internal/buildcfg/zbootstrap.go", "const defaultGOARM = `5`"},
      {"src/cmd/dist/build.go",
       "var cgoEnabled = map[string]bool{\"linux/arm\": false, \"linux/amd64\": true, \"linux/x\": true}\n"
       "var incomplete = map[string]bool{\"linux/x\": true}"},
      {"src/internal/buildcfg/cfg.go", "package buildcfg"},
      {"src/internal/buildcfg/exp.go", "package buildcfg"},
      {"src/internal/goexperiment/flags.go", "package goexperiment"},
  };
  return tree;
}

std::string ErrorsOf(const MemoryTree& tree) {
  const auto facts = ReadTreeFacts(tree);
  return facts ? "" : Format(facts.error());
}

TEST(TreeFacts, OldShapes) {
  const auto facts = ReadTreeFacts(OldTree());
  ASSERT_TRUE(facts.has_value()) << Format(facts.error());
  EXPECT_TRUE(facts->known.os.contains("odd"));  // a key is a name, whatever its value
  EXPECT_EQ(facts->known.arch, (TagSet{"amd64", "arm"}));
  EXPECT_EQ(facts->known.unix_os, (TagSet{"linux"}));
  EXPECT_EQ(facts->release, 12);
  EXPECT_EQ(facts->defaults.at("GOARM"), "5");
  EXPECT_EQ(facts->defaults.at("GOAMD64"), "v1");
  EXPECT_EQ(facts->ports, (std::vector<std::string>{"linux/amd64", "linux/arm"}));
  EXPECT_EQ(facts->broken_ports, (std::vector<std::string>{"linux/x"}));
  EXPECT_EQ(facts->asm_arguments, nullptr);
}

TEST(TreeFacts, Errors) {
  const struct {
    const char* file;
    const char* text;  // null: the file is not there
    const char* error;
  } kCases[] = {
      {"src/go/build/syslist.go", nullptr,
       "error: no list of systems in this Go tree; expected src/internal/syslist/syslist.go, src/go/build/syslist.go\n"},
      {"src/go/build/syslist.go", "var knownOS = names()",
       "src/go/build/syslist.go: error: no tables KnownOS, KnownArch and UnixOS found\n"},
      {"src/go/build/syslist.go", "var knownOS = map[string]bool{\n\tlinux: true}",
       "src/go/build/syslist.go:2:2: error: expected \"name\": true in the table knownOS\n"},
      {"src/go/build/syslist.go", "var knownOS = map[string]bool{\"a\": true; \"b\": true}",
       "src/go/build/syslist.go:1:40: error: expected a comma in the table knownOS\n"},
      {"src/go/build/syslist.go", "var knownOS = map[string]bool{\"a\": true",
       "src/go/build/syslist.go: error: no tables KnownOS, KnownArch and UnixOS found\n"},
      {"src/internal/goversion/goversion.go", "const Version = 1x",
       "src/internal/goversion/goversion.go: error: no constant Version with a release number found\n"},
      {"src/internal/goversion/goversion.go", "const Version = 99999999",
       "src/internal/goversion/goversion.go: error: no constant Version with a release number found\n"},
      {"src/internal/goversion/goversion.go", "/* open",
       "src/internal/goversion/goversion.go:1:1: error: comment without end\n"},
      {"src/cmd/dist/build.go", "package main", "src/cmd/dist/build.go: error: no list of ports found\n"},
      {"src/internal/buildcfg/exp.go", nullptr,
       "error: no default experiments in this Go tree; expected src/internal/buildcfg/exp.go\n"},
      {"src/internal/platform/zosarch.go", "var List = []OSArch{\n{\"a\", b}}",
       "src/internal/platform/zosarch.go:2:1: error: expected {\"os\", \"arch\"} in the list of ports\n"},
      {"src/internal/platform/zosarch.go", "var List = []OSArch{}\nvar distInfo = x{Broken: true}",
       "src/internal/platform/zosarch.go:2:18: error: expected {\"os\", \"arch\"}: {… Broken: true …}\n"},
  };
  for (const auto& c : kCases) {
    MemoryTree tree = OldTree();
    tree.files.erase(c.file);
    if (c.text != nullptr) tree.files[c.file] = c.text;
    EXPECT_EQ(ErrorsOf(tree), c.error) << c.file << ": " << (c.text == nullptr ? "" : c.text);
  }
}

// What cfg.go says of which architecture has tags; the levels themselves are the defaults.
constexpr char kTagsFunction[] = R"(func gogoarchTags() []string {
	switch GOARCH {
	case "386", "amd64", "arm", "arm64", "mips", "mipsle", "mips64", "ppc64", "ppc64le", "loong64":
		return levels()
	case "riscv64":
		list := []string{GOARCH + "." + "rva20u64"}
		if GORISCV64 >= 22 {
			list = append(list, GOARCH+"."+"rva22u64")
		}
		if GORISCV64 >= 23 {
			list = append(list, GOARCH+"."+"rva23u64")
		}
		return list
	case "wasm":
		list = append(list, GOARCH+".one")
		if GOWASM.Two {
			list = append(list, GOARCH+".two")
		}
		return list
	}
	return nil
})";

TEST(ArchLevel, Tags) {
  const struct {
    const char* goos;
    const char* goarch;
    const char* variable;
    const char* level;
    const char* tags;
  } kCases[] = {
      {"linux", "386", "GO386", "softfloat", "386.softfloat"},
      {"linux", "amd64", "GOAMD64", "v3", "amd64.v1 amd64.v2 amd64.v3"},
      {"linux", "arm", "GOARM", "6,softfloat", "arm.5 arm.6"},
      {"android", "arm", "GOARM", "5", "arm.5 arm.6 arm.7"},
      {"linux", "arm64", "GOARM64", "v8.1,lse", "arm64.v8.0 arm64.v8.1"},
      {"linux", "arm64", "GOARM64", "v9.0", "arm64.v9.0 arm64.v8.0 arm64.v8.1 arm64.v8.2 arm64.v8.3 arm64.v8.4 arm64.v8.5"},
      {"linux", "mipsle", "GOMIPS", "hardfloat", "mipsle.hardfloat"},
      {"linux", "mips64", "GOMIPS64", "softfloat", "mips64.softfloat"},
      {"linux", "ppc64le", "GOPPC64", "power9", "ppc64le.power8 ppc64le.power9"},
      {"linux", "riscv64", "GORISCV64", "rva22u64", "riscv64.rva20u64 riscv64.rva22u64"},
      {"js", "wasm", "GOWASM", "", "wasm.one"},
      {"linux", "s390x", "GOS390X", "", ""},
      {"linux", "loong64", "GOLOONG64", "", "src/internal/buildcfg/cfg.go:3:87: error: no known tags for loong64\n"},
      {"linux", "amd64", "GOAMD64", "fast",
       "src/internal/buildcfg/cfg.go:3:14: error: no known tags for amd64 at level fast\n"},
      {"linux", "arm64", "GOARM64", "v10",
       "src/internal/buildcfg/cfg.go:3:30: error: no known tags for arm64 at level v10\n"},
  };
  MemoryTree tree = OldTree();
  tree.files["src/internal/buildcfg/cfg.go"] = kTagsFunction;
  for (const auto& c : kCases) {
    auto facts = ReadTreeFacts(tree);
    ASSERT_TRUE(facts.has_value());
    facts->defaults[c.variable] = c.level;
    const auto tags = LevelTags(*facts, c.goos, c.goarch);
    std::string text = tags ? "" : Format(tags.error());
    for (const std::string& tag : tags.value_or(std::vector<std::string>())) text += (text.empty() ? "" : " ") + tag;
    EXPECT_EQ(text, c.tags) << c.goos << "/" << c.goarch;
  }
  const auto older = ReadTreeFacts(OldTree());
  EXPECT_TRUE(LevelTags(*older, "linux", "amd64")->empty());
}

TEST(ArchLevel, Defines) {
  const struct {
    const char* goarch;
    const char* variable;
    const char* level;
    const char* command;  // of the go command's source; null: not there
    const char* defines;
  } kCases[] = {
      {"amd64", "GOAMD64", "v2", "\"GOAMD64_\"", "GOAMD64_v2"},
      {"amd64", "GOAMD64", "v2", nullptr, "GOAMD64_v2"},
      {"amd64", "GOAMD64", "v2", "\"GO386_\"", ""},
      {"arm", "GOARM", "7", "\"GOARM_7\"", "GOARM_5 GOARM_6 GOARM_7"},
      {"arm", "GOARM", "7", "case \"7\": \"GOARM_7\"", "GOARM_5"},  // see ComparesWholeLevel
      {"arm64", "GOARM64", "v8.0", "\"GOARM64_LSE\"", ""},
      {"arm64", "GOARM64", "v8.0,lse", "\"GOARM64_LSE\"", "GOARM64_LSE"},
      {"arm64", "GOARM64", "v9.0", "\"GOARM64_LSE\"", "GOARM64_LSE"},
      {"ppc64", "GOPPC64", "power9", "\"GOPPC64_power8\"", "GOPPC64_power8 GOPPC64_power9"},
      {"mips64le", "GOMIPS64", "softfloat", "\"GOMIPS64_\"", "GOMIPS64_softfloat"},
      {"riscv64", "GORISCV64", "rva20u64", "\"GORISCV64_\"", "GORISCV64_rva20u64"},
      {"s390x", "GOS390X", "", nullptr, ""},
  };
  for (const auto& c : kCases) {
    MemoryTree tree = OldTree();
    tree.files["src/internal/buildcfg/cfg.go"] = "const hard = \",hardfloat\"";
    if (c.command != nullptr) tree.files["src/cmd/go/internal/work/gc.go"] = c.command;
    auto facts = ReadTreeFacts(tree);
    ASSERT_TRUE(facts.has_value());
    facts->defaults[c.variable] = c.level;
    std::string text;
    for (const auto& [name, value] : LevelDefines(*facts, "linux", c.goarch)) {
      text += (text.empty() ? "" : " ") + name;
      EXPECT_EQ(value, "1");
    }
    EXPECT_EQ(text, c.defines) << c.goarch << " " << c.level;
  }
}

}  // namespace
}  // namespace libcify
