// Files of a tree that are scanned. Private to the room.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scan/file_index.h"

namespace libcify::scan {

enum class FileKind {
  kGo,
  kGoAssembly,
  kCAssembly,  // .S of a package that uses cgo: goes through the C compiler
};

struct SourceFile {
  std::string path;     // relative to src
  std::string package;  // import path
  FileKind kind = FileKind::kGo;
  std::string_view text;  // of the tree's Goroot
  std::shared_ptr<const FileIndex> index = std::make_shared<const FileIndex>(text);
};

// What a target compiles.
struct SourceTree {
  std::vector<SourceFile> files;  // sorted by package, then path
};

}  // namespace libcify::scan
