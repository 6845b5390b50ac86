// Reads a GOROOT for some targets and scans it, see scan.h and scan_tree.h.
#include "scan/scan.h"

#include <algorithm>
#include <future>
#include <tuple>
#include <unordered_map>

#include "base/parallel.h"
#include "scan/compiled_rules.h"
#include "scan/go_memory.h"
#include "scan/go_scan.h"
#include "scan/scan_tree.h"
#include "scan/target_set.h"
#include "scan/tree.h"

namespace libcify {

using scan::FileKind;

struct Scanner::State {
  // What a target compiles.
  struct View {
    Target target;
    Result<std::vector<GoPackage>> packages;
    std::vector<std::size_t> files;  // indices, in their order
  };
  struct File {
    scan::SourceFile source;
    scan::TargetSet targets;  // that compile it
    scan::GoFinds finds;
    Errors errors;  // why it cannot be read
  };

  explicit State(const Goroot& tree) : goroot(tree) {}

  // The files of a target.
  [[nodiscard]] Result<scan::SourceTree> Tree(std::size_t target) const;

  void List(const std::vector<Target>& targets);
  void Read(int jobs);    // the files
  void Search(int jobs);  // in those of Go

  Goroot goroot;  // owns the texts
  RuleSet rules;
  scan::CompiledRules compiled;  // of the rules
  std::vector<View> views;
  scan::AsmFiles assembly;
  std::vector<File> files;  // sorted by package, then path
};

// What each target compiles.
void Scanner::State::List(const std::vector<Target>& targets) {
  std::unordered_map<std::string, std::size_t> known;  // by path
  const auto add = [&](View& view, const GoPackage& package, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      const FileKind kind = name.ends_with(".S")   ? FileKind::kCAssembly
                            : name.ends_with(".s") ? FileKind::kGoAssembly
                                                   : FileKind::kGo;
      const auto [at, fresh] = known.try_emplace(package.import_path + "/" + name, files.size());
      if (fresh) files.push_back({.source = {at->first, package.import_path, kind, {}}});
      view.files.push_back(at->second);
    }
  };
  for (const Target& target : targets) {
    View view{target, goroot.Packages(target, true), {}};
    for (const GoPackage& package : view.packages ? *view.packages : std::vector<GoPackage>()) {
      for (const auto* names : {&package.go_files, &package.cgo_files, &package.s_files}) add(view, package, *names);
    }
    views.push_back(std::move(view));
  }
  std::vector<std::size_t> order(files.size()), place(files.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(files[a].source.package, files[a].source.path) < std::tie(files[b].source.package, files[b].source.path);
  });
  std::vector<File> sorted;
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    sorted.push_back(std::move(files[order[i]]));
  }
  files = std::move(sorted);
  for (std::size_t i = 0; i < views.size(); ++i) {
    for (std::size_t& file : views[i].files) {
      file = place[file];
      files[file].targets.Add(i);
    }
    std::sort(views[i].files.begin(), views[i].files.end());
  }
}

void Scanner::State::Read(int jobs) {
  ForEach(files.size(), jobs, [&](std::size_t i) {
    File& file = files[i];
    Result<std::string_view> text = goroot.Read(file.source.path);
    if (text) file.source = {file.source.path, file.source.package, file.source.kind, *text};
    if (!text) file.errors = std::move(text.error());
  });
}

void Scanner::State::Search(int jobs) {
  std::vector<scan::GoInput> inputs;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].source.kind != FileKind::kGo || !files[i].errors.empty()) continue;
    inputs.push_back({&files[i].source, &files[i].targets});
    places.push_back(i);
  }
  std::vector<scan::GoFinds> found = scan::GoScanner(compiled).Scan(inputs, jobs);
  for (std::size_t i = 0; i < places.size(); ++i) files[places[i]].finds = std::move(found[i]);
}

Scanner::Scanner(std::unique_ptr<const State> state) : state_(std::move(state)) {}
Scanner::Scanner(Scanner&&) noexcept = default;
Scanner& Scanner::operator=(Scanner&&) noexcept = default;
Scanner::~Scanner() = default;

Result<Scanner> Scanner::Open(const Goroot& goroot, std::future<Result<RuleSet>> rules, const std::vector<Target>& targets,
                              const ScanOptions& options) {
  auto state = std::make_unique<State>(goroot);
  // Compiling queries takes as long as listing and reading the tree.
  std::future<Result<void>> compiling = std::async([&]() -> Result<void> {
    Result<RuleSet> read = rules.get();
    if (!read) return Fail(std::move(read.error()));
    state->rules = std::move(*read);
    Result<scan::CompiledRules> compiled = scan::Compile(state->rules, targets);
    if (!compiled) return Fail(std::move(compiled.error()));
    state->compiled = std::move(*compiled);
    return {};
  });
  state->List(targets);
  state->Read(options.jobs);
  if (Result<void> compiled = compiling.get(); !compiled) return Fail(std::move(compiled.error()));
  state->Search(options.jobs);
  return Scanner(std::move(state));
}

const RuleSet& Scanner::rules() const { return state_->rules; }

const Result<std::vector<GoPackage>>& Scanner::Packages(std::size_t target) const { return state_->views[target].packages; }

Result<scan::SourceTree> Scanner::State::Tree(std::size_t target) const {
  const View& view = views[target];
  if (!view.packages) return Fail(view.packages.error());
  scan::SourceTree tree;
  Errors errors;
  for (const std::size_t file : view.files) {
    Append(errors, files[file].errors);
    tree.files.push_back(files[file].source);
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return tree;
}

Result<GoMemory> Scanner::Memory(std::size_t index, const Port& port, const Inventory& inventory) const {
  const Result<scan::SourceTree> tree = state_->Tree(index);
  if (!tree) return Fail(tree.error());
  Result<std::map<std::string, std::string>> defines = state_->goroot.AssemblerDefines(state_->views[index].target);
  if (!defines) return Fail(std::move(defines.error()));
  // Files of other systems may be missing: windows' types are written by hand.
  static const std::map<std::string, std::string> kListOf = {
      {"android", "linux"}, {"ios", "darwin"}, {"illumos", "solaris"}};
  const auto of = kListOf.find(port.goos);
  const Result<std::string_view> list =
      state_->goroot.Read("syscall/types_" + (of == kListOf.end() ? port.goos : of->second) + ".go");
  return scan::ReadMemory(*tree, port, inventory, state_->assembly, *defines, list ? *list : std::string_view());
}

Result<Inventory> Scanner::Scan(std::size_t index, const Port& port, const ScanOptions& options) const {
  const State::View& view = state_->views[index];
  const Result<scan::SourceTree> tree = state_->Tree(index);
  if (!tree) return Fail(tree.error());
  std::vector<const scan::GoFinds*> go;
  for (const std::size_t file : view.files) go.push_back(&state_->files[file].finds);
  Result<std::map<std::string, std::string>> defines = state_->goroot.AssemblerDefines(view.target);
  if (!defines) return Fail(std::move(defines.error()));
  Result<Inventory> out = scan::ScanTree(*tree, go,
                                         {.port = port,
                                          .target = view.target,
                                          .rules = state_->compiled,
                                          .index = index,
                                          .defines = std::move(*defines),
                                          .assembly = &state_->assembly,
                                          .jobs = options.jobs});
  if (out) out->go_version = state_->goroot.version();
  return out;
}

}  // namespace libcify
