#include "upgrade/known_trees.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

TEST(KnownTreesTest, AreReadAsWritten) {
  KnownTrees trees;
  EXPECT_EQ(KnownTreesText(trees), "{\n \"$schema\": \"schema/trees.schema.json\",\n \"outputs\": {},\n \"rules\": {}\n}\n");
  trees.outputs["go1.1"]["linux/386"] = {{"glibc-2.31 gc", "0123"}, {"musl-1.2.3 gc", "4567"}};
  trees.outputs["go1.1"]["plan9/386"] = {{"read", "89ab"}};
  trees.outputs["go1.2"]["linux/386"] = {{"glibc-2.31 gc", "cdef"}};
  trees.rules = {{"a.rule", {"go1.1", "go1.2"}}, {"b.rule", {"go1.2"}}};
  const std::string text = KnownTreesText(trees);
  EXPECT_EQ(text, R"({
 "$schema": "schema/trees.schema.json",
 "outputs": {
  "go1.1": {
   "linux/386": {"glibc-2.31 gc":"0123","musl-1.2.3 gc":"4567"},
   "plan9/386": {"read":"89ab"}
  },
  "go1.2": {
   "linux/386": {"glibc-2.31 gc":"cdef"}
  }
 },
 "rules": {
  "a.rule": ["go1.1","go1.2"],
  "b.rule": ["go1.2"]
 }
}
)");
  const Result<KnownTrees> read = ReadKnownTrees("trees.json", text);
  ASSERT_TRUE(read) << Format(read.error());
  EXPECT_EQ(KnownTreesText(*read), text);
}

TEST(KnownTreesTest, AllProblemsAtOnceWithTheirPlaces) {
  const Result<KnownTrees> read = ReadKnownTrees("trees.json",
                                                 "{\"outputs\": {\"go1.1\": 1, \"go1.2\": {\"linux/386\": [], "
                                                 "\"linux/arm\": {\"gc\": 2}}},\n \"rules\": {\"a.b\": [3]}}");
  ASSERT_FALSE(read);
  EXPECT_EQ(Format(read.error()),
            "trees.json:1:23: error: $.outputs[\"go1.1\"]: expected an object\n"
            "trees.json:1:49: error: $.outputs[\"go1.2\"][\"linux/386\"]: expected an object\n"
            "trees.json:1:73: error: $.outputs[\"go1.2\"][\"linux/arm\"].gc: expected a string\n"
            "trees.json:2:20: error: $.rules[\"a.b\"][0]: expected a string\n");
}

}  // namespace
}  // namespace libcify
