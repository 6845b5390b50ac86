#include "emit/go_edits.h"

#include <utility>

#include "base/parallel.h"
#include "gosrc/go_file.h"
#include "gosrc/go_layout.h"
#include "rules/rules.h"

namespace libcify {
namespace {

// An edit rule with its patterns compiled.
struct Compiled {
  const EditRule& rule;
  Pattern prefilter;
  GoQuery query;
  std::vector<std::pair<const Predicate*, Pattern>> where;
};

Result<Compiled> Compile(const EditRule& rule) {
  const Span origin{rule.file, 0, 0};
  Errors errors;
  Result<Pattern> prefilter = Pattern::Compile(origin, rule.prefilter);
  Result<GoQuery> query = GoQuery::Compile(rule.file + " [" + rule.id + "]", rule.query);
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
  return Compiled{rule, std::move(*prefilter), std::move(*query), std::move(where)};
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

// A file that a rule may edit.
struct Place {
  const std::string& path;
  const std::string& text;
};

// A piece of a file and what it becomes.
struct Replacement {
  const std::string& path;
  Range range;
  std::string text;
};

// Where a rule's prefilter and its query matched.
struct Found {
  bool touched = false;  // some file has what the prefilter asks for
  std::vector<Span> places;
  std::vector<Replacement> replacements;  // beside places
  Errors errors;
};

// The matches of the query in the declarations that the prefilter touches; in the whole file where the rule has none.
Result<void> FindIn(const Compiled& rule, const Place& place, Found& found) {
  Result<GoFile> file = Fail(Error{});
  std::vector<std::size_t> code;
  const bool whole = rule.rule.prefilter.empty();
  if (whole) {
    file = GoFile::Parse(place.path, place.text);
  } else {
    std::vector<Range> hits;
    for (const Pattern::Match& match : rule.prefilter.FindAll(place.text)) hits.push_back(match.all);
    if (hits.empty()) return {};
    const GoLayout layout = LayoutOf(place.text);
    code = layout.CodeOf(hits);
    file = ParseAround(place.path, place.text, layout, code);
  }
  if (!file) return Fail(std::move(file.error()));
  found.touched = true;
  for (const QueryMatch& match : whole ? file->Run(rule.query) : file->RunAround(rule.query, code)) {
    const Capture* edit = match.Find("edit");
    if (edit == nullptr || !Holds(rule, match)) continue;
    found.places.push_back(file->At(edit->range.begin));
    found.replacements.push_back({place.path, edit->range, Expand(rule.rule.replacement, match)});
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

Found Find(const EditRule& rule, const std::vector<Place>& places) {
  Found found;
  const Result<Compiled> compiled = Compile(rule);
  if (!compiled) {
    found.errors = compiled.error();
    return found;
  }
  for (const Place& place : places) {
    if (Result<void> done = FindIn(*compiled, place, found); !done) Append(found.errors, std::move(done.error()));
  }
  if (found.errors.empty()) found.errors = CheckCount(rule, found);
  return found;
}

}  // namespace

Errors EditGoFiles(const EmitInput& input, TreeEdits& edits) {
  struct Task {
    const EditRule& rule;
    std::vector<Place> places;
    Found found;
  };
  Errors errors;
  std::vector<Task> tasks;
  for (const EditRule& rule : input.dialect.edits) {
    if (!Covers(rule.scope, input.target)) continue;
    Task& task = tasks.emplace_back(Task{rule, {}, {}});
    const Result<Pattern> wanted = Pattern::Compile({rule.file, 0, 0}, rule.path);
    if (!wanted) Append(errors, wanted.error());
    for (const std::string& path : input.files) {
      if (!wanted || !path.ends_with(".go") || !wanted->Search(path)) continue;
      const Result<const std::string*> text = edits.Text(path);
      if (text) task.places.push_back({path, **text});
      if (!text) Append(errors, text.error());
    }
  }
  ForEach(tasks.size(), input.jobs, [&](std::size_t i) { tasks[i].found = Find(tasks[i].rule, tasks[i].places); });
  for (Task& task : tasks) {
    for (Replacement& one : task.found.replacements) edits.Replace(one.path, one.range, std::move(one.text));
    Append(errors, std::move(task.found.errors));
  }
  return errors;
}

}  // namespace libcify
