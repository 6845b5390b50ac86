#include "base/memo.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <string>

#include "base/parallel.h"

namespace libcify {
namespace {

TEST(Memo, MakesEachValueOnce) {
  Memo<int, std::string> memo;
  constexpr int kKeys = 7;
  std::array<std::atomic<int>, kKeys> made = {};
  std::array<const std::string*, 200> seen = {};
  ForEach(seen.size(), 8, [&](std::size_t i) {
    const int key = static_cast<int>(i) % kKeys;
    seen[i] = &memo.Get(key, [&] {
      ++made[static_cast<std::size_t>(key)];
      return std::to_string(key);
    });
  });
  for (const std::atomic<int>& count : made) EXPECT_EQ(count, 1);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    EXPECT_EQ(*seen[i], std::to_string(i % kKeys));
    EXPECT_EQ(seen[i], seen[i % kKeys]);  // the reference stays
  }
}

TEST(Beside, GivesTheResultWithOneThreadOrMore) {
  for (const int jobs : {0, 1, 2}) {
    std::thread::id ran;
    auto result = Beside(jobs, [&] { return ran = std::this_thread::get_id(), 42; });
    EXPECT_EQ(result.get(), 42);
    EXPECT_EQ(ran == std::this_thread::get_id(), jobs == 1) << jobs;
  }
}

}  // namespace
}  // namespace libcify
