// See kernel.h. The text that libclang gets is described at the head of rules/facts/kernel/prelude.h.
#include "headers/kernel.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "base/file.h"
#include "headers/clang_unit.h"
#include "headers/facts_codec.h"
#include "headers/folders.h"
#include "headers/kernel_folders.h"
#include "headers/kernel_own.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNumberPrefix = "__NR_";
constexpr const char* kAlso = "libcify_also";              // prelude.h: records that no prototype names
constexpr const char* kNotImplemented = "sys_ni_syscall";  // kernel/sys_ni.c: answers ENOSYS

ParseRequest KernelRequest(const Target& target, const KernelFolders& folders, std::string text) {
  return {.triple = target.triple,
          .arguments = KernelIncludes(folders),
          .text = std::move(text),
          .files = KernelVirtualFiles(folders)};
}

// Names and numbers of asm/unistd.h. The preprocessor gives the names, the compiler their values, so aliases such as
// arm64's __NR_fcntl (= __NR3264_fcntl) resolve.
Result<std::map<int, std::string>> ReadNumbers(const Target& target, const KernelFolders& folders) {
  const std::string include = "#include <asm/unistd.h>\n";
  ParseRequest request = KernelRequest(target, folders, include);
  request.want_macros = true;
  Result<ParsedUnit> unit = ParseUnit(request);
  if (!unit) return Fail(unit.error());
  std::string text = include + "enum {\n";
  for (const std::string& macro : unit->macros) {
    if (macro.starts_with(kNumberPrefix)) text += "libcify" + macro + " = " + macro + ",\n";
  }
  Result<ParsedUnit> values = ParseUnit(KernelRequest(target, folders, text + "};\n"));
  if (!values) return Fail(values.error());
  std::map<int, std::string> out;
  const std::string prefix = "libcify" + std::string(kNumberPrefix);
  for (const auto& [name, value] : values->enumerators) {
    std::string call = name.substr(prefix.size());
    // Not calls: the count of numbers, and the first number of an architecture's own (include/uapi/asm-generic/unistd.h).
    if (call == "syscalls" || call == "arch_specific_syscall") continue;
    out.emplace(static_cast<int>(value), call);
  }
  return out;
}

// The generated tables have different names by architecture and kernel version.
Result<std::map<int, std::string>> ReadGeneratedTable(const Port& port, const KernelFolders& folders) {
  std::string bits = std::to_string(port.word_bits);
  fs::path folder = folders.arch / "arch" / folders.name / "include/generated/asm";
  for (const std::string& name :
       {"syscalls_" + bits + ".h", "syscall_table_" + bits + ".h", std::string("syscall_table.h")}) {
    if (!fs::exists(folder / name)) continue;
    Result<std::string> text = ReadFile(folder / name);
    if (!text) return Fail(text.error());
    return ParseCallTable((folder / name).string(), *text);
  }
  return Fail(Error{.where = {folder.string()},
                    .what = "no system-call table for " + bits + " bits",
                    .hint = "expected syscalls_" + bits + ".h or syscall_table_" + bits + ".h",
                    .cls = ErrorClass::kEnvironment});
}

// Names, numbers and functions. A number that the kernel's table leaves to sys_ni_syscall has no function.
Result<std::map<int, CallRow>> ReadRows(const Target& target, const Port& port, const KernelFolders& folders) {
  if (folders.IsSource()) {
    fs::path file = folders.common / folders.port.table;
    Result<std::string> text = ReadFile(file);
    if (!text) return Fail(text.error());
    return ParseSourceTable(file.string(), *text, folders.port);
  }
  Result<std::map<int, std::string>> numbers = ReadNumbers(target, folders);
  Result<std::map<int, std::string>> table = ReadGeneratedTable(port, folders);
  Errors errors;
  if (!numbers) Append(errors, numbers.error());
  if (!table) Append(errors, table.error());
  if (!errors.empty()) return Fail(std::move(errors));
  std::map<int, CallRow> out;
  for (const auto& [number, name] : *numbers) {
    auto entry = table->find(number);
    out[number] = {name, entry == table->end() ? "" : entry->second};
  }
  return out;
}

Result<ParsedUnit> ReadPrototypes(const Target& target, const KernelFolders& folders, const fs::path& data) {
  Result<std::string> prelude = ReadFile(data / "kernel/prelude.h");
  Result<std::string> prototypes = ReadFile(folders.common / kKernelPrototypes);
  Result<std::string> own = ReadFile(data / "kernel" / folders.port.prototypes);
  // Which of the old calls the architecture wants, __ARCH_WANT_SYS_UTIME and so on.
  Result<std::string> wants = ReadFile(folders.common / "arch" / folders.name / "include/asm/unistd.h");
  Errors errors;
  for (auto* text : {&prelude, &prototypes, &own, &wants}) {
    if (!*text) Append(errors, text->error());
  }
  if (!errors.empty()) return Fail(std::move(errors));
  // The packages of headers have no definitions to compare with.
  Result<std::string> definitions =
      folders.IsSource() ? DeclarationsFromSource(*own, folders.common) : Result<std::string>(std::string());
  if (!definitions) return Fail(definitions.error());
  return ParseUnit(KernelRequest(target, folders,
                                 "#line 1 \"kernel/prelude.h\"\n" + *prelude + "\n" + WithoutIncludes(*wants) +
                                     "\n#line 1 \"" + kKernelPrototypes + "\"\n" + WithoutIncludes(*prototypes) + "\n" +
                                     *own + *definitions));
}

