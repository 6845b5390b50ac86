// The dialect of LLGo, a compiler that lives on libc: typed calls of libc's functions where Go has a system call.
//
// In: an EmitInput. Out: artifacts for a materialised GOROOT: files of the tree with their calls rewritten, a file per
// package with the functions that they call, C and C++ for what cannot be said in Go, and the assembly files left out.
// calls.json says what became of each request.
#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "emit/call_files.h"
#include "emit/emit.h"
#include "emit/go_edits.h"
#include "emit/tree_edits.h"
#include "rules/rules.h"

namespace libcify {
namespace {

std::string FolderOf(const std::string& path) { return path.substr(0, path.rfind('/')); }

// Functions in assembly that are a jump to a library's function, by package and name.
std::set<std::pair<std::string, std::string>> Trampolines(const EmitInput& input) {
  std::set<std::pair<std::string, std::string>> out;
  for (const Seam& seam : input.inventory.seams) {
    if (!seam.library.empty() && seam.site.span.file.ends_with(".s")) out.emplace(seam.site.package, seam.site.func);
  }
  return out;
}

// The assembly that the dialect leaves out. A function of its must have got a body, or another provider; a trampoline goes
// with it (go_calls.cc leaves no mention of one), for the compiler wants no declaration without a body then.
std::vector<Artifact> RemoveAssembly(const EmitInput& input, TreeEdits& edits, Errors& errors) {
  std::vector<Artifact> out;
  std::set<std::string> packages;
  for (const std::string& file : input.files) packages.insert(FolderOf(file));
  std::map<std::string, const RemoveRule*> folders;       // without their assembly
  std::vector<std::pair<std::string, Pattern>> provided;  // by rule
  for (const RemoveRule& rule : input.dialect.removes) {
    if (!Covers(rule.scope, input.target)) continue;
    const Result<Pattern> pattern = Pattern::Compile({}, rule.packages);
    if (!pattern) {
      Append(errors, pattern.error());
      continue;
    }
    for (const std::string& one : rule.provided) {
      Result<Pattern> name = Pattern::Compile({}, one);
      if (name) provided.emplace_back(rule.id, std::move(*name));
      if (!name) Append(errors, std::move(name.error()));
    }
    for (const std::string& package : packages) {
      if (!pattern->Search(package)) continue;
      folders[package] = &rule;
      input.Use(rule.id);
      for (const std::string& file : input.list_tree(package)) {
        if (!file.ends_with(".s")) continue;
        out.push_back({.path = {}, .text = {}, .replaces = "src/" + package + "/" + file, .removes = true});
      }
    }
  }
  const auto trampolines = Trampolines(input);
  for (const Bodyless& one : input.inventory.bodyless) {
    const auto folder = folders.find(one.site.package);
    if (one.provided_by != "assembly" || folder == folders.end()) continue;
    const auto provides = [&](const auto& name) {
      return name.first == folder->second->id && name.second.Search(one.symbol);
    };
    if (edits.Touches(one.site.span.file, one.site.range)) continue;
    if (trampolines.contains({one.site.package, one.site.func})) {
      const Result<const std::string*> text = edits.Text(one.site.span.file);
      if (text) edits.Replace(one.site.span.file, one.site.range, "");
      if (!text) Append(errors, text.error());
      continue;
    }
    if (std::any_of(provided.begin(), provided.end(), provides)) continue;
    errors.push_back({.where = one.site.span,
                      .what = one.symbol + " loses its body with the assembly of " + one.site.package,
                      .rule = folder->second->id,
                      .hint = "an edit must give it one, or \"provided\" name it"});
  }
  return out;
}

// The compiler refuses //go:noescape at a function that has a body.
void DropNoescape(const EmitInput& input, TreeEdits& edits) {
  static constexpr std::string_view kDirective = "//go:noescape\n";
  for (const Bodyless& one : input.inventory.bodyless) {
    if (!edits.Touches(one.site.span.file, one.site.range)) continue;
    const Result<const std::string*> text = edits.Text(one.site.span.file);
    if (!text) continue;  // an edit has read it
    // The directives stand in the lines above.
    for (std::size_t begin = one.site.range.begin; begin > 0;) {
      const std::size_t line = (*text)->rfind('\n', begin - 2) + 1;
      const std::string_view directive = std::string_view(**text).substr(line, begin - line);
      if (!directive.starts_with("//")) break;
      if (directive == kDirective) edits.Replace(one.site.span.file, {line, begin - 1}, "//");
      begin = line;
    }
  }
}

}  // namespace

Result<std::vector<Artifact>> EmitLlgo(const EmitInput& input) {
  if (Result<void> known = CheckTarget(input); !known) return Fail(std::move(known.error()));
  TreeEdits edits(input.read_tree);
  Errors errors = EditGoFiles(input, edits);
  Result<RewrittenCalls> calls = RewriteCalls(input, edits);
  if (!calls) Append(errors, std::move(calls.error()));
  if (!errors.empty()) return Fail(std::move(errors));
  DropNoescape(input, edits);
  std::vector<Artifact> out = RemoveAssembly(input, edits, errors);
  std::vector<AddedFile> added = FilesOfCalls(input, *calls, errors);
  for (AddedFile& file : added) out.push_back(TreeArtifact(file.path, std::move(file.text)));
  Result<std::vector<Artifact>> edited =
      edits.Finish("\n// Rewritten by libcify (calls go to libc by name); DO NOT EDIT.\n");
  if (!edited) Append(errors, std::move(edited.error()));
  if (!errors.empty()) return Fail(std::move(errors));
  out.insert(out.end(), std::make_move_iterator(edited->begin()), std::make_move_iterator(edited->end()));
  out.push_back({.path = "calls.json", .text = CallsJson(calls->reports), .replaces = {}});
  std::sort(out.begin(), out.end(), [](const Artifact& a, const Artifact& b) {
    return std::tie(a.replaces, a.path) < std::tie(b.replaces, b.path);
  });
  return out;
}

}  // namespace libcify
