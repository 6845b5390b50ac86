// See libc.h. Shapes are read in both languages, because shims are C++ and users' programs and symbol lists are C: glibc
// declares some functions differently (transparent unions, enums, overloads of string functions).
#include "headers/libc.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/file.h"
#include "headers/asked.h"
#include "headers/clang_unit.h"
#include "headers/folders.h"
#include "headers/symbols.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

// Host or sysroot: usr/include/<triple> and usr/include, as Debian's gcc searches them. musl on a glibc host lives in the
// first alone, and there the second would mix in glibc's headers.
std::vector<fs::path> HeaderFolders(const Target& target, const HeaderSource& source) {
  if (!source.include_dirs.empty()) return source.include_dirs;
  fs::path include = (source.sysroot.empty() ? fs::path("/") : source.sysroot) / "usr/include";
  std::vector<fs::path> out;
  if (fs::exists(include / target.triple)) out.push_back(include / target.triple);
  bool complete = !out.empty() && fs::exists(out[0] / "unistd.h");
  if (!complete) out.push_back(include);
  return out;
}

Result<fs::path> SymbolFile(const Target& target, const HeaderSource& source) {
  if (!source.symbols.empty()) return source.symbols;
  fs::path root = source.sysroot.empty() ? fs::path("/") : source.sysroot;
  std::string name = target.libc == "musl" ? "libc.so" : "libc.so.6";
  for (const fs::path& folder :
       {root / "usr/lib" / target.triple, root / "lib" / target.triple, root / "usr/lib", root / "lib"}) {
    if (fs::exists(folder / name)) return folder / name;
  }
  return Fail(Error{.where = {root.string()},
                    .what = "no " + name + " of " + target.triple,
                    .hint = "name the library or a symbol list",
                    .cls = ErrorClass::kEnvironment});
}

ParseRequest LibcRequest(CLanguage language, const Target& target, const std::vector<fs::path>& folders,
                         const LibcRules& rules, const std::vector<std::string>& defines) {
  ParseRequest request{.language = language, .triple = target.triple};
  for (const fs::path& folder : folders) request.arguments.insert(request.arguments.end(), {"-isystem", folder.string()});
  for (const std::string& define : rules.defines) request.arguments.push_back("-D" + define);
  for (const std::string& define : defines) request.arguments.push_back("-D" + define);
  // Not every libc has every header; what is missing declares nothing.
  for (const std::string& header : rules.headers) {
    auto need = rules.needs.find(header);
    std::string condition = "__has_include(<" + header + ">)";
    if (need != rules.needs.end()) condition += " && __has_include(<" + need->second + ">)";
    request.text += "#if " + condition + "\n#include <" + header + ">\n#endif\n";
  }
  // The layout of what a function takes a pointer to is read; what a libc lacks stays incomplete.
  const std::string linkage = language == CLanguage::kCpp ? "extern \"C\" " : "";
  for (std::size_t i = 0; i < rules.records.size(); ++i) {
    request.text += linkage + "void libcify_record_" + std::to_string(i) + "(" + rules.records[i] + " *);\n";
  }
  return request;
}

// The header that C source includes to get what `file` declares: the first on the way up that is in the list. Where several
// do, as fcntl.h and sys/stat.h with struct stat, the order of the list decides.
class PublicHeaders {
 public:
  PublicHeaders(const std::vector<fs::path>& folders, const LibcRules& rules, const ParsedUnit& unit)
      : folders_(folders), public_(rules.headers.begin(), rules.headers.end()), unit_(unit) {}

  [[nodiscard]] std::string Of(std::string file) const {
    std::string own = RelativeTo(folders_, file);
    std::set<std::string> seen;
    while (seen.insert(file).second) {
      std::string relative = RelativeTo(folders_, file);
      if (public_.contains(relative)) return relative;
      auto parent = unit_.included_by.find(file);
      if (parent == unit_.included_by.end()) break;
      file = parent->second;
    }
    return own;
  }

 private:
  const std::vector<fs::path>& folders_;
  std::set<std::string> public_;
  const ParsedUnit& unit_;
};

