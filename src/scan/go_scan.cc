// Searches Go files, see go_scan.h. Stages: read each file as far as texts and patterns go; parse the declarations that
// were touched, the same ones of several files once; see what the rules make of them, file by file.
#include "scan/go_scan.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <string_view>

#include "base/parallel.h"
#include "gosrc/text_lines.h"
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

const GoCapture* GoMatch::Find(std::string_view name) const {
  const auto found =
      std::find_if(captures.begin(), captures.end(), [&](const GoCapture& capture) { return capture.name == name; });
  return found == captures.end() ? nullptr : &*found;
}

std::string GoMatch::Text(std::string_view name) const {
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
    : rules_(rules), constants_{{}, {"SYS_"}, {}, *Pattern::Compile({}, R"(\b_?SYS_[A-Za-z0-9_]+\b)")} {}

void GoScanner::AddLines(const GoInput& input, Contents& contents, GoFinds& out) const {
  const SourceFile& file = *input.file;
  for (const CompiledRule& rule : rules_.rules) {
    if ((!rule.lines && !rule.must_explain) || !rule.targets.Meets(*input.targets)) continue;
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

std::vector<GoScanner::Hit> GoScanner::FindHits(const GoInput& input, Contents& contents) const {
  std::vector<Hit> out;
  for (std::size_t i = 0; i < rules_.prefilters.size(); ++i) {
    Hit hit{.prefilter = i};
    for (const std::size_t index : rules_.prefilters[i].rules) {
      const CompiledRule& rule = rules_.rules[index];
      if (rule.targets.Meets(*input.targets) && rule.AppliesTo(input.file->path)) hit.rules.push_back(&rule);
    }
    if (hit.rules.empty()) continue;
    hit.ranges = contents.Matches(rules_.prefilters[i]);
    if (!hit.ranges.empty()) out.push_back(std::move(hit));
  }
  return out;
}

void GoScanner::AddTokens(const SourceFile& file, const std::vector<Range>& constants, const std::vector<Range>& entries,
                          const GoLayout& layout, Draft& draft) const {
  const auto add = [&](const std::vector<Range>& ranges, GoToken::Kind kind, const CompiledRule* rule) {
    for (GoToken& token : TokensAt(ranges, file.text, layout, kind)) {
      token.rule = rule;
      draft.finds.tokens.push_back(std::move(token));
    }
  };
  add(constants, GoToken::kConstant, nullptr);
  add(entries, GoToken::kEntryName, nullptr);
  for (const Hit& hit : draft.hits) {
    for (const CompiledRule* rule : hit.rules) {
      if (rule->rule->finds == FindKind::kVdso) add(hit.ranges, GoToken::kVdsoName, rule);
    }
  }
}

GoScanner::Draft GoScanner::Read(const GoInput& input) const {
  Draft draft;
  const std::string_view text = input.file->text;
  Contents contents(text);
  draft.finds.linknames = FindLinknames(text);
  AddLines(input, contents, draft.finds);
  const std::vector<Range> constants = contents.Matches(constants_);
  const std::vector<Range> entries = rules_.entry_name ? contents.Matches(*rules_.entry_name) : std::vector<Range>();
  draft.hits = FindHits(input, contents);
  if (constants.empty() && entries.empty() && draft.hits.empty()) return draft;

  const GoLayout layout = LayoutOf(text);
  draft.open = layout.open;
  AddTokens(*input.file, constants, entries, layout, draft);
  for (Hit& hit : draft.hits) {
    // Messages tell of functions, too; no declaration begins in them.
    if (hit.rules.front()->rule->finds == FindKind::kBodyless) {
      std::erase_if(hit.ranges, [&](const Range& range) { return layout.InString(range.begin); });
    }
    hit.code = layout.CodeOf(hit.ranges);
    hit.declarations = layout.DeclarationsAt(hit.code);
  }
  std::erase_if(draft.hits, [](const Hit& hit) { return hit.declarations.empty(); });
  if (draft.finds.tokens.empty() && draft.hits.empty()) return draft;
  draft.finds.imports = ImportsOf(text, layout);
  return draft;
}

void GoScanner::Register(const SourceFile& file, Draft& draft, ParsedDeclarations& declarations) {
  for (Hit& hit : draft.hits) {
    for (const Range& range : hit.declarations) {
      const std::size_t declaration = declarations.Add(file.text.substr(range.begin, range.size()));
      declarations.Ask(declaration, hit.prefilter);
      hit.touched.push_back({range.begin, declaration});
    }
  }
}

// A match of one rule, if all that the rule demands of it holds.
class GoScanner::Matcher {
 public:
  Matcher(const SourceFile& file, GoFinds& out) : file_(file), out_(out) {}

  // `offset`: of the match's ranges in the file.
  void Add(const CompiledRule& rule, const QueryMatch& found, std::size_t offset, const std::string& func) {
    GoMatch match{.rule = &rule, .captures = {}, .func = func, .span = {}};
    match.captures.reserve(found.captures.size());
    for (const Capture& capture : found.captures) {
      const Range range{offset + capture.range.begin, offset + capture.range.end};
      match.captures.push_back({capture.name, range, file_.text.substr(range.begin, range.size())});
    }
    const GoCapture* main = match.Find(MainCapture(rule.rule->finds));
    if (main == nullptr) return;  // an alternative of the query that captures something else
    const auto lookup = [&](const std::string& name) {
      if (name == "package") return file_.package;
      if (name == "path") return file_.path;
      return name == "func" && match.Find("func") == nullptr ? match.func : match.Text(name);
    };
    if (!rule.Matches(lookup)) return;
    if (!lines_) lines_.emplace(file_.text);
    match.span = lines_->At(file_.path, main->range.begin);
    out_.matches.push_back(std::move(match));
  }

 private:
  const SourceFile& file_;
  GoFinds& out_;
  std::optional<TextLines> lines_;
};

void GoScanner::RunRules(const SourceFile& file, const ParsedDeclarations& declarations, Draft& draft) const {
  Matcher matcher(file, draft.finds);
  for (const Hit& hit : draft.hits) {
    for (const CompiledRule* rule : hit.rules) {
      for (const auto& [begin, declaration] : hit.touched) {
        for (const ParsedDeclarations::Found& found : declarations[declaration].found.at(hit.prefilter)) {
          if (found.match.query == rule->query) matcher.Add(*rule, found.match, begin, found.func);
        }
      }
    }
  }
}

void GoScanner::RunRulesOnWhole(const SourceFile& file, Draft& draft) const {
  const Result<GoFile> go = GoFile::Parse(file.path, std::string(file.text));
  if (!go) {
    draft.finds.errors = go.error();
    return;
  }
  Matcher matcher(file, draft.finds);
  for (const Hit& hit : draft.hits) {
    const GoQueries& queries = *rules_.prefilters[hit.prefilter].queries;
    const std::vector<QueryMatch> found = go->RunAround(queries, std::vector(queries.size(), hit.code));
    for (const CompiledRule* rule : hit.rules) {
      for (const QueryMatch& match : found) {
        if (match.query == rule->query)
          matcher.Add(*rule, match, 0, go->EnclosingFunction(match.captures.empty() ? 0 : match.captures[0].range.begin));
      }
    }
  }
}

void GoScanner::Finish(const SourceFile& file, const ParsedDeclarations& declarations, Draft& draft) const {
  const auto bad = [&](const Touched& one) { return !declarations[one.declaration].good; };
  const auto holds_bad = [&](const Hit& hit) { return std::any_of(hit.touched.begin(), hit.touched.end(), bad); };
  if (std::any_of(draft.hits.begin(), draft.hits.end(), holds_bad)) {
    RunRulesOnWhole(file, draft);
  } else {
    RunRules(file, declarations, draft);
  }
  GoFinds& out = draft.finds;
  // What was parsed may be whole all the same.
  if (draft.open && out.errors.empty()) {
    out.errors.push_back({.where = PlaceOf(file, *draft.open),
                          .what = "the file ends before what begins here does",
                          .hint = "it is cut short: take the Go tree from its source again"});
  }
  if (!out.errors.empty()) {  // one error is enough: no rule has had its chance to explain them
    out.tokens.clear();
    out.matches.clear();
  }
  // Not of the prefilters, whose order depends on the targets that are scanned together.
  std::stable_sort(out.matches.begin(), out.matches.end(),
                   [](const GoMatch& a, const GoMatch& b) { return a.rule < b.rule; });
}

std::vector<GoFinds> GoScanner::Scan(const std::vector<GoInput>& files, int jobs) const {
  std::vector<Draft> drafts(files.size());
  ForEach(files.size(), jobs, [&](std::size_t i) { drafts[i] = Read(files[i]); });
  ParsedDeclarations declarations(rules_);
  for (std::size_t i = 0; i < files.size(); ++i) Register(*files[i].file, drafts[i], declarations);
  declarations.Parse(jobs);
  std::vector<GoFinds> out(files.size());
  ForEach(files.size(), jobs, [&](std::size_t i) {
    Finish(*files[i].file, declarations, drafts[i]);
    out[i] = std::move(drafts[i].finds);
  });
  return out;
}

}  // namespace libcify::scan
