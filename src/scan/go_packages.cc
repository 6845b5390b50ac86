#include "scan/go_packages.h"

#include <algorithm>
#include <utility>

namespace libcify::scan {
namespace {

// One declaration "type" or "const", or one line of a group of them.
class SpecReader {
 public:
  SpecReader(const GoSource& source, GoPackages::Names& types, GoPackages::Names& constants)
      : source_(source), tokens_(source.tokens), types_(types), constants_(constants) {}

  // Everything at file level: other declarations hold these words in brackets only.
  void Run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_.Is(i, "{") || tokens_.Is(i, "(") || tokens_.Is(i, "[")) {
        i = tokens_.Close(i);
      } else if (tokens_.Is(i, "type") || tokens_.Is(i, "const")) {
        i = Declaration(i + 1, tokens_.Is(i, "type"));
      }
    }
  }

 private:
  // Gives the last token that was looked at.
  std::size_t Declaration(std::size_t at, bool type) {
    if (!tokens_.Is(at, "(")) {
      Spec(at, type, 0);
      return at;
    }
    const std::size_t close = tokens_.Close(at);
    value_ = 0;
    int line = 0;
    for (std::size_t i = at + 1; i < close; ++i) {
      Spec(i, type, line++);
      for (; i < close && !source_.EndsLine(i); ++i) {
        if (tokens_.Is(i, "{") || tokens_.Is(i, "(") || tokens_.Is(i, "[")) i = tokens_.Close(i) - 1;
      }
    }
    return close;
  }

  void Spec(std::size_t name, bool type, int iota) {
    const GoWord& word = tokens_.At(name);
    if (word.kind != GoTokenKind::kName) return;
    GoDeclared found{.source = &source_, .name = name, .token = name + 1};
    if (type) {
      // gofmt puts a blank before the bracket of an array, and none before those of type parameters.
      found.generic = tokens_.Is(name + 1, "[") && tokens_.At(name + 1).offset == word.offset + word.text.size();
      if (tokens_.Is(name + 1, "=")) ++found.token;
      types_.emplace(word.text, found);
      return;
    }
    std::size_t equals = name + 1;
    while (equals < tokens_.size() && !tokens_.Is(equals, "=") && !source_.EndsLine(equals - 1)) ++equals;
    if (tokens_.Is(equals, "=") && !source_.EndsLine(equals - 1)) value_ = equals + 1;
    if (value_ == 0 || tokens_.Is(name + 1, ",")) return;  // several names with a value each: nothing asks for them
    found.token = value_;
    found.iota = iota;
    constants_.emplace(word.text, found);
  }

  const GoSource& source_;
  const GoText& tokens_;
  GoPackages::Names& types_;
  GoPackages::Names& constants_;
  std::size_t value_ = 0;  // of the constant before, which one without a value repeats
};

}  // namespace

bool GoSource::EndsLine(std::size_t token) const {
  if (token + 1 >= tokens.size() || tokens.Is(token + 1, "}") || tokens.Is(token + 1, ";")) return true;
  // A line that ends in another operator goes on (The Go Programming Language Specification, "Semicolons").
  const bool closes = tokens.Is(token, ")") || tokens.Is(token, "]") || tokens.Is(token, "}");
  if (tokens.At(token).kind == GoTokenKind::kOperator && !closes) return false;
  const std::size_t begin = tokens.At(token).offset;
  return text.substr(begin, tokens.At(token + 1).offset - begin).find('\n') != std::string_view::npos;
}

GoPackages::GoPackages(const SourceTree& tree) : tree_(tree) {
  for (std::size_t i = 0; i < tree.files.size(); ++i) {
    if (tree.files[i].kind == FileKind::kGo) files_[tree.files[i].package].push_back(i);
  }
}

// A file that cannot be read as tokens declares nothing, so that whoever asks for what it has is told that there is none.
const GoPackages::Package& GoPackages::Read(const std::string& name) {
  const auto [found, fresh] = packages_.try_emplace(name);
  Package& out = found->second;
  if (!fresh) return out;
  const auto files = files_.find(name);
  if (files == files_.end()) return out;
  for (const std::size_t file : files->second) {
    const SourceFile& source = tree_.files[file];
    Result<GoText> tokens = GoText::Parse(source.path, std::string(source.text));
    if (!tokens) continue;
    out.sources.push_back(std::make_unique<const GoSource>(GoSource{file, source.text, std::move(*tokens)}));
    Collect(*out.sources.back(), out);
  }
  return out;
}

void GoPackages::Collect(const GoSource& source, Package& out) { SpecReader(source, out.types, out.constants).Run(); }

std::string GoPackages::PathOf(std::size_t file, std::string_view local) {
  const auto [found, fresh] = imports_.try_emplace(file);
  if (fresh) {
    const std::string_view text = tree_.files[file].text;
    found->second = ImportsOf(text, LayoutOf(text));
  }
  return libcify::PathOf(found->second, local);
}

}  // namespace libcify::scan
