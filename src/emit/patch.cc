#include "emit/patch.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/json.h"
#include "emit/call_files.h"
#include "emit/go_edits.h"
#include "gosrc/go_layout.h"
#include "rules/rules.h"

namespace libcify {
namespace {

constexpr std::string_view kTag = "{tag}";

void FillTag(std::string& text, const std::string& tag) {
  for (std::size_t at = text.find(kTag); at != std::string::npos; at = text.find(kTag, at))
    text.replace(at, kTag.size(), tag);
}

// Where the lines of comment right above a declaration begin.
std::size_t CommentAbove(const std::string& text, std::size_t begin) {
  while (begin > 1) {
    const std::size_t line = text.rfind('\n', begin - 2) + 1;  // npos + 1 is the text's begin
    if (!std::string_view(text).substr(line).starts_with("//")) break;
    begin = line;
  }
  return begin;
}

// A piece of a text with the edits that lie in it.
std::string Edited(const std::string& text, Range piece, const std::vector<TextEdit>& edits) {
  std::string out;
  std::size_t at = piece.begin;
  for (const TextEdit& edit : edits) {
    out += text.substr(at, edit.range.begin - at) + edit.replacement;
    at = edit.range.end;
  }
  return out + text.substr(at, piece.end - at);
}

// Of the comment above a declaration its directives: what it says to people stands in Go's own file.
std::string DirectivesOf(std::string_view comment) {
  std::string out;
  while (!comment.empty()) {
    const std::string_view line = comment.substr(0, comment.find('\n') + 1);
    if (line.starts_with("//go:")) out += line;
    comment.remove_prefix(line.size());
  }
  return out;
}

// "(*T).Read" of "func (t *T) Read(…"; "" of what is no function.
std::string FunctionName(std::string_view text) {
  static constexpr std::string_view kFunc = "func ";
  if (!text.starts_with(kFunc)) return "";
  text.remove_prefix(kFunc.size());
  std::string receiver;
  if (text.starts_with('(')) {
    const std::string_view inside = text.substr(1, text.find(')') - 1);
    const std::string type(inside.substr(inside.rfind(' ') + 1));
    receiver = (type.starts_with('*') ? "(" + type + ")" : type) + ".";
    text.remove_prefix(std::min(inside.size() + 3, text.size()));
  }
  return receiver + std::string(text.substr(0, text.find_first_of("([")));
}

// "package syscall", the first of the declarations.
std::string PackageClause(const std::string& text, const GoLayout& layout) {
  const Range clause = layout.declarations.empty() ? Range{} : layout.declarations.front();
  const std::string line = text.substr(clause.begin, clause.size());
  return line.substr(0, line.find_last_not_of(" \t\r\n") + 1);
}

bool IsGroup(std::string_view declaration) {
  const std::size_t word = declaration.find(' ');
  return !declaration.starts_with("func") && word != std::string_view::npos && declaration.substr(word).starts_with(" (");
}

// A package's patches.
struct PatchedPackage {
  std::vector<Artifact> files;
  std::vector<std::string> functions;
};

class Patcher {
 public:
  Patcher(const EmitInput& input, PatchScope scope) : input_(input), scope_(std::move(scope)) {}

  void AddDeclarations(TreeEdits& edits) {
    for (auto& [path, of_file] : edits.All()) {
      const Result<const std::string*> text = edits.Text(path);
      if (!text) {
        Append(errors_, text.error());
      } else {
        AddFile(path, **text, of_file);
      }
    }
  }

  void AddGlue(const RewrittenCalls& calls) {
    for (AddedFile& file : FilesOfCalls(input_, calls, errors_)) {
      FillTag(file.path, scope_.tag);
      FillTag(file.text, scope_.tag);
      if (file.path.ends_with(".go")) Constrain(file.text);
      out_.push_back({.path = std::move(file.path), .text = std::move(file.text), .replaces = {}});
    }
  }

