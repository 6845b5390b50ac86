// Progress on a terminal for anything over half a second; silent in a pipe.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace libcify {

// Shows the current step on standard error from half a second on, and wipes it when it goes out of scope.
class Progress {
 public:
  Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void Step(const std::string& what);

 private:
  void Show();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::string step_;
  bool done_ = false;
  std::thread thread_;  // only on a terminal
};

}  // namespace libcify
