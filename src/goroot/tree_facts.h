// What a Go tree says of itself in tables: known systems, release, built-in defaults, ports.
//
// In: the tree's own Go files, read as text. Out: TreeFacts. Tables are found by their shape and by where the tree has them;
// what is not found, or not understood, is an error that names the place.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "goroot/file_name.h"
#include "goroot/go_text.h"

namespace libcify {

// Reads files of one tree, by path relative to the tree.
class TreeReader {
 public:
  virtual ~TreeReader() = default;
  [[nodiscard]] virtual bool Exists(const std::string& path) const = 0;
  [[nodiscard]] virtual Result<GoText> Read(const std::string& path) const = 0;
};

struct TreeFacts {
  KnownSystems known;
  int release = 0;                              // tags go1.1 … go1.<release>
  std::map<std::string, std::string> defaults;  // "GOAMD64" -> "v1", "GOEXPERIMENT" -> "": what the tree was built with
  std::vector<std::string> ports;               // "linux/amd64", sorted
  std::vector<std::string> broken_ports;        // known, but not in `go tool dist list`
  std::shared_ptr<const GoText> buildcfg;       // internal/buildcfg/cfg.go
  std::shared_ptr<const GoText> experiments;    // internal/buildcfg/exp.go
  std::shared_ptr<const GoText> flags;          // internal/goexperiment/flags.go
  std::shared_ptr<const GoText> asm_arguments;  // cmd/go/internal/work/gc.go; null in a tree without the go command's source
};

[[nodiscard]] Result<TreeFacts> ReadTreeFacts(const TreeReader& tree);

}  // namespace libcify
