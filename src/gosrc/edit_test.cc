// Edits: bytes that stay, order, line directives, refusals.
#include "gosrc/edit.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

struct Change {
  Range range;
  std::string text;
};

struct Case {
  std::string name;
  LineDirective directive;
  std::string before;
  std::vector<Change> changes;
  std::string after;  // or the complete error text
};

class EditTest : public testing::TestWithParam<Case> {};

TEST_P(EditTest, Apply) {
  const Case& c = GetParam();
  Editor editor("dir/x.go", c.before);
  EXPECT_TRUE(editor.empty());
  for (const Change& change : c.changes) editor.Replace(change.range, change.text);
  const Result<std::string> result = editor.Apply(c.directive, "x.go");
  EXPECT_EQ(result ? *result : Format(result.error()), c.after);
}

const Case kCases[] = {
    {"nothing", LineDirective::kGo, "a\r\n\tb", {}, "a\r\n\tb"},
    {"same_line", LineDirective::kNone, "a b c\n", {{{2, 3}, "XY"}}, "a XY c\n"},
    {"order_of_asking_does_not_matter", LineDirective::kNone, "abc", {{{2, 3}, "3"}, {{0, 1}, "1"}}, "1b3"},
    {"insertions_keep_their_order_and_precede_a_replacement",
     LineDirective::kNone,
     "abc",
     {{{1, 2}, "X"}, {{1, 1}, "1"}, {{1, 1}, "2"}},
     "a12Xc"},
    {"touching_edits_do_not_overlap", LineDirective::kNone, "abcd", {{{0, 2}, "1"}, {{2, 4}, "2"}}, "12"},
    {"at_the_end", LineDirective::kGo, "a\n", {{{2, 2}, "b\n"}}, "a\nb\n"},
    {"more_lines", LineDirective::kGo, "a\nb\nc\n", {{{2, 3}, "x\ny"}}, "a\nx\ny\n//line x.go:3\nc\n"},
    {"fewer_lines", LineDirective::kGo, "a\nb\nc\nd\n", {{{2, 5}, "x"}}, "a\nx\n//line x.go:4\nd\n"},
    {"whole_line_inserted", LineDirective::kGo, "a\nb\n", {{{2, 2}, "x\n"}}, "a\nx\n//line x.go:2\nb\n"},
    {"whole_line_removed", LineDirective::kGo, "a\nb\nc\n", {{{2, 4}, ""}}, "a\n//line x.go:3\nc\n"},
    {"two_edits_that_cancel_out", LineDirective::kGo, "a b\nc\nd\n", {{{0, 1}, "x\ny"}, {{3, 4}, " "}}, "x\ny b c\nd\n"},
    {"same_count_of_lines_needs_none", LineDirective::kGo, "a\nb\nc\n", {{{0, 3}, "x\ny"}}, "x\ny\nc\n"},
    {"not_in_a_raw_string", LineDirective::kGo, "f(1, `a\nb`)\nc\n", {{{2, 3}, "\n"}}, "f(\n, `a\nb`)\n//line x.go:3\nc\n"},
    {"not_in_a_comment", LineDirective::kGo, "x /* `\n*/\nc\n", {{{0, 1}, "y\n"}}, "y\n /* `\n*/\n//line x.go:3\nc\n"},
    {"a_quote_in_a_string_or_comment_opens_nothing",
     LineDirective::kGo,
     "x(\"`\\\"\", '`') // `\nc\n",
     {{{0, 1}, "y\n"}},
     "y\n(\"`\\\"\", '`') // `\n//line x.go:2\nc\n"},
    {"assembly", LineDirective::kAssembly, "A\nB; C\nD\n", {{{2, 3}, "X\nY"}}, "A\nX\nY; C\n#line 3 \"x.go\"\nD\n"},
    {"assembly_not_in_a_macro_but_behind_it",
     LineDirective::kAssembly,
     "#define M \\\n\tA; \\ // c\n\tB\nC\n",
     {{{8, 9}, "N \\\n"}},
     "#define N \\\n \\\n\tA; \\ // c\n\tB\n#line 4 \"x.go\"\nC\n"},
    {"assembly_backquote_is_no_string",
     LineDirective::kAssembly,
     "A `\nB\n",
     {{{0, 1}, "\n"}},
     "\n `\n#line 2 \"x.go\"\nB\n"},
    {"overlap",
     LineDirective::kNone,
     "ab\ncd",
     {{{0, 4}, "\n"}, {{3, 5}, ""}},
     "dir/x.go:2:1: error: two edits overlap here\n"},
    {"outside",
     LineDirective::kNone,
     "ab",
     {{{1, 3}, ""}, {{2, 1}, ""}},
     "dir/x.go: error: an edit of bytes 1 to 3 lies outside of the text, which has 2\n"
     "dir/x.go: error: an edit of bytes 2 to 1 lies outside of the text, which has 2\n"},
    {"lines_change_without_directive",
     LineDirective::kNone,
     "a\nb",
     {{{2, 3}, "\n"}},
     "dir/x.go:2:1: error: an edit changes the number of lines, and no line directive may follow it\n"},
};

INSTANTIATE_TEST_SUITE_P(Edit, EditTest, testing::ValuesIn(kCases), [](const auto& info) { return info.param.name; });

TEST(Edit, PathOfDirectives) {
  Editor editor("x.s", "A\nB\n");
  editor.Insert(0, "C\n");
  EXPECT_EQ(editor.Apply(LineDirective::kAssembly, "a\"\\b.s").value(), "C\n#line 1 \"a\\\"\\\\b.s\"\nA\nB\n");
  EXPECT_EQ(Format(editor.Apply(LineDirective::kGo, "a\nb").error()),
            "x.s: error: the path for line directives is empty or holds control characters\n");
  EXPECT_FALSE(editor.Apply(LineDirective::kGo, "").has_value());
}

}  // namespace
}  // namespace libcify
