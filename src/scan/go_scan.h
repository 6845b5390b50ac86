// What one Go file holds for the rules of all targets, before names are resolved across files. Private to the room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gosrc/go_file.h"
#include "gosrc/go_layout.h"
#include "scan/compiled_rules.h"
#include "scan/declarations.h"
#include "scan/table_row.h"
#include "scan/tree.h"

namespace libcify::scan {

struct GoCapture {
  std::string_view name;  // of the compiled rules
  Range range;
  std::string_view text;  // of the file
};

struct GoMatch {
  const CompiledRule* rule = nullptr;
  std::vector<GoCapture> captures;
  std::string func;  // enclosing function
  Span span;         // of the match's main capture

  [[nodiscard]] const GoCapture* Find(std::string_view name) const;
  [[nodiscard]] std::string Text(std::string_view name) const;
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

// A file to be searched.
struct GoInput {
  const SourceFile* file = nullptr;
  const TargetSet* targets = nullptr;  // that compile it
};

// Searches Go files for what the rules of their targets want to know: prefilters look at all of a text, the parser only at
// declarations that they touch.
class GoScanner {
 public:
  explicit GoScanner(const CompiledRules& rules);
  // What the files hold, beside them.
  [[nodiscard]] std::vector<GoFinds> Scan(const std::vector<GoInput>& files, int jobs) const;

 private:
  // A declaration that a prefilter touches.
  struct Touched {
    std::size_t begin = 0;        // in the file
    std::size_t declaration = 0;  // of ParsedDeclarations
  };
  // What a prefilter found in a file.
  struct Hit {
    std::size_t prefilter = 0;
    std::vector<const CompiledRule*> rules;  // that share the prefilter and apply to the file
    std::vector<Range> ranges;
    std::vector<std::size_t> code;  // where the ranges touch code
    std::vector<Range> declarations;
    std::vector<Touched> touched;  // the declarations
  };
  // What is known of a file before anything is parsed.
  struct Draft {
    GoFinds finds;
    std::vector<Hit> hits;
    std::optional<std::size_t> open;  // of its layout
  };

  class Matcher;

  [[nodiscard]] Draft Read(const GoInput& input) const;
  [[nodiscard]] std::vector<Hit> FindHits(const GoInput& input, Contents& contents) const;
  // What is found by regular expressions alone.
  void AddLines(const GoInput& input, Contents& contents, GoFinds& out) const;
  void AddTokens(const SourceFile& file, const std::vector<Range>& constants, const std::vector<Range>& entries,
                 const GoLayout& layout, Draft& draft) const;
  static void Register(const SourceFile& file, Draft& draft, ParsedDeclarations& declarations);
  // Fills in what the rules find in the declarations.
  void Finish(const SourceFile& file, const ParsedDeclarations& declarations, Draft& draft) const;
  void RunRules(const SourceFile& file, const ParsedDeclarations& declarations, Draft& draft) const;
  // The same for a file whose declarations do not all parse by themselves.
  void RunRulesOnWhole(const SourceFile& file, Draft& draft) const;

  const CompiledRules& rules_;
  Prefilter constants_;
};

// Those of the ranges that are code: names, or for kVdsoName strings.
[[nodiscard]] std::vector<GoToken> TokensAt(const std::vector<Range>& ranges, std::string_view text, const GoLayout& layout,
                                            GoToken::Kind kind);

}  // namespace libcify::scan
