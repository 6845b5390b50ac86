// Stamps: whether an output is still what its inputs would give, found with stat(2) alone.
//
// A stamp lies in the user's cache, one per output folder. It holds the request that made the output, the state of all
// inputs and that of each file of the output. It is believed only if all of that is the same; what was changed so recently
// that a second change could have the same time is never written down. Stamps that were not used for five days are removed.
#pragma once

#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"

namespace libcify {

// All that decides outputs besides the request: this program, rules and overlays below `data`, and the Go tree without tests
// and testdata. Of each file size, modification time and inode count. All of it is one fingerprint, which serves the stamps
// of all ports; "" where something cannot be watched or is too young. What is read while or after this runs is safe: what
// changes from then on has another time.
[[nodiscard]] std::string StateOfInputs(const std::filesystem::path& data, const std::filesystem::path& goroot);

// Removes the stamps that nobody used for long. Their outputs may be gone; and to lose a stamp costs nothing but time.
void TrimStamps();

class Stamp {
 public:
  // `request`: everything besides files that decides the output (options, version), on one line.
  Stamp(const std::filesystem::path& out, std::string request);

  // Whether a run with this request has left a stamp.
  [[nodiscard]] bool Exists() const { return !rest_.empty(); }
  // The note of that run, if nothing differs. The output is looked at first: where it is gone nobody waits for the inputs.
  [[nodiscard]] std::optional<std::string> Current(const std::shared_future<std::string>& inputs);
  // The state of the output as Current or Write found it; "" before.
  [[nodiscard]] const std::string& output() const { return output_; }

  // Notes the state of the output and writes the stamp. Failure costs nothing but time, so it is silent. No stamp is written
  // if the folder does not hold `files`: another run may have replaced it since.
  void Write(const std::string& inputs, const std::vector<TreeEntry>& files, const std::string& note);
  // Writes the stamp of a folder of outputs that have stamps themselves, with the states that those found.
  void WriteOf(const std::string& inputs, const std::string& outputs, const std::string& note);

 private:
  std::filesystem::path out_;
  std::filesystem::path file_;  // "" where there is no cache
  std::string request_;
  std::string rest_;  // of an older stamp with the same request, what is behind the request
  std::string output_;
};

}  // namespace libcify
