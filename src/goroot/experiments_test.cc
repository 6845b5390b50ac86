#include "goroot/experiments.h"

#include <gtest/gtest.h>

#include <string>

namespace libcify {
namespace {

constexpr char kFlags[] = "package goexperiment\ntype Flags struct {\n\tOne bool // first\n\tTwo, Three bool\n}\n";

// ParseGOEXPERIMENT with this body; line 2 is its first line.
Result<std::vector<std::string>> Evaluate(const std::string& body, const std::string& goarch = "amd64",
                                          const std::string& built_in = "") {
  auto text = GoText::Parse("exp.go", "func ParseGOEXPERIMENT(goos, goarch, goexp string) (*F, error) {\n" + body + "\n}\n");
  auto flags = GoText::Parse("flags.go", kFlags);
  if (!text) return Fail(text.error());
  return EnabledExperiments(*text, *flags, "linux", goarch, built_in);
}

std::string Joined(const Result<std::vector<std::string>>& names) {
  if (!names) return Format(names.error());
  std::string text;
  for (const std::string& name : *names) text += (text.empty() ? "" : " ") + name;
  return text;
}

TEST(Experiments, Statements) {
  const struct {
    const char* body;
    const char* enabled;
  } kCases[] = {
      {"f := Flags{}\nreturn f, nil", ""},
      {"f := pkg.Flags{One: true, Three: true}\nreturn f, nil", "one three"},
      {"return &Outer{Flags: Flags{Two: true}, baseline: Flags{One: true}}, nil", "two"},
      {"var a, b bool\na = true\nreturn F{One: a, Two: b, Three: !b,}, nil", "one three"},
      {"return F{One: goos == \"linux\" && goarch != \"amd64\" || true}, nil", "one"},
      {"return F{One: (goos == \"linux\") && !(goarch == \"amd64\" || false)}, nil", ""},
      {"f := F{}\nswitch goarch {\ncase \"arm\", \"amd64\":\nf.One = true\nf.Two = true\ncase \"x\":\nf.Three = "
       "true\n}\nreturn f, nil",
       "one two"},
      {"f := F{}\nswitch goarch {\ndefault:\nf.Three = true\ncase \"x\":\nf.One = true\n}\nreturn f, nil", "three"},
      {"f := F{}\nswitch {\ncase goos == \"x\":\nf.One = true\ncase goarch == \"amd64\":\nf.Two = true\n}\nreturn f, nil",
       "two"},
      {"f := F{}\nif goos == \"x\" { f.One = true } else if goarch == \"amd64\" { f.Two = true } else { f.Three = true "
       "}\nreturn f, nil",
       "two"},
      {"f := F{}\nif goos == \"linux\" { f.One = true } else if g() { strange } else { f.Three = true }\nreturn f, nil",
       "one"},
      {"f := F{One: true}\nif f.One && !f.Two { return f, nil }\nf.Three = true\nreturn f, nil", "one"},
      {"f := F{}\nif goexp != \"\" { for _, x := range strange() { y() } }\nreturn f, nil", ""},
      {"f := F{}\nif goos == \"x\" { return nil, fmt.Errorf(\"no\") }\nreturn f, nil", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(Joined(Evaluate(c.body)), c.enabled) << c.body;
}

TEST(Experiments, BuiltInList) {
  const std::string body =
      "flags := F{One: true}\nif goexp != \"\" {\nnames[\"both\"] = func(v bool) {\nflags.Two = v\nflags.Three = "
      "v\n}\nrange()\n}\n"
      "if goarch == \"arm\" { flags.Three = false }\nreturn flags, nil";
  const struct {
    const char* list;
    const char* goarch;
    const char* enabled;
  } kCases[] = {
      {"", "amd64", "one"},
      {"two", "amd64", "one two"},
      {"noone,both", "amd64", "two three"},
      {"both", "arm", "one two"},  // what follows the list still counts
      {"none,three", "amd64", "three"},
      {"both,nothree,", "amd64", "one two"},
      {"four", "amd64", "exp.go:3:16: error: this tree has no experiment four, found \"{\"\n"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Joined(Evaluate(body, c.goarch, c.list)), c.enabled) << c.list;
}

TEST(Experiments, WhatIsNotUnderstoodIsNamed) {
  const struct {
    std::string body;
    std::string error;
  } kCases[] = {
      {"return F{One: version() > 3}, nil", "exp.go:2:15: error: an expression of unknown shape, found \"version\"\n"},
      {"for {\n}", "exp.go:2:1: error: a statement of unknown shape, found \"for\"\n"},
      {"f := F{}\nf.Four = true", "exp.go:3:3: error: unknown flag, found \"Four\"\n"},
      {"return F{Four: true}, nil", "exp.go:2:10: error: unknown flag, found \"Four\"\n"},
      {"x = true", "exp.go:2:1: error: unknown variable, found \"x\"\n"},
      {"var a bool\na := true", "exp.go:3:1: error: a second declaration, found \"a\"\n"},
      {"switch goarch {\ncase 7:\n}", "exp.go:3:6: error: an expression of unknown shape, found \"7\"\n"},
      {"switch goarch {\ncase \"amd64\":\nfallthrough\n}",
       "exp.go:4:1: error: a statement of unknown shape, found \"fallthrough\"\n"},
      {"if goos { }", "exp.go:2:4: error: expected a condition, found \"goos\"\n"},
      {"return goos == true, nil", "exp.go:2:13: error: expected comparable values, found \"==\"\n"},
      {"return nil, fmt.Errorf(\"not good\")",
       "exp.go:2:1: error: this tool chain refuses its own default experiments: not good\n"},
      {"", "exp.go:3:1: error: expected a return of the flags, found \"}\"\n"},
      {"return F{One: " + std::string(100000, '(') + "true", "exp.go: error: no function ParseGOEXPERIMENT found\n"},
      {"return F{One: " + std::string(100000, '!') + "true}, nil", "exp.go:2:214: error: nested too deeply, found \"!\"\n"},
      {"a := \"open", "exp.go:2:6: error: literal without end\n"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Joined(Evaluate(c.body)), c.error) << c.body.substr(0, 100);
}

TEST(Experiments, Fields) {
  auto flags = GoText::Parse("flags.go", kFlags);
  EXPECT_EQ(Joined(ExperimentFields(*flags)), "One Two Three");
  auto none = GoText::Parse("flags.go", "type Other struct { A bool }");
  EXPECT_EQ(Joined(ExperimentFields(*none)), "flags.go: error: no struct Flags found\n");
  auto other = GoText::Parse("flags.go", "type Flags struct {\n\tA int\n}");
  EXPECT_EQ(Joined(ExperimentFields(*other)), "flags.go:2:2: error: expected a flag of type bool\n");
}

}  // namespace
}  // namespace libcify
