// Fuzzes the reader of Go assembly: any bytes give a file or errors; what the file says of itself holds; liveness ends.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gosrc/asm_dialect.h"

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

void CheckStatements(const libcify::AsmFile& file) {
  std::size_t before = 0;
  for (std::size_t i = 0; i < file.statements().size(); ++i) {
    const libcify::AsmStatement& statement = file.statements()[i];
    Check(statement.range.begin >= before && statement.range.begin < statement.range.end);
    Check(statement.range.end <= file.text().size());
    Check(file.text()[statement.range.begin] == statement.mnemonic[0]);
    before = statement.range.end;
    const libcify::AsmText* text = file.Enclosing(i);
    Check(text == nullptr || (text->first <= i && i < text->last && statement.macro.empty()));
    for (const std::string& operand : statement.operands) (void)file.Immediate(operand, statement.range.begin);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const libcify::Result<libcify::AsmFile> file =
      libcify::AsmFile::Parse("x.s", text, {{"GOOS_linux", "1"}, {"GOARCH_amd64", "1"}});
  if (!file) {
    Check(!file.error().empty());
    return 0;
  }
  CheckStatements(*file);
  const std::vector<std::string> of = {"AX", "CX", "DX", "SI", "DI", "R8", "X0", "F0", "V1", "flags"};
  for (const char* goarch : {"amd64", "386", "arm", "arm64", "riscv64", "loong64", "s390x", "ppc64", "mips", "mips64"}) {
    const libcify::AsmDialect* dialect = libcify::FindAsmDialect(goarch);
    std::size_t asked = 0;
    for (std::size_t i = 0; i < file->statements().size() && asked < 8; ++i) {
      const std::string& name = file->statements()[i].mnemonic;
      if (name != "SYSCALL" && name != "SVC" && name != "SWI" && name != "ECALL") continue;
      ++asked;
      Check(libcify::LiveAfter(*file, i, *dialect, of).size() <= of.size());
    }
    for (const libcify::AsmStatement& statement : file->statements()) (void)dialect->Describe(statement);
  }
  return 0;
}
