// See bsd_calls.h. rules/facts/kernel/<goos>.h holds the includes that declare the types.
#include "headers/bsd_calls.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>
#include <vector>

#include "base/file.h"
#include "headers/clang_unit.h"
#include "headers/facts_codec.h"
#include "headers/folders.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCallHeader = "sys/syscall.h";
constexpr const char* kLibsys = "_libsys.h";
constexpr const char* kSysproto = "sys/sysproto.h";
constexpr const char* kPrefix = "sys_";

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// Calls `take` with each line and its number.
template <class Take>
void ForEachLine(std::string_view text, Take take) {
  for (int line = 1; !text.empty(); ++line) take(CutAt(text, "\n"), line);
}

std::string Place(const std::string& file, int line) { return file + ":" + std::to_string(line); }

// What stands between quotes: "int" "void *".
std::vector<std::string> Quoted(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    (void)CutAt(text, "\"");
    if (text.empty()) return out;
    out.emplace_back(CutAt(text, "\""));
  }
}

// The types of a comment as parameters. OpenBSD says "..." before the arguments of a variadic function of libc; where it is
// the last word, as on NetBSD, the arguments are not known.
std::string ParametersOf(const std::vector<std::string>& types) {
  std::string out;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i] == "..." && i + 1 == types.size()) return "";
    if (types[i] != "...") out += (out.empty() ? "" : ", ") + types[i];
  }
  return out.empty() ? "void" : out;
}

// /* syscall: "read" ret: "ssize_t" args: "int" "void *" "size_t" */
CallText ReadComment(std::string_view line) {
  CallText out;
  (void)CutAt(line, "ret: ");
  std::vector<std::string> results = Quoted(CutAt(line, "args:"));
  if (results.size() != 1) return out;
  out.result = results.front();
  out.parameters = ParametersOf(Quoted(line));
  return out;
}

struct Number {
  std::string name;
  int value = 0;
};

// "#define SYS_read 3"; not the aliases of other numbers, nor the macros that are no calls.
bool ReadDefine(std::string_view line, Number& out) {
  constexpr std::string_view kDefine = "#define", kSys = "SYS_";
  if (!line.starts_with(kDefine)) return false;
  line = Trim(line.substr(kDefine.size()));
  std::string_view name = line.substr(0, line.find_first_of(" \t"));
  if (!name.starts_with(kSys) || name.starts_with("SYS_MAX") || name == "SYS_NSYSENT") return false;
  out.name = std::string(name.substr(kSys.size()));
  return ReadInt(Trim(line.substr(name.size())), out.value);
}

// "read(int fd, void *buf)" and so on behind "SYS_READ = 3 // { ssize_t ". NetBSD writes "int|sys|50|stat(".
CallText ReadGoComment(std::string_view text) {
  CallText out;
  std::string_view head = Trim(CutAt(text, "("));
  std::string_view result = head.substr(0, head.find('|'));
  if (result.size() == head.size()) {
    std::size_t name = head.find_last_of(" *");
    result = name == head.npos ? std::string_view() : head.substr(0, name + 1);
  }
  out.result = std::string(Trim(result));
  std::size_t close = text.rfind(");");
  if (close == text.npos) return out;  // the comment goes on where Go's does not
  std::string parameters(text.substr(0, close));
  for (std::size_t at = parameters.find("... "); at != std::string::npos; at = parameters.find("... "))
    parameters.erase(at, 4);
  out.parameters = std::move(parameters);
  return out;
}

Result<std::string> ReadFrom(const std::vector<fs::path>& folders, const std::string& name) {
  for (const fs::path& folder : folders) {
    if (fs::exists(folder / name)) return ReadFile(folder / name);
  }
  return Fail(Error{.where = {name},
                    .what = "not in the folders of headers",
                    .hint = "name the folders by include=",
                    .cls = ErrorClass::kEnvironment});
}

// Fills what is empty; whether it did.
bool Fill(std::string& mine, const std::string& theirs) {
  if (!mine.empty() || theirs.empty()) return false;
  mine = theirs;
  return true;
}

