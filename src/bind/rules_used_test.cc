// Rules, adapters, their comparisons and docs/bindings.md belong together: none is left over, none is missing.
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

#include "bind/shims_testing.h"
#include "rules/rules.h"

namespace libcify {
namespace {

// Names that follow a word and a parenthesis in all files of a folder: "CASE(" gives the first argument of each case.
std::set<std::string> NamesAfter(const fs::path& folder, const std::string& word) {
  std::set<std::string> out;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    std::istringstream lines(ReadText(entry.path()));
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with(word + "(")) out.insert(line.substr(word.size() + 1, line.find_first_of(",)") - word.size() - 1));
    }
  }
  return out;
}

TEST(AdapterTest, EveryAdapterIsBoundAndCompared) {
  const std::set<std::string> written = NamesAfter(kSource / "overlays/include/libcify", "LIBCIFY_ADAPTER");
  Result<RuleSet> rules = LoadRules(kSource / "rules");
  ASSERT_TRUE(rules) << Format(rules.error());
  std::set<std::string> bound;
  for (const BindRule& rule : rules->bind) {
    if (!rule.adapter.empty()) bound.insert(rule.adapter);
  }
  EXPECT_GT(written.size(), 30U);
  EXPECT_EQ(written, bound);
  std::set<std::string> compared = NamesAfter(kSource / "testdata/shims", "CASE");
  compared.merge(NamesAfter(kSource / "testdata/shims", "CASE_OF"));
  EXPECT_EQ(written, compared);
}

// Facts of libraries that Go calls by name.
std::string LibraryColumns() {
  std::string out;
  for (const char* name : {"darwin-amd64-libSystem", "darwin-arm64-libSystem", "openbsd-amd64-libc", "wasip1-wasm-wasi-libc",
                           "windows-amd64-win32"}) {
    out += std::string(" ") + name + ".json=baseline";
  }
  return out;
}

// All committed facts of numbers, each libc with the port's baseline, and glibc with what the facts know as well.
std::string AllColumns() {
  std::set<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(kSource / "rules/facts")) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with("-glibc.json")) names.insert(name + "=baseline " + name);
    if (name.ends_with("-musl.json")) names.insert(name + "=baseline");
    for (const char* port : {"dragonfly-amd64", "freebsd-386", "freebsd-amd64", "freebsd-arm", "freebsd-arm64",
                             "freebsd-riscv64", "netbsd-386", "netbsd-amd64", "netbsd-arm", "netbsd-arm64"}) {
      if (name == std::string(port) + "-libc.json") names.insert(name + "=baseline");
    }
  }
  std::string out;
  for (const std::string& name : names) out += " " + name;
  return out;
}

// A rule that decides nothing for any port and libc is a leftover.
TEST(BindRulesTest, AllAreUsed) {
  Result<RuleSet> rules = LoadRules(kSource / "rules");
  ASSERT_TRUE(rules) << Format(rules.error());
  Ran ran = Shell(ReportOf("used", AllColumns() + LibraryColumns()));
  ASSERT_EQ(ran.status, 0) << ran.output;
  const auto used = [&](const std::string& id) { return ("\n" + ran.output).find("\n" + id + "\n") != std::string::npos; };
  for (const BindRule& rule : rules->bind) EXPECT_TRUE(used(rule.id)) << rule.id;
  // Those of Go's structures need a Go tree: src/cli/layouts_test.py.
  for (const ToleranceRule& rule : rules->tolerances) EXPECT_TRUE(rule.where == "go-record" || used(rule.id)) << rule.id;
}

// What docs/bindings.md says between its marks is what bind_report says. LIBCIFY_UPDATE_GOLDEN=1 writes it.
TEST(BindingsPageTest, IsCurrent) {
  const std::string begin = "<!-- bind_report begins -->\n", end = "<!-- bind_report ends -->\n";
  Ran shares = Shell(ReportOf("shares", AllColumns()));
  ASSERT_EQ(shares.status, 0) << shares.output;
  Ran ran =
      Shell(ReportOf("markdown", "linux-amd64-glibc.json=2.31 linux-amd64-glibc.json=2.36 linux-amd64-musl.json=1.2.3"));
  ASSERT_EQ(ran.status, 0) << ran.output;
  const fs::path page = kSource / "docs/bindings.md";
  const std::string text = ReadText(page);
  const std::size_t from = text.find(begin), to = text.find(end);
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);
  const std::string current = text.substr(0, from + begin.size()) + shares.output + "\n" + ran.output + text.substr(to);
  if (std::getenv("LIBCIFY_UPDATE_GOLDEN") != nullptr) WriteText(page.string(), current);
  EXPECT_TRUE(ReadText(page) == current) << "docs/bindings.md is old; LIBCIFY_UPDATE_GOLDEN=1 writes it anew";
}

}  // namespace
}  // namespace libcify
