// All files of a target's standard library, read once. Private to the room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "goroot/goroot.h"

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
};

struct SourceTree {
  std::optional<Goroot> goroot;     // owns the texts
  std::vector<GoPackage> packages;  // sorted by import path
  std::vector<SourceFile> files;    // sorted by package, then path
};

[[nodiscard]] Result<SourceTree> ReadTree(const Goroot& goroot, const Target& target, int jobs);

}  // namespace libcify::scan