// Takes from another text what is missing, and names it as a source.
void Add(CallText& call, const CallText& more) {
  const bool parameters = Fill(call.parameters, more.parameters), result = Fill(call.result, more.result);
  if (parameters || result) call.source += (call.source.empty() ? "" : ", ") + more.source;
}

// What each text knows of a number, the kernel's headers first.
std::map<int, CallText> Merge(std::map<int, CallText> calls, const std::map<std::string, CallText>& prototypes,
                              const std::map<std::string, CallText>& arguments, const std::map<int, CallText>& go) {
  for (auto& [number, call] : calls) {
    if (auto found = prototypes.find(call.name); found != prototypes.end()) Add(call, found->second);
    if (auto found = arguments.find(call.name); found != arguments.end()) Add(call, found->second);
    if (auto found = go.find(number); found != go.end()) Add(call, found->second);
  }
  return calls;
}

Result<ParsedUnit> ParseCalls(const Target& target, const HeaderSource& source, const std::string& prelude,
                              const std::map<int, CallText>& calls) {
  ParseRequest request{.triple = target.triple};
  for (const fs::path& folder : source.include_dirs) {
    request.arguments.insert(request.arguments.end(), {"-isystem", folder.string()});
  }
  for (const std::string& define : source.defines) request.arguments.push_back("-D" + define);
  request.text = "#line 1 \"kernel/" + target.goos + ".h\"\n" + prelude;
  for (const auto& [number, call] : calls) {
    if (call.result.empty() || call.parameters.empty()) continue;
    request.text += "\n#line " + std::to_string(number) + " \"number\"\n" + call.result + " " + kPrefix + call.name + "(" +
                    call.parameters + ");\n";
  }
  return ParseUnit(request);
}

}  // namespace

Result<std::map<int, CallText>> ParseCallHeader(const std::string& file, std::string_view text) {
  std::map<int, CallText> out;
  CallText comment;
  ForEachLine(text, [&](std::string_view line, int number) {
    if (line.starts_with("/* syscall: ")) {
      comment = ReadComment(line);
      comment.source = Place(file, number);
      return;
    }
    Number found;
    if (!ReadDefine(line, found)) return;
    comment.name = found.name;
    out.emplace(found.value, std::exchange(comment, {}));
  });
  if (out.empty()) {
    return Fail(Error{.where = {file}, .what = "no line such as \"#define SYS_read 3\"", .cls = ErrorClass::kEnvironment});
  }
  return out;
}

std::map<std::string, CallText> ParseLibsys(const std::string& file, std::string_view text) {
  // ssize_t __sys_read(int fd, void * buf, size_t nbyte);
  constexpr std::string_view kNoreturn = "_Noreturn ", kTypedef = "typedef ", kName = " __sys_", kEnd = ");";
  std::map<std::string, CallText> out;
  ForEachLine(text, [&](std::string_view line, int number) {
    std::size_t name = line.find(kName);
    if (line.starts_with(kTypedef) || name == line.npos || !line.ends_with(kEnd)) return;
    std::string_view result = line.substr(0, name);
    if (result.starts_with(kNoreturn)) result.remove_prefix(kNoreturn.size());
    std::string_view parameters = line.substr(name + kName.size());
    parameters.remove_suffix(kEnd.size());
    std::string call(CutAt(parameters, "("));
    out[call] = {
        .name = call, .result = std::string(result), .parameters = std::string(parameters), .source = Place(file, number)};
  });
  return out;
}

std::map<std::string, CallText> ParseSysproto(const std::string& file, std::string_view text) {
  // struct read_args {
  //   char fd_l_[PADL_(int)]; int fd; char fd_r_[PADR_(int)];
  // };
  constexpr std::string_view kStruct = "struct ", kArgs = "_args {", kPad = "PADL_(";
  std::map<std::string, CallText> out;
  CallText* call = nullptr;
  ForEachLine(text, [&](std::string_view line, int number) {
    if (line.starts_with(kStruct) && line.ends_with(kArgs)) {
      std::string name(line.substr(kStruct.size(), line.size() - kStruct.size() - kArgs.size()));
      call = &out[name];
      *call = {.name = name, .parameters = "void", .source = Place(file, number)};
    } else if (line.starts_with("}")) {
      call = nullptr;
    } else if (std::size_t pad = line.find(kPad); call != nullptr && pad != line.npos) {
      std::string_view rest = line.substr(pad);
      (void)CutAt(rest, "; ");
      std::string_view parameter = CutAt(rest, ";");
      call->parameters =
          call->parameters == "void" ? std::string(parameter) : call->parameters + ", " + std::string(parameter);
    }
  });
  return out;
}

