// Strings of facts: types, prototypes and records as one line of text each, in both directions.
//
//   type       "i32" "u64" "f64" "v"; pointers "p64 struct stat", to const "p64c char"; "F64 void (int)" function pointer;
//              "r128 struct x" record by value
//   prototype  "(int fd, const char * file, ...) -> int", types by their spelling, "-" where a parameter has no name
//   record     "16 8 sys/uio.h; iov_base p64 @0; iov_len u64 @64": size and alignment in bytes, header, then leaves with
//              their offset in bits; "u8*14" is an array's element and count
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/facts.h"

namespace libcify {

// Spelling -> type, of one file. Spellings with two meanings in one file get a number: "off_t #2".
class TypeTable {
 public:
  // Writing: the key under which the type is in the table.
  std::string Add(const CType& type);
  // Reading: nullptr for a key that the table lacks.
  [[nodiscard]] const CType* Find(std::string_view key) const;
  // Reading: false if the code is no type.
  [[nodiscard]] bool Define(const std::string& key, std::string_view code);
  [[nodiscard]] std::map<std::string, std::string> Codes() const;

 private:
  std::map<std::string, CType, std::less<>> types_;
};

struct Prototype {
  CType result;
  std::vector<CParameter> parameters;
  bool variadic = false;
};

// See Contract::words.
[[nodiscard]] std::vector<int> ArgumentWords(const std::vector<CParameter>& parameters, int word_bits, bool aligned_pairs);

// `text` is cut to what follows "; ". Empty on success, else what is wrong.
[[nodiscard]] std::string WritePrototype(const Prototype& prototype, TypeTable& types);
[[nodiscard]] std::string ReadPrototype(std::string_view& text, const TypeTable& types, Prototype& out);

[[nodiscard]] std::string WriteRecord(const CRecord& record);
[[nodiscard]] std::string ReadRecord(std::string_view text, CRecord& out);

// The text up to the separator, which is dropped; all of it if there is none.
[[nodiscard]] std::string_view CutAt(std::string_view& text, std::string_view separator);
[[nodiscard]] bool ReadInt(std::string_view text, int& out);

}  // namespace libcify
