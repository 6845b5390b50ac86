// What provides a body-less function, see bodyless.h. In this order: an assembly function of that symbol; a linkname, by
// which it is another function or another function is it; a rule that knows better (compiler, linker, cgo); last, nothing,
// if nothing uses it either, so that the linker will not ask.
#include "scan/bodyless.h"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>

#include "base/parallel.h"

namespace libcify::scan {
namespace {

struct Declaration {
  std::size_t file = 0;
  const GoMatch* match = nullptr;
  std::vector<const CompiledRule*> rules;  // whose query and conditions match
};

// Whether "(t *rtype" is the start of a receiver of type "(*rtype)", "(v Value" one of "Value". A method of Value is one of
// (*Value) too: the compiler makes a wrapper.
bool IsReceiver(std::string_view written, std::string_view type) {
  if (!written.starts_with('(')) return false;
  written.remove_prefix(1);
  if (const std::size_t blank = written.rfind(' '); blank != std::string_view::npos) written.remove_prefix(blank + 1);
  if (const std::size_t generic = written.find('['); generic != std::string_view::npos) {
    written = written.substr(0, generic);
  }
  if (!type.starts_with("(*") || !type.ends_with(')')) return written == type;
  type = type.substr(2, type.size() - 3);
  return written == type || (written.starts_with('*') && written.substr(1) == type);
}

class Providers {
 public:
  explicit Providers(const Finds& finds) : finds_(finds) {
    for (const AsmFinds& assembly : finds.assembly) symbols_.insert(assembly.symbols.begin(), assembly.symbols.end());
    for (const auto& [i, linkname] : finds.go.linknames) {
      const std::string local = finds.tree.files[i].package + "." + linkname->local;
      if (linkname->target.empty() || linkname->target == local) continue;
      pulled_[local] = linkname->target;
      pushed_[linkname->target].push_back(local);
    }
    for (const auto& [i, match] : finds.go.Matches(FindKind::kBodyless)) {
      if (const GoCapture* func = match->Find("func")) bodyless_.emplace(i, func->range.begin);
    }
    for (std::size_t i = 0; i < finds.tree.files.size(); ++i) files_[finds.tree.files[i].package].push_back(i);
  }

  bool Assembly(const std::string& name) const { return symbols_.contains(name); }

  bool ByLinkname(const std::string& name) const {
    if (const auto pulled = pulled_.find(name); pulled != pulled_.end()) {
      return symbols_.contains(pulled->second) || HasBody(pulled->second) || Pushed(pulled->second);
    }
    return Pushed(name);
  }

  // The directive above the declaration imports it.
  bool Import(const std::string& package, const std::string& name) const {
    const NamedNumber* found = finds_.numbers.Find(package, name);
    return found != nullptr && !found->library.empty();
  }

  // Nothing in the package's Go or assembly text names it but comments, its declaration and linknames.
  bool Unused(const Declaration& declaration, const std::string& package, const std::string& name) const {
    const GoCapture* own = declaration.match->Find("name");
    if (own == nullptr) return false;
    const HashedWord word(name);
    for (const std::size_t i : files_.at(package)) {
      const SourceFile& file = finds_.tree.files[i];
      const std::vector<Range> found = file.index->Words(word);
      if (found.empty()) continue;
      for (const GoToken& token : TokensAt(found, file.text, LayoutOf(file.text), GoToken::kConstant)) {
        if (i != declaration.file || token.range.begin != own->range.begin) return false;
      }
    }
    return !pulled_.contains(package + "." + name);
  }

 private:
  bool Pushed(const std::string& name) const {
    const auto pushed = pushed_.find(name);
    return pushed != pushed_.end() &&
           std::any_of(pushed->second.begin(), pushed->second.end(), [&](const std::string& local) {
             return local != name && (symbols_.contains(local) || HasBody(local));
           });
  }