std::map<int, CallText> ParseGoNumbers(const std::string& file, std::string_view text) {
  std::map<int, CallText> out;
  ForEachLine(text, [&](std::string_view line, int number) {
    std::string_view constant = Trim(CutAt(line, "// { "));
    std::string_view name = Trim(CutAt(constant, "="));
    int value = 0;
    if (line.empty() || !name.starts_with("SYS_") || !ReadInt(Trim(constant), value)) return;
    CallText call = ReadGoComment(line);
    call.source = Place(file, number);
    for (const char c : name.substr(4)) call.name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    out.emplace(value, std::move(call));
  });
  return out;
}

Result<KernelFacts> ReadGoCalls(const Target& target, const std::filesystem::path& go_numbers) {
  Result<std::string> go = ReadFile(go_numbers);
  if (!go) return Fail(go.error());
  const std::string file = "syscall/" + go_numbers.filename().string();
  KernelFacts out{.source = file + " of Go, for want of headers of " + target.goos};
  for (const auto& [number, text] : ParseGoNumbers(file, *go)) out.calls.push_back({.name = text.name, .number = number});
  return out;
}

Result<KernelFacts> ReadBsdCalls(const Target& target, const Port& port, const HeaderSource& source) {
  Result<std::string> header = ReadFrom(source.include_dirs, kCallHeader);
  Result<std::string> go = ReadFile(source.go_numbers);
  Result<std::string> prelude = ReadFile(source.data / "kernel" / (target.goos + ".h"));
  Errors errors;
  if (!prelude) Append(errors, prelude.error());
  if (!header) Append(errors, header.error());
  if (!go) Append(errors, go.error());
  if (!errors.empty()) return Fail(std::move(errors));
  Result<std::map<int, CallText>> numbers = ParseCallHeader(kCallHeader, *header);
  if (!numbers) return Fail(numbers.error());
  Result<std::string> libsys = ReadFrom(source.include_dirs, kLibsys);  // FreeBSD alone has these two
  Result<std::string> sysproto = ReadFrom(source.include_dirs, kSysproto);
  const std::string go_file = "syscall/" + source.go_numbers.filename().string();
  const std::map<int, CallText> calls = Merge(std::move(*numbers), ParseLibsys(kLibsys, libsys.value_or("")),
                                              ParseSysproto(kSysproto, sysproto.value_or("")), ParseGoNumbers(go_file, *go));
  Result<ParsedUnit> unit = ParseCalls(target, source, *prelude, calls);
  if (!unit) return Fail(unit.error());

  std::map<std::string, const DeclaredFunction*> declared;
  for (const DeclaredFunction& found : unit->functions) declared.emplace(found.function.name, &found);
  // A pair of words begins at an even one on 32-bit arm (AAPCS, 6.4); 386 has no such rule.
  KernelFacts out{.aligned_pairs = target.goarch == "arm",
                  .source = std::string(kCallHeader) + " of " + target.goos + " " + target.libc_version};
  std::set<std::string> tags;
  for (const auto& [number, text] : calls) {
    Call call{.name = text.name, .number = number};
    if (auto found = declared.find(kPrefix + text.name); found != declared.end()) {
      const CFunction& function = found->second->function;
      call.contract = Contract{
          .entry = function.name, .result = function.result, .parameters = function.parameters, .source = text.source};
      call.contract->words = ArgumentWords(call.contract->parameters, port.word_bits, out.aligned_pairs);
      for (const CParameter& parameter : function.parameters) tags.insert(parameter.type.pointee);
    }
    out.calls.push_back(std::move(call));
  }
  for (auto& [tag, record] : unit->records) {
    if (!tags.contains(tag)) continue;
    record.header = RelativeTo(source.include_dirs, record.header);
    out.records.emplace(tag, std::move(record));
  }
  return out;
}

}  // namespace libcify
