// The edits of one tree: every file that is touched is read once, all edits of it are collected, and each comes out as one
// artifact. Untouched text stays byte for byte.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "gosrc/edit.h"
#include "model/artifact.h"

namespace libcify {

using Reader = std::function<Result<std::string>(const std::string&)>;

// A piece of a text and what it becomes.
struct TextEdit {
  Range range;
  std::string replacement;
};

class TreeEdits {
 public:
  explicit TreeEdits(Reader read) : read_(std::move(read)) {}

  // Text of a file of the tree, relative to src. The reference holds as long as this object.
  [[nodiscard]] Result<const std::string*> Text(const std::string& path);
  // `path` must have been read by Text.
  void Replace(const std::string& path, Range range, std::string replacement);
  // Whether an edit overlaps that range.
  [[nodiscard]] bool Touches(const std::string& path, Range range) const;
  // The edits by file, in no order.
  [[nodiscard]] std::map<std::string, std::vector<TextEdit>> All() const;
  // One artifact per edited file, by path. `banner` is appended as a last line: a first line would shift all others.
  [[nodiscard]] Result<std::vector<Artifact>> Finish(const std::string& banner) const;

 private:
  struct File {
    std::string text;
    Editor editor;
    std::vector<TextEdit> edits = {};  // the editor's
  };
  Reader read_;
  std::map<std::string, File> files_;
};

// Where a file of the tree goes: below src/ in the output, in the place of src/<path> of the tree.
[[nodiscard]] Artifact TreeArtifact(const std::string& path, std::string text);

}  // namespace libcify
