// Finds encodings in raw data, see asm_bytes.h.
//
// A run is a sequence of data statements with nothing between them. An encoding counts where it begins at the first byte of
// a statement: those who write an instruction as data begin it with a statement, and inside of a longer instruction the
// same bytes mean something else.
#include "scan/asm_bytes.h"

#include <algorithm>
#include <array>
#include <utility>

namespace libcify::scan {
namespace {

// Sizes by cmd/asm: WORD is 16 bits on x86 and 32 elsewhere; only a value says which one is meant, so both are tried.
struct DataSize {
  const char* mnemonic;
  std::array<int, 2> sizes;
};
constexpr std::array<DataSize, 5> kSizes = {
    {{"BYTE", {1, 1}}, {"WORD", {2, 4}}, {"LONG", {4, 4}}, {"DWORD", {8, 8}}, {"QUAD", {8, 8}}}};

const DataSize* FindSize(const std::string& mnemonic) {
  const auto* const found =
      std::find_if(kSizes.begin(), kSizes.end(), [&](const DataSize& size) { return mnemonic == size.mnemonic; });
  return found == kSizes.end() ? nullptr : found;
}

std::string Hex(unsigned long long value, int size, bool big_endian) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (int i = 0; i < size; ++i) {
    const int byte = static_cast<int>(value >> (8 * (big_endian ? size - 1 - i : i)) & 0xff);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

// The bytes of one run, and where each of its statements begins in them.
struct Run {
  std::string hex;
  std::vector<std::pair<std::size_t, std::size_t>> starts;  // offset in hex, offset in the file

  void Search(const std::vector<std::string>& encodings, std::vector<RawEntry>& out) {
    for (const auto& [in_hex, in_file] : starts) {
      for (const std::string& encoding : encodings) {
        if (hex.compare(in_hex, encoding.size(), encoding) == 0) out.push_back({in_file, encoding});
      }
    }
    hex.clear();
    starts.clear();
  }
};

std::vector<RawEntry> Find(const AsmFile& file, const std::vector<std::string>& encodings, bool big_endian,
                           std::size_t which) {
  std::vector<RawEntry> out;
  Run run;
  for (const AsmStatement& statement : file.statements()) {
    if (!statement.active) continue;
    const DataSize* size = FindSize(statement.mnemonic);
    if (size == nullptr || statement.operands.size() != 1 || !statement.labels.empty()) run.Search(encodings, out);
    if (size == nullptr || statement.operands.size() != 1) continue;
    const std::vector<long long> value = file.Immediate(statement.operands[0], statement.range.begin);
    run.starts.emplace_back(run.hex.size(), statement.range.begin);
    // A value that depends on a macro's parameter stands for bytes that match nothing.
    run.hex += value.size() == 1 ? Hex(static_cast<unsigned long long>(value[0]), size->sizes[which], big_endian)
                                 : std::string(2 * static_cast<std::size_t>(size->sizes[which]), '?');
  }
  run.Search(encodings, out);
  return out;
}

}  // namespace

std::vector<RawEntry> FindRawEntries(const AsmFile& file, const std::vector<std::string>& encodings, bool big_endian) {
  std::vector<RawEntry> out = Find(file, encodings, big_endian, 0);
  for (RawEntry& raw : Find(file, encodings, big_endian, 1)) {
    const bool known = std::any_of(out.begin(), out.end(), [&](const RawEntry& other) {
      return other.offset == raw.offset && other.encoding == raw.encoding;
    });
    if (!known) out.push_back(std::move(raw));
  }
  std::sort(out.begin(), out.end(), [](const RawEntry& a, const RawEntry& b) {
    return std::pair(a.offset, a.encoding) < std::pair(b.offset, b.encoding);
  });
  return out;
}

}  // namespace libcify::scan
