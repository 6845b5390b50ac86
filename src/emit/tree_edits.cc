#include "emit/tree_edits.h"

#include <utility>

namespace libcify {

Result<const std::string*> TreeEdits::Text(const std::string& path) {
  const auto found = files_.find(path);
  if (found != files_.end()) return &found->second.text;
  Result<std::string> text = read_(path);
  if (!text) return Fail(std::move(text.error()));
  Editor editor(path, *text);
  const auto [place, inserted] = files_.emplace(path, File{std::move(*text), std::move(editor)});
  return &place->second.text;
}

void TreeEdits::Replace(const std::string& path, Range range, std::string replacement) {
  File& file = files_.at(path);
  file.edits.push_back({range, replacement});
  file.editor.Replace(range, std::move(replacement));
}

std::map<std::string, std::vector<TextEdit>> TreeEdits::All() const {
  std::map<std::string, std::vector<TextEdit>> out;
  for (const auto& [path, file] : files_) {
    if (!file.edits.empty()) out.emplace(path, file.edits);
  }
  return out;
}

bool TreeEdits::Touches(const std::string& path, Range range) const {
  const auto found = files_.find(path);
  return found != files_.end() && found->second.editor.Touches(range);
}

Result<std::vector<Artifact>> TreeEdits::Finish(const std::string& banner) const {
  std::vector<Artifact> out;
  Errors errors;
  for (const auto& [path, file] : files_) {
    if (file.editor.empty()) continue;
    const bool go = path.ends_with(".go");
    const std::string shown = path.substr(path.rfind('/') + 1);  // line directives are relative to the file's folder
    Result<std::string> text = file.editor.Apply(go ? LineDirective::kGo : LineDirective::kAssembly, shown);
    if (!text) {
      Append(errors, std::move(text.error()));
      continue;
    }
    if (!text->ends_with('\n')) *text += '\n';
    out.push_back(TreeArtifact(path, *text + banner));
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

Artifact TreeArtifact(const std::string& path, std::string text) {
  return Artifact{.path = "src/" + path, .text = std::move(text), .replaces = "src/" + path};
}

}  // namespace libcify
