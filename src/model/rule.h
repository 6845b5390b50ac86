// Rules as checked, typed values. The JSON forms and their schemas are in rules/; the room `rules` turns one into the other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/binding.h"
#include "model/source.h"

namespace libcify {

// Where a rule applies; an empty list means everywhere.
struct Scope {
  std::vector<std::string> goos;
  std::vector<std::string> goarch;
  std::vector<std::string> libc;
};

// A condition on a capture: the whole RE2 must match the capture's text (or must not, when negated).
struct Predicate {
  std::string capture;
  std::string matches;  // RE2, unanchored
  bool negated = false;
};

enum class Language { kGo, kAssembly, kLines };

// What a find of an extract rule is.
enum class FindKind { kSeam, kRequest, kEntry, kVdso, kConstant, kBodyless };

// rules/extract/*.json: where a mechanism is found and how its native name is read.
struct ExtractRule {
  std::string id;    // "linux.seam.vfork"
  std::string doc;   // one sentence: what it explains
  std::string file;  // rule file, for messages
  Scope scope;
  FindKind finds = FindKind::kSeam;
  Language language = Language::kAssembly;
  std::vector<std::string> file_contains;  // a file that holds none of these texts is not even prefiltered; empty: any is
  std::vector<std::string> contains;       // the prefilter only sees lines that hold one of these texts; empty: all
  std::string not_ending;                  // and of these no line that ends so; empty: any
  std::string prefilter;                   // RE2 over the file's text; a file without a match is not parsed
  std::string path;                        // RE2 over the file's path relative to src; "" for all
  std::string query;                       // Go: tree-sitter query; lines: RE2 with named groups; assembly: unused
  std::vector<Predicate> where;
  // assembly captures: "instruction", "text" (symbol of the enclosing TEXT), "symbol" (constant number's name, "" if none),
  // "flags", "macro"
  std::string name_rewrite_match, name_rewrite_to;  // RE2 and replacement for the native name
  std::string number_match, number_to;              // RE2 and replacement for the text of @number, before it is looked up
  std::string must_explain;  // RE2: what it matches in Go text, be it a //go: directive, some rule of the port must explain
  std::vector<std::string> through;  // entries whose body hands the number on by memory: where it goes,
                                     // "runtime.asmcgocall"; the first of these entries that the body names
  std::string library;               // of what @symbol names, where no capture says it
  std::string name_case;             // then: "" as it is, "lower" (READ: read), "snake" (copyFileRange: copy_file_range)
  SeamRole role = SeamRole::kEnter;  // seams
  std::string entry_package, entry_name;  // entries
  bool blocking = false;
  bool block = false;  // of an entry: takes the address of a block of memory with the arguments
  ResultTest result_test = ResultTest::kNone;
  bool counts_arguments = false;  // entries: the argument behind the number says how many of the others there are
  std::string provided_by;        // body-less functions: "assembly", "linkname", "compiler", …
  std::string reason, reference;  // demanded for kUnreachable and where scan cannot check what provides a function
  bool optional = false;          // need not match in every tree (older or newer Go only)
};

// rules/dialects/*.json: one query and one edit of Go text each.
struct EditRule {
  std::string id;  // "gc.linux.traceback"
  std::string doc;
  std::string file;
  Scope scope;
  std::string path;  // RE2 over the path relative to src
  std::string prefilter;
  std::string query;  // tree-sitter query; the capture @edit is what gets replaced
  std::vector<Predicate> where;
  std::string replacement;  // "$name" inserts the text of capture @name, "$$" a dollar
  int min_matches = 1;      // per target; fewer or more is an error that names the rule
  int max_matches = 1;
  bool optional = false;  // a tree in which the prefilter finds nothing is fine
};

// rules/dialects/*.json: a hand-written file that joins a package.
struct AddRule {
  std::string id;
  Scope scope;
  std::string source;    // below overlays/: "gc/linux/runtime/zlibcify_linux.go"
  std::string target;    // below GOROOT/src: "runtime/zlibcify_linux.go"; "{package}" is the package that it joins
  std::string packages;  // RE2: it joins each of these packages that has a rewritten call, under the package's own name;
                         // "": target names one file
};

// rules/dialects/*.json: what a call by one of these entries becomes: a function of its package, which calls libc's.
struct CallRule {
  std::string id;
  std::string file;
  Scope scope;
  std::vector<std::string> entries;  // "syscall.Syscall6"
  // Go text of the function. "{name}" and "{words}" (its parameters without their type, uintptr) head it; "{result}" is the
  // list of three words that the call gives: first and second result, error number; "{number}" the call's number;
  // "{arguments}" the words as a list; "{syscall}" what stands before a name of package syscall. "": all its calls stay.
  std::string function;
  bool process_wide = false;  // what is changed is the process's, not the thread's
};

// rules/dialects/*.json: what the directive becomes by which Go declares a function of the system.
struct ImportRule {
  std::string id;
  Scope scope;
  std::string directive;    // RE2 over the directive's line
  std::string replacement;  // "{func}" is the Go function's name, "{cfunction}" the C function that it is bound to
};

// rules/dialects/*.json: packages whose calls stay as they are.
struct KeepRule {
  std::string id;
  Scope scope;
  std::string packages;  // RE2
  std::string reason, reference;
};

// rules/dialects/*.json: packages whose assembly is left out, that of all ports: a compiler that finds any looks closer.
struct RemoveRule {
  std::string id;
  Scope scope;
  std::string packages;               // RE2
  std::vector<std::string> provided;  // RE2: functions without a body ("syscall.gettimeofday") that the compiler itself
                                      // provides
  std::vector<std::string> compiler;  // files and folders of the compiler's tree that go with it: the packages have what
                                      // they provided
  std::string reference;              // where the compiler provides
};

// How a dialect turns seams into calls of its trampolines.
// "{operand}" is the operand of an instruction that names its number.
struct SeamEdit {
  std::string enter;          // statement for a site that the light trampoline serves
  std::string enter_full;     // for a site where more registers are live
  std::string enter_dynamic;  // for a site whose number is in a register, where others have it in their operand
  std::string vfork;          // empty where the port has no such sites
  std::string sigreturn;      // empty where the port has no such sites
  std::string unreachable;    // trap
  std::string unneeded;       // nothing; "" where the port has no such site
  std::string stack_words;    // in front of a call: where the arguments on the stack lie, if no statement edit has said so
};

// A statement of assembly that must say the same in other words where its function gets a frame.
struct StatementEdit {
  std::string id;
  std::string file;
  Scope scope;
  std::string path, text, statement;  // RE2: path relative to src, name of the TEXT, whole statement with single blanks
  std::string replacement;
  bool optional = false;
};

// How a dialect has the linker bind a function of a library that the tree would look up while it runs. Of a request the
// first that covers it counts; one without a replacement only says what becomes of such requests.
struct RequestEdit {
  std::string id;
  std::string file;
  Scope scope;
  std::string callee;             // RE2 over Request.callee
  std::string library;            // RE2 over Request.library
  std::string replacement;        // of the callee's text; "" leaves it
  std::string declaration;        // lines that the request's package gets, once for each function
  How how = How::kKept;           // without a replacement: kImported or kKept
  std::string reason, reference;  // of that
};
// In both texts {symbol}, {library} and {package} stand for the function's, {import} for the symbol as a directive writes
// it.

// The dialect as files that join the tree of a compiler which patches the standard library itself.
struct PatchRules {
  std::vector<std::string> packages;  // whose patches the compiler applies
  std::string reason, reference;      // why it applies no other's
  std::string folder;                 // of a package's patches in the compiler's tree: "runtime/_patch/{package}"
  std::vector<EditRule> edits;        // in the place of the dialect's own, which are for the tree as a whole
  std::vector<AddRule> adds;          // targets are below the compiler's tree; in them and in the texts "{tag}" stands for
                                      // the release and the target: "go126_linux_amd64"
};

// How the compiler of a dialect keeps a func value and hands its context over: a mode of libcify/closure.h. The first rule
// that covers the target counts.
struct ClosureRule {
  std::string id;
  std::string file;
  Scope scope;
  std::string mode;       // "stub", "register", "gc", "llgo" or "variable"
  std::string reference;  // where the compiler says so
};

struct DialectRules {
  std::string name;  // "gc"
  std::vector<ClosureRule> closures;
  std::vector<EditRule> edits;
  std::vector<AddRule> adds;
  std::vector<CallRule> calls;
  std::vector<ImportRule> imports;
  std::vector<KeepRule> keeps;
  std::vector<RemoveRule> removes;
  std::vector<std::pair<Scope, SeamEdit>> seam_edits;
  std::vector<StatementEdit> statement_edits;
  std::vector<RequestEdit> request_edits;
  PatchRules patch;
};

// rules/bind/*.json: what the headers cannot say.
struct BindRule {
  std::string id;  // "linux.bind.getcwd"
  std::string doc;
  std::string file;
  Scope scope;
  std::vector<std::string> calls;  // native names
  How how = How::kFallback;
  std::string function;  // C name, "" keeps the call's own
  std::string adapter;   // for adapted and demultiplexed
  std::string since;     // version of the library from which on the rule binds; "" where the symbol list says it. For
                         // functions that came from a library that is not linked (glibc's librt)
  std::optional<ErrorRule> error_rule;
  bool of_thread = false;         // it holds where a call is to change the calling thread alone, not for a whole process
  std::string reason, reference;  // both demanded unless direct
};

// A difference between contract and prototype that is no difference for the call: "fd: unsigned int ~ int".
struct ToleranceRule {
  std::string id;
  std::string doc;
  Scope scope;
  std::string where;               // "parameter", "pair", "result", "record" or "go-record"
  std::string contract;            // RE2 over the contract's type as `Describe` prints it (bind/describe.h)
  std::string libc;                // RE2 over libc's
  std::vector<std::string> calls;  // only for these calls; empty: all
  std::string reason, reference;
};

// Since which version of the system a library has functions, where no list of symbols says so.
struct VersionRule {
  std::string id;
  std::string file;
  Scope scope;
  std::string since;  // "6.0"
  std::vector<std::string> functions;
  std::string reference;
};

// Whether programs may name libraries in their table of imports.
struct LibraryRule {
  std::string id;
  std::string file;
  Scope scope;
  std::vector<std::string> libraries;
  How how = How::kKept;  // or kImported
  std::string reason, reference;
};

// What libc, or an adapter, makes of a call on its way to the kernel: "fstat is newfstatat with an empty path". Bindings do
// not ask for it; the comparison of traces does (docs/traces.md).
struct HabitRule {
  std::string id;
  std::string file;
  Scope scope;
  std::vector<std::string> calls;    // of the kernel's names
  std::string traced;                // RE2 over a line of a trace without the habit
  std::vector<std::string> becomes;  // the lines with it, in RE2's form of a replacement (\1)
  std::string after;                 // the habit that shows before, in the same step; "" for none
  std::string when;                  // what a machine must have for it; "" where every machine of the scope shows it
  std::string reason, reference;
};

struct RuleSet {
  std::vector<ExtractRule> extract;
  std::vector<BindRule> bind;
  std::vector<ToleranceRule> tolerances;
  std::vector<VersionRule> versions;
  std::vector<LibraryRule> libraries;
  std::vector<HabitRule> habits;
  std::vector<DialectRules> dialects;
  std::string fingerprint;  // hash over all rule files, in hex: part of a result's identity
};

}  // namespace libcify
