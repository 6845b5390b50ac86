#include "emit/go_edits.h"

#include <utility>

#include "gosrc/go_file.h"
#include "gosrc/go_layout.h"
#include "rules/rules.h"

namespace libcify {
namespace {

// An edit rule with its patterns compiled.
struct Compiled {
  const EditRule& rule;
  Pattern path;
  Pattern prefilter;
  GoQuery query;
  std::vector<std::pair<const Predicate*, Pattern>> where;
};

Result<Compiled> Compile(const EditRule& rule) {
  const Span origin{rule.file, 0, 0};
  Errors errors;
  Result<Pattern> path = Pattern::Compile(origin, rule.path);
  Result<Pattern> prefilter = Pattern::Compile(origin, rule.prefilter);
  Result<GoQuery> query = GoQuery::Compile(rule.file + " [" + rule.id + "]", rule.query);
  if (!path) Append(errors, std::move(path.error()));
  if (!prefilter) Append(errors, std::move(prefilter.error()));
  if (!query) Append(errors, std::move(query.error()));
  std::vector<std::pair<const Predicate*, Pattern>> where;
  for (const Predicate& predicate : rule.where) {
    Result<Pattern> pattern = Pattern::Compile(origin, predicate.matches);
    if (pattern) {
      where.emplace_back(&predicate, std::move(*pattern));
    } else {
      Append(errors, std::move(pattern.error()));
    }
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return Compiled{rule, std::move(*path), std::move(*prefilter), std::move(*query), std::move(where)};
}

bool Holds(const Compiled& rule, const QueryMatch& match) {
  for (const auto& [predicate, pattern] : rule.where) {
    const Capture* capture = match.Find(predicate->capture);
    if (capture == nullptr || pattern.Search(capture->text) == predicate->negated) return false;
  }
  return true;
}

// "$name" becomes the text of capture @name, "$$" a dollar.
std::string Expand(const std::string& replacement, const QueryMatch& match) {
  std::string out;
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] != '$') {
      out += replacement[i];
      continue;
    }
    std::size_t end = i + 1;
    if (end < replacement.size() && replacement[end] == '$') {
      out += '$';
      i = end;
      continue;
    }
    while (end < replacement.size() &&
           (std::isalnum(static_cast<unsigned char>(replacement[end])) || replacement[end] == '_')) {
      ++end;
    }
    if (const Capture* capture = match.Find(replacement.substr(i + 1, end - i - 1))) out += capture->text;
    i = end - 1;
  }
  return out;
}

// The declarations that the prefilter touches; the whole file where the rule has none; nothing where it finds nothing.
Result<std::optional<GoFile>> ParseHits(const Compiled& rule, const std::string& path, const std::string& text) {
  Result<GoFile> file = Fail(Error{});
  if (rule.rule.prefilter.empty()) {
    file = GoFile::Parse(path, text);
  } else {
    std::vector<Range> hits;
    for (const Pattern::Match& match : rule.prefilter.FindAll(text)) hits.push_back(match.all);
    if (hits.empty()) return std::optional<GoFile>();
    const GoLayout layout = LayoutOf(text);
    file = ParseAround(path, text, layout, layout.CodeOf(hits));
  }
  if (!file) return Fail(std::move(file.error()));
  return std::optional<GoFile>(std::move(*file));
}

// Where a rule's prefilter and its query matched.
struct Found {
  bool touched = false;  // some file has what the prefilter asks for
  std::vector<Span> places;
};

// Applies the rule to one file; notes the places.
Errors EditFile(const Compiled& rule, const std::string& path, TreeEdits& edits, Found& found) {
  const Result<const std::string*> text = edits.Text(path);
  if (!text) return text.error();
  Result<std::optional<GoFile>> file = ParseHits(rule, path, **text);
  if (!file) return file.error();
  if (!*file) return {};
  found.touched = true;
  for (const QueryMatch& match : (*file)->Run(rule.query)) {
    const Capture* edit = match.Find("edit");
    if (edit == nullptr || !Holds(rule, match)) continue;
    edits.Replace(path, edit->range, Expand(rule.rule.replacement, match));
    found.places.push_back((*file)->At(edit->range.begin));
  }
  return {};
}

Errors CheckCount(const EditRule& rule, const Found& found) {
  const std::vector<Span>& places = found.places;
  const int count = static_cast<int>(places.size());
  if (!found.touched && rule.optional) return {};
  if (count >= rule.min_matches && count <= rule.max_matches) return {};
  const std::string wanted = rule.min_matches == rule.max_matches
                                 ? std::to_string(rule.min_matches)
                                 : std::to_string(rule.min_matches) + " to " + std::to_string(rule.max_matches);
  Errors errors;
  errors.push_back(
      {.where = places.empty() ? Span{rule.file, 0, 0} : places.front(),
       .what = "edit rule matches " + std::to_string(count) + " places of the tree, expected " + wanted + ": " + rule.doc,
       .rule = rule.id,
       .hint = "the tree has another shape here: adapt the rule's query"});
  for (std::size_t i = 1; i < places.size(); ++i) {
    errors.push_back({.where = places[i], .what = "another match", .rule = rule.id});
  }
  return errors;
}

}  // namespace

Errors EditGoFiles(const EmitInput& input, TreeEdits& edits) {
  Errors errors;
  for (const EditRule& rule : input.dialect.edits) {
    if (!Covers(rule.scope, input.target)) continue;
    Result<Compiled> compiled = Compile(rule);
    if (!compiled) {
      Append(errors, std::move(compiled.error()));
      continue;
    }
    Found found;
    Errors bad;
    for (const std::string& path : input.files) {
      if (path.ends_with(".go") && compiled->path.Search(path)) Append(bad, EditFile(*compiled, path, edits, found));
    }
    if (bad.empty()) bad = CheckCount(rule, found);
    Append(errors, std::move(bad));
  }
  return errors;
}

}  // namespace libcify