// Which public headers have functions that take a pointer to a record.
class RecordUses {
 public:
  void Note(const CFunction& function) {
    for (const CParameter& parameter : function.parameters) ++counts_[parameter.type.pointee][function.header];
  }
  [[nodiscard]] bool Has(const std::string& tag) const { return counts_.contains(tag); }

  // The header that brings in the record's declaration, if a function there takes the record; else the one with most uses:
  // musl's bits/alltypes.h declares something else for each header that reads it, glibc's signal.h brings pthread_mutex_t.
  [[nodiscard]] std::string Header(const std::string& tag, const std::string& declaring) const {
    const std::map<std::string, int>& headers = counts_.at(tag);
    if (headers.contains(declaring)) return declaring;
    auto less = [](const auto& a, const auto& b) { return a.second < b.second; };
    return std::max_element(headers.begin(), headers.end(), less)->first;
  }

 private:
  std::map<std::string, std::map<std::string, int>> counts_;
};

bool IsWord(const CType& type) { return type.kind != CTypeKind::kFloat && type.kind != CTypeKind::kRecord; }

// Width and class of register. musl's pthread_t is a pointer in C and an integer in C++.
bool SameWord(const CType& a, const CType& b) { return IsWord(a) == IsWord(b) && a.bits == b.bits; }

// The sign of an enum may differ, because C and C++ choose another integer for it.
bool SameShape(const CFunction& a, const CFunction& b) {
  return SameWord(a.result, b.result) && a.variadic == b.variadic && a.link_name == b.link_name &&
         std::equal(a.parameters.begin(), a.parameters.end(), b.parameters.begin(), b.parameters.end(),
                    [](const CParameter& x, const CParameter& y) { return SameWord(x.type, y.type); });
}

bool IsCallable(const CFunction& function) {
  return function.parameters.size() <= kMaxParameters && IsWord(function.result) &&
         std::all_of(function.parameters.begin(), function.parameters.end(),
                     [](const CParameter& parameter) { return IsWord(parameter.type); });
}

bool IsArchived(const LibcRules& rules, const std::string& libc, const std::string& name) {
  return std::any_of(rules.archived.begin(), rules.archived.end(), [&](const LibcRules::Archived& row) {
    return row.libc == libc && std::find(row.functions.begin(), row.functions.end(), name) != row.functions.end();
  });
}

// "" for what the list does not name: older than any version that can be a baseline.
std::string AddedSince(const LibcRules& rules, const std::string& libc, const std::string& name) {
  for (const LibcRules::Added& row : rules.added) {
    if (row.libc == libc && std::find(row.functions.begin(), row.functions.end(), name) != row.functions.end())
      return row.since;
  }
  return "";
}

// Which functions are wanted, by the name in C or by the symbol.
class Wanted {
 public:
  Wanted(const LibcRules& rules, const AskedNames& asked, const std::vector<Call>& calls)
      : all_(!rules.only_asked), names_(rules.functions.begin(), rules.functions.end()) {
    for (const auto& [library, names] : asked) names_.insert(names.begin(), names.end());
    for (const Call& call : calls) names_.insert(call.name);
  }

  // Of all functions, those that syscall() could stand in for; a function that Go asks for by name counts in any shape.
  [[nodiscard]] bool Has(const CFunction& function) const {
    if (all_) return IsCallable(function);
    return names_.contains(function.name) || names_.contains(function.link_name);
  }

 private:
  bool all_;
  std::set<std::string> names_;
};

// Both languages' declarations of one set of headers.
struct Units {
  ParsedUnit c, cpp;
};

Result<Units> ParseBoth(const Target& target, const std::vector<fs::path>& folders, const LibcRules& rules,
                        const std::vector<std::string>& defines) {
  Result<ParsedUnit> c = ParseUnit(LibcRequest(CLanguage::kC, target, folders, rules, defines));
  Result<ParsedUnit> cpp = ParseUnit(LibcRequest(CLanguage::kCpp, target, folders, rules, defines));
  Errors errors;
  if (!c) Append(errors, c.error());
  if (!cpp) Append(errors, cpp.error());
  if (!errors.empty()) return Fail(std::move(errors));
  return Units{std::move(*c), std::move(*cpp)};
}

