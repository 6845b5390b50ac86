// Compiles tree-sitter queries over Go's grammar.
//
// In: a query's text. Out: a query that holds patterns and captures only. tree-sitter stores predicates (#eq?, #match?) but
// leaves their evaluation to its caller; here conditions are RE2 predicates of the rule, so a query that holds any is
// refused: it would match more than it says.
#include "gosrc/go_query.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "gosrc/text_lines.h"

namespace libcify {
namespace {

std::string Describe(TSQueryError type) {
  switch (type) {
    case TSQueryErrorNone:
      return "no error";
    case TSQueryErrorSyntax:
      return "syntax error";
    case TSQueryErrorNodeType:
      return "Go's grammar has no such node";
    case TSQueryErrorField:
      return "Go's grammar has no such field";
    case TSQueryErrorCapture:
      return "no such capture";
    case TSQueryErrorStructure:
      return "Go's grammar never builds this structure";
    case TSQueryErrorLanguage:
      return "the grammar's version does not fit the tree-sitter library";
  }
  return "unknown error";
}

std::string Where(const std::string& pattern, std::size_t offset) {
  const Span span = TextLines(pattern).At("", offset);
  return "at byte " + std::to_string(offset) + " (line " + std::to_string(span.line) + ", column " +
         std::to_string(span.column) + ") of the query";
}

TsQuery Parse(const std::string& text, std::uint32_t& offset, TSQueryError& type) {
  return TsQuery(ts_query_new(tree_sitter_go(), text.data(), static_cast<std::uint32_t>(text.size()), &offset, &type));
}

bool HasPredicate(const TsQuery& query, std::uint32_t pattern) {
  std::uint32_t steps = 0;
  (void)ts_query_predicates_for_pattern(query.get(), pattern, &steps);
  return steps > 0;
}

Error Refused(const QueryText& text, std::string what, std::string hint = "") {
  return {.where = {text.file}, .what = std::move(what), .rule = text.rule, .hint = std::move(hint)};
}

// What is wrong with one text.
Errors Check(const QueryText& text) {
  std::uint32_t offset = 0;
  TSQueryError type = TSQueryErrorNone;
  const TsQuery query = Parse(text.text, offset, type);
  if (!query) return {Refused(text, Describe(type) + " " + Where(text.text, offset))};
  const std::uint32_t patterns = ts_query_pattern_count(query.get());
  if (patterns == 0) return {Refused(text, "the query holds no pattern")};
  for (std::uint32_t i = 0; i < patterns; ++i) {
    if (!HasPredicate(query, i)) continue;
    return {Refused(text, "a #predicate in the pattern " + Where(text.text, ts_query_start_byte_for_pattern(query.get(), i)),
                    "predicates are not evaluated inside a query: write them as RE2 predicates of the rule")};
  }
  return {};
}

}  // namespace
GoQueries::GoQueries(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GoQueries::GoQueries(GoQueries&&) noexcept = default;
GoQueries& GoQueries::operator=(GoQueries&&) noexcept = default;
GoQueries::~GoQueries() = default;
std::size_t GoQueries::size() const { return impl_->texts; }

Result<GoQueries> GoQueries::Compile(const std::vector<QueryText>& texts) {
  std::string all;
  std::vector<std::size_t> ends;
  for (const QueryText& text : texts) {
    all += text.text + "\n";
    ends.push_back(all.size());
  }
  if (all.size() > std::numeric_limits<std::uint16_t>::max()) {  // tree-sitter counts steps in 16 bits
    return Fail(
        Refused(texts.front(), "the queries have " + std::to_string(all.size()) + " bytes; at most 65535 are possible"));
  }
  std::uint32_t offset = 0;
  TSQueryError type = TSQueryErrorNone;
  auto impl = std::make_unique<Impl>();
  impl->texts = texts.size();
  impl->query = Parse(all, offset, type);
  const std::uint32_t patterns = impl->query ? ts_query_pattern_count(impl->query.get()) : 0;
  std::vector<bool> holds_pattern(texts.size());
  bool good = true;
  for (std::uint32_t i = 0; i < patterns; ++i) {
    const auto end = std::upper_bound(ends.begin(), ends.end(), ts_query_start_byte_for_pattern(impl->query.get(), i));
    impl->text_of.push_back(static_cast<std::size_t>(end - ends.begin()));
    holds_pattern[impl->text_of.back()] = true;
    good = good && !HasPredicate(impl->query, i);
  }
  if (!good || std::count(holds_pattern.begin(), holds_pattern.end(), false) > 0) {
    Errors errors;
    for (const QueryText& text : texts) Append(errors, Check(text));
    // Each is good alone: then it is their number.
    if (errors.empty()) errors.push_back(Refused(texts.front(), "too many queries: " + Describe(type)));
    return Fail(std::move(errors));
  }
  for (std::uint32_t i = 0; i < ts_query_capture_count(impl->query.get()); ++i) {
    std::uint32_t length = 0;
    const char* name = ts_query_capture_name_for_id(impl->query.get(), i, &length);
    impl->capture_names.emplace_back(name, length);
  }
  return GoQueries(std::move(impl));
}

}  // namespace libcify
