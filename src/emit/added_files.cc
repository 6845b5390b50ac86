#include "emit/added_files.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "emit/table.h"
#include "rules/rules.h"

namespace libcify {
namespace {

// The path of an added file for a target and a package, where it joins one.
std::string PathFor(std::string text, const Target& target, const std::string& package) {
  for (const auto& [mark, value] : {std::pair<std::string_view, const std::string&>{"{goos}", target.goos},
                                    std::pair<std::string_view, const std::string&>{"{goarch}", target.goarch},
                                    std::pair<std::string_view, const std::string&>{"{package}", package}}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
      text.replace(at, mark.size(), value);
    }
  }
  return text;
}

std::string CStringLiteral(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"\n";
}

constexpr std::string_view kClosureMode = "closure-mode";

const ClosureRule* ClosureRuleOf(const EmitInput& input) {
  const auto& rules = input.dialect.closures;
  const auto rule =
      std::find_if(rules.begin(), rules.end(), [&](const auto& one) { return Covers(one.scope, input.target); });
  if (rule == rules.end()) return nullptr;
  input.Use(rule->id);
  return &*rule;
}

// The line that says how the compiler keeps closures, in Go or in C++.
Result<Insertions> ClosureLine(const EmitInput& input, const std::string& source) {
  const ClosureRule* const rule = ClosureRuleOf(input);
  if (rule == nullptr) {
    return Fail(Error{
        .where = {"overlays/" + source, 0, 0},
        .what = "asks for the closure mode, and the dialect " + input.dialect.name + " says none for " + input.target.Name(),
        .hint = "add a rule to its \"closures\""});
  }
  std::string type = rule->mode;
  type[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(type[0])));
  return Insertions{{std::string(kClosureMode), source.ends_with(".go")
                                                    ? "const libcifyClosureMode = \"" + rule->mode + "\"\n"
                                                    : "using ClosureMode = libcify::closure::" + type + ";\n"}};
}

// The text of a hand-written file with its insertion points filled and libcify's own headers spliced in.
Result<std::string> Complete(const EmitInput& input, const Insertions& insertions, const std::string& source,
                             const std::string& text) {
  std::string filled = text;
  if (text.find("// libcify:insert ") != std::string::npos) {
    // Of what is inserted, a file asks for this or for the others.
    const bool closures = text.find("// libcify:insert " + std::string(kClosureMode)) != std::string::npos;
    const Result<Insertions> line = closures ? ClosureLine(input, source) : insertions;
    if (!line) return Fail(line.error());
    Result<std::string> result = FillInsertionPoints("overlays/" + source, text, *line);
    if (!result) return result;
    filled = std::move(*result);
  }
  if (filled.find("#include \"libcify/") == std::string::npos) return filled;
  return SpliceHeaders(filled, OwnHeadersFirst(source, input.read_overlay));
}

const std::vector<AddRule>& Rules(const EmitInput& input) {
  return input.patch ? input.dialect.patch.adds : input.dialect.adds;
}

// What follows "package " in a Go file's text.
Range PackageName(const std::string& text) {
  static constexpr std::string_view kClause = "\npackage ";
  const std::size_t at = ("\n" + text).find(kClause);  // it may be the first line
  if (at == std::string::npos) return {};
  const std::size_t begin = at + kClause.size() - 1;
  return {begin, text.find_first_of(" \r\n", begin)};
}

// A hand-written Go file names some package; here it joins `package` or that of its folder, whose name is in the tree's
// files.
Result<std::string> InPackageOf(const EmitInput& input, const std::string& package, const std::string& path,
                                std::string text) {
  const std::string folder = package.empty() ? path.substr(0, path.rfind('/') + 1) : package + "/";
  const auto neighbour = std::find_if(input.files.begin(), input.files.end(), [&](const std::string& file) {
    return file.starts_with(folder) && file.find('/', folder.size()) == std::string::npos && file.ends_with(".go");
  });
  const Range mine = PackageName(text);
  if (!path.ends_with(".go") || mine.end == mine.begin || neighbour == input.files.end()) return text;
  const Result<std::string> other = input.read_tree(*neighbour);
  if (!other) return Fail(other.error());
  const Range theirs = PackageName(*other);
  return text.replace(mine.begin, mine.size(), other->substr(theirs.begin, theirs.size()));
}

void Add(const EmitInput& input, const AddRule& rule, const std::string& package, const Insertions& insertions,
         std::vector<AddedFile>& out, Errors& errors) {
  const std::string source = PathFor(rule.source, input.target, "");
  const Result<std::string> text = input.read_overlay(source);
  if (!text) return Append(errors, text.error());
  Result<std::string> complete = Complete(input, insertions, source, *text);
  if (!complete) return Append(errors, std::move(complete.error()));
  std::string path = PathFor(rule.target, input.target, package);
  Result<std::string> all = InPackageOf(input, package, path, Banner(input) + *complete);
  if (!all) return Append(errors, std::move(all.error()));
  input.Use(rule.id);
  out.push_back({std::move(path), std::move(*all), rule.id});
}

}  // namespace

std::string ClosureModeOf(const EmitInput& input) {
  const ClosureRule* const rule = ClosureRuleOf(input);
  return rule == nullptr ? "" : rule->mode;
}

// cgo.go's rule for generated files: the line must stand before the package clause and match "^// Code generated … DO NOT
// EDIT\.$".
std::string Banner(const EmitInput& input) {
  return "// Code generated by \"libcify generate --target " + input.target.Name() + " --dialect " + input.dialect.name +
         (input.patch ? " --as patch" : "") + "\"; DO NOT EDIT.\n\n";
}

std::vector<AddedFile> AddedFiles(const EmitInput& input, Insertions insertions, Errors& errors) {
  insertions.emplace_back("identity", CStringLiteral("libcify-identity: " + input.identity));
  std::vector<AddedFile> out;
  for (const AddRule& rule : Rules(input)) {
    if (rule.packages.empty() && Covers(rule.scope, input.target)) Add(input, rule, "", insertions, out, errors);
  }
  return out;
}

std::vector<AddedFile> AddedToPackage(const EmitInput& input, const std::string& package, const Insertions& insertions,
                                      Errors& errors) {
  std::vector<AddedFile> out;
  for (const AddRule& rule : Rules(input)) {
    if (rule.packages.empty() || !Covers(rule.scope, input.target)) continue;
    const Result<Pattern> packages = Pattern::Compile({}, rule.packages);
    if (!packages) Append(errors, packages.error());
    if (packages && packages->Search(package)) Add(input, rule, package, insertions, out, errors);
  }
  return out;
}

}  // namespace libcify
