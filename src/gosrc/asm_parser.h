// Builds an AsmFile: preprocessor lines, statements, TEXT blocks. Only asm_file.cc includes this.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gosrc/asm_file.h"
#include "gosrc/asm_statement.h"
#include "gosrc/asm_token.h"

namespace libcify {

class AsmParser {
 public:
  AsmParser(std::string path, std::string text, std::map<std::string, std::string> defines);
  [[nodiscard]] Result<AsmFile> Run();

 private:
  // One open #ifdef or #ifndef.
  struct Condition {
    bool outer = true;  // is the text around it active
    bool taken = true;
    std::size_t offset = 0;
  };

  [[nodiscard]] bool Active() const { return conditions_.empty() || conditions_.back().taken; }
  [[nodiscard]] bool IsDefined(std::string_view name) const;
  void Note(std::size_t offset, std::string what);
  [[nodiscard]] std::size_t EndOfLine(std::size_t token, bool over_continuations) const;

  void ReadDirective(std::size_t hash, std::size_t end);
  void ReadDefine(std::size_t hash, std::size_t at, std::size_t end);
  // The parameters behind '(' at `at`; gives the index behind ')', or 0 after noting a problem.
  std::size_t ReadParameters(AsmMacro& macro, std::size_t at, std::size_t end);
  void AddMacro(AsmMacro macro);
  void EndMacro(std::string_view name, std::size_t offset);
  void OpenCondition(std::string_view name, bool wanted, std::size_t offset);
  void SwapCondition(std::size_t offset);
  void CloseCondition(std::size_t offset);

  void ReadStatements(std::size_t begin, std::size_t end, const std::string& macro);
  void AddStatement(AsmRawStatement raw, const std::string& macro);
  void AddText(const AsmRawStatement& raw, std::size_t statement);
  void AssignOwner(std::size_t statement, bool is_text);

  AsmFile file_;
  std::vector<AsmToken> tokens_;  // point into file_.text_
  std::vector<Condition> conditions_;
  std::vector<std::string> labels_;  // waiting for their statement
  std::size_t active_text_ = AsmFile::kAnywhere;
  std::size_t inactive_text_ = AsmFile::kAnywhere;
  Errors errors_;
};

}  // namespace libcify
