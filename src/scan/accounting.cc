// The accounting of the resolver: every entry leads to a seam, every seam without a number belongs to an entry, and every
// token that only a rule can explain is explained by exactly one.
#include <algorithm>
#include <array>

#include "scan/places.h"
#include "scan/resolver.h"

namespace libcify::scan {

void Resolver::Complain(std::size_t file, std::size_t offset, std::string what, FindKind kind, const std::string& name) {
  const SourceFile& source = finds_.tree.files[file];
  const auto lookup = [&](const std::string& capture) -> std::string {
    if (capture == "package") return source.package;
    if (capture == "path") return source.path;
    return capture == "func" ? "" : name;
  };
  errors_.push_back({.where = PlaceOf(source, offset),
                     .what = std::move(what),
                     .rule = ClosestRule(finds_.rules, kind, lookup),
                     .hint = "the rule named is the closest"});
}

// What stands behind an entry without a body: an assembly function, or a Go function that another package pushes.
void Resolver::LeadBodyless(EntryInfo& info) {
  const std::string& name = info.entry.name;
  for (const AsmFinds& assembly : finds_.assembly) {
    if (std::find(assembly.seam_symbols.begin(), assembly.seam_symbols.end(), name) != assembly.seam_symbols.end()) return;
  }
  for (std::size_t i = 0; i < finds_.go.size(); ++i) {
    for (const Linkname& linkname : finds_.go[i].linknames) {
      const std::string local = finds_.tree.files[i].package + "." + linkname.local;
      if (linkname.target != name || local == name || !entries_.contains(local)) continue;
      info.entry.through = local;
      return;
    }
  }
  Complain(info.file, info.func.begin, name + " has no body, and neither assembly nor another entry provides one",
           FindKind::kEntry, name);
}

void Resolver::LeadEntries() {
  for (auto& [name, info] : entries_) {
    if (!info.entry.through.empty()) continue;
    if (info.has_body) {
      Complain(info.file, info.func.begin, name + " hands its number to no entry", FindKind::kEntry, name);
    } else {
      LeadBodyless(info);
    }
  }
}

void Resolver::CheckSeams() {
  for (const AsmFinds& assembly : finds_.assembly) {
    for (std::size_t i = 0; i < assembly.seams.size(); ++i) {
      const Seam& seam = assembly.seams[i];
      used_.insert(seam.site.rule);
      if (seam.number || seam.role == SeamRole::kUnreachable || seam.role == SeamRole::kUnneeded || seam.site.rule.empty())
        continue;
      if (entries_.contains(assembly.seam_symbols[i])) continue;
      errors_.push_back({.where = seam.site.span,
                         .what = "the number of this system call is not constant, and " +
                                 (assembly.seam_symbols[i].empty() ? "this function" : assembly.seam_symbols[i]) +
                                 " is no entry",
                         .rule = seam.site.rule,
                         .hint = "an entry rule must name the function"});
    }
  }
}

void Resolver::CheckToken(std::size_t file, const GoToken& token) {
  if (token.kind == GoToken::kEntryName) {
    const std::string path = token.selected ? finds_.go[file].PathOf(token.qualifier) : finds_.tree.files[file].package;
    if (!entries_.contains(path + "." + token.text)) return;  // another thing of the same name
  }
  std::set<std::string> ids;
  if (const auto marks = marks_.find(file); marks != marks_.end()) {
    for (const Mark& mark : marks->second) {
      if (mark.range.begin <= token.range.begin && token.range.end <= mark.range.end) ids.insert(mark.rule);
    }
  }
  if (ids.size() == 1) return;
  if (ids.size() > 1) {
    errors_.push_back({.where = PlaceOf(finds_.tree.files[file], token.range.begin),
                       .what = token.text + " is explained by " + *ids.begin() + " as well",
                       .rule = *std::next(ids.begin())});
    return;
  }
  static constexpr std::array<const char*, 3> kWhat = {"the system-call constant ", "this use of the entry ",
                                                       "the vdso symbol "};
  static constexpr std::array<FindKind, 3> kKinds = {FindKind::kConstant, FindKind::kRequest, FindKind::kVdso};
  const auto kind = static_cast<std::size_t>(token.kind);
  Complain(file, token.range.begin, std::string("no rule explains ") + kWhat[kind] + token.text, kKinds[kind], token.text);
}

void Resolver::CheckTokens() {
  for (std::size_t i = 0; i < finds_.go.size(); ++i) {
    for (const GoToken& token : finds_.go[i].tokens) CheckToken(i, token);
  }
}

// Names that stand for a number without being called SYS_x (openatTrap) must not be used in a way that no rule sees.
void Resolver::CheckAliases() {
  for (const auto& [package, names] : aliases_) {
    std::string words;
    for (const std::string& name : names) {
      if (name.find("SYS_") != std::string::npos) continue;  // a constant's token already
      words += (words.empty() ? "" : "|") + name;
    }
    if (words.empty()) continue;
    Result<Pattern> pattern = Pattern::Compile({}, "\\b(?:" + words + ")\\b");
    if (!pattern) continue;  // names of Go are words
    for (std::size_t i = 0; i < finds_.tree.files.size(); ++i) {
      const SourceFile& file = finds_.tree.files[i];
      if (file.package != package || file.kind != FileKind::kGo || !pattern->Search(file.text)) continue;
      for (const GoToken& token : FindIdentifiers(file.text, LayoutOf(file.text), *pattern, GoToken::kConstant)) {
        if (!token.selected) CheckToken(i, token);
      }
    }
  }
}

}  // namespace libcify::scan
