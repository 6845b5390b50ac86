// Some of the targets that are scanned together, by their places among them. Private to the room.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace libcify::scan {

class TargetSet {
 public:
  void Add(std::size_t target) {
    if (words_.size() <= target / kBits) words_.resize(target / kBits + 1);
    words_[target / kBits] |= std::uint64_t{1} << (target % kBits);
  }
  [[nodiscard]] bool Holds(std::size_t target) const {
    return target / kBits < words_.size() && (words_[target / kBits] >> (target % kBits) & 1) != 0;
  }
  [[nodiscard]] bool Meets(const TargetSet& other) const {
    for (std::size_t i = 0; i < std::min(words_.size(), other.words_.size()); ++i) {
      if ((words_[i] & other.words_[i]) != 0) return true;
    }
    return false;
  }
  [[nodiscard]] bool empty() const { return words_.empty(); }

 private:
  static constexpr std::size_t kBits = 64;
  std::vector<std::uint64_t> words_;
};

}  // namespace libcify::scan
