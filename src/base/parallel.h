// ForEach runs a function for 0 … count-1 on several threads. Each call writes only to its own slot, so that the result does
// not depend on the number of threads. Beside runs one beside its caller. `jobs`: threads; 0 for as many as processors.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <thread>
#include <utility>
#include <vector>

namespace libcify {

template <class Function>
void ForEach(std::size_t count, int jobs, const Function& function) {
  if (count <= 1) {  // to ask how many processors there are is a file of /sys to read
    if (count == 1) function(0);
    return;
  }
  const unsigned wanted = jobs > 0 ? static_cast<unsigned>(jobs) : std::max(1U, std::thread::hardware_concurrency());
  const std::size_t threads = std::min<std::size_t>(wanted, count);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) function(i);
  };
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < threads; ++i) helpers.emplace_back(work);
  work();
}

// The result of a function that runs meanwhile, or, with one job, when it is asked for: many ports that are made side by
// side have no use for more threads than that.
template <class Function>
auto Beside(int jobs, Function function) {
  return std::async(jobs == 1 ? std::launch::deferred : std::launch::async, std::move(function));
}

}  // namespace libcify
