#include "base/json.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

std::string ErrorsOf(std::string_view text) {
  const Result<Json> json = Json::Parse("f.json", text);
  return json ? std::string() : Format(json.error());
}

TEST(JsonParse, ReportsWhereAndWhat) {
  const std::string syntax = "error: not JSON: syntax error while parsing ";
  const struct {
    std::string text, want;
  } cases[] = {
      {"", "f.json:1:1: " + syntax + "value - unexpected end of input; expected '[', '{', or a literal\n"},
      {"[1,", "f.json:1:4: " + syntax + "value - unexpected end of input; expected '[', '{', or a literal\n"},
      {"[\"abc", "f.json:1:2: " + syntax + "value - invalid string: missing closing quote; last read: '\"abc'\n"},
      {"[1] 2", "f.json:1:5: " + syntax + "value - unexpected number literal; expected end of input\n"},
      {"[1 true]", "f.json:1:4: " + syntax + "array - unexpected true literal; expected ']'\n"},
      {"{\"a\" 1}", "f.json:1:6: " + syntax + "object separator - unexpected number literal; expected ':'\n"},
      {"[\n1,,2]", "f.json:2:3: " + syntax + "value - unexpected ','; expected '[', '{', or a literal\n"},
      {"[1,]", "f.json:1:4: " + syntax + "value - unexpected ']'; expected '[', '{', or a literal\n"},
      {"1e999", "f.json:1:1: error: not JSON: number out of range: 1e999\n"},
      // Both kinds of too large: nlohmann gives one as unsigned and the other as double.
      {"[18446744073709551615, 99999999999999999999]",
       "f.json:1:2: error: $[0]: integer does not fit in 64 bits with a sign\n"
       "f.json:1:24: error: $[1]: integer does not fit in 64 bits with a sign\n"},
      // Every repetition is told, at any depth, and comparison is by the decoded key.
      {"{\"a\":1,\"\\u0061\":2,\"b\":[{\"c\":1,\n \"c\":1}]}",
       "f.json:1:8: error: $: key \"a\" is repeated\nf.json:2:2: error: $.b[0]: key \"c\" is repeated\n"},
      // A comment is not JSON.
      {"// x\n1", "f.json:1:1: " + syntax + "value - invalid literal; last read: '/'\n"},
  };
  for (const auto& c : cases) EXPECT_EQ(ErrorsOf(c.text), c.want) << c.text;
}

TEST(JsonParse, BoundsDepth) {
  EXPECT_EQ(ErrorsOf(std::string(200, '[') + std::string(200, ']')), "");
  EXPECT_EQ(ErrorsOf(std::string(201, '[') + std::string(201, ']')), "f.json:1:201: error: nested deeper than 200 levels\n");
  EXPECT_EQ(ErrorsOf(std::string(1 << 20, '[')), "f.json:1:201: error: nested deeper than 200 levels\n");
}

TEST(JsonParse, KnowsPlacesAndPaths) {
  const Result<Json> json =
      Json::Parse("f.json", "\xEF\xBB\xBF {\n  \"a\": [ 1, -2.5e3 , \"x\" ],\n\n\"b c\":{\"d\" :null}}");
  ASSERT_TRUE(json) << Format(json.error());
  const Json& a = *json->Find("a");
  EXPECT_EQ(a.span(), (Span{"f.json", 2, 8}));
  EXPECT_EQ(a.path(), "$.a");
  EXPECT_EQ(a.items()[0].span(), (Span{"f.json", 2, 10}));
  EXPECT_EQ(a.items()[1].span(), (Span{"f.json", 2, 13}));
  EXPECT_EQ(a.items()[1].number(), -2500);
  EXPECT_EQ(a.items()[2].span(), (Span{"f.json", 2, 22}));
  EXPECT_EQ(a.items()[2].path(), "$.a[2]");
  const Json& d = *json->Find("b c")->Find("d");
  EXPECT_EQ(d.span(), (Span{"f.json", 4, 13}));
  EXPECT_EQ(d.path(), "$[\"b c\"].d");
  EXPECT_EQ(json->Find("absent"), nullptr);
}

