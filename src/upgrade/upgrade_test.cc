#include <gtest/gtest.h>

#include "upgrade/report.h"

namespace libcify {
namespace {

Place Request(const std::string& call, int number, const std::string& func, const std::string& file = "syscall/z_linux.go",
              const std::string& entry = "syscall.Syscall", int arguments = 3) {
  return {.kind = "request",
          .call = call,
          .number = number,
          .library = {},
          .file = file,
          .func = func,
          .entry = entry,
          .arguments = arguments,
          .line = 7};
}

Record OnLinux(const std::string& arch, std::vector<Place> places) {
  Record out{.go = "go1", .target = "linux/" + arch, .libc = "glibc-2.31", .places = std::move(places)};
  for (const Place& place : out.places) {
    if (!place.call.empty()) out.services[{place.call, place.library}] = {"direct", place.call, {}, {}, {}};
  }
  out.rules = {"r.call"};
  return out;
}

Tree TreeOf(const std::string& go, std::vector<Record> records) {
  Tree out{.go = go, .records = {}, .unread = {}, .unknown = {}};
  for (Record& record : records) {
    const std::string port = record.target;
    out.records.emplace(port, std::move(record));
  }
  return out;
}

// All lines behind the headline.
std::string Body(const Upgrade& upgrade) {
  const std::string text = UpgradeText(upgrade);
  return text.substr(text.find('\n') + 1);
}

std::string Between(const std::vector<Place>& before, const std::vector<Place>& after) {
  return Body(Compare(TreeOf("a", {OnLinux("amd64", before)}), TreeOf("b", {OnLinux("amd64", after)})));
}

TEST(Upgrade, NothingChanged) {
  const Tree tree = TreeOf("go1", {OnLinux("amd64", {Request("read", 0, "read")})});
  const Upgrade upgrade = Compare(tree, tree);
  EXPECT_EQ(UpgradeText(upgrade), "go1 → go1, linux/amd64: nothing changed in how Go reaches the system\n");
  EXPECT_EQ(upgrade.CountDecisions(), 0U);
}

// Each kind of change at a place, alone and in whole.
TEST(Upgrade, ChangesOfPlaces) {
  const Place read = Request("read", 0, "read");
  const struct {
    std::vector<Place> before, after;
    const char* text;
  } kCases[] = {
      {{read},
       {read, Request("pread", 17, "pread")},
       "\nNew calls\n  pread (17): direct, libc's pread; in syscall.pread — linux/amd64\n"},
      {{read, Request("pread", 17, "pread")},
       {read},
       "\nCalls that are gone\n  pread (17): was in syscall.pread — linux/amd64\n"},
      {{read}, {Request("read", 63, "read")}, "\nCalls with another number\n  read: 0 → 63 — linux/amd64\n"},
      {{read},
       {Request("read", 0, "read", "syscall/z_linux.go", "syscall.Syscall6")},
       "\nCalls by another entry\n  syscall.Syscall → syscall.Syscall6: read in syscall.read — linux/amd64\n"},
      {{read},
       {Request("read", 0, "read", "syscall/z_linux.go", "syscall.Syscall", 2)},
       "\nCalls with more or fewer arguments\n  read in syscall.read: 3 → 2 — linux/amd64\n"},
      {{read},
       {Request("read", 0, "read", "os/z_linux.go")},
       "\nCalls that moved\n  syscall → os: read in read — linux/amd64\n"},
      {{read}, {Request("read", 0, "readIt")}, "\nCalls that moved\n  read → readIt: read in syscall — linux/amd64\n"},
      // The processor's name in a file's name is no difference between ports.
      {{Request("read", 0, "read", "syscall/a_linux_amd64.go")},
       {Request("read", 0, "read", "syscall/b_linux_amd64.go")},
       "\nCalls that moved\n  syscall/a_linux_$GOARCH.go → syscall/b_linux_$GOARCH.go: read in syscall.read — "
       "linux/amd64\n"},
      {{read},
       {read, Request("read", 0, "readn"), Request("read", 0, "readAll")},
       "\nCalls in more places\n  read: syscall.readAll, syscall.readn — linux/amd64\n"},
      {{read, Request("read", 0, "readn")}, {read}, "\nCalls in fewer places\n  read: syscall.readn — linux/amd64\n"},
  };
  for (const auto& one : kCases) EXPECT_EQ(Between(one.before, one.after), one.text);
}

TEST(Upgrade, AnotherMechanism) {
  const Place read = Request("read", 0, "read");
  Place seam = read;
  seam.kind = "seam.enter";
  seam.entry.clear();
  EXPECT_EQ(Between({read}, {seam}),
            "\nCalls that leave Go otherwise\n  request by syscall.Syscall → seam.enter: read in syscall.read — "
            "linux/amd64\n");
  Place by_name = read;
  by_name.number.reset();
  by_name.library = "libc.so";
  EXPECT_EQ(Between({read}, {by_name}), "\nCalls that leave Go otherwise\n  by number → of libc.so: read — linux/amd64\n");
}

// What cannot be paired by its call: a number that is not constant.
TEST(Upgrade, DynamicNumbers) {
  Place dynamic = Request("", 0, "Call");
  dynamic.number.reset();
  EXPECT_EQ(Between({Request("read", 0, "read")}, {Request("read", 0, "read"), dynamic}),
            "\nCalls in more places\n  a number that is not constant: syscall.Call — linux/amd64\n");
}

TEST(Upgrade, WorseServiceNeedsDecision) {
  const Place read = Request("read", 0, "read");
  Record before = OnLinux("amd64", {read}), after = before;
  after.services[{"read", ""}] = {"fallback", "syscall", "", "read takes a fourth word", "read(2)"};
  const Upgrade worse = Compare(TreeOf("a", {before}), TreeOf("b", {after}));
  EXPECT_EQ(worse.CountDecisions(), 1U);
  EXPECT_EQ(Body(worse),
            "\nCalls that libc served by name, and no longer does (decide: accept the reason, or add a rule to rules/bind)\n"
            "  ! read: direct, libc's read → fallback, libc's syscall, because read takes a fourth word (read(2)) — "
            "linux/amd64\n");
  const Upgrade better = Compare(TreeOf("b", {after}), TreeOf("a", {before}));
  EXPECT_EQ(better.CountDecisions(), 0U);
  EXPECT_EQ(Body(better),
            "\nCalls that are served otherwise\n"
            "  read: fallback, libc's syscall → direct, libc's read, because read takes a fourth word (read(2)) — "
            "linux/amd64\n");
}

TEST(Upgrade, RulesThatMatchNothing) {
  const Place read = Request("read", 0, "read");
  Record amd64 = OnLinux("amd64", {read}), arm64 = OnLinux("arm64", {read}), fewer = amd64;
  amd64.rules.insert({"r.old", "r.both"});
  arm64.rules.insert("r.both");
  const Upgrade upgrade = Compare(TreeOf("a", {amd64, arm64}), TreeOf("b", {fewer, arm64}));
  EXPECT_EQ(upgrade.CountDecisions(), 1U);
  EXPECT_EQ(
      Body(upgrade),
      "\nRules that match nothing any more, on any port (decide: mend the rule if its place was renamed, or keep it for "
      "older trees)\n  ! r.old — linux/amd64\n"
      "\nRules that match on fewer ports\n  r.both — linux/amd64\n");
  // Of a port that cannot be read nobody knows.
  Tree unread = TreeOf("b", {arm64});
  unread.unread["linux/amd64"] = {
      {.where = {"a.go", 3, 4}, .what = "no rule explains this", .rule = "r.x", .hint = "add one"}};
  EXPECT_EQ(Body(Compare(TreeOf("a", {amd64, arm64}), unread)),
            "\nCannot be read: a rule is missing or does not fit (decide: add or mend the rule that is named)\n"
            "  ! a.go:3:4: no rule explains this; add one [r.x] — linux/amd64\n");
}

TEST(Upgrade, PortsComeAndGo) {
  const Record amd64 = OnLinux("amd64", {}), arm64 = OnLinux("arm64", {});
  Tree after = TreeOf("b", {arm64});
  after.unknown = {"beos/amd64"};
  EXPECT_EQ(Body(Compare(TreeOf("a", {amd64}), after)),
            "\nPorts without a row in rules/ports.json (decide: add a row, see docs/rules.md)\n  ! beos/amd64\n"
            "\nNew ports\n  linux/arm64\n\nPorts that are gone\n  linux/amd64\n");
}

TEST(Upgrade, FunctionsWithoutABody) {
  Record before = OnLinux("amd64", {}), after = before;
  before.bodyless = {{"runtime.a", "assembly"}, {"runtime/sys.b", "compiler"}, {"runtime.c", "assembly"}};
  after.bodyless = {{"runtime.a", "linkname"}, {"internal/runtime/sys.b", "compiler"}, {"runtime.d", "assembly"}};
  EXPECT_EQ(Body(Compare(TreeOf("a", {before}), TreeOf("b", {after}))),
            "\nNew functions without a body\n  assembly: runtime.d — linux/amd64\n"
            "\nFunctions without a body that are gone\n  assembly: runtime.c — linux/amd64\n"
            "\nFunctions without a body that moved\n  runtime/sys → internal/runtime/sys: b — linux/amd64\n"
            "\nFunctions without a body that something else provides\n  assembly → linkname: runtime.a — linux/amd64\n");
}

TEST(Upgrade, DirectivesAndEntries) {
  Record before = OnLinux("amd64", {}), after = before;
  after.places.push_back({.kind = "import",
                          .call = "clonefile",
                          .number = {},
                          .library = "libSystem",
                          .file = "syscall/z.go",
                          .func = {},
                          .entry = {}});
  after.entries["syscall.Syscall9"] = "syscall.Syscall6";
  EXPECT_EQ(Body(Compare(TreeOf("a", {before}), TreeOf("b", {after}))),
            "\nNew entries\n  syscall.Syscall9 by syscall.Syscall6 — linux/amd64\n"
            "\nNew import directives\n  libSystem: clonefile — linux/amd64\n");
}

TEST(Upgrade, PortsAreFolded) {
  const std::vector<std::string> all = {"darwin/amd64", "darwin/arm64", "linux/386",     "linux/amd64",
                                        "linux/arm",    "linux/arm64",  "windows/amd64", "windows/arm64"};
  const struct {
    std::vector<std::string> ports;
    const char* text;
  } kCases[] = {
      {all, "all 8 ports"},
      {{"linux/386"}, "linux/386"},
      {{"linux/386", "linux/amd64", "linux/arm", "linux/arm64"}, "linux/* (4 ports)"},
      {{"linux/amd64", "linux/arm", "linux/arm64"}, "linux/* but 386 (3 ports)"},
      {{"linux/386", "linux/arm"}, "*/{386,arm} (2 ports)"},
      {{"linux/amd64", "linux/arm"}, "linux/{amd64,arm} (2 ports)"},
      {{"darwin/amd64", "linux/amd64", "windows/amd64"}, "*/amd64 (3 ports)"},
      {{"darwin/amd64", "darwin/arm64", "linux/386", "linux/amd64", "linux/arm", "linux/arm64", "windows/amd64"},
       "all but windows/arm64 (7 ports)"},
  };
  for (const auto& one : kCases) EXPECT_EQ(PortsText(one.ports, all), one.text);
}

TEST(Upgrade, LongListsSayWhatTheyLeaveOut) {
  std::vector<Place> places;
  for (const char name : std::string("abcdefghij")) places.push_back(Request("read", 0, std::string(1, name)));
  EXPECT_EQ(Between({places[0]}, places),
            "\nCalls in more places\n  read: syscall.b, syscall.c, syscall.d, syscall.e, syscall.f, syscall.g and 3 more — "
            "linux/amd64\n");
}

TEST(Upgrade, Markdown) {
  const Place read = Request("read", 0, "read");
  Record after = OnLinux("amd64", {read});
  after.services[{"read", ""}] = {"fallback", "syscall", "", "so", "read(2)"};
  EXPECT_EQ(UpgradeMarkdown(Compare(TreeOf("go1", {OnLinux("amd64", {read})}), TreeOf("go2", {after})), "##"),
            "## go1 → go2\n\nlinux/amd64: 1 change, 1 needs a decision.\n"
            "\n### Calls that libc served by name, and no longer does (decide: accept the reason, or add a rule to "
            "rules/bind)\n\n"
            "- [ ] `read`: direct, libc's read → fallback, libc's syscall, because so (read(2)) — linux/amd64\n");
}

TEST(Inventory, SurvivesAFile) {
  Record record = OnLinux("amd64", {Request("read", 0, "read")});
  record.entries["syscall.Syscall"] = "";
  record.bodyless["internal/cpu.cpuid"] = "assembly";
  record.services[{"getcwd", ""}] = {"adapted", "getcwd", "getcwd", "it is \"another\"", "getcwd(2)"};
  const std::string text = InventoryText(record);
  const Result<std::vector<Record>> read = ReadInventories("i.json", text);
  ASSERT_TRUE(read) << Format(read.error());
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(InventoryText(read->front()), text);
  EXPECT_EQ(text.find("\"line\""), std::string::npos);
  const Upgrade upgrade = Compare(TreeOf("go1", {record}), TreeOf("go1", *read));
  EXPECT_TRUE(upgrade.changes.empty()) << UpgradeText(upgrade);
  const Result<std::vector<Record>> list = ReadInventories("i.json", "[" + text + "," + text + "]");
  ASSERT_TRUE(list);
  EXPECT_EQ(list->size(), 2U);
}

TEST(Inventory, SaysWhatIsWrong) {
  const struct {
    const char* text;
    const char* error;
  } kCases[] = {
      {"[]", "i.json: error: holds no inventory\n"},
      {"{\"go\": \"go1\", \"target\": \"a/b\", \"libc\": \"\", \"places\": [], \"entries\": [], \"bodyless\": [], "
       "\"services\": [], \"rules\": [], \"more\": 1}",
       "i.json:1:126: error: $: unknown key \"more\"; known keys: bodyless, entries, go, libc, places, rules, services, "
       "target\n"},
      {"{\"go\": \"go1\", \"target\": \"a/b\", \"libc\": \"\", \"places\": [{\"kind\": \"request\", \"file\": \"f\", "
       "\"number\": -1}], \"entries\": [], \"bodyless\": [], \"services\": [], \"rules\": []}",
       "i.json:1:98: error: $.places[0].number: expected a number from 0 to 2147483647\n"},
  };
  for (const auto& one : kCases) {
    const Result<std::vector<Record>> read = ReadInventories("i.json", one.text);
    ASSERT_FALSE(read) << one.text;
    EXPECT_EQ(Format(read.error()), one.error);
  }
}

}  // namespace
}  // namespace libcify