  // Whether a Go function "pkg.name" (or a variable of that name, for linknamed data) is declared with a body. The name is
  // "Len" or a method's: "(*rtype).Len", "Value.pointer".
  bool HasBody(const std::string& symbol) const {
    const std::size_t dot = symbol.find('.', symbol.rfind('/') + 1);  // npos + 1 is 0
    if (dot == std::string::npos) return false;
    const std::string_view name = std::string_view(symbol).substr(dot + 1);
    const std::size_t method = name.rfind('.');  // npos + 1 is 0
    const auto files = files_.find(symbol.substr(0, dot));
    if (files == files_.end()) return false;
    const HashedWord function(name.substr(method + 1));
    return std::any_of(files->second.begin(), files->second.end(), [&](std::size_t file) {
      const std::span<const FuncLine> lines = finds_.tree.files[file].index->FuncLines(function);
      return std::any_of(lines.begin(), lines.end(), [&](const FuncLine& line) {
        const bool same =
            method == std::string_view::npos ? line.receiver.empty() : IsReceiver(line.receiver, name.substr(0, method));
        return same && !bodyless_.contains({file, line.begin});
      });
    });
  }

  const Finds& finds_;
  std::set<std::string> symbols_;                           // of assembly functions
  std::map<std::string, std::string> pulled_;               // local: what it stands for
  std::map<std::string, std::vector<std::string>> pushed_;  // target: who claims to be it
  std::map<std::string, std::vector<std::size_t>> files_;   // by package
  std::set<std::pair<std::size_t, std::size_t>> bodyless_;  // file and offset of the declarations
};

// In the order of the files.
std::vector<Declaration> Declarations(const Finds& finds) {
  std::map<std::pair<std::size_t, std::size_t>, Declaration> found;  // by file and offset
  for (const auto& [i, match] : finds.go.Matches(FindKind::kBodyless)) {
    const GoCapture* name = match->Find("name");
    if (name == nullptr) continue;
    Declaration& declaration = found[{i, name->range.begin}];
    declaration.file = i;
    declaration.match = match;
    declaration.rules.push_back(match->rule);
  }
  std::vector<Declaration> out;
  for (auto& [place, declaration] : found) out.push_back(std::move(declaration));
  return out;
}

int RankOf(const std::string& provider) {
  if (provider == "assembly") return 0;
  if (provider == "linkname" || provider == "import") return 1;
  return provider == "unused" ? 3 : 2;
}

// The rule that tells what provides the function: the first kind of provider that holds.
const CompiledRule* Choose(const Providers& providers, const Declaration& declaration, const std::string& package,
                           const std::string& name) {
  const std::string symbol = package + "." + name;
  const auto provides = [&](const std::string& provider) {
    if (provider == "assembly") return providers.Assembly(symbol);
    if (provider == "linkname") return providers.ByLinkname(symbol);
    if (provider == "import") return providers.Import(package, name);
    return provider != "unused" || providers.Unused(declaration, package, name);
  };
  const CompiledRule* best = nullptr;
  for (int rank = 0; rank < 4 && best == nullptr; ++rank) {  // the dear question, whether nothing uses it, comes last
    for (const CompiledRule* rule : declaration.rules) {
      if (RankOf(rule->rule->provided_by) == rank && provides(rule->rule->provided_by)) best = rule;
      if (best != nullptr) break;
    }
  }
  return best;
}

}  // namespace

void AddBodyless(const Finds& finds, int jobs, std::set<std::string>& used, Inventory& out, Errors& errors) {
  const Providers providers(finds);
  const std::vector<Declaration> declarations = Declarations(finds);
  std::vector<const CompiledRule*> chosen(declarations.size());
  ForEach(declarations.size(), jobs, [&](std::size_t i) {
    const Declaration& one = declarations[i];
    chosen[i] = Choose(providers, one, finds.tree.files[one.file].package, one.match->Text("name"));
  });
  for (std::size_t i = 0; i < declarations.size(); ++i) {
    const Declaration& declaration = declarations[i];
    const CompiledRule* rule = chosen[i];
    const SourceFile& file = finds.tree.files[declaration.file];
    const GoMatch& match = *declaration.match;
    const std::string name = match.Text("name");
    if (rule == nullptr) {
      errors.push_back({.where = match.span,
                        .what = name + " has no body, and nothing in the tree provides one",
                        .rule = declaration.rules.front()->rule->id,
                        .hint = "looked for an assembly function, a linkname and a rule that knows it"});
      continue;
    }
    used.insert(rule->rule->id);
    const GoCapture* func = match.Find("func");
    out.bodyless.push_back({.site = {.package = file.package,
                                     .func = name,
                                     .span = match.span,
                                     .range = func == nullptr ? Range{} : func->range,
                                     .rule = rule->rule->id},
                            .symbol = file.package + "." + name,
                            .provided_by = rule->rule->provided_by});
  }
}

}  // namespace libcify::scan
