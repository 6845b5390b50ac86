// From a tree in memory to a checked inventory, see scan_tree.h.
//
// Stages: query the Go files, on several threads; with their declarations known, read the assembly files, on several
// threads; put all together on one thread, in the order of the files. Threads only fill the slot of their file, so the
// result does not depend on how many there are.
#include "scan/scan_tree.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <tuple>

#include "base/parallel.h"
#include "scan/asm_scan.h"
#include "scan/bodyless.h"
#include "scan/go_signature.h"
#include "scan/numbers.h"
#include "scan/places.h"
#include "scan/resolver.h"
#include "scan/target_finds.h"

namespace libcify::scan {
namespace {

// The body-less Go declarations, which say how assembly is called, by "pkg.Name".
std::map<std::string, const GoMatch*> FindDeclarations(const SourceTree& tree, const TargetFinds& go) {
  std::map<std::string, const GoMatch*> out;
  for (const auto& [file, match] : go.Matches(FindKind::kBodyless)) {
    out[tree.files[file].package + "." + match->Text("name")] = match;
  }
  return out;
}

// Whether the function that an instruction calls, "runtime·exitsyscall<ABIInternal>(SB)" or "runtime·exitsyscall(SB)", is
// declared without parameters in the Go text of its package. gofmt writes a declaration at the beginning of a line, as
// nothing else in the tree is.
bool TakesNothing(const SourceTree& tree, const std::string& callee) {
  static constexpr std::string_view kDot = "·", kSlash = "∕", kSymbol = "(SB)", kInternal = "<ABIInternal>";
  const std::size_t dot = callee.find(kDot);
  if (dot == std::string::npos || dot == 0 || !callee.ends_with(kSymbol)) return false;
  std::size_t end = callee.size() - kSymbol.size();
  if (callee.substr(0, end).ends_with(kInternal)) end -= kInternal.size();
  std::string package = callee.substr(0, dot);
  for (std::size_t at; (at = package.find(kSlash)) != std::string::npos;) package.replace(at, kSlash.size(), "/");
  const std::size_t begin = dot + kDot.size();
  const std::string name = callee.substr(begin, end - begin), declaration = "func " + name + "()";
  const HashedWord word(name);
  return std::any_of(tree.files.begin(), tree.files.end(), [&](const SourceFile& file) {
    if (file.kind != FileKind::kGo || file.package != package) return false;
    const std::span<const FuncLine> lines = file.index->FuncLines(word);
    return std::any_of(lines.begin(), lines.end(),
                       [&](const FuncLine& line) { return file.text.substr(line.begin).starts_with(declaration); });
  });
}

template <class Find>
void Sort(std::vector<Find>& finds) {
  const auto key = [](const Find& find) {
    return std::tie(find.site.package, find.site.span.file, find.site.range.begin, find.site.rule);
  };
  std::stable_sort(finds.begin(), finds.end(), [&](const Find& a, const Find& b) { return key(a) < key(b); });
}

void SortErrors(Errors& errors) {
  std::stable_sort(errors.begin(), errors.end(), [](const Error& a, const Error& b) {
    return std::tie(a.where.file, a.where.line, a.where.column) < std::tie(b.where.file, b.where.line, b.where.column);
  });
  errors.erase(std::unique(errors.begin(), errors.end()), errors.end());
}

// A rule that explains nothing is out of date, or something that it should see is hidden; so is a net that nothing is in.
void CheckUsed(const Finds& finds, const std::set<std::string>& used, Errors& errors) {
  for (const CompiledRule* rule : finds.rules.all()) {
    const auto in_net = [&](const InFile<GoToken>& found) { return found.find->rule == rule; };
    const auto& declarations = finds.go.declarations;
    const bool is_used = used.contains(rule->rule->id);
    const bool caught = !rule->must_explain || std::any_of(declarations.begin(), declarations.end(), in_net);
    if (rule->rule->optional || (is_used && caught)) continue;
    Error error;
    error.where.file = rule->rule->file;
    error.what = is_used ? "what it must explain stands nowhere in the tree" : "this rule explains nothing in the tree";
    error.rule = rule->rule->id;
    error.hint = "a rule that only some trees need says \"optional\": true";
    errors.push_back(std::move(error));
  }
}

// Rows that import a function; "_" only makes the linker load the library.
std::vector<Import> Imports(const SourceTree& tree, const Numbers& numbers) {
  std::vector<Import> out;
  for (const auto& [i, row] : numbers.rows()) {
    if (row->link.empty() || row->link == "_") continue;
    const SourceFile& file = tree.files[i];
    out.push_back({{.package = file.package,
                    .func = {},
                    .span = PlaceOf(file, row->range.begin),
                    .range = row->range,
                    .rule = row->rule->rule->id},
                   row->value.symbol,
                   row->value.library});
  }
  return out;
}

std::vector<Explained> AllExplained(const SourceTree& tree, const Resolver& resolver, const Inventory& inventory) {
  std::set<Explained> out;
  for (const auto& [file, marks] : resolver.marks()) {
    for (const auto& mark : marks) {
      const Span place = PlaceOf(tree.files[file], mark.range.begin);
      out.insert({place.file, place.line, mark.rule});
    }
  }
  for (const Seam& seam : inventory.seams) out.insert({seam.site.span.file, seam.site.span.line, seam.site.rule});
  for (const Bodyless& one : inventory.bodyless) out.insert({one.site.span.file, one.site.span.line, one.site.rule});
  return {out.begin(), out.end()};
}

std::vector<AsmFinds> ScanAssemblyFiles(const SourceTree& tree, AsmContext context, int jobs) {
  std::vector<AsmFinds> out(tree.files.size());
  const AsmScanner scanner(std::move(context));
  ForEach(out.size(), jobs, [&](std::size_t i) {
    if (tree.files[i].kind != FileKind::kGo) out[i] = scanner.Scan(tree.files[i]);
  });
  return out;
}

}  // namespace

Result<Inventory> ScanTree(const SourceTree& tree, TreeScan scan, std::vector<Explained>* explained) {
  TargetSet target;
  target.Add(scan.index);
  std::vector<GoInput> inputs;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < tree.files.size(); ++i) {
    if (tree.files[i].kind != FileKind::kGo) continue;
    inputs.push_back({&tree.files[i], &target});
    places.push_back(i);
  }
  std::vector<GoFinds> found = GoScanner(scan.rules).Scan(inputs, scan.jobs);
  std::vector<GoFinds> finds(tree.files.size());
  for (std::size_t i = 0; i < places.size(); ++i) finds[places[i]] = std::move(found[i]);
  std::vector<const GoFinds*> go;
  for (const GoFinds& one : finds) go.push_back(&one);
  return ScanTree(tree, go, std::move(scan), explained);
}

