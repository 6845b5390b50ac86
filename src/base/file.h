// Files: reading whole texts, and writing so that a killed run leaves the old output or the new one.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace libcify {

// The whole of a regular file (of nothing else, so that no FIFO or device can block) that has no more than `limit` bytes. An
// environment error (kEnvironment) names the path and errno's text.
[[nodiscard]] Result<std::string> ReadFile(const std::filesystem::path& path, std::size_t limit = std::string::npos);

struct FolderEntry {
  std::string name;
  bool is_folder = false;
};

// What a folder holds, in no order. Links to folders are left out, as the go command does not follow them: so no loop of
// links can be entered.
[[nodiscard]] Result<std::vector<FolderEntry>> ListFolder(const std::string& path);

// Writes through a temporary file in the same folder, fsync-free, then rename. The folder must exist.
[[nodiscard]] Result<void> WriteFileAtomically(const std::filesystem::path& path, std::string_view text);

struct TreeEntry {
  std::string path;  // relative, with '/', no ".." and not absolute
  std::string text;
};

// Makes `folder` anew in one step: `fill` gets a fresh sibling folder and makes everything in it, then the two are exchanged
// (renameat2 RENAME_EXCHANGE) and the old one is removed. `marker` is the name of a file that `fill` makes and by which an
// earlier output is known: a folder that exists, is not empty and lacks it is refused, so that nobody's files are lost.
// On any failure the sibling is removed and the old folder is whole. Parents of `folder` are made.
[[nodiscard]] Result<void> ReplaceFolder(const std::filesystem::path& folder, const std::string& marker,
                                         const std::function<Result<void>(const std::filesystem::path& fresh)>& fill);

// ReplaceFolder with exactly these files. Files whose bytes are the same keep their modification time (hard links), so that
// builds stay cached.
[[nodiscard]] Result<void> ReplaceTree(const std::filesystem::path& folder, const std::vector<TreeEntry>& files,
                                       const std::string& marker);

// 64-bit FNV-1a of a text, as 16 hex digits: fingerprints, never security.
[[nodiscard]] std::string Fingerprint(std::string_view text);

}  // namespace libcify
