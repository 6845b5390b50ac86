// Bytes of symbol lists for tests: an abilists file and a small shared object, in every class and byte order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace libcify::testing {

struct TestSymbol {
  std::string name;
  int version = 1;  // index in .gnu.version; 0x8000 says "not the default"
  bool defined = true;
  int visibility = 0;
};

// A shared object that has nothing but section headers, dynamic symbols and versions. Versions are numbered from 2.
class ElfBuilder {
 public:
  ElfBuilder(bool wide, bool big_endian) : wide_(wide), big_endian_(big_endian) {}

  std::string Build(const std::string& soname, const std::vector<std::string>& versions,
                    const std::vector<TestSymbol>& symbols) {
    Strings strings;
    std::string dynamic = Word(14) + Word(strings.Add(soname)) + Word(0) + Word(0);
    std::string dynsym(wide_ ? 24 : 16, '\0'), versym = Number(0, 2);
    for (const TestSymbol& symbol : symbols) {
      dynsym += Symbol(strings.Add(symbol.name), symbol);
      versym += Number(static_cast<std::uint64_t>(symbol.version), 2);
    }
    std::string verdef;
    for (std::size_t i = 0; i < versions.size(); ++i) {
      bool last = i + 1 == versions.size();
      verdef += Number(1, 2) + Number(0, 2) + Number(i + 2, 2) + Number(1, 2) + Number(0, 4) + Number(20, 4) +
                Number(last ? 0 : 28, 4) + Number(strings.Add(versions[i]), 4) + Number(0, 4);
    }
    return Assemble({{0, ""}, {3, strings.text}, {11, dynsym}, {6, dynamic}, {0x6fffffff, versym}, {0x6ffffffd, verdef}});
  }

 private:
  struct Strings {
    std::string text = std::string(1, '\0');
    std::uint64_t Add(const std::string& item) {
      std::uint64_t at = text.size();
      text += item + '\0';
      return at;
    }
  };
  struct Section {
    std::uint32_t type;
    std::string bytes;
  };

  std::string Number(std::uint64_t value, int size) const {
    std::string out;
    for (int i = 0; i < size; ++i) {
      int shift = 8 * (big_endian_ ? size - 1 - i : i);
      out += static_cast<char>(shift < 64 ? value >> shift & 0xff : 0);
    }
    return out;
  }
  std::string Word(std::uint64_t value) const { return Number(value, wide_ ? 8 : 4); }

  std::string Symbol(std::uint64_t name, const TestSymbol& symbol) const {
    std::string kind = Number(1 << 4 | 2, 1) + Number(static_cast<std::uint64_t>(symbol.visibility), 1);
    std::string section = Number(symbol.defined ? 1 : 0, 2);
    if (wide_) return Number(name, 4) + kind + section + Number(0, 16);
    return Number(name, 4) + Number(0, 8) + kind + section;
  }

  // Every section's link is 1, the strings.
  std::string Assemble(const std::vector<Section>& sections) const {
    std::size_t header = wide_ ? 64 : 52, entry = wide_ ? 64 : 40;
    std::string body, table;
    for (const Section& section : sections) {
      std::string place = Word(0) + Word(0) + Word(header + body.size()) + Word(section.bytes.size());
      table += Number(0, 4) + Number(section.type, 4) + place + Number(1, 4);
      table.resize((table.size() + entry - 1) / entry * entry, '\0');
      body += section.bytes;
    }
    std::string out = std::string("\177ELF") + (wide_ ? '\2' : '\1') + (big_endian_ ? '\2' : '\1');
    out.resize(16, '\0');
    out += Number(3, 2) + Number(0, 2) + Number(1, 4) + Word(0) + Word(0) + Word(header + body.size());
    out += Number(0, 4) + Number(header, 2) + Number(0, 4) + Number(entry, 2) + Number(sections.size(), 2) + Number(0, 2);
    return out + body + table;
  }

  bool wide_, big_endian_;
};

// Two targets, three versions. amd64: stat, in pthread since 2.2.5 and in c since 2.34, and the object environ; arm64: open
// since 2.17.
inline std::string TestAbilists() {
  using namespace std::string_literals;
  return "\2c\0pthread\0"s + "\3\2\2\5\2\21\0\2\42\0"s + "\2aarch64-linux-gnu\0x86_64-linux-gnu\0"s +
         "\5\0"s +                                     // five inclusions of functions
         "lseek64\0"s + "\2\0\200"s + "\2\201\201"s +  // amd64: c 2.2.5 (goes on), then pthread 2.17 (last)
         "stat\0"s + "\2\1\200"s + "\2\200\202"s +     // amd64: pthread 2.2.5 (goes on), then c 2.34 (last)
         "open\0"s + "\1\200\201"s +                   // arm64: c 2.17
         "\1\0"s + "environ\0"s + "\2\10\200\200"s;    // amd64: c 2.2.5, 8 bytes
}

}  // namespace libcify::testing
