// Types and constants that packages of a tree declare, each by the token where it begins. Private to the room.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "goroot/go_text.h"
#include "gosrc/go_layout.h"
#include "scan/tree.h"

namespace libcify::scan {

// A piece of Go text that names what the tree declares: a whole file, or an expression of one.
struct GoSource {
  std::size_t file = 0;  // of the tree: its package and imports say what names mean
  std::string_view text;
  GoText tokens;

  // Whether a newline, or what stands for one, follows a token.
  [[nodiscard]] bool EndsLine(std::size_t token) const;
  [[nodiscard]] Span PlaceOf(std::size_t token) const { return tokens.ErrorAt(token, {}).where; }
};

struct GoDeclared {
  const GoSource* source = nullptr;
  std::size_t name = 0;   // its token
  std::size_t token = 0;  // first of the type, or of the constant's value
  bool generic = false;   // has type parameters
  int iota = 0;           // of a constant
};

class GoPackages {
 public:
  explicit GoPackages(const SourceTree& tree);

  using Names = std::map<std::string, GoDeclared>;
  // At file level.
  [[nodiscard]] const Names& Types(const std::string& package) { return Read(package).types; }
  [[nodiscard]] const Names& Constants(const std::string& package) { return Read(package).constants; }
  // Import path of a local name in a file, "" if it is none.
  [[nodiscard]] std::string PathOf(std::size_t file, std::string_view local);
  [[nodiscard]] const SourceTree& tree() const { return tree_; }

 private:
  struct Package {
    std::vector<std::unique_ptr<const GoSource>> sources;
    Names types, constants;
  };

  const Package& Read(const std::string& name);
  static void Collect(const GoSource& source, Package& out);

  const SourceTree& tree_;
  std::map<std::string, std::vector<std::size_t>> files_;  // of Go, by package
  std::map<std::string, Package> packages_;
  std::map<std::size_t, std::vector<GoImport>> imports_;  // by file
};

}  // namespace libcify::scan
