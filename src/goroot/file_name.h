// File names: what the suffixes _GOOS, _GOARCH and _GOOS_GOARCH of a file demand of a build, and what kind of source a file
// is.
#pragma once

#include <string>
#include <string_view>

#include "goroot/constraint.h"

namespace libcify {

// Names that count as suffixes: every GOOS and GOARCH that Go has or had. From the tree (internal/syslist or go/build).
struct KnownSystems {
  TagSet os;
  TagSet arch;
  TagSet unix_os;  // those that fulfil the tag "unix"
};

struct NameTags {
  std::string os;    // "" where the name demands none
  std::string arch;  // the same

  [[nodiscard]] bool Hold(const TagSet& tags) const {
    return (os.empty() || tags.contains(os)) && (arch.empty() || tags.contains(arch));
  }
  friend bool operator==(const NameTags&, const NameTags&) = default;
};

// `go help buildconstraint`: after cutting the extension and a _test suffix, *_GOOS, *_GOARCH and *_GOOS_GOARCH; what
// stands before the first '_' never counts ("linux.go" is for every system).
[[nodiscard]] NameTags TagsOfName(std::string_view name, const KnownSystems& known);

enum class SourceKind { kOther, kGo, kGoTest, kAssembly, kCppAssembly, kHeader, kC, kCxx };

// By extension, as go/build sorts files; kOther for what no list of ours holds. Names beginning with '_' or '.' are kOther.
[[nodiscard]] SourceKind KindOfName(std::string_view name);

}  // namespace libcify
