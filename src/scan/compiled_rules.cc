// Compiles the extract rules of some targets, see compiled_rules.h.
#include "scan/compiled_rules.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "scan/find_text.h"

namespace libcify::scan {
namespace {

bool IsUpper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }

// copyFileRange: copy_file_range; EPOLL_CREATE1: epoll_create1.
std::string SnakeCase(const std::string& name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (IsUpper(name[i]) && i > 0 && !IsUpper(name[i - 1]) && name[i - 1] != '_') out += '_';
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(name[i])));
  }
  return out;
}

// Whether a line, its newline not counted, ends so.
bool EndsWith(std::string_view line, std::string_view end) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  return line.ends_with(end);
}

class Compiler {
 public:
  explicit Compiler(const std::vector<Target>& targets) : targets_(targets) {}

  void Add(const ExtractRule& rule) {
    CompiledRule compiled;
    compiled.rule = &rule;
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      if (Covers(rule.scope, targets_[i])) compiled.targets.Add(i);
    }
    if (compiled.targets.empty()) return;
    if (rule.language != Language::kGo) compiled.prefilter = Regex(rule, rule.prefilter);  // those of Go are shared
    compiled.path = Regex(rule, rule.path);
    compiled.rewrite = Regex(rule, rule.name_rewrite_match);
    compiled.number = Regex(rule, rule.number_match);
    compiled.must_explain = Regex(rule, rule.must_explain);
    compiled.entry_package = Regex(rule, rule.entry_package);
    compiled.entry_name = Regex(rule, rule.entry_name);
    if (rule.language == Language::kLines) compiled.lines = Regex(rule, rule.query);
    for (const Predicate& predicate : rule.where) {
      if (std::optional<Pattern> pattern = Regex(rule, predicate.matches)) compiled.where.push_back(std::move(*pattern));
    }
    if (rule.finds == FindKind::kEntry) {
      names_ += (names_.empty() ? "" : "|") + rule.entry_name;
      name_parts_.insert(name_parts_.end(), rule.contains.begin(), rule.contains.end());
      any_name_ = any_name_ || rule.contains.empty();
    }
    out.rules.push_back(std::move(compiled));
  }

  void Finish() {
    std::sort(out.rules.begin(), out.rules.end(),
              [](const CompiledRule& a, const CompiledRule& b) { return a.rule->id < b.rule->id; });
    for (std::size_t i = 0; i < out.rules.size(); ++i) {
      if (out.rules[i].rule->language == Language::kGo) Share(i);
    }
    for (Prefilter& prefilter : out.prefilters) CompileQueries(prefilter);
    if (names_.empty()) return;
    std::sort(name_parts_.begin(), name_parts_.end());
    name_parts_.erase(std::unique(name_parts_.begin(), name_parts_.end()), name_parts_.end());
    if (any_name_) name_parts_.clear();
    const ExtractRule whole;  // no rule of its own: the parts were checked one by one
    if (std::optional<Pattern> pattern = Regex(whole, "\\b(?:" + names_ + ")\\b")) {
      out.entry_name = {{}, std::move(name_parts_), {}, std::move(*pattern)};
    }
  }

  CompiledRules out;
  Errors errors;

 private:
  std::optional<Pattern> Regex(const ExtractRule& rule, const std::string& text) {
    if (text.empty()) return std::nullopt;
    Result<Pattern> pattern = Pattern::Compile({rule.file}, text);
    if (pattern) return std::move(*pattern);
    for (Error& error : pattern.error()) error.rule = rule.id;
    Append(errors, std::move(pattern.error()));
    return std::nullopt;
  }

  // Puts a Go rule to the others of the same prefilter.
  void Share(std::size_t index) {
    const ExtractRule& rule = *out.rules[index].rule;
    for (Prefilter& prefilter : out.prefilters) {
      const ExtractRule& first = *out.rules[prefilter.rules.front()].rule;
      const bool same = first.contains == rule.contains && first.file_contains == rule.file_contains &&
                        first.not_ending == rule.not_ending;
      if (first.prefilter != rule.prefilter || !same) continue;
      prefilter.rules.push_back(index);
      return;
    }
    if (std::optional<Pattern> pattern = Regex(rule, rule.prefilter)) {
      out.prefilters.push_back({rule.file_contains, rule.contains, rule.not_ending, std::move(*pattern), {index}, {}});
    }
  }

  // Compiled apart by prefilter: a declaration is asked only what its own prefilters want to know.
  void CompileQueries(Prefilter& prefilter) {
    std::vector<QueryText> texts;
    std::map<std::string, std::size_t> known;
    for (const std::size_t index : prefilter.rules) {
      const ExtractRule& rule = *out.rules[index].rule;
      const auto [at, fresh] = known.try_emplace(rule.query, texts.size());
      if (fresh) texts.push_back({rule.file, rule.id, rule.query});
      out.rules[index].query = at->second;
    }
    Result<GoQueries> queries = GoQueries::Compile(texts);
    if (queries) {
      prefilter.queries = std::move(*queries);
    } else {
      Append(errors, std::move(queries.error()));
    }
  }

  const std::vector<Target>& targets_;
  std::string names_;
  std::vector<std::string> name_parts_;  // texts of which every use of an entry holds one
  bool any_name_ = false;                // some entry says no such text
};

}  // namespace

