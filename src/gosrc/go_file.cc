// Parses Go with tree-sitter and runs queries over the tree.
//
// In: UTF-8 text. Out: a tree without any ERROR or MISSING node: a file that the grammar does not understand is refused as a
// whole, because a site inside of a misread part would be lost without a word.
#include "gosrc/go_file.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "gosrc/go_query.h"
#include "gosrc/go_scan.h"
#include "gosrc/go_words.h"
#include "gosrc/text_lines.h"
#include "gosrc/utf8.h"

namespace libcify {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{64} << 20;
// tree-sitter's error recovery may search for long in a text that is no Go at all. A file of 1 MB of Go takes 0.1 s.
constexpr std::uint64_t kMaxMicroseconds = 20'000'000;

// A top-level function: where it is and how Go writes its name.
struct Function {
  Range range;
  std::string name;
  GoWords words;
};

std::string_view Text(std::string_view text, TSNode node) {
  return text.substr(ts_node_start_byte(node), ts_node_end_byte(node) - ts_node_start_byte(node));
}

TSNode Field(TSNode node, std::string_view name) {
  return ts_node_child_by_field_name(node, name.data(), static_cast<std::uint32_t>(name.size()));
}

std::string_view Type(TSNode node) { return ts_node_type(node); }

// First ERROR or MISSING node in the order of the text. Descends only into subtrees that hold one.
TSNode FirstError(TSNode node) {
  while (Type(node) != "ERROR" && !ts_node_is_missing(node)) {
    TSTreeCursor cursor = ts_tree_cursor_new(node);
    bool found = false;
    for (bool more = ts_tree_cursor_goto_first_child(&cursor); more && !found;
         more = ts_tree_cursor_goto_next_sibling(&cursor)) {
      const TSNode child = ts_tree_cursor_current_node(&cursor);
      if (!ts_node_has_error(child) && !ts_node_is_missing(child)) continue;
      node = child;
      found = true;
    }
    ts_tree_cursor_delete(&cursor);
    if (!found) break;
  }
  return node;
}

std::unexpected<Errors> Refuse(Span where, std::string what) {
  Error error;
  error.where = std::move(where);
  error.what = std::move(what);
  return Fail(std::move(error));
}

TSPoint PointAt(const TextLines& lines, std::size_t offset) {
  const Span at = lines.At({}, offset);
  return {static_cast<std::uint32_t>(at.line - 1), static_cast<std::uint32_t>(at.column - 1)};
}

TsTree ParseTree(const std::string& text, const TextLines& lines, const std::vector<Range>& parts) {
  const TsParser parser(ts_parser_new());
  if (!ts_parser_set_language(parser.get(), tree_sitter_go())) return nullptr;
  std::vector<TSRange> ranges;
  for (const Range& part : parts) {
    ranges.push_back({PointAt(lines, part.begin), PointAt(lines, part.end), static_cast<std::uint32_t>(part.begin),
                      static_cast<std::uint32_t>(part.end)});
  }
  // No ranges: the whole text.
  if (!ts_parser_set_included_ranges(parser.get(), ranges.data(), static_cast<std::uint32_t>(ranges.size()))) return nullptr;
  ts_parser_set_timeout_micros(parser.get(), kMaxMicroseconds);
  return TsTree(ts_parser_parse_string(parser.get(), nullptr, text.data(), static_cast<std::uint32_t>(text.size())));
}

bool HasError(const TsTree& tree) {
  const TSNode root = ts_tree_root_node(tree.get());
  return ts_node_has_error(root) || Type(root) == "ERROR";
}

// The receiver's type as Go prints it in tracebacks: "(*FD)", "Time", "(*Pointer[...])".
std::string ReceiverName(std::string_view text, TSNode receiver) {
  if (ts_node_named_child_count(receiver) == 0) return "";
  TSNode type = Field(ts_node_named_child(receiver, 0), "type");
  bool pointer = false;
  bool generic = false;
  while (!ts_node_is_null(type)) {
    if (Type(type) == "pointer_type" || Type(type) == "parenthesized_type") {
      pointer = pointer || Type(type) == "pointer_type";
      type = ts_node_named_child_count(type) > 0 ? ts_node_named_child(type, 0) : TSNode{};
    } else if (Type(type) == "generic_type") {
      generic = true;
      type = Field(type, "type");
    } else {
      break;
    }
  }
  if (ts_node_is_null(type)) return "";
  std::string name(Text(text, type));
  if (generic) name += "[...]";
  return pointer ? "(*" + name + ")" : name;
}

std::string FunctionName(std::string_view text, TSNode node) {
  const TSNode name = Field(node, "name");
  std::string out(ts_node_is_null(name) ? std::string_view() : Text(text, name));
  if (Type(node) != "method_declaration") return out;
  const TSNode receiver = Field(node, "receiver");
  return ts_node_is_null(receiver) ? out : ReceiverName(text, receiver) + "." + out;
}

// Stable; seldom is there anything to do.
template <class Iterator, class Begin>
void SortByBegin(Iterator first, Iterator last, const Begin& begin) {
  const auto before = [&](const auto& a, const auto& b) { return begin(a) < begin(b); };
  if (!std::is_sorted(first, last, before)) std::stable_sort(first, last, before);
}

}  // namespace

