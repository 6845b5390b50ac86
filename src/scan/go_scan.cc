// Prefilters, parses and queries one Go file, see go_scan.h.
#include "scan/go_scan.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <string_view>

#include "scan/find_text.h"
#include "scan/places.h"

namespace libcify::scan {
namespace {

// The captures by which a find is placed, by kind.
const char* MainCapture(FindKind kind) {
  switch (kind) {
    case FindKind::kRequest:
      return "call";
    case FindKind::kEntry:
    case FindKind::kBodyless:
      return "name";
    case FindKind::kVdso:
      return "row";
    case FindKind::kSeam:
    case FindKind::kConstant:
      break;
  }
  return "constant";
}

constexpr std::string_view kLinkname = "//go:linkname";

// Fills in what stands before a dot in front of the token.
void SetQualifier(std::string_view text, GoToken& token) {
  std::size_t at = token.range.begin;
  if (at >= 2 && text.compare(at - 2, 2, ") ") == 0) {
    const std::size_t line = text.rfind('\n', at) + 1;      // npos + 1 is 0
    token.selected = text.compare(line, 6, "func (") == 0;  // a method's own name
  }
  if (at == 0 || text[at - 1] != '.') return;
  token.selected = true;
  const std::size_t end = --at;
  while (at > 0 && IsWord(text[at - 1])) --at;
  if (at > 0 && text[at - 1] == '.') return;  // a.b.Name: b is no import
  token.qualifier = text.substr(at, end - at);
}

// Lines "//go:linkname local target" and those of its kin, such as //go:linknamestd.
std::vector<Linkname> FindLinknames(std::string_view text) {
  std::vector<Linkname> out;
  for (std::size_t at = FindText(text, kLinkname); at != std::string::npos; at = FindText(text, kLinkname, at + 1)) {
    if (at > 0 && text[at - 1] != '\n') continue;
    std::istringstream words(std::string(text.substr(at, text.find('\n', at) - at)));
    std::string directive;
    Linkname linkname;
    words >> directive >> linkname.local >> linkname.target;
    const bool is_one =
        std::all_of(directive.begin() + kLinkname.size(), directive.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (is_one && !linkname.local.empty()) out.push_back(std::move(linkname));
  }
  return out;
}

}  // namespace

const GoCapture* GoMatch::Find(const std::string& name) const {
  const auto found =
      std::find_if(captures.begin(), captures.end(), [&](const GoCapture& capture) { return capture.name == name; });
  return found == captures.end() ? nullptr : &*found;
}

std::string GoMatch::Text(const std::string& name) const {
  const GoCapture* capture = Find(name);
  return capture == nullptr ? std::string() : std::string(capture->text);
}

std::vector<GoToken> TokensAt(const std::vector<Range>& ranges, std::string_view text, const GoLayout& layout,
                              GoToken::Kind kind) {
  std::vector<GoToken> out;
  for (const Range& range : ranges) {
    const bool in_string = layout.InString(range.begin);
    if (layout.InComment(range.begin) || in_string != (kind == GoToken::kVdsoName)) continue;
    GoToken token{kind, range, std::string(text.substr(range.begin, range.size())), {}, false};
    SetQualifier(text, token);
    out.push_back(std::move(token));
  }
  return out;
}

GoScanner::GoScanner(const CompiledRules& rules)
    : rules_(rules), constants_{{}, {"SYS_"}, *Pattern::Compile({}, R"(\b_?SYS_[A-Za-z0-9_]+\b)"), {}} {}

void GoScanner::AddLines(const SourceFile& file, const TargetSet& targets, Contents& contents, GoFinds& out) const {
  for (const CompiledRule& rule : rules_.rules) {
    if ((!rule.lines && !rule.must_explain) || !rule.targets.Meets(targets)) continue;
    if (!contents.HoldsOneOf(rule.rule->file_contains) || !contents.HoldsOneOf(rule.rule->contains)) continue;
    if (rule.lines && rule.AppliesTo(file.path)) AddRows(file, rule, out.rows);
    if (!rule.must_explain) continue;
    const std::vector<Pattern::Match> found = rule.must_explain->FindAll(file.text);
    if (found.empty()) continue;
    const GoLayout layout = LayoutOf(file.text);
    for (const Pattern::Match& match : found) {
      std::string text(file.text.substr(match.all.begin, match.all.size()));
      const bool comment = layout.InComment(match.all.begin) && !text.starts_with("//go:");
      if (comment || layout.InString(match.all.begin)) continue;
      out.declarations.push_back({GoToken::kDeclaration, match.all, std::move(text), {}, false, &rule});
    }
  }
}

std::vector<GoScanner::Hit> GoScanner::FindHits(const SourceFile& file, const TargetSet& targets, Contents& contents) const {
  std::vector<Hit> out;
  for (const Prefilter& prefilter : rules_.prefilters) {
    Hit hit;
    for (const std::size_t index : prefilter.rules) {
      const CompiledRule& rule = rules_.rules[index];
      if (rule.targets.Meets(targets) && rule.AppliesTo(file.path)) hit.rules.push_back(&rule);
    }
    if (hit.rules.empty()) continue;
    hit.ranges = contents.Matches(prefilter);
    if (!hit.ranges.empty()) out.push_back(std::move(hit));
  }
  return out;
}

void GoScanner::AddMatch(const SourceFile& file, const GoFile& go, const CompiledRule& rule, const QueryMatch& found,
                         GoFinds& out) const {
  GoMatch match{.rule = &rule, .captures = {}, .func = {}, .span = {}};
  for (const Capture& capture : found.captures) {
    match.captures.push_back({capture.name, capture.range, file.text.substr(capture.range.begin, capture.range.size())});
  }
  const GoCapture* main = match.Find(MainCapture(rule.rule->finds));
  if (main == nullptr) return;  // an alternative of the query that captures something else
  match.func = go.EnclosingFunction(main->range.begin);
  const auto lookup = [&](const std::string& name) {
    if (name == "package") return file.package;
    if (name == "path") return file.path;
    return name == "func" && match.Find("func") == nullptr ? match.func : match.Text(name);
  };
  if (!rule.Matches(lookup)) return;
  match.span = go.At(main->range.begin);
  out.matches.push_back(std::move(match));
}

void GoScanner::RunRules(const SourceFile& file, const GoFile& go, const std::vector<Hit>& hits, GoFinds& out) const {
  if (hits.empty()) return;
  std::vector<std::vector<std::size_t>> offsets(rules_.queries->size());
  for (const Hit& hit : hits) {
    for (const CompiledRule* rule : hit.rules) offsets[rule->query] = hit.code;
  }
  std::vector<std::vector<QueryMatch>> found(rules_.queries->size());
  for (QueryMatch& match : go.RunAround(*rules_.queries, offsets)) found[match.query].push_back(std::move(match));
  for (const Hit& hit : hits) {
    for (const CompiledRule* rule : hit.rules) {
      for (const QueryMatch& match : found[rule->query]) AddMatch(file, go, *rule, match, out);
    }
  }
  // Not of the prefilters, whose order depends on the targets that are scanned together.
  std::stable_sort(out.matches.begin(), out.matches.end(),
                   [](const GoMatch& a, const GoMatch& b) { return a.rule < b.rule; });
}

GoFinds GoScanner::Scan(const SourceFile& file, const TargetSet& targets) const {
  GoFinds out;
  const std::string_view text = file.text;
  Contents contents(text);
  out.linknames = FindLinknames(text);
  AddLines(file, targets, contents, out);
  const std::vector<Range> constants = contents.Matches(constants_);
  const std::vector<Range> entries = rules_.entry_name ? contents.Matches(*rules_.entry_name) : std::vector<Range>();
  std::vector<Hit> hits = FindHits(file, targets, contents);
  if (constants.empty() && entries.empty() && hits.empty()) return out;

  const GoLayout layout = LayoutOf(text);
  const auto add_tokens = [&](const std::vector<Range>& ranges, GoToken::Kind kind, const CompiledRule* rule) {
    for (GoToken& token : TokensAt(ranges, text, layout, kind)) {
      token.rule = rule;
      out.tokens.push_back(std::move(token));
    }
  };
  add_tokens(constants, GoToken::kConstant, nullptr);
  add_tokens(entries, GoToken::kEntryName, nullptr);
  std::vector<std::size_t> offsets;
  for (const GoToken& token : out.tokens) offsets.push_back(token.range.begin);
  for (Hit& hit : hits) {
    for (const CompiledRule* rule : hit.rules) {
      if (rule->rule->finds == FindKind::kVdso) add_tokens(hit.ranges, GoToken::kVdsoName, rule);
    }
    // Messages tell of functions, too; no declaration begins in them.
    if (hit.rules.front()->rule->finds == FindKind::kBodyless) {
      std::erase_if(hit.ranges, [&](const Range& range) { return layout.InString(range.begin); });
    }
    hit.code = layout.CodeOf(hit.ranges);
    offsets.insert(offsets.end(), hit.code.begin(), hit.code.end());
  }
  if (offsets.empty() && !layout.open) return out;
  Result<GoFile> go = ParseAround(file.path, text, layout, offsets);
  if (!go) {
    out.errors = std::move(go.error());
    out.tokens.clear();  // one error is enough: no rule has had its chance to explain them
    return out;
  }
  // What was parsed may be whole all the same.
  if (layout.open) {
    out.errors.push_back({.where = PlaceOf(file, *layout.open),
                          .what = "the file ends before what begins here does",
                          .hint = "it is cut short: take the Go tree from its source again"});
    out.tokens.clear();
    return out;
  }
  out.imports = go->imports();
  RunRules(file, *go, hits, out);
  return out;
}

}  // namespace libcify::scan
