// Puts the finds of all files together: names become numbers, calls become requests of entries, entries lead to seams, and
// every piece of text that some rule must explain is checked off. Private to the room.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/source.h"
#include "scan/asm_scan.h"
#include "scan/go_types.h"
#include "scan/numbers.h"
#include "scan/target_finds.h"
#include "scan/tree.h"

namespace libcify::scan {

struct Finds {
  const SourceTree& tree;
  const TargetRules& rules;
  Numbers& numbers;
  const TargetFinds& go;
  const std::vector<AsmFinds>& assembly;  // beside tree.files
  const Port& port;
};

class Resolver {
 public:
  explicit Resolver(const Finds& finds) : finds_(finds), types_(finds.tree, finds.port) {}
  // Fills the lists of the inventory but for bodyless ones; errors are noted.
  void Run(Inventory& out);
  [[nodiscard]] Errors& errors() { return errors_; }
  // Ids of the rules that explained something.
  [[nodiscard]] const std::set<std::string>& used() const { return used_; }
  // Text that a rule explained.
  struct Mark {
    Range range;
    std::string rule;
  };
  [[nodiscard]] const std::map<std::size_t, std::vector<Mark>>& marks() const { return marks_; }  // by file

 private:
  struct EntryInfo {
    Entry entry;
    const CompiledRule* rule = nullptr;
    std::size_t file = 0;
    Range func;
    std::string parameter;  // that holds the number
    bool has_body = false;
  };

  void AddEntries();
  void AddImports(Inventory& out);
  void AddConstants();
  // The value of a constant's match; nothing yet where it is made from a name that is not known.
  [[nodiscard]] NamedNumber ValueOf(std::size_t file, const GoMatch& match) const;
  [[nodiscard]] NamedNumber CalledBy(const std::string& symbol) const;
  void AddCalls();
  void AddCall(std::size_t file, const GoMatch& match);
  void AddRequest(std::size_t file, const GoMatch& match, const NamedNumber& value, const EntryInfo* entry);
  void AddVdso();
  void CheckSeams();
  void LeadThrough(EntryInfo& info);
  void LeadEntries();
  void LeadBodyless(EntryInfo& info);
  // Whether assembly that defines the symbol leaves Go.
  [[nodiscard]] bool HoldsSeam(const std::string& symbol) const;
  void CheckTokens();
  void CheckAliases();
  void CheckToken(std::size_t file, const GoToken& token);

  void Explain(std::size_t file, Range range, const CompiledRule& rule);
  [[nodiscard]] Site SiteOf(std::size_t file, const GoMatch& match, Range range) const;
  // "pkg.Name" of an expression in a file, "" for anything but a name.
  [[nodiscard]] std::pair<std::string, std::string> NameOf(std::size_t file, const std::string& expression) const;
  [[nodiscard]] NamedNumber NumberOf(std::size_t file, const std::string& expression) const;
  // The text of @number, without what the rule says is around it.
  [[nodiscard]] static std::string NumberText(const GoMatch& match);
  EntryInfo* FindEntry(std::size_t file, const std::string& expression);
  void Complain(std::size_t file, std::size_t offset, std::string what, FindKind kind, const std::string& name);

  const Finds& finds_;
  GoTypes types_;
  Errors errors_;
  std::set<std::string> used_;
  std::map<std::string, EntryInfo> entries_;              // by "pkg.Name"
  std::set<std::pair<std::size_t, std::size_t>> called_;  // file and offset: several rules may match one call
  std::vector<Request> requests_;
  std::vector<VdsoEntry> vdso_;
  std::map<std::size_t, std::vector<Mark>> marks_;        // by file: what rules explained
  std::map<std::string, std::set<std::string>> aliases_;  // by package: names that stand for numbers
};

}  // namespace libcify::scan
