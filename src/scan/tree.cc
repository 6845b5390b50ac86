// Reads the files of the tree on several threads, see tree.h.
#include "scan/tree.h"

#include <algorithm>

#include "base/parallel.h"

namespace libcify::scan {
namespace {

void AddFiles(const GoPackage& package, const std::vector<std::string>& names, SourceTree& tree) {
  for (const std::string& name : names) {
    FileKind kind = FileKind::kGo;
    if (name.ends_with(".S")) kind = FileKind::kCAssembly;
    if (name.ends_with(".s")) kind = FileKind::kGoAssembly;
    tree.files.push_back({package.import_path + "/" + name, package.import_path, kind, {}});
  }
}

}  // namespace

Result<SourceTree> ReadTree(const Goroot& goroot, const Target& target, int jobs) {
  // With cgo: the bridge lives in runtime/cgo, so a program that it serves is always built that way.
  Result<std::vector<GoPackage>> packages = goroot.Packages(target, true);
  if (!packages) return Fail(std::move(packages.error()));
  SourceTree tree{.goroot = goroot, .packages = std::move(*packages), .files = {}};
  for (const GoPackage& package : tree.packages) {
    for (const auto* names : {&package.go_files, &package.cgo_files, &package.s_files}) AddFiles(package, *names, tree);
  }
  std::sort(tree.files.begin(), tree.files.end(), [](const SourceFile& a, const SourceFile& b) {
    return a.package != b.package ? a.package < b.package : a.path < b.path;
  });
  std::vector<Errors> failed(tree.files.size());
  ForEach(tree.files.size(), jobs, [&](std::size_t i) {
    Result<std::string_view> text = goroot.Read(tree.files[i].path);
    if (text) {
      tree.files[i].text = *text;
    } else {
      failed[i] = std::move(text.error());
    }
  });
  Errors errors;
  for (Errors& one : failed) Append(errors, std::move(one));
  if (!errors.empty()) return Fail(std::move(errors));
  return tree;
}

}  // namespace libcify::scan
