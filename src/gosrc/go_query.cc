// Compiles tree-sitter queries over Go's grammar.
//
// In: a query's text. Out: a query that holds patterns and captures only. tree-sitter stores predicates (#eq?, #match?) but
// leaves their evaluation to its caller; here conditions are RE2 predicates of the rule, so a query that holds any is
// refused: it would match more than it says.
#include "gosrc/go_query.h"

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

}  // namespace

GoQuery::GoQuery(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GoQuery::GoQuery(GoQuery&&) noexcept = default;
GoQuery& GoQuery::operator=(GoQuery&&) noexcept = default;
GoQuery::~GoQuery() = default;

Result<GoQuery> GoQuery::Compile(const std::string& origin, const std::string& pattern) {
  if (pattern.size() > std::numeric_limits<std::uint16_t>::max()) {  // tree-sitter counts steps in 16 bits
    return Fail({{origin}, "the query has " + std::to_string(pattern.size()) + " bytes; at most 65535 are possible"});
  }
  std::uint32_t offset = 0;
  TSQueryError type = TSQueryErrorNone;
  TsQuery query(ts_query_new(tree_sitter_go(), pattern.data(), static_cast<std::uint32_t>(pattern.size()), &offset, &type));
  if (!query) return Fail({{origin}, Describe(type) + " " + Where(pattern, offset)});
  const std::uint32_t patterns = ts_query_pattern_count(query.get());
  if (patterns == 0) return Fail({{origin}, "the query holds no pattern"});
  for (std::uint32_t i = 0; i < patterns; ++i) {
    std::uint32_t steps = 0;
    (void)ts_query_predicates_for_pattern(query.get(), i, &steps);
    if (steps == 0) continue;
    return Fail({{origin},
                 "a #predicate in the pattern " + Where(pattern, ts_query_start_byte_for_pattern(query.get(), i)),
                 "",
                 "predicates are not evaluated inside a query: write them as RE2 predicates of the rule"});
  }
  auto impl = std::make_unique<Impl>();
  for (std::uint32_t i = 0; i < ts_query_capture_count(query.get()); ++i) {
    std::uint32_t length = 0;
    const char* name = ts_query_capture_name_for_id(query.get(), i, &length);
    impl->capture_names.emplace_back(name, length);
  }
  impl->query = std::move(query);
  return GoQuery(std::move(impl));
}

}  // namespace libcify
