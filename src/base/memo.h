// Values that are made when they are first asked for, each once, by any number of threads: who asks while one is being made
// waits for it, and for no other.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace libcify {

template <class Key, class Value>
class Memo {
 public:
  // What `make` returns, of the first call with that key. The reference stays good.
  template <class Make>
  const Value& Get(const Key& key, const Make& make) {
    std::unique_lock lock(mutex_);
    Entry& entry = entries_[key];
    lock.unlock();
    std::call_once(entry.made, [&] { entry.value.emplace(make()); });
    return *entry.value;
  }

 private:
  struct Entry {
    std::once_flag made;
    std::optional<Value> value;
  };

  std::mutex mutex_;              // guards entries_, not what is in one
  std::map<Key, Entry> entries_;  // whose nodes stay where they are
};

}  // namespace libcify
