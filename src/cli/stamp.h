// Stamps: whether an output is still what its inputs would give, found with stat(2) alone.
//
// A stamp lies in the user's cache, one per output folder. It names every file and folder that was an input or is the
// output, with size, modification time and inode, and the request that made it. It is believed only if all of that is the
// same; what was changed so recently that a second change could have the same time is never written down. Stamps that were
// not used for five days are removed.
#pragma once

#include <time.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"

namespace libcify {

class Stamp {
 public:
  // `request`: everything besides files that decides the output (options, version), on one line.
  Stamp(const std::filesystem::path& out, std::string request);

  // The note of the last run, if the request is the same and nothing differs.
  [[nodiscard]] std::optional<std::string> Current() const;

  // Notes the state of inputs. They may be read at the same time: what changed since the stamp was made is not written down.
  void AddFile(const std::string& file);
  void AddTree(const std::filesystem::path& folder);       // all files below it
  void AddGoSources(const std::filesystem::path& goroot);  // what decides a target's files: no tests, no testdata
  // Notes the output and writes the stamp. Failure costs nothing but time, so it is silent. No stamp is written if the
  // folder does not hold `files`: another run may have replaced it since.
  void Write(const std::filesystem::path& out, const std::vector<TreeEntry>& files, const std::string& note);

 private:
  [[nodiscard]] std::filesystem::path File() const;
  // A folder and, of what is below it, what is `wanted` (the folder it is in, the entry).
  void AddFolder(const std::string& folder, const std::function<bool(const std::string&, const FolderEntry&)>& wanted);

  timespec begin_ = {};  // when the stamp was made
  std::string name_;
  std::string request_;
  std::string entries_;
  bool too_young_ = false;
};

}  // namespace libcify
