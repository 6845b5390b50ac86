// Reading anew and comparing: the two sides put together, and what differs from committed facts.
#include <algorithm>
#include <set>

#include "headers/bsd_calls.h"
#include "headers/facts_codec.h"
#include "headers/facts_text.h"
#include "headers/headers.h"
#include "headers/kernel.h"
#include "headers/libc.h"

namespace libcify {
namespace {

// One fact as text, for messages and for comparing.
std::string Show(const CFunction& function) {
  TypeTable types;
  std::string out = WritePrototype({function.result, function.parameters, function.variadic}, types);
  for (const auto& [spelling, code] : types.Codes()) out += "; " + spelling + " = " + code;
  return out + "; " + function.header + " since \"" + function.since + "\" as " + function.link_name + " in " +
         function.library + (function.time64_name.empty() ? "" : " for " + function.time64_name) +
         (function.stdcall ? " stdcall" : "") + (function.in_archive ? " (archive before)" : "");
}

std::string Show(const CRecord& record) { return WriteRecord(record); }

std::string Show(const std::string& library) { return library; }

// Line numbers in the kernel's header move without meaning.
std::string Show(const Call& call) {
  std::string out = std::to_string(call.number);
  if (!call.contract) return out + " without contract";
  TypeTable types;
  out += " " + call.contract->entry + WritePrototype({call.contract->result, call.contract->parameters}, types);
  for (const auto& [spelling, code] : types.Codes()) out += "; " + spelling + " = " + code;
  return out;
}

template <class T>
void Compare(const std::string& file, const std::string& kind, const std::map<std::string, T>& committed,
             const std::map<std::string, T>& fresh, Errors& errors) {
  auto complain = [&](const std::string& name, const std::string& what) {
    errors.push_back({.where = {file},
                      .what = kind + " " + name + ": " + what,
                      .hint = "look at the change, then run scripts/facts refresh"});
  };
  for (const auto& [name, value] : committed) {
    auto other = fresh.find(name);
    if (other == fresh.end()) {
      complain(name, "is not in the headers read anew");
    } else if (std::string before = Show(value), now = Show(other->second); before != now) {
      complain(name, "committed is `" + before + "`, the headers say `" + now + "`");
    }
  }
  for (const auto& [name, value] : fresh) {
    if (!committed.contains(name)) complain(name, "is new: `" + Show(value) + "`");
  }
}

std::map<std::string, Call> ByName(const std::vector<Call>& calls) {
  std::map<std::string, Call> out;
  for (const Call& call : calls) out.emplace(call.name, call);
  return out;
}

// A system of which nothing can be had but Go's own list of calls.
bool OnlyNumbers(const HeaderSource& source) {
  return !source.go_numbers.empty() && source.include_dirs.empty() && source.sysroot.empty();
}

// Systems whose programs make calls by number. The others have functions of libraries only.
Result<KernelFacts> ReadCalls(const Target& target, const Port& port, const HeaderSource& source) {
  if (target.goos == "linux") return ReadKernel(target, port, source);
  if (OnlyNumbers(source)) return ReadGoCalls(target, source.go_numbers);
  return source.go_numbers.empty() ? KernelFacts() : ReadBsdCalls(target, port, source);
}

}  // namespace

Result<Facts> ReadHeaders(const Target& target, const Port& port, const HeaderSource& source) {
  Result<KernelFacts> kernel = ReadCalls(target, port, source);
  Result<LibcFacts> libc = OnlyNumbers(source)
                               ? Result<LibcFacts>(LibcFacts{.version = target.libc_version})
                               : ReadLibc(target, port, source, kernel ? kernel->calls : std::vector<Call>());
  Errors errors;
  if (!kernel) Append(errors, kernel.error());
  if (!libc) Append(errors, libc.error());
  if (!errors.empty()) return Fail(std::move(errors));
  Facts out{.target = target};
  out.target.libc_version = libc->version;
  out.sources = {{target.libc, libc->version}};
  if (!kernel->source.empty()) out.sources["kernel"] = kernel->source;
  out.word_bits = port.word_bits;
  out.aligned_pairs = kernel->aligned_pairs;
  out.calls = std::move(kernel->calls);
  out.functions = std::move(libc->functions);
  out.kernel_records = std::move(kernel->records);
  out.libc_records = std::move(libc->records);
  out.undeclared = std::move(libc->undeclared);
  return out;
}

Errors CompareFacts(const Facts& committed, const Facts& fresh) {
  Errors errors;
  std::string libc_file = LibcFactsName(committed.target), kernel_file = KernelFactsName(committed.target);
  if (!(committed.target == fresh.target)) {
    errors.push_back({.where = {libc_file},
                      .what = "facts of " + committed.target.Name() + " with " + committed.target.libc + " " +
                              committed.target.libc_version + " compared with " + fresh.target.Name() + " with " +
                              fresh.target.libc + " " + fresh.target.libc_version});
  }
  Compare(kernel_file, "call", ByName(committed.calls), ByName(fresh.calls), errors);
  Compare(kernel_file, "record", committed.kernel_records, fresh.kernel_records, errors);
  Compare(libc_file, "function", committed.functions, fresh.functions, errors);
  Compare(libc_file, "record", committed.libc_records, fresh.libc_records, errors);
  Compare(libc_file, "undeclared symbol", committed.undeclared, fresh.undeclared, errors);
  return errors;
}

}  // namespace libcify
