// What file.cc and replace_tree.cc share: errors of the system, and signals that wait.
// Only for the room base.
#pragma once

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace libcify {

[[nodiscard]] Error SystemError(const std::filesystem::path& path, const std::string& what, int number);

// Creates a file that must not exist yet. 0 or an error number; the file may be there, unfinished, after an error.
[[nodiscard]] int WriteNewFile(const std::filesystem::path& path, std::string_view text);

// Holds back the signals by which a person or a machine ends a run, so that its temporary files are gone when it ends.
// (After SIGKILL they stay, and the next run into the same folder removes them.)
class DeferSignals {
 public:
  DeferSignals() {
    sigset_t wanted;
    sigemptyset(&wanted);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ}) sigaddset(&wanted, number);
    pthread_sigmask(SIG_BLOCK, &wanted, &before_);
  }
  DeferSignals(const DeferSignals&) = delete;
  DeferSignals& operator=(const DeferSignals&) = delete;
  ~DeferSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

// "12345.1": no two living runs or threads have the same.
[[nodiscard]] inline std::string UniqueSuffix() {
  static std::atomic<unsigned> count{0};
  return std::to_string(getpid()) + '.' + std::to_string(++count);
}

}  // namespace libcify
