// One Go assembly file (the Plan 9 dialect, see go.dev/doc/asm and cmd/asm/internal/lex): TEXT blocks, statements,
// labels, macros, immediates.
//
// In: the text of a .s file and the symbols that the assembler predefines (GOOS_linux, GOARCH_amd64, GOEXPERIMENT_x).
// Out: statements with byte ranges. Statements in a branch of #ifdef that is not taken are kept, but not active. Bodies of
// #defines are split into statements too, as far as they look like any. #include is noted, not followed: a symbol that only
// an included file defines counts as undefined.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gosrc/text_lines.h"
#include "model/source.h"

namespace libcify {

struct AsmStatement {
  std::vector<std::string> labels;    // labels standing directly before it ("ok", "again")
  std::string mnemonic;               // "MOVQ"; the macro's name where a macro is used as a statement
  std::vector<std::string> operands;  // trimmed, comments removed, inner blanks folded: "$SYS_read", "a1+8(FP)"
  Range range;                        // from the mnemonic's first byte to the last operand's last byte
  int line = 0;                       // of the mnemonic, from 1
  int column = 0;                     // in bytes, from 1
  bool active = true;                 // compiled under the given symbols
  std::string macro;                  // inside the body of this #define; "" otherwise
  // "MNEMONIC op, op" with single blanks.
  [[nodiscard]] std::string Canonical() const;
};

struct AsmText {
  std::string symbol;              // as written, without <> and ABI: "runtime·exit", "·Syscall6", "_rt0_amd64"
  std::string name;                // as Go code names it in its package: "exit", "Syscall6"
  std::string package;             // "runtime" of "runtime·exit", "" for the file's own package
  bool is_static = false;          // <>
  std::string abi;                 // "" or "ABIInternal"
  std::vector<std::string> flags;  // "NOSPLIT", "NOFRAME"
  std::string frame;               // as written behind '$': "16-8"
  Range frame_range;               // its bytes
  Range flags_range;               // bytes of the flag expression: "NOSPLIT|NOFRAME"
  Range range;                     // the whole TEXT statement
  int line = 0;
  std::size_t first = 0, last = 0;  // statements [first, last) of the file
  bool active = true;
};

struct AsmMacro {
  std::string name;
  std::vector<std::string> parameters;
  bool function_like = false;
  std::string body;  // text without continuation backslashes, trimmed
  Range range;       // from '#'
  Range in_force;    // where a use of the name means this macro: up to #undef, the next definition or the end of the file
  int line = 0;
  bool active = true;
};

class AsmFile {
 public:
  [[nodiscard]] static Result<AsmFile> Parse(std::string path, std::string text, std::map<std::string, std::string> defines);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<AsmStatement>& statements() const { return statements_; }  // in the order of the text
  [[nodiscard]] const std::vector<AsmText>& texts() const { return texts_; }
  [[nodiscard]] const std::vector<AsmMacro>& macros() const { return macros_; }
  [[nodiscard]] const std::vector<std::string>& includes() const { return includes_; }
  // The TEXT that a statement belongs to, or nullptr.
  [[nodiscard]] const AsmText* Enclosing(std::size_t statement) const;
  // Value of an immediate "$SYS_read" or "$(1<<3)" or "$0x80": macros expanded, constant expression evaluated.
  // None for anything that is no constant of this file. `offset` is the place of the use; without it a macro that is defined
  // more than once, in different ways, has no value.
  [[nodiscard]] std::vector<long long> Immediate(const std::string& operand, std::size_t offset = kAnywhere) const;
  // The macro (or predefined symbol) that a name means at a place, or nullptr.
  [[nodiscard]] const AsmMacro* MacroAt(std::string_view name, std::size_t offset) const;
  [[nodiscard]] Span At(std::size_t offset) const { return lines_.At(path_, offset); }

  static constexpr std::size_t kAnywhere = static_cast<std::size_t>(-1);

 private:
  friend class AsmParser;
  AsmFile() = default;
  std::string path_, text_;
  TextLines lines_;
  std::vector<AsmStatement> statements_;
  std::vector<AsmText> texts_;
  std::vector<AsmMacro> macros_;
  std::vector<std::string> includes_;
  std::vector<AsmMacro> predefined_;
  std::map<std::string, std::vector<std::size_t>, std::less<>>
      macro_index_;                  // active macros of a name, in the order of the text
  std::vector<std::size_t> owners_;  // statement -> its TEXT, or kAnywhere
};

}  // namespace libcify