TEST(JsonWrite, GivesTheSameBack) {
  const std::string text = R"({"a": [1.5, 1.0, -9223372036854775808, {"x": null}], "é": "é\n\"\\\u0001", "b": [], "c": {}})";
  const Result<Json> json = Json::Parse("f.json", text);
  ASSERT_TRUE(json) << Format(json.error());
  EXPECT_EQ(json->Pretty(), text);
  EXPECT_EQ(json->Compact(), R"({"a":[1.5,1.0,-9223372036854775808,{"x":null}],"é":"é\n\"\\\u0001","b":[],"c":{}})");
}

TEST(JsonWrite, BreaksWhatDoesNotFit) {
  Json list = Json::Array();
  for (int i = 0; i < 3; ++i) list.Add(Json::String(std::string(35, 'x')));
  Json object = Json::Object();
  const std::string x = "\"" + std::string(35, 'x') + "\"";
  // [x, x, x] has 117 columns: alone it fits with its comma; behind a key it does not.
  EXPECT_EQ(list.Pretty(), "[" + x + ", " + x + ", " + x + "]");
  object.Add("k", list);
  EXPECT_EQ(object.Pretty(), "{\n  \"k\": [\n    " + x + ",\n    " + x + ",\n    " + x + "\n  ]\n}");
}

TEST(JsonWrite, MendsBrokenUtf8) {
  // A lone byte, an overlong form, a surrogate, a cut sequence.
  EXPECT_EQ(Json::String("a\xFFz").Compact(), "\"a\xEF\xBF\xBDz\"");
  for (const char* text : {"\xFF", "\xC0\x80", "\xED\xA0\x80", "\xF0\x9F\x98", "\xF4\x90\x80\x80", "ok \xF0\x9F\x98\x80"}) {
    EXPECT_EQ(ErrorsOf(Json::String(text).Compact()), "") << text;
  }
}

TEST(ObjectReader, CollectsAllProblems) {
  const Result<Json> json = Json::Parse("r.json", R"({"rules": [{
  "id": 7, "kind": "smell", "tags": ["a", 1], "odd": {}, "flag": "yes"},
  3]})");
  ASSERT_TRUE(json);
  Errors errors;
  for (const Json& rule : json->Find("rules")->items()) {
    ObjectReader reader(rule, errors);
    EXPECT_EQ(reader.String("id"), "");
    EXPECT_EQ(reader.OneOf("kind", {"sight", "sound"}), 0U);
    EXPECT_EQ(reader.Integer("size", 5), 5);
    EXPECT_LE(reader.Strings("tags").size(), 1U);
    EXPECT_TRUE(reader.Bool("flag", true));
    EXPECT_EQ(reader.Array("where").size(), 0U);
    reader.Finish();
  }
  EXPECT_EQ(Format(errors),
            "r.json:2:9: error: $.rules[0].id: expected a string, found an integer\n"
            "r.json:2:20: error: $.rules[0].kind: expected one of sight, sound, found \"smell\"\n"
            "r.json:2:43: error: $.rules[0].tags[1]: expected a string, found an integer\n"
            "r.json:2:66: error: $.rules[0].flag: expected true or false, found a string\n"
            "r.json:1:12: error: $.rules[0]: key \"where\" is missing; it must be an array\n"
            "r.json:2:54: error: $.rules[0]: unknown key \"odd\"; known keys: flag, id, kind, size, tags, where\n"
            "r.json:3:3: error: $.rules[1]: expected an object, found an integer\n");
}

TEST(ObjectReader, ReadsWhatIsThere) {
  const Result<Json> json = Json::Parse("r.json", R"({"s": "x", "i": 3, "b": true, "o": {}, "k": "two", "n": null})");
  ASSERT_TRUE(json);
  Errors errors;
  ObjectReader reader(*json, errors);
  EXPECT_EQ(reader.String("s"), "x");
  EXPECT_EQ(reader.String("absent", "otherwise"), "otherwise");
  EXPECT_EQ(reader.Integer("i"), 3);
  EXPECT_TRUE(reader.Bool("b", false));
  EXPECT_NE(reader.Object("o"), nullptr);
  EXPECT_EQ(reader.ObjectOrNull("absent"), nullptr);
  EXPECT_EQ(reader.OneOf("k", {"one", "two"}), 1U);
  EXPECT_EQ(reader.OneOf("absent", {"one", "two"}, 1), 1U);
  EXPECT_TRUE(reader.Has("n"));
  reader.Ignore("n");
  reader.Finish();
  EXPECT_EQ(Format(errors), "");
}

}  // namespace
}  // namespace libcify