const std::vector<Range>& Contents::LinesWith(std::string_view needle) {
  const auto [known, fresh] = lines_.try_emplace(needle);
  std::vector<Range>& lines = known->second;
  if (!fresh) return lines;
  for (std::size_t at = FindText(text_, needle); at != std::string_view::npos;
       at = FindText(text_, needle, lines.back().end)) {
    const std::size_t newline = text_.find('\n', at + needle.size() - 1);
    lines.push_back(
        {text_.rfind('\n', at) + 1, newline == std::string_view::npos ? text_.size() : newline + 1});  // npos + 1 is 0
  }
  return lines;
}

bool Contents::HoldsOneOf(const std::vector<std::string>& needles) {
  return needles.empty() ||
         std::any_of(needles.begin(), needles.end(), [&](const std::string& needle) { return Holds(needle); });
}

std::vector<Range> Contents::Matches(const Prefilter& prefilter) {
  std::vector<Range> out;
  if (!HoldsOneOf(prefilter.file_contains)) return out;
  std::vector<Range> lines;
  for (const std::string& needle : prefilter.contains) {
    const std::vector<Range>& found = LinesWith(needle);
    lines.insert(lines.end(), found.begin(), found.end());
  }
  if (prefilter.contains.empty()) lines.push_back({0, text_.size()});
  const auto by_begin = [](const Range& a, const Range& b) { return a.begin < b.begin; };
  if (prefilter.contains.size() > 1) std::sort(lines.begin(), lines.end(), by_begin);
  std::size_t done = 0;  // a line may hold several of the texts
  for (const Range& line : lines) {
    if (line.begin < done) continue;
    const std::string_view text = text_.substr(line.begin, line.size());
    if (!prefilter.not_ending.empty() && EndsWith(text, prefilter.not_ending)) continue;
    for (const Pattern::Match& match : prefilter.pattern.FindAll(text)) {
      out.push_back({line.begin + match.all.begin, line.begin + match.all.end});
    }
    done = line.end;
  }
  return out;
}

bool CompiledRule::AppliesTo(const std::string& path_below_src) const { return !path || path->Search(path_below_src); }

std::size_t CompiledRule::FailedConditions(const Lookup& lookup) const {
  std::size_t failed = 0;
  for (std::size_t i = 0; i < where.size(); ++i) {
    if (where[i].Search(lookup(rule->where[i].capture)) == rule->where[i].negated) ++failed;
  }
  return failed;
}

std::string CompiledRule::NativeName(const std::string& written) const {
  std::string name = rewrite ? rewrite->Rewrite(written, rule->name_rewrite_to) : written;
  if (rule->name_case == "snake") return SnakeCase(name);
  if (rule->name_case == "lower") {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  }
  return name;
}

Result<CompiledRules> Compile(const RuleSet& rules, const std::vector<Target>& targets) {
  Compiler compiler(targets);
  for (const ExtractRule& rule : rules.extract) compiler.Add(rule);
  if (compiler.errors.empty()) compiler.Finish();
  if (!compiler.errors.empty()) return Fail(std::move(compiler.errors));
  return std::move(compiler.out);
}

TargetRules::TargetRules(const CompiledRules& rules, std::size_t target) : target_(target) {
  for (const CompiledRule& rule : rules.rules) {
    if (!Cover(rule)) continue;
    all_.push_back(&rule);
    by_kind_[static_cast<std::size_t>(rule.rule->finds)].push_back(&rule);
  }
}

std::string TargetRules::Closest(FindKind kind, const CompiledRule::Lookup& lookup) const {
  const ExtractRule* best = nullptr;
  std::size_t fewest = 0;
  for (const CompiledRule* rule : Of(kind)) {
    const std::size_t failed = rule->FailedConditions(lookup) + (rule->AppliesTo(lookup("path")) ? 0 : 1);
    if (best != nullptr && failed >= fewest) continue;
    best = rule->rule;
    fewest = failed;
  }
  return best == nullptr ? std::string() : best->id;
}

}  // namespace libcify::scan
