// What tests share that take the example of an extract rule through all rooms.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <string>

#include "base/file.h"
#include "scan/scan_tree.h"

namespace libcify {

// The texts must live as long as the tree, which only points to them.
inline scan::SourceTree TreeOf(const std::filesystem::path& folder, std::deque<std::string>& texts) {
  scan::SourceTree tree;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::filesystem::path path = std::filesystem::relative(entry.path(), folder);
    const scan::FileKind kind = path.extension() == ".go" ? scan::FileKind::kGo : scan::FileKind::kGoAssembly;
    Result<std::string> text = ReadFile(entry.path());
    EXPECT_TRUE(text);
    tree.files.push_back({path.string(), path.parent_path().string(), kind, texts.emplace_back(std::move(*text))});
  }
  std::sort(tree.files.begin(), tree.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return tree;
}

}  // namespace libcify
