// Seams and symbols of one Go assembly file. Private to the room.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gosrc/asm_dialect.h"
#include "model/port.h"
#include "scan/asm_files.h"
#include "scan/compiled_rules.h"
#include "scan/numbers.h"
#include "scan/tree.h"

namespace libcify::scan {

struct AsmFinds {
  std::vector<Seam> seams;
  std::vector<std::string> seam_symbols;  // beside seams: the function around each, as the linker names it
  std::set<std::string> symbols;          // functions that the file defines, as the linker names them: "runtime.exit"
  std::map<std::string, std::set<std::string>> calls;  // by function: those that it calls or jumps to by name
  Errors errors;
};

struct AsmContext {
  const Port& port;
  const TargetRules& rules;
  const Numbers& numbers;
  const AsmFiles& files;
  std::map<std::string, std::string> defines;
  const AsmDialect* dialect = nullptr;  // null: the port has assembly that is read for its symbols only (wasm)
  // Words of arguments and results that the Go declaration of a function promises.
  std::function<AsmSignature(const std::string& package, const std::string& name)> signature;
};

// Compiles the patterns that decide which assembly files are parsed.
class AsmScanner {
 public:
  explicit AsmScanner(AsmContext context);
  [[nodiscard]] AsmFinds Scan(const SourceFile& file) const;
  [[nodiscard]] const AsmContext& context() const { return context_; }

 private:
  // Whether a rule looks for calls of pointers in the file.
  [[nodiscard]] bool CallsPointers(const SourceFile& file) const;

  AsmContext context_;
  std::vector<std::string> interesting_;  // mnemonics of a system call and of raw data
  std::optional<Pattern> in_c_assembly_;  // the same instructions as a C assembler writes them
};

}  // namespace libcify::scan