// The functions of the C++ side that C declares too, checked against it.
Result<std::vector<const DeclaredFunction*>> Agreed(const Units& units, const Wanted& wanted) {
  std::map<std::string, const DeclaredFunction*> in_c;
  for (const DeclaredFunction& found : units.c.functions) in_c.emplace(found.function.name, &found);
  std::vector<const DeclaredFunction*> out;
  Errors errors;
  for (const DeclaredFunction& found : units.cpp.functions) {
    auto other = in_c.find(found.function.name);
    if (other == in_c.end() || !wanted.Has(found.function)) continue;
    if (SameShape(found.function, other->second->function)) {
      out.push_back(&found);
    } else {
      errors.push_back({.where = found.shown, .what = "C and C++ see different shapes of " + found.function.name});
    }
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

// Reads one set of headers, once or twice.
struct Reading {
  const Target& target;
  const std::vector<fs::path>& folders;
  const LibcRules& rules;
  const SymbolList& symbols;
  const Wanted& wanted;

  // As a program is compiled by default.
  Result<void> Plain(const std::vector<std::string>& defines, LibcFacts& out) const {
    return Read(defines, [&](std::vector<CFunction> functions, std::map<std::string, CRecord> records) {
      for (CFunction& function : functions) {
        std::string name = function.name;
        out.functions.emplace(std::move(name), std::move(function));
      }
      out.records = std::move(records);
    });
  }

  // As a program is compiled for 64-bit times: the functions that the plain reading does not have, under their symbols.
  Result<void> Time64(const std::vector<std::string>& defines, LibcFacts& out) const {
    return Read(defines, [&](std::vector<CFunction> functions, const std::map<std::string, CRecord>& records) {
      std::set<std::string> known;
      for (const auto& [name, function] : out.functions) known.insert(function.link_name);
      std::set<std::string> renamed;  // tags with another layout than in the plain reading
      for (const auto& [tag, record] : records) {
        auto plain = out.records.find(tag);
        if (plain != out.records.end() && (plain->second.size != record.size || plain->second.fields != record.fields)) {
          renamed.insert(tag);
        }
      }
      for (CFunction& function : functions) {
        if (known.contains(function.link_name)) continue;
        function.time64_name = std::exchange(function.name, function.link_name);
        function.in_archive = false;  // only newer libraries have it at all
        Rename(function.result, renamed, records, out);
        for (CParameter& parameter : function.parameters) Rename(parameter.type, renamed, records, out);
        std::string name = function.name;
        out.functions.emplace(std::move(name), std::move(function));
      }
    });
  }

 private:
  void NameImports(ParsedUnit& unit) const {
    for (DeclaredFunction& found : unit.functions) {
      std::string& name = found.function.link_name;
      for (const std::string& prefix : rules.import_prefixes) {
        if (name.starts_with(prefix)) name.erase(0, prefix.size());
      }
    }
  }

  static void Rename(CType& type, const std::set<std::string>& renamed, const std::map<std::string, CRecord>& records,
                     LibcFacts& out) {
    if (!renamed.contains(type.pointee)) return;
    CRecord record = records.at(type.pointee);
    type.pointee += " (time64)";
    record.name = type.pointee;
    out.records.emplace(type.pointee, std::move(record));
  }

  template <class Take>
  Result<void> Read(const std::vector<std::string>& defines, Take take) const {
    Result<Units> units = ParseBoth(target, folders, rules, defines);
    if (!units) return Fail(units.error());
    for (ParsedUnit* unit : {&units->c, &units->cpp}) NameImports(*unit);
    Result<std::vector<const DeclaredFunction*>> agreed = Agreed(*units, wanted);
    if (!agreed) return Fail(agreed.error());
    PublicHeaders headers(folders, rules, units->cpp);
    RecordUses uses;
    std::vector<CFunction> functions;
    for (const DeclaredFunction* found : *agreed) {
      CFunction function = found->function;
      auto symbol = symbols.symbols.find(function.link_name);
      if (symbol == symbols.symbols.end()) continue;
      function.header = headers.Of(found->file);
      if (!symbol->second.since.empty()) function.since = symbol->second.since;
      if (function.since.empty()) function.since = AddedSince(rules, target.libc, function.link_name);
      function.library = symbol->second.library;
      function.in_archive = IsArchived(rules, target.libc, function.name);
      uses.Note(function);
      functions.push_back(std::move(function));
    }
    std::map<std::string, CRecord> records;
    for (auto& [tag, record] : units->cpp.records) {
      const std::string header = headers.Of(record.header);
      const bool listed = std::find(rules.records.begin(), rules.records.end(), tag) != rules.records.end();
      if (!uses.Has(tag) && !listed) continue;
      record.header = uses.Has(tag) ? uses.Header(tag, header) : header;
      records.emplace(tag, std::move(record));
    }
    take(std::move(functions), std::move(records));
    return {};
  }
};

// Symbols that Go asks for and no function above has: no header declares them.
void NoteUndeclared(const AskedNames& asked, const SymbolList& symbols, LibcFacts& out) {
  std::set<std::string> declared;
  for (const auto& [name, function] : out.functions) declared.insert(function.link_name);
  for (const auto& [library, names] : asked) {
    for (const std::string& name : names) {
      auto symbol = symbols.symbols.find(name);
      if (symbol != symbols.symbols.end() && !declared.contains(name)) out.undeclared.emplace(name, symbol->second.library);
    }
  }
}

Result<AskedNames> ReadAsked(const Target& target, const HeaderSource& source) {
  fs::path file = source.data / "asked.json";
  Result<std::string> text = ReadFile(file);
  if (!text) return Fail(text.error());
  return ParseAsked(file.string(), *text, target);
}

// The file of rules/facts/libc. iOS has the headers of macOS.
fs::path RuleFile(const Target& target, const HeaderSource& source) {
  return source.data / "libc" / ((target.goos == "ios" ? "darwin" : target.goos) + ".json");
}

}  // namespace

Result<LibcFacts> ReadLibc(const Target& target, const Port& port, const HeaderSource& source,
                           const std::vector<Call>& calls) {
  fs::path rule_file = RuleFile(target, source);
  Result<std::string> rule_text = ReadFile(rule_file);
  if (!rule_text) return Fail(rule_text.error());
  Result<LibcRules> rules = ParseLibcRules(rule_file.string(), *rule_text);
  Result<fs::path> symbol_file = SymbolFile(target, source);
  if (!rules) return Fail(rules.error());
  if (!symbol_file) return Fail(symbol_file.error());
  Result<AskedNames> asked = rules->only_asked ? ReadAsked(target, source) : AskedNames();
  if (!asked) return Fail(asked.error());
  Result<SymbolList> symbols =
      fs::is_directory(*symbol_file) ? ReadDefFiles(*symbol_file, *asked) : ReadSymbols(*symbol_file, target.triple);
  if (!symbols) return Fail(symbols.error());
  const Wanted wanted(*rules, *asked, calls);
  // A list of all versions also knows what is newer than the headers.
  bool one_version = symbols->all_versions && !target.libc_version.empty();
  if (one_version) {
    std::erase_if(symbols->symbols,
                  [&](const auto& symbol) { return VersionLess(target.libc_version, symbol.second.since); });
  }
  const std::vector<fs::path> folders = HeaderFolders(target, source);
  LibcFacts out;
  out.version = one_version || symbols->newest.empty() ? target.libc_version : symbols->newest;
  Reading reading{target, folders, *rules, *symbols, wanted};
  Result<void> plain = reading.Plain(source.defines, out);
  if (!plain) return Fail(plain.error());
  for (const LibcRules::Time64& view : rules->time64) {
    if (view.libc != target.libc || port.word_bits != 32) continue;
    std::vector<std::string> defines = source.defines;
    defines.insert(defines.end(), view.defines.begin(), view.defines.end());
    Result<void> wide = reading.Time64(defines, out);
    if (!wide) return Fail(wide.error());
  }
  NoteUndeclared(*asked, *symbols, out);
  if (out.functions.empty()) {
    return Fail(Error{.where = {symbol_file->string()},
                      .what = "no function of " + folders.front().string() + " is exported by this library",
                      .cls = ErrorClass::kEnvironment});
  }
  return out;
}

}  // namespace libcify
