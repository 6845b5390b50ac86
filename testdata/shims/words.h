// The machine words of a call, and a call of an entry of the table with them as the bridge makes it.
//
// In: libcify/dispatch.h, included before, by itself or as a part of a generated table.
#pragma once

#include <string.h>

namespace check {

template <class T>
unsigned long Word(T value) {
  return (unsigned long)value;
}

// A long long takes two words where a word has 32 bits, as in a call of the C ABI.
struct Words {
  template <class T>
  void Put(T value) {
    at[used++] = Word(value);
  }
  void Put(long long value) {
#if defined(__LP64__)
    at[used++] = static_cast<unsigned long>(value);
#else
#if defined(__arm__) || defined(__mips__)
    used += used % 2;
#endif
    memcpy(&at[used], &value, sizeof value);
    used += 2;
#endif
  }
  unsigned long at[8] = {};
  unsigned long used = 0;
};

inline unsigned long second_result;

inline long ByEntry(const LibcifyEntry& entry, const unsigned long* words, unsigned long number) {
  const unsigned long a1 = words[0], a2 = words[1], a3 = words[2], a4 = words[3], a5 = words[4], a6 = words[5];
#if defined(__mips__)
  const unsigned long a7 = words[6];
  unsigned long* const second = &second_result;
#endif
  return libcify::CallEntry(entry, LIBCIFY_WORDS);
}

}  // namespace check