  Result<std::vector<Artifact>> Finish(const RewrittenCalls& calls) {
    if (!errors_.empty()) return Fail(std::move(errors_));
    out_.push_back({.path = "patch.json", .text = PatchJson(), .replaces = {}});
    out_.push_back({.path = "calls.json", .text = CallsJson(calls.reports), .replaces = {}});
    std::sort(out_.begin(), out_.end(), [](const Artifact& a, const Artifact& b) { return a.path < b.path; });
    return std::move(out_);
  }

 private:
  // Behind the banner, in front of the package clause.
  void Constrain(std::string& text) const {
    const std::size_t behind = text.find("\n\n") + 2;
    text.insert(behind, "//go:build " + scope_.constraint + "\n\n");
  }

  void AddFile(const std::string& path, const std::string& text, const std::vector<TextEdit>& edits) {
    const std::vector<PatchedDeclaration> declarations = PatchedDeclarations(path, text, edits);
    if (declarations.empty()) return;
    const GoLayout layout = LayoutOf(text);
    const std::string package = path.substr(0, path.rfind('/')), name = path.substr(path.rfind('/') + 1);
    std::string code;
    for (const PatchedDeclaration& one : declarations) {
      code += "\n" + one.text;
      if (!one.name.empty()) functions_[package].push_back(one.name);
      if (!one.is_group) continue;
      errors_.push_back({.where = one.span,
                         .what = "a call stands in a group of declarations, of which a patch cannot replace a part",
                         .hint = "the dialect must keep it, or the compiler's tree be given as a whole"});
    }
    std::string all = Banner(input_);
    all.pop_back();
    all += "// From " + name + " of " + input_.inventory.go_version +
           ", by The Go Authors (a BSD-style license: LICENSE of Go's tree).\n\n";
    Constrain(all);
    all += PackageClause(text, layout) + "\n" + ImportsFor(ImportsOf(text, layout), code) + code;
    std::string to = input_.dialect.patch.folder;
    const std::size_t mark = to.find("{package}");
    if (mark != std::string::npos) to.replace(mark, std::string_view("{package}").size(), package);
    out_.push_back({.path = to + "/zlibcify_" + name.substr(0, name.rfind('.')) + "_" + scope_.tag + ".go",
                    .text = std::move(all),
                    .replaces = {}});
  }

  [[nodiscard]] std::string PatchJson() const {
    const PatchRules& rules = input_.dialect.patch;
    Json packages = Json::Array();
    for (const auto& [package, functions] : functions_) {
      const bool applied = std::find(rules.packages.begin(), rules.packages.end(), package) != rules.packages.end();
      Json names = Json::Array();
      for (const std::string& name : functions) names.Add(Json::String(name));
      packages.Add(Json::Object({{"package", Json::String(package)},
                                 {"applied", Json::Bool(applied)},
                                 {"reason", applied ? Json() : Json::String(rules.reason)},
                                 {"reference", applied ? Json() : Json::String(rules.reference)},
                                 {"functions", std::move(names)}}));
    }
    Json root = Json::Object();
    root.Add("go", Json::String(input_.inventory.go_version));
    root.Add("build", Json::String(scope_.constraint));
    root.Add("packages", std::move(packages));
    return root.Pretty() + "\n";
  }

