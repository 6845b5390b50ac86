// A GOROOT of its own: the tree of another one with the files of an overlay in their places.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace libcify {

struct Materialised {
  std::size_t files = 0;
  std::size_t linked = 0;    // hard links to the other tree
  std::size_t replaced = 0;  // from the overlay, also new ones
};

// Name of the file at the top of a materialised tree by which it is known: what it was made of.
inline constexpr const char* kTreeMarker = "libcify.json";

// `overlay` is a folder that generate wrote for this tree (its manifest.json is read). Real folders, hard links for
// untouched files (copies across file systems), real copies for the overlay's. `out` is replaced in one step.
[[nodiscard]] Result<Materialised> Materialise(const std::filesystem::path& goroot, const std::filesystem::path& overlay,
                                               const std::filesystem::path& out);

// Whether `out` was made of exactly this tree and overlay. It does not look at each file.
[[nodiscard]] bool IsMaterialised(const std::filesystem::path& goroot, const std::filesystem::path& overlay,
                                  const std::filesystem::path& out);

// `home`/goroot, made of the tree and of `home`/overlay where it is not so already. `changed`: the overlay is new.
[[nodiscard]] Result<std::filesystem::path> KeepMaterialised(const std::filesystem::path& goroot,
                                                             const std::filesystem::path& home, bool changed);

// `out`, made of these files and folders below `tree`, all but `without` (relative to it), and of copies of the files below
// `added`; nothing is done where it is so already.
[[nodiscard]] Result<void> KeepLinked(const std::filesystem::path& tree, const std::vector<std::string>& names,
                                      const std::vector<std::string>& without, const std::filesystem::path& added,
                                      const std::filesystem::path& out);

}  // namespace libcify
