#include "cli/progress.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <system_error>

namespace libcify {

Progress::Progress() {
  if (isatty(STDERR_FILENO) != 1) return;
  try {
    thread_ = std::thread([this] { Show(); });
  } catch (const std::system_error&) {
    // No thread to be had: a run without progress is still a run.
  }
}

Progress::~Progress() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Progress::Step(const std::string& what) {
  {
    const std::lock_guard lock(mutex_);
    step_ = what;
  }
  changed_.notify_all();
}

void Progress::Show() {
  constexpr const char* kWipe = "\r\033[K";
  std::unique_lock lock(mutex_);
  if (changed_.wait_for(lock, std::chrono::milliseconds(500), [this] { return done_; })) return;
  std::string on_screen;
  while (!done_) {
    if (step_ != on_screen) {
      on_screen = step_;
      std::fprintf(stderr, "%slibcify: %s …", kWipe, on_screen.c_str());
      std::fflush(stderr);
    }
    changed_.wait(lock, [&] { return done_ || step_ != on_screen; });
  }
  std::fputs(kWipe, stderr);
}

}  // namespace libcify