struct GoFile::Impl {
  std::string path, text;
  TextLines lines;
  TsTree tree;
  std::string package_name;
  std::vector<TSNode> top_level;    // in the order of the text
  std::vector<Function> functions;  // in the order of the text

  void ReadTopLevel();
  // Adds the matches of the wanted queries inside of a node.
  using Wanted = std::set<std::size_t>;
  void Run(const GoQueries& queries, TSQueryCursor* cursor, TSNode node, const Wanted* wanted,
           std::vector<QueryMatch>& matches) const;
};

// Children are walked with a cursor: ts_node_child(i) counts from the front each time.
void GoFile::Impl::ReadTopLevel() {
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree.get()));
  for (bool more = ts_tree_cursor_goto_first_child(&cursor); more; more = ts_tree_cursor_goto_next_sibling(&cursor)) {
    const TSNode node = ts_tree_cursor_current_node(&cursor);
    top_level.push_back(node);
    const std::string_view type = Type(node);
    if (type == "package_clause" && ts_node_named_child_count(node) > 0) {
      package_name = Text(text, ts_node_named_child(node, 0));
    } else if (type == "function_declaration" || type == "method_declaration") {
      functions.push_back(
          {{ts_node_start_byte(node), ts_node_end_byte(node)}, FunctionName(text, node), WordsOf(text, node)});
    }
  }
  ts_tree_cursor_delete(&cursor);
}

GoFile::GoFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GoFile::GoFile(GoFile&&) noexcept = default;
GoFile& GoFile::operator=(GoFile&&) noexcept = default;
GoFile::~GoFile() = default;

Result<GoFile> GoFile::ParseText(std::string path, std::string text, const std::vector<Range>& parts) {
  if (text.size() > kMaxBytes) return Refuse(Span{path}, "the file has more than 64 MiB");
  auto impl = std::make_unique<Impl>();
  impl->path = std::move(path);
  impl->text = std::move(text);
  impl->lines = TextLines(impl->text);
  const std::size_t bad = InvalidUtf8(impl->text);
  if (bad != std::string::npos) return Refuse(impl->lines.At(impl->path, bad), "the text is not valid UTF-8");
  const std::size_t zero = impl->text.find('\0');
  if (zero != std::string::npos) return Refuse(impl->lines.At(impl->path, zero), "a NUL byte in a Go file");

  GoScanProblem problem;
  const std::vector<GoToken> tokens =
      ScanGo(impl->text, parts.empty() ? std::vector<Range>{{0, impl->text.size()}} : parts, problem);
  if (!problem.what.empty()) return Refuse(impl->lines.At(impl->path, problem.offset), problem.what);
  // Newer syntax goes first in its older words: to recover from each error of a long text can take seconds.
  if (const std::string older = WithOlderSyntax(impl->text, tokens); older != impl->text) {
    TsTree tree = ParseTree(older, impl->lines, parts);
    if (tree && !HasError(tree)) impl->tree = std::move(tree);
  }
  if (!impl->tree) impl->tree = ParseTree(impl->text, impl->lines, parts);
  if (!impl->tree) return Refuse(Span{impl->path}, "no end of parsing within 20 s: this is hardly Go");
  if (HasError(impl->tree)) {
    const TSNode node = FirstError(ts_tree_root_node(impl->tree.get()));
    const std::string what = ts_node_is_missing(node) ? "syntax error: missing " + std::string(Type(node)) : "syntax error";
    return Refuse(impl->lines.At(impl->path, ts_node_start_byte(node)), what);
  }
  impl->ReadTopLevel();
  return GoFile(std::move(impl));
}