  const EmitInput& input_;
  PatchScope scope_;
  std::map<std::string, std::vector<std::string>> functions_;  // by package
  std::vector<Artifact> out_;
  Errors errors_;
};

}  // namespace

Result<PatchScope> PatchScopeOf(const std::string& go_version, const Target& target) {
  const Result<Pattern> release = Pattern::Compile({}, "go(\\d+)\\.(\\d+)");
  if (!release) return Fail(release.error());
  const std::vector<Pattern::Match> found = release->FindAll(go_version);
  const std::string name = found.empty() ? "" : go_version.substr(found[0].all.begin, found[0].all.size());
  const std::size_t dot = name.rfind('.');
  if (name.empty() || name.size() - dot > 6) {
    return Fail(
        {.what = "'" + go_version + "' names no release of Go, to which patches could be bound", .cls = ErrorClass::kUsage});
  }
  const std::string next = name.substr(0, dot + 1) + std::to_string(std::stoi(name.substr(dot + 1)) + 1);
  std::string digits = name;
  std::erase(digits, '.');
  return PatchScope{.constraint = target.goos + " && " + target.goarch + " && " + name + " && !" + next,
                    .tag = digits + "_" + target.goos + "_" + target.goarch};
}

std::vector<PatchedDeclaration> PatchedDeclarations(const std::string& path, const std::string& text,
                                                    const std::vector<TextEdit>& edits) {
  std::vector<TextEdit> sorted = edits;
  std::sort(sorted.begin(), sorted.end(),
            [](const TextEdit& a, const TextEdit& b) { return a.range.begin < b.range.begin; });
  std::vector<PatchedDeclaration> out;
  for (const Range& declaration : LayoutOf(text).declarations) {
    const Range all{CommentAbove(text, declaration.begin), declaration.end};
    std::vector<TextEdit> above, inside;
    for (const TextEdit& edit : sorted) {
      if (edit.range.begin < all.begin || edit.range.end > all.end || edit.range.begin >= all.end) continue;
      (edit.range.end <= declaration.begin ? above : inside).push_back(edit);
    }
    if (above.empty() && inside.empty()) continue;
    const std::string body = Edited(text, declaration, inside);
    const int line = 1 + static_cast<int>(std::count(text.begin(), text.begin() + std::ptrdiff_t(declaration.begin), '\n'));
    out.push_back({.name = FunctionName(body),
                   .span = {path, line, 1},
                   .text = DirectivesOf(Edited(text, {all.begin, declaration.begin}, above)) + body +
                           (body.ends_with('\n') ? "" : "\n"),
                   .is_group = IsGroup(body)});
  }
  return out;
}

std::string ImportsFor(const std::vector<GoImport>& imports, const std::string& code) {
  const GoLayout layout = LayoutOf(code);
  const auto uses = [&](const std::string& local) {
    const std::string selector = local + ".";
    for (std::size_t at = code.find(selector); at != std::string::npos; at = code.find(selector, at + 1)) {
      const bool is_part = at > 0 && (IsWord(code[at - 1]) || code[at - 1] == '.');
      if (!is_part && !layout.InComment(at) && !layout.InString(at)) return true;
    }
    return false;
  };
  std::string out;
  bool has_unsafe = false;
  for (const GoImport& import : imports) {
    const std::string local = import.name.empty() ? import.path.substr(import.path.rfind('/') + 1) : import.name;
    if (local == "_" || !uses(local)) continue;
    has_unsafe = has_unsafe || import.path == "unsafe";
    out += "import " + import.name + (import.name.empty() ? "" : " ") + "\"" + import.path + "\"\n";
  }
  if (!has_unsafe && code.find("\n//go:linkname ") != std::string::npos) out += "import _ \"unsafe\" // for go:linkname\n";
  return out.empty() ? "" : "\n" + out;
}

Result<std::vector<Artifact>> EmitPatch(const EmitInput& input) {
  if (Result<void> known = CheckTarget(input); !known) return Fail(std::move(known.error()));
  Result<PatchScope> scope = PatchScopeOf(input.inventory.go_version, input.target);
  if (!scope) return Fail(std::move(scope.error()));
  TreeEdits edits(input.read_tree);
  Errors errors = EditGoFiles(input, edits);
  Result<RewrittenCalls> calls = RewriteCalls(input, edits);
  if (!calls) Append(errors, std::move(calls.error()));
  if (!errors.empty()) return Fail(std::move(errors));
  Patcher patcher(input, std::move(*scope));
  patcher.AddDeclarations(edits);
  patcher.AddGlue(*calls);
  return patcher.Finish(*calls);
}

}  // namespace libcify
