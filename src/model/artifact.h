// What a dialect writes.
#pragma once

#include <string>

namespace libcify {

struct Artifact {
  std::string path;  // where it goes below the output folder: "src/runtime/sys_linux_amd64.s"
  std::string text;
  std::string replaces;  // the file of the tree whose place it takes, relative to GOROOT ("src/runtime/…"); may not exist
                         // there (a new file); "" for files that are not part of the tree (manifest.json)
  bool removes = false;  // the file `replaces` is left out: path and text are empty

  friend bool operator==(const Artifact&, const Artifact&) = default;
};

}  // namespace libcify
