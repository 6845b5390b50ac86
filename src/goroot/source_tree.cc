#include "goroot/source_tree.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "base/file.h"

namespace libcify {
namespace {

// Folders that hold no packages (`go help packages`), and the tree of the go command, which is not std.
bool MayHoldPackages(const std::string& parent, std::string_view name) {
  if (name.starts_with('.') || name.starts_with('_') || name == "testdata") return false;
  return !parent.empty() || (name != "cmd" && name.find('.') == std::string_view::npos);
}

}  // namespace

// Collects what one target compiles of one folder, as go/build's Context.Import does.
struct SourceTree::Listing {
  GoPackage package;
  bool exists = false;
  Errors errors;

  std::vector<std::string> cpp_assembly;
  std::string name, named_by;  // package clause, and the file that has it

  void AddGo(const File& file, const FileHead& head, bool cgo) {
    if (named_by.empty()) {
      name = head.package;
      named_by = file.name;
    } else if (head.package != name && head.syntax.empty()) {
      errors.push_back({head.package_at, "package " + head.package + ", but " + named_by + " has package " + name});
    }
    if (!head.imports_c) {
      package.go_files.push_back(file.name);
    } else if (cgo) {
      package.cgo_files.push_back(file.name);
    }
  }

  // Where the files of other languages go.
  std::vector<std::string>* ListOf(SourceKind kind) {
    switch (kind) {
      case SourceKind::kAssembly:
        return &package.s_files;
      case SourceKind::kCppAssembly:
        return &cpp_assembly;
      case SourceKind::kHeader:
        return &package.h_files;
      case SourceKind::kC:
        return &package.c_files;
      case SourceKind::kCxx:
        return &package.cxx_files;
      default:
        return nullptr;
    }
  }
};

// Lists one folder: sources into its files, the import paths of its subfolders into `pending`.
void SourceTree::Enter(Folder& folder, const KnownSystems& known, std::vector<std::string>& pending, Errors& errors) {
  Result<std::vector<FolderEntry>> listed = ListFolder(folder.path);
  if (!listed) return Append(errors, std::move(listed.error()));
  for (FolderEntry& entry : *listed) {
    const SourceKind kind = KindOfName(entry.name);
    if (entry.is_folder && MayHoldPackages(folder.import_path, entry.name)) {
      pending.push_back(folder.import_path.empty() ? entry.name : folder.import_path + "/" + entry.name);
    } else if (!entry.is_folder && kind != SourceKind::kOther) {
      folder.files.push_back({entry.name, kind, TagsOfName(entry.name, known), nullptr});
    }
  }
  std::sort(folder.files.begin(), folder.files.end(), [](const File& a, const File& b) { return a.name < b.name; });
}

Result<SourceTree> SourceTree::Open(const std::string& src, const KnownSystems& known) {
  SourceTree tree;
  Errors errors;
  std::vector<std::string> pending = {""};  // import paths
  while (!pending.empty()) {
    auto folder = std::make_unique<Folder>();
    folder->import_path = std::move(pending.back());
    pending.pop_back();
    folder->path = folder->import_path.empty() ? src : src + "/" + folder->import_path;
    Enter(*folder, known, pending, errors);
    // src itself is no package, and builtin is only documentation.
    const bool package = !folder->import_path.empty() && folder->import_path != "builtin";
    if (package && !folder->files.empty()) tree.folders_.push_back(std::move(folder));
  }
  if (!errors.empty()) return Fail(std::move(errors));
  std::sort(tree.folders_.begin(), tree.folders_.end(),
            [](const auto& a, const auto& b) { return a->import_path < b->import_path; });
  return tree;
}

// The head of a file that the target compiles; null for the others.
const FileHead* SourceTree::Choose(const Folder& folder, File& file, const TagSet& tags, Errors& errors) {
  if (!file.name_tags.Hold(tags)) return nullptr;
  const bool is_go = file.kind == SourceKind::kGo || file.kind == SourceKind::kGoTest;
  if (!file.head) {
    const std::string path = folder.path + "/" + file.name;
    Result<std::string> text = ReadFile(path, kMaxSource);
    FileHead head;
    if (text) {
      file.text = std::move(*text);
      head = ParseHead(path, file.text, is_go);
    } else {
      head.broken = std::move(text.error());
    }
    file.head = std::make_unique<const FileHead>(std::move(head));
  }
  Append(errors, file.head->broken);
  if (!file.head->broken.empty() || !file.head->Holds(tags)) return nullptr;
  Append(errors, file.head->syntax);
  return file.head->package == "documentation" ? nullptr : file.head.get();  // go/build leaves such files out
}

void SourceTree::List(Folder& folder, const TagSet& tags, bool cgo, Listing& listing) {
  const std::lock_guard lock(folder.mutex);
  GoPackage& package = listing.package;
  package.import_path = folder.import_path;
  for (File& file : folder.files) {
    if (file.kind == SourceKind::kGoTest) continue;
    const FileHead* head = Choose(folder, file, tags, listing.errors);
    if (head == nullptr) continue;
    if (std::vector<std::string>* list = listing.ListOf(file.kind)) {
      list->push_back(file.name);
    } else {
      listing.AddGo(file, *head, cgo);
    }
  }
  listing.exists = !package.go_files.empty() || !package.cgo_files.empty();
  // A package may consist of tests alone; only then do the tests matter here.
  for (File& file : folder.files) {
    if (listing.exists) break;
    if (file.kind != SourceKind::kGoTest) continue;
    const FileHead* head = Choose(folder, file, tags, listing.errors);
    listing.exists = head != nullptr;
    if (head != nullptr && head->imports_c) {
      listing.errors.push_back({{folder.path + "/" + file.name}, "a test imports \"C\", which the go command forbids"});
    }
  }
  // The C compiler translates .S files, and only cgo calls it.
  if (!package.cgo_files.empty()) {
    package.s_files.insert(package.s_files.end(), listing.cpp_assembly.begin(), listing.cpp_assembly.end());
    std::sort(package.s_files.begin(), package.s_files.end());
  }
}

const std::string* SourceTree::Text(std::string_view import_path, std::string_view name) const {
  const auto folder = std::lower_bound(folders_.begin(), folders_.end(), import_path,
                                       [](const auto& one, std::string_view path) { return one->import_path < path; });
  if (folder == folders_.end() || (*folder)->import_path != import_path) return nullptr;
  const std::lock_guard lock((*folder)->mutex);
  std::vector<File>& files = (*folder)->files;
  const auto file =
      std::lower_bound(files.begin(), files.end(), name, [](const File& one, std::string_view n) { return one.name < n; });
  const bool is_read = file != files.end() && file->name == name && file->head && file->head->broken.empty();
  return is_read ? &file->text : nullptr;
}

Result<std::vector<GoPackage>> SourceTree::Packages(const TagSet& tags, bool cgo) const {
  std::vector<Listing> listings(folders_.size());
  std::atomic<std::size_t> next = 0;
  auto work = [&] {
    for (std::size_t i; (i = next.fetch_add(1)) < folders_.size();) {
      Folder& folder = *folders_[i];
      if (folder.import_path == "runtime/cgo" && !cgo) continue;  // the go command's one exception by name
      List(folder, tags, cgo, listings[i]);
    }
  };
  std::optional<std::thread> helper;
  try {
    helper.emplace(work);
  } catch (const std::system_error&) {
    // No thread to be had: this one does it all.
  }
  work();
  if (helper) helper->join();
  std::vector<GoPackage> packages;
  Errors errors;
  for (Listing& listing : listings) {
    Append(errors, std::move(listing.errors));
    if (listing.exists) packages.push_back(std::move(listing.package));
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return packages;
}

}  // namespace libcify