Contract ToContract(const DeclaredFunction& found) {
  Contract out{.entry = found.function.name, .result = found.function.result, .parameters = found.function.parameters};
  // Our own prototypes name the kernel's file only.
  out.source = found.shown.file;
  if (found.shown.file == kKernelPrototypes) out.source += ":" + std::to_string(found.shown.line);
  return out;
}

}  // namespace

std::string WithoutIncludes(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    std::string_view line = text.substr(0, end);
    std::string_view word = line;
    if (word.starts_with('#')) word.remove_prefix(std::min(word.find_first_not_of(" \t", 1), word.size()));
    out += line.starts_with('#') && word.starts_with("include") ? std::string_view("\n") : line;
    text.remove_prefix(end);
  }
  return out;
}

Result<std::map<int, std::string>> ParseCallTable(const std::string& file, std::string_view text) {
  // __SYSCALL(0, sys_read); __SYSCALL_NORETURN(60, sys_exit); __SYSCALL_WITH_COMPAT(n, native, compat). The function for
  // this width is the second argument in all of them (scripts/syscalltbl.sh).
  std::map<int, std::string> table;
  Errors errors;
  int line_number = 0;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line_number;
    if (line.empty() || line.starts_with('#') || line.starts_with("/*") || line.starts_with("//")) continue;
    std::size_t open = line.find('('), comma = line.find(", ");
    int number = -1;
    bool good = line.starts_with("__SYSCALL") && open != line.npos && comma != line.npos && open < comma;
    if (good) {
      std::string_view digits = line.substr(open + 1, comma - open - 1);
      auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
      good = error == std::errc() && stop == digits.data() + digits.size();
    }
    std::string_view name = good ? line.substr(comma + 2) : std::string_view();
    std::size_t name_end = name.find_first_of(",)");
    if (!good || name_end == name.npos || name_end == 0) {
      errors.push_back(
          {.where = {file, line_number}, .what = "no row of a system-call table; expected __SYSCALL(0, sys_read)"});
      continue;
    }
    table[number] = std::string(name.substr(0, name_end));
  }
  if (table.empty() && errors.empty()) errors.push_back({.where = {file}, .what = "the system-call table has no row"});
  if (!errors.empty()) return Fail(std::move(errors));
  return table;
}

Result<KernelFacts> ReadKernel(const Target& target, const Port& port, const HeaderSource& source) {
  Result<KernelFolders> folders = FindKernelFolders(target, source);
  if (!folders) return Fail(folders.error());
  Result<std::map<int, CallRow>> rows = ReadRows(target, port, *folders);
  Result<ParsedUnit> unit = ReadPrototypes(target, *folders, source.data);
  Errors errors;
  if (!rows) Append(errors, rows.error());
  if (!unit) Append(errors, unit.error());
  if (!errors.empty()) return Fail(std::move(errors));

  std::map<std::string, const DeclaredFunction*> declared;
  for (const DeclaredFunction& found : unit->functions) declared.emplace(found.function.name, &found);
  KernelFacts out{.aligned_pairs = folders->port.aligned_pairs, .source = folders->version};
  std::set<std::string> tags;
  auto note = [&](const DeclaredFunction& found) {
    for (const CParameter& parameter : found.function.parameters) tags.insert(parameter.type.pointee);
  };
  if (auto also = declared.find(kAlso); also != declared.end()) note(*also->second);
  for (const auto& [number, row] : *rows) {
    Call call{.name = row.name, .number = number};
    auto found = row.entry == kNotImplemented ? declared.end() : declared.find(row.entry);
    if (found != declared.end()) {
      call.contract = ToContract(*found->second);
      call.contract->words = ArgumentWords(call.contract->parameters, port.word_bits, folders->port.aligned_pairs);
      note(*found->second);
    }
    out.calls.push_back(std::move(call));
  }
  const std::vector<fs::path> roots = IncludeFolders(KernelIncludes(*folders));
  for (auto& [tag, record] : unit->records) {
    if (!tags.contains(tag)) continue;
    record.header = RelativeTo(roots, record.header);
    out.records.emplace(tag, std::move(record));
  }
  return out;
}

}  // namespace libcify
