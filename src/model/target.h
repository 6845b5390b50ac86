// Target: for which operating system, processor and C library something is decided.
#pragma once

#include <string>

namespace libcify {

struct Target {
  std::string goos;          // as GOOS: "linux"
  std::string goarch;        // as GOARCH: "amd64"
  std::string libc;          // "glibc", "musl", "libSystem", … ("" where the port has none)
  std::string libc_version;  // baseline version as the library counts: "2.31"; functions newer than it fall back
  std::string triple;        // clang's target triple: "x86_64-linux-gnu"
  std::string experiments;   // as GOEXPERIMENT: "jsonv2,nosynctest"; "" for the tree's own default

  // "linux/amd64", as `go tool dist list` prints it.
  [[nodiscard]] std::string Name() const { return goos + "/" + goarch; }

  friend bool operator==(const Target&, const Target&) = default;
};

}  // namespace libcify
