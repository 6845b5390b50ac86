// In: the text of a Go or assembly file. Out: where words stand in it, see file_index.h. Most files hold few of the words
// that are looked for, so a set of hashes (a Bloom filter with one function) answers first.
#include "scan/file_index.h"

#include <algorithm>
#include <array>
#include <bit>

#include "gosrc/go_layout.h"
#include "scan/find_text.h"

namespace libcify::scan {
namespace {

// A bit for two bytes of text: of those about a twentieth is set.
constexpr std::size_t kBytesPerBit = 2;
constexpr std::size_t kWordBits = 64;

constexpr std::array<bool, 256> kWordBytes = [] {
  std::array<bool, 256> word = {};
  for (std::size_t i = 0; i < word.size(); ++i) word[i] = IsWord(static_cast<char>(i));
  return word;
}();

constexpr std::uint32_t kSeed = 2166136261U;  // of FNV-1a
constexpr std::uint32_t Hashed(std::uint32_t hash, char c) { return (hash ^ static_cast<unsigned char>(c)) * 16777619U; }
// The low bits of that hash depend on few bytes only.
constexpr std::uint32_t Finished(std::uint32_t hash) { return hash ^ (hash >> 15); }

bool Before(const FuncLine& a, const FuncLine& b) {
  return a.name.hash != b.name.hash ? a.name.hash < b.name.hash : a.name.text < b.name.text;
}

}  // namespace

HashedWord::HashedWord(std::string_view word) : text(word), hash(kSeed) {
  for (const char c : word) hash = Hashed(hash, c);
  hash = Finished(hash);
}

void FileIndex::NoteWords() const {
  bits_.resize(std::bit_ceil(text_.size() / kBytesPerBit / kWordBits + 1));
  const std::size_t mask = bits_.size() * kWordBits - 1;
  for (std::size_t at = 0; at < text_.size();) {
    std::uint32_t hash = kSeed;
    const std::size_t begin = at;
    for (; at < text_.size() && kWordBytes[static_cast<unsigned char>(text_[at])]; ++at) hash = Hashed(hash, text_[at]);
    if (at == begin) {
      ++at;
      continue;
    }
    const std::size_t bit = Finished(hash) & mask;
    bits_[bit / kWordBits] |= std::uint64_t{1} << (bit % kWordBits);
  }
}

bool FileIndex::MayHold(const HashedWord& word) const {
  std::call_once(words_noted_, [this] { NoteWords(); });
  const std::size_t bit = word.hash & (bits_.size() * kWordBits - 1);
  return (bits_[bit / kWordBits] >> (bit % kWordBits) & 1) != 0;
}

std::vector<Range> FileIndex::Words(const HashedWord& word) const {
  std::vector<Range> out;
  if (word.text.empty() || !MayHold(word)) return out;
  for (std::size_t at = FindText(text_, word.text); at != std::string_view::npos; at = FindText(text_, word.text, at + 1)) {
    const std::size_t end = at + word.text.size();
    const bool begins = at == 0 || !IsWord(text_[at - 1]);
    if (begins && (end == text_.size() || !IsWord(text_[end]))) out.push_back({at, end});
  }
  return out;
}

void FileIndex::NoteFuncLines() const {
  constexpr std::string_view kFunc = "\nfunc ";  // the package clause is before every function
  for (std::size_t at = FindText(text_, kFunc); at != std::string_view::npos; at = FindText(text_, kFunc, at + 1)) {
    std::string_view line = text_.substr(at + kFunc.size());
    line = line.substr(0, line.find('\n'));
    std::string_view receiver;
    if (line.starts_with('(')) {
      const std::size_t close = line.find(") ");
      if (close == std::string_view::npos) continue;
      receiver = line.substr(0, close);
      line.remove_prefix(close + 2);
    }
    const std::size_t name = line.find_first_of("([");
    if (name != std::string_view::npos) func_lines_.push_back({HashedWord(line.substr(0, name)), receiver, at + 1});
  }
  std::stable_sort(func_lines_.begin(), func_lines_.end(), Before);
}

std::span<const FuncLine> FileIndex::FuncLines(const HashedWord& name) const {
  std::call_once(func_lines_noted_, [this] { NoteFuncLines(); });
  const auto [first, last] = std::equal_range(func_lines_.begin(), func_lines_.end(), FuncLine{name, {}, 0}, Before);
  return {first, last};
}

}  // namespace libcify::scan
