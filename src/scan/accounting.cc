// The accounting of the resolver: every entry leads to a seam, every seam without a number belongs to an entry, and every
// token that only a rule can explain is explained by exactly one.
#include <algorithm>
#include <array>
#include <cctype>

#include "scan/places.h"
#include "scan/resolver.h"

namespace libcify::scan {
namespace {

// The function whose call has what begins at `begin` as its first argument, as it is spelled there; "" where there is none.
std::string CalleeAround(std::string_view text, std::size_t begin) {
  const std::string_view before = text.substr(0, begin);
  if (!before.ends_with('(')) return "";
  const auto is_part = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; };
  std::size_t name = before.size() - 1;
  while (name > 0 && is_part(before[name - 1])) --name;
  return std::string(before.substr(name, before.size() - 1 - name));
}

}  // namespace

void Resolver::Complain(std::size_t file, std::size_t offset, std::string what, FindKind kind, const std::string& name) {
  const SourceFile& source = finds_.tree.files[file];
  const auto lookup = [&](const std::string& capture) -> std::string {
    if (capture == "package") return source.package;
    if (capture == "path") return source.path;
    return capture == "func" ? "" : name;
  };
  errors_.push_back({.where = PlaceOf(source, offset),
                     .what = std::move(what),
                     .rule = finds_.rules.Closest(kind, lookup),
                     .hint = "the rule named is the closest"});
}

bool Resolver::HoldsSeam(const std::string& symbol) const {
  return std::any_of(finds_.assembly.begin(), finds_.assembly.end(), [&](const AsmFinds& assembly) {
    return std::find(assembly.seam_symbols.begin(), assembly.seam_symbols.end(), symbol) != assembly.seam_symbols.end();
  });
}

// What stands behind an entry without a body: an assembly function, which may call the one with the seam or another entry,
// or a Go function that another package pushes.
void Resolver::LeadBodyless(EntryInfo& info) {
  const std::string& name = info.entry.name;
  if (HoldsSeam(name)) return;
  for (const AsmFinds& assembly : finds_.assembly) {
    const auto calls = assembly.calls.find(name);
    if (calls == assembly.calls.end()) continue;
    for (const std::string& called : calls->second) {
      if (!entries_.contains(called) && !HoldsSeam(called)) continue;
      info.entry.through = called;
      return;
    }
  }
  std::set<std::string> names = {name};  // of what the declaration is linked to
  const auto for_each_linkname = [&](const auto& visit) {
    for (const auto& [i, linkname] : finds_.go.linknames) {
      visit(finds_.tree.files[i].package + "." + linkname->local, linkname->target);
    }
  };
  for_each_linkname([&](const std::string& local, const std::string& target) {
    if (local == name && !target.empty()) names.insert(target);
  });
  const auto lead = [&](const std::string& other) {
    if (other != name && info.entry.through.empty() && entries_.contains(other)) info.entry.through = other;
  };
  for (const std::string& other : names) lead(other);
  for_each_linkname([&](const std::string& local, const std::string& target) {
    if (names.contains(target)) lead(local);
  });
  if (!info.entry.through.empty()) return;
  Complain(info.file, info.func.begin, name + " has no body, and neither assembly nor another entry provides one",
           FindKind::kEntry, name);
}

// An entry that hands its number on by memory: the rule names where to, and the body must name that.
void Resolver::LeadThrough(EntryInfo& info) {
  const std::string_view body = finds_.tree.files[info.file].text.substr(info.func.begin, info.func.size());
  for (const std::string& next : info.rule->rule->through) {
    const std::string local = next.substr(next.rfind('.') + 1);
    if (!entries_.contains(next) || body.find(local + "(") == std::string_view::npos) continue;
    info.entry.through = next;
    return;
  }
}

void Resolver::LeadEntries() {
  for (auto& [name, info] : entries_) {
    if (info.entry.through.empty() && info.has_body) LeadThrough(info);
    if (!info.entry.through.empty() || !info.rule->rule->reason.empty()) continue;
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
      if (seam.by_address) continue;  // a rule names the function, or the import
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
    const std::string path =
        token.selected ? PathOf(finds_.go.files[file]->imports, token.qualifier) : finds_.tree.files[file].package;
    if (!entries_.contains(path + "." + token.text)) return;  // another thing of the same name
    constexpr std::string_view kClause = "package ";
    const std::string_view before = finds_.tree.files[file].text.substr(0, token.range.begin);
    if (before.ends_with(kClause)) return;
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
  static constexpr std::array<const char*, 4> kWhat = {"the system-call constant ", "this use of the entry ",
                                                       "the vdso symbol ", "the import "};
  static constexpr std::array<FindKind, 4> kKinds = {FindKind::kConstant, FindKind::kRequest, FindKind::kVdso,
                                                     FindKind::kConstant};
  const auto kind = static_cast<std::size_t>(token.kind);
  const std::string callee =
      token.kind == GoToken::kConstant ? CalleeAround(finds_.tree.files[file].text, token.range.begin) : "";
  const bool no_entry = !callee.empty() && FindEntry(file, callee) == nullptr;
  Complain(file, token.range.begin,
           std::string("no rule explains ") + kWhat[kind] + token.text +
               (no_entry ? ": it is given to " + callee + ", which is no entry" : ""),
           kKinds[kind], token.text);
}

void Resolver::CheckTokens() {
  for (const auto& [file, token] : finds_.go.tokens) CheckToken(file, *token);
  for (const auto& [file, token] : finds_.go.declarations) CheckToken(file, *token);
}

// Names that stand for a number without being called SYS_x (openatTrap) must not be used in a way that no rule sees.
void Resolver::CheckAliases() {
  for (const auto& [package, names] : aliases_) {
    std::vector<HashedWord> words;
    for (const std::string& name : names) {
      if (name.find("SYS_") == std::string::npos) words.emplace_back(name);  // else a constant's token already
    }
    for (std::size_t i = 0; i < finds_.tree.files.size(); ++i) {
      const SourceFile& file = finds_.tree.files[i];
      if (file.package != package || file.kind != FileKind::kGo) continue;
      std::vector<Range> found;
      for (const HashedWord& word : words) {
        const std::vector<Range> places = file.index->Words(word);
        found.insert(found.end(), places.begin(), places.end());
      }
      if (found.empty()) continue;
      std::sort(found.begin(), found.end(), [](const Range& a, const Range& b) { return a.begin < b.begin; });
      for (const GoToken& token : TokensAt(found, file.text, LayoutOf(file.text), GoToken::kConstant)) {
        if (!token.selected) CheckToken(i, token);
      }
    }
  }
}

}  // namespace libcify::scan