Result<GoFile> GoFile::Parse(std::string path, std::string text, const std::vector<Range>& parts) {
  Result<GoFile> file = ParseText(std::move(path), std::move(text), parts);
  if (file && file->impl_->package_name.empty()) return Refuse(Span{file->path(), 1, 1}, "no package clause");
  return file;
}

Result<GoFile> GoFile::ParseDeclarations(std::string path, std::string text) {
  return ParseText(std::move(path), std::move(text), {});
}

const std::string& GoFile::path() const { return impl_->path; }
const std::string& GoFile::text() const { return impl_->text; }
std::string GoFile::package_name() const { return impl_->package_name; }
Span GoFile::At(std::size_t offset) const { return impl_->lines.At(impl_->path, offset); }

GoWords GoFile::Words(std::string_view function) const {
  for (const Function& candidate : impl_->functions) {
    if (candidate.name == function) return candidate.words;
  }
  return {};
}

std::string GoFile::EnclosingFunction(std::size_t offset) const {
  const auto& functions = impl_->functions;
  auto behind = std::upper_bound(functions.begin(), functions.end(), offset,
                                 [](std::size_t at, const Function& function) { return at < function.range.begin; });
  if (behind == functions.begin()) return "";
  --behind;
  return offset < behind->range.end ? behind->name : "";
}

// `wanted`: null for all.
void GoFile::Impl::Run(const GoQueries& queries, TSQueryCursor* cursor, TSNode node, const Wanted* wanted,
                       std::vector<QueryMatch>& matches) const {
  const std::size_t first = matches.size();
  ts_query_cursor_exec(cursor, queries.impl_->query.get(), node);
  TSQueryMatch found;
  while (ts_query_cursor_next_match(cursor, &found)) {
    const std::size_t query = queries.impl_->text_of[found.pattern_index];
    if (wanted != nullptr && !wanted->contains(query)) continue;
    QueryMatch match{.query = query, .captures = {}};
    match.captures.reserve(found.capture_count);
    for (std::uint16_t i = 0; i < found.capture_count; ++i) {
      const TSNode captured = found.captures[i].node;
      const Range range{ts_node_start_byte(captured), ts_node_end_byte(captured)};
      match.captures.push_back({queries.impl_->capture_names[found.captures[i].index], range, Text(text, captured)});
    }
    SortByBegin(match.captures.begin(), match.captures.end(), [](const Capture& capture) { return capture.range.begin; });
    matches.push_back(std::move(match));
  }
  // tree-sitter reports a match when its last node is seen; what is wanted is where it begins.
  SortByBegin(matches.begin() + static_cast<std::ptrdiff_t>(first), matches.end(),
              [](const QueryMatch& match) { return match.captures.empty() ? 0 : match.captures[0].range.begin; });
}

std::vector<QueryMatch> GoFile::Run(const GoQueries& queries) const {
  const TsQueryCursor cursor(ts_query_cursor_new());
  std::vector<QueryMatch> matches;
  impl_->Run(queries, cursor.get(), ts_tree_root_node(impl_->tree.get()), nullptr, matches);
  return matches;
}

std::vector<QueryMatch> GoFile::RunAround(const GoQueries& queries,
                                          const std::vector<std::vector<std::size_t>>& offsets) const {
  const std::vector<TSNode>& nodes = impl_->top_level;
  std::map<std::size_t, Impl::Wanted> touched;  // by node
  for (std::size_t query = 0; query < offsets.size(); ++query) {
    for (const std::size_t offset : offsets[query]) {
      const auto after = std::upper_bound(nodes.begin(), nodes.end(), offset,
                                          [](std::size_t at, TSNode node) { return at < ts_node_start_byte(node); });
      if (after == nodes.begin()) continue;
      touched[static_cast<std::size_t>(after - nodes.begin()) - 1].insert(query);
    }
  }
  const TsQueryCursor cursor(ts_query_cursor_new());
  std::vector<QueryMatch> matches;
  for (const auto& [node, wanted] : touched) impl_->Run(queries, cursor.get(), nodes[node], &wanted, matches);
  return matches;
}

const Capture* QueryMatch::Find(std::string_view name) const {
  for (const Capture& capture : captures) {
    if (capture.name == name) return &capture;
  }
  return nullptr;
}

}  // namespace libcify
