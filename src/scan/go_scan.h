// What one Go file holds for the rules of all targets, before names are resolved across files. Private to the room.
#pragma once

#include <string>
#include <vector>

#include "gosrc/go_file.h"
#include "gosrc/go_layout.h"
#include "scan/compiled_rules.h"
#include "scan/table_row.h"
#include "scan/tree.h"

namespace libcify::scan {

struct GoCapture {
  std::string name;
  Range range;
  std::string_view text;  // of the file
};

struct GoMatch {
  const CompiledRule* rule = nullptr;
  std::vector<GoCapture> captures;
  std::string func;  // enclosing function
  Span span;         // of the match's main capture

  [[nodiscard]] const GoCapture* Find(const std::string& name) const;
  [[nodiscard]] std::string Text(const std::string& name) const;
};

// A piece of Go text that some rule must explain.
struct GoToken {
  enum Kind {
    kConstant,     // an identifier SYS_x
    kEntryName,    // an identifier that may name an entry
    kVdsoName,     // inside of a string literal
    kDeclaration,  // a directive or call that imports a function
  } kind = kConstant;
  Range range;
  std::string text;
  std::string qualifier;               // "syscall" of syscall.SYS_READ
  bool selected = false;               // something stands before a dot: the qualifier, or an expression
  const CompiledRule* rule = nullptr;  // by which it is one; null: by any target's rules
};

// //go:linkname local [target]
struct Linkname {
  std::string local, target;
};

struct GoFinds {
  std::vector<GoMatch> matches;  // in the order of the rules
  std::vector<TableRow> rows;    // in the order of the rules
  std::vector<GoToken> tokens;
  std::vector<GoToken> declarations;  // tokens, too: directives and calls that bind a name of a library
  std::vector<GoImport> imports;      // of a file with matches or tokens
  std::vector<Linkname> linknames;
  Errors errors;
};

// Compiles what decides which Go files are parsed.
class GoScanner {
 public:
  explicit GoScanner(const CompiledRules& rules);
  // Asks the rules that cover one of these targets.
  [[nodiscard]] GoFinds Scan(const SourceFile& file, const TargetSet& targets) const;

 private:
  // What a prefilter found in a file.
  struct Hit {
    std::vector<const CompiledRule*> rules;  // that share the prefilter and apply to the file
    std::vector<Range> ranges;
    std::vector<std::size_t> code;  // where the ranges touch code
  };

  [[nodiscard]] std::vector<Hit> FindHits(const SourceFile& file, const TargetSet& targets, Contents& contents) const;
  // What is found by regular expressions alone.
  void AddLines(const SourceFile& file, const TargetSet& targets, Contents& contents, GoFinds& out) const;
  // Runs the queries of each hit's rules over the declarations that it touches.
  void RunRules(const SourceFile& file, const GoFile& go, const std::vector<Hit>& hits, GoFinds& out) const;
  void AddMatch(const SourceFile& file, const GoFile& go, const CompiledRule& rule, const QueryMatch& found,
                GoFinds& out) const;

  const CompiledRules& rules_;
  Prefilter constants_;
};

// Those of the ranges that are code: names, or for kVdsoName strings.
[[nodiscard]] std::vector<GoToken> TokensAt(const std::vector<Range>& ranges, std::string_view text, const GoLayout& layout,
                                            GoToken::Kind kind);

}  // namespace libcify::scan
