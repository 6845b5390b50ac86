#include "emit/go_edits.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/memo.h"
#include "base/parallel.h"
#include "gosrc/go_file.h"
#include "gosrc/go_layout.h"
#include "gosrc/text_lines.h"
#include "rules/rules.h"

namespace libcify {

namespace {

struct CompiledEdit {
  const EditRule& rule;
  Pattern path, prefilter;
  std::vector<std::pair<const Predicate*, Pattern>> where;
};

// A piece of a file and what it becomes.
struct Replacement {
  Range range;
  std::string text;
};

// What one rule finds in one file.
struct Found {
  std::optional<Span> touched;  // where the file first has what the prefilter asks for
  std::vector<Span> places;
  std::vector<Replacement> replacements;  // beside places
};

}  // namespace

struct CompiledEdits {
  std::vector<CompiledEdit> rules;
  std::optional<GoQueries> queries;  // one per rule; none without rules

  // What the rules, in their order, find in a file of the tree. Ports that share rules share their files, too: each is
  // searched once.
  [[nodiscard]] const Result<std::vector<Found>>& FindIn(const std::string& path, const std::string& text) const;

 private:
  [[nodiscard]] Result<std::vector<Found>> Search(const std::string& path, const std::string& text) const;

  mutable Memo<std::string, Result<std::vector<Found>>> found_;  // by path
};

namespace {

std::vector<const EditRule*> Covering(const std::vector<EditRule>& rules, const Target& target) {
  std::vector<const EditRule*> out;
  for (const EditRule& rule : rules) {
    if (Covers(rule.scope, target)) out.push_back(&rule);
  }
  return out;
}

Result<CompiledEdit> Compile(const EditRule& rule) {
  const Span origin{rule.file, 0, 0};
  Errors errors;
  Result<Pattern> path = Pattern::Compile(origin, rule.path);
  Result<Pattern> prefilter = Pattern::Compile(origin, rule.prefilter);
  if (!path) Append(errors, std::move(path.error()));
  if (!prefilter) Append(errors, std::move(prefilter.error()));
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
  return CompiledEdit{rule, std::move(*path), std::move(*prefilter), std::move(where)};
}

bool Holds(const CompiledEdit& rule, const QueryMatch& match) {
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
    while (end < replacement.size() && IsWord(replacement[end])) ++end;
    if (const Capture* capture = match.Find(replacement.substr(i + 1, end - i - 1))) out += capture->text;
    i = end - 1;
  }
  return out;
}

Errors CheckCount(const EditRule& rule, const Found& found) {
  const std::vector<Span>& places = found.places;
  const int count = static_cast<int>(places.size());
  if (!found.touched && rule.optional) return {};
  if (count >= rule.min_matches && count <= rule.max_matches) return {};
  const std::string wanted = rule.min_matches == rule.max_matches
                                 ? std::to_string(rule.min_matches)
                                 : std::to_string(rule.min_matches) + " to " + std::to_string(rule.max_matches);
  const Span nowhere = found.touched.value_or(Span{rule.file, 0, 0});
  Errors errors;
  errors.push_back(
      {.where = places.empty() ? nowhere : places.front(),
       .what = "edit rule matches " + std::to_string(count) + " places of the tree, expected " + wanted + ": " + rule.doc,
       .rule = rule.id,
       .hint = "the tree has another shape here: adapt the rule's query"});
  for (std::size_t i = 1; i < places.size(); ++i) {
    errors.push_back({.where = places[i], .what = "another match", .rule = rule.id});
  }
  return errors;
}

}  // namespace

