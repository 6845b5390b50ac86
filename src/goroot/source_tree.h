// The source folders of a tree and what each target compiles of them.
//
// In: a folder src. Out: per target the packages as `go list std` has them. Folders are listed once; each file is read once,
// when the first target asks whether its file name suits, and kept: all ports together cost little more than one. Safe to
// use from several threads.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "goroot/file_head.h"
#include "goroot/file_name.h"
#include "goroot/goroot.h"

namespace libcify {

constexpr std::size_t kMaxSource = 64 * 1024 * 1024;  // bytes of any file; no source is that large

class SourceTree {
 public:
  // Lists all folders below src that can hold packages of std.
  [[nodiscard]] static Result<SourceTree> Open(const std::string& src, const KnownSystems& known);

  // `cgo` must agree with the tag of the same name. Errors of all files that the target would compile.
  [[nodiscard]] Result<std::vector<GoPackage>> Packages(const TagSet& tags, bool cgo) const;

  // The text of a file that some target compiles; null of others. It lives as long as the tree.
  [[nodiscard]] const std::string* Text(std::string_view import_path, std::string_view name) const;

 private:
  struct File {
    std::string name;
    SourceKind kind;
    NameTags name_tags;
    std::unique_ptr<const FileHead> head;  // null until asked for
    std::string text;                      // read with the head
  };
  struct Folder {
    std::string import_path;
    std::string path;  // for reading and for messages
    std::vector<File> files;
    std::mutex mutex;  // guards the heads and texts
  };
  struct Listing;  // what one target compiles of one folder

  static void Enter(Folder& folder, const KnownSystems& known, std::vector<std::string>& pending, Errors& errors);
  static const FileHead* Choose(const Folder& folder, File& file, const TagSet& tags, Errors& errors);
  static void List(Folder& folder, const TagSet& tags, bool cgo, Listing& listing);

  std::vector<std::unique_ptr<Folder>> folders_;  // sorted by import path
};

}  // namespace libcify