Result<Inventory> ScanTree(const SourceTree& tree, const std::vector<const GoFinds*>& all, TreeScan scan,
                           std::vector<Explained>* explained) {
  const AsmDialect* dialect = FindAsmDialect(scan.target.goarch);
  // Of a processor without a dialect (wasm) only symbols are read, which will do where Go enters by declarations alone.
  if (dialect == nullptr && !scan.port.syscall.instructions.empty()) {
    return Fail({.what = "the assembly of " + scan.target.goarch + " cannot be read yet", .cls = ErrorClass::kUsage});
  }
  scan.defines.insert(scan.port.defines.begin(), scan.port.defines.end());
  const TargetRules rules(scan.rules, scan.index);
  const TargetFinds go(all, rules);
  Result<Numbers> numbers = Numbers::Join(tree, go);
  if (!numbers) return Fail(std::move(numbers.error()));
  const std::map<std::string, const GoMatch*> declarations = FindDeclarations(tree, go);
  const auto signature = [&](const std::string& package, const std::string& name) {
    const auto found = declarations.find(package + "." + name);
    AsmSignature out = found == declarations.end() ? AsmSignature{} : SignatureOf(found->second->Text("func"));
    out.takes_nothing = [&tree](const std::string& callee) { return TakesNothing(tree, callee); };
    return out;
  };
  const AsmFiles own;
  const AsmFiles& files = scan.assembly == nullptr ? own : *scan.assembly;
  const std::vector<AsmFinds> assembly =
      ScanAssemblyFiles(tree, {scan.port, rules, *numbers, files, std::move(scan.defines), dialect, signature}, scan.jobs);

  Inventory out;
  Errors errors;
  for (const GoFinds* finds : all) Append(errors, finds->errors);
  for (const AsmFinds& finds : assembly) {
    Append(errors, finds.errors);
    out.seams.insert(out.seams.end(), finds.seams.begin(), finds.seams.end());
  }
  const Finds finds{tree, rules, *numbers, go, assembly, scan.port};
  Resolver resolver(finds);
  resolver.Run(out);
  std::set<std::string> used = resolver.used();
  AddBodyless(finds, scan.jobs, used, out, resolver.errors());
  Append(errors, std::move(resolver.errors()));
  if (errors.empty() && scan.demand_all_rules) CheckUsed(finds, used, errors);
  SortErrors(errors);
  if (!errors.empty()) return Fail(std::move(errors));
  out.files_read = tree.files.size();
  Sort(out.seams);
  Sort(out.requests);
  Sort(out.entries);
  Sort(out.vdso);
  Sort(out.bodyless);
  out.imports = Imports(tree, *numbers);
  Sort(out.imports);
  out.rules = std::move(used);
  if (explained != nullptr) *explained = AllExplained(tree, resolver, out);
  return out;
}

}  // namespace libcify::scan