// The matches of the rules' queries in the declarations that their prefilters touch.
Result<std::vector<Found>> CompiledEdits::Search(const std::string& path, const std::string& text) const {
  std::vector<Found> out(rules.size());
  std::vector<std::vector<Range>> hits(rules.size());
  bool touched = false;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!rules[i].path.Search(path)) continue;
    for (const Pattern::Match& match : rules[i].prefilter.FindAll(text)) hits[i].push_back(match.all);
    if (hits[i].empty()) continue;
    out[i].touched = TextLines(text).At(path, hits[i].front().begin);
    touched = true;
  }
  if (!touched) return out;
  const GoLayout layout = LayoutOf(text);
  std::vector<std::vector<std::size_t>> offsets;
  std::vector<std::size_t> all;
  for (const std::vector<Range>& of_rule : hits) {
    offsets.push_back(layout.CodeOf(of_rule));
    all.insert(all.end(), offsets.back().begin(), offsets.back().end());
  }
  const Result<GoFile> file = ParseAround(path, text, layout, all);
  if (!file) return Fail(file.error());
  for (const QueryMatch& match : file->RunAround(*queries, offsets)) {
    const CompiledEdit& rule = rules[match.query];
    const Capture* edit = match.Find("edit");
    if (edit == nullptr || !Holds(rule, match)) continue;
    out[match.query].places.push_back(file->At(edit->range.begin));
    out[match.query].replacements.push_back({edit->range, Expand(rule.rule.replacement, match)});
  }
  return out;
}

const Result<std::vector<Found>>& CompiledEdits::FindIn(const std::string& path, const std::string& text) const {
  return found_.Get(path, [&] { return Search(path, text); });
}

Result<EditRules> CompileEdits(const std::vector<EditRule>& rules, const Target& target) {
  auto out = std::make_shared<CompiledEdits>();
  Errors errors;
  std::vector<QueryText> texts;
  for (const EditRule* rule : Covering(rules, target)) {
    texts.push_back({rule->file, rule->id, rule->query});
    if (Result<CompiledEdit> compiled = Compile(*rule)) {
      out->rules.push_back(std::move(*compiled));
    } else {
      Append(errors, std::move(compiled.error()));
    }
  }
  if (!texts.empty()) {
    Result<GoQueries> queries = GoQueries::Compile(texts);
    if (queries) out->queries = std::move(*queries);
    if (!queries) Append(errors, std::move(queries.error()));
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

Result<EditRules> EditRulesOfTargets::For(const std::vector<EditRule>& rules, const Target& target) {
  return known_.Get(Covering(rules, target), [&] { return CompileEdits(rules, target); });
}

Errors EditGoFiles(const EmitInput& input, TreeEdits& edits) {
  const std::vector<EditRule>& own = input.patch ? input.dialect.patch.edits : input.dialect.edits;
  const Result<EditRules> compiled = input.edits ? input.edits : CompileEdits(own, input.target);
  if (!compiled) return compiled.error();
  const std::vector<CompiledEdit>& rules = (*compiled)->rules;
  Errors errors;
  struct Task {
    const std::string& path;
    const std::string& text;
    const Result<std::vector<Found>>* found = nullptr;
  };
  std::vector<Task> tasks;
  for (const std::string& path : input.files) {
    const auto applies = [&](const CompiledEdit& rule) { return rule.path.Search(path); };
    if (!path.ends_with(".go") || std::none_of(rules.begin(), rules.end(), applies)) continue;
    const Result<const std::string*> text = edits.Text(path);
    if (text) tasks.push_back(Task{path, **text});
    if (!text) Append(errors, text.error());
  }
  ForEach(tasks.size(), input.jobs,
          [&](std::size_t i) { tasks[i].found = &(*compiled)->FindIn(tasks[i].path, tasks[i].text); });
  std::vector<Found> all(rules.size());
  for (const Task& task : tasks) {
    const Result<std::vector<Found>>& of_file = *task.found;
    if (!of_file) Append(errors, of_file.error());
    for (std::size_t i = 0; of_file && i < rules.size(); ++i) {
      const Found& found = (*of_file)[i];
      if (!all[i].touched) all[i].touched = found.touched;
      all[i].places.insert(all[i].places.end(), found.places.begin(), found.places.end());
      for (const Replacement& one : found.replacements) edits.Replace(task.path, one.range, one.text);
    }
  }
  if (!errors.empty()) return errors;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!all[i].places.empty()) input.Use(rules[i].rule.id);
    Append(errors, CheckCount(rules[i].rule, all[i]));
  }
  return errors;
}

}  // namespace libcify
