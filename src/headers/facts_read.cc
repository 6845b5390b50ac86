// Reading committed facts: see facts_text.h and facts_codec.h. Every problem of a file is reported.
#include <functional>
#include <set>
#include <utility>

#include "base/file.h"
#include "base/json.h"
#include "headers/facts_codec.h"
#include "headers/facts_text.h"
#include "headers/headers.h"

namespace libcify {
namespace {

constexpr int kFormat = 1;

// Calls `read` for each member of an object of strings; what it returns is an error unless empty.
void ForEachText(ObjectReader& reader, std::string_view key, Errors& errors,
                 const std::function<std::string(const std::string&, std::string_view)>& read) {
  const Json* object = reader.Object(key);
  if (object == nullptr) return;
  for (const auto& [name, value] : object->members()) {
    std::string problem =
        value.kind() == Json::Kind::kString ? read(name, value.string()) : std::string("expected a string");
    if (!problem.empty()) errors.push_back({.where = value.span(), .what = std::string(key) + ": " + name + ": " + problem});
  }
}

void ReadFormat(ObjectReader& reader) {
  if (reader.Integer("format") != kFormat) {
    reader.Complain("format", "facts of another format; expected " + std::to_string(kFormat), "run scripts/facts refresh");
  }
}

void ReadTypes(ObjectReader& reader, Errors& errors, TypeTable& types) {
  ForEachText(reader, "types", errors, [&](const std::string& name, std::string_view code) -> std::string {
    return types.Define(name, code) ? "" : "no type: \"" + std::string(code) + "\"; expected \"i32\" or \"p64 struct stat\"";
  });
}

void ReadWordBits(ObjectReader& reader, Facts& facts) {
  facts.word_bits = static_cast<int>(reader.Integer("word_bits", 64));
  if (facts.word_bits != 32 && facts.word_bits != 64) reader.Complain("word_bits", "expected 32 or 64");
}

void ReadRecords(ObjectReader& reader, Errors& errors, std::map<std::string, CRecord>& out) {
  ForEachText(reader, "records", errors, [&](const std::string& name, std::string_view text) {
    CRecord& record = out[name];
    record.name = name;
    return ReadRecord(text, record);
  });
}

std::string ReadFunction(std::string_view text, const TypeTable& types, CFunction& out) {
  Prototype prototype;
  std::string problem = ReadPrototype(text, types, prototype);
  if (!problem.empty()) return problem;
  out.result = std::move(prototype.result);
  out.parameters = std::move(prototype.parameters);
  out.variadic = prototype.variadic;
  out.header = std::string(CutAt(text, " "));
  std::string_view since = CutAt(text, " ");
  if (out.header.empty() || since.empty()) return "expected a header and a version or \"-\" behind the prototype";
  if (since != "-") out.since = std::string(since);
  while (!text.empty()) {
    std::string_view word = CutAt(text, " ");
    std::string_view key = CutAt(word, "=");
    if (key == "link") {
      out.link_name = std::string(word);
    } else if (key == "library") {
      out.library = std::string(word);
    } else if (key == "time64") {
      out.time64_name = std::string(word);
    } else if (key == "stdcall" && word.empty()) {
      out.stdcall = true;
    } else if (key == "archive" && word.empty()) {
      out.in_archive = true;
    } else {
      return "unknown word \"" + std::string(key) + "\"; expected link=, library=, time64=, stdcall or archive";
    }
  }
  return {};
}

std::string ReadCall(std::string_view text, const TypeTable& types, Call& out) {
  if (!ReadInt(CutAt(text, " "), out.number)) return "expected a number first";
  if (text.empty()) return {};  // no contract
  Contract contract;
  contract.entry = std::string(CutAt(text, " "));
  Prototype prototype;
  std::string problem = ReadPrototype(text, types, prototype);
  if (!problem.empty()) return problem;
  if (prototype.variadic) return "a contract cannot be variadic";
  contract.result = std::move(prototype.result);
  contract.parameters = std::move(prototype.parameters);
  contract.source = std::string(text);
  out.contract = std::move(contract);
  return {};
}

void ReadTarget(ObjectReader& reader, Errors& errors, Target& out) {
  const Json* object = reader.Object("target");
  if (object == nullptr) return;
  ObjectReader target(*object, errors);
  out = {.goos = target.String("goos"),
         .goarch = target.String("goarch"),
         .libc = target.String("libc"),
         .libc_version = target.String("libc_version"),
         .triple = target.String("triple")};
  target.Finish();
}

Result<void> Done(Errors errors) {
  if (!errors.empty()) return Fail(std::move(errors));
  return {};
}

}  // namespace

Result<void> ParseLibcFacts(const std::string& file, std::string_view text, Facts& facts, std::string& kernel_file) {
  Result<Json> json = Json::Parse(file, text);
  if (!json) return Fail(json.error());
  Errors errors;
  ObjectReader reader(*json, errors);
  ReadFormat(reader);
  ReadTarget(reader, errors, facts.target);
  ForEachText(reader, "sources", errors, [&](const std::string& name, std::string_view version) -> std::string {
    facts.sources[name] = std::string(version);
    return {};
  });
  kernel_file = reader.String("kernel", "");
  if (kernel_file.find('/') != std::string::npos) reader.Complain("kernel", "expected the name of a file beside this one");
  if (kernel_file.empty()) ReadWordBits(reader, facts);
  std::string library = reader.String("library");
  TypeTable types;
  ReadTypes(reader, errors, types);
  ForEachText(reader, "functions", errors, [&](const std::string& name, std::string_view line) {
    CFunction& function = facts.functions[name];
    function.name = function.link_name = name;
    function.library = library;
    return ReadFunction(line, types, function);
  });
  ReadRecords(reader, errors, facts.libc_records);
  if (reader.Has("undeclared")) {
    ForEachText(reader, "undeclared", errors, [&](const std::string& name, std::string_view library_of) -> std::string {
      facts.undeclared[name] = std::string(library_of);
      return library_of.empty() ? "expected the name of a library" : "";
    });
  }
  reader.Finish();
  return Done(std::move(errors));
}

Result<void> ParseKernelFacts(const std::string& file, std::string_view text, Facts& facts) {
  Result<Json> json = Json::Parse(file, text);
  if (!json) return Fail(json.error());
  Errors errors;
  ObjectReader reader(*json, errors);
  ReadFormat(reader);
  if (std::string source = reader.String("source"); !source.empty()) facts.sources["kernel"] = source;
  ReadWordBits(reader, facts);
  facts.aligned_pairs = reader.Bool("aligned_pairs", false);
  TypeTable types;
  ReadTypes(reader, errors, types);
  int last = -1;
  ForEachText(reader, "calls", errors, [&](const std::string& name, std::string_view line) -> std::string {
    Call call{.name = name};
    std::string problem = ReadCall(line, types, call);
    if (!problem.empty()) return problem;
    if (call.number <= last) return "number " + std::to_string(call.number) + " is out of order";
    last = call.number;
    if (call.contract) call.contract->words = ArgumentWords(call.contract->parameters, facts.word_bits, facts.aligned_pairs);
    facts.calls.push_back(std::move(call));
    return {};
  });
  ReadRecords(reader, errors, facts.kernel_records);
  reader.Finish();
  return Done(std::move(errors));
}

Result<Facts> LoadFacts(const std::filesystem::path& file) {
  Facts facts;
  Result<std::string> text = ReadFile(file);
  if (!text) return Fail(text.error());
  std::string kernel_name;
  Result<void> libc = ParseLibcFacts(file.string(), *text, facts, kernel_name);
  if (!libc) return Fail(libc.error());
  if (kernel_name.empty()) return facts;  // a system whose calls have no numbers
  std::filesystem::path kernel_file = file.parent_path() / kernel_name;
  text = ReadFile(kernel_file);
  if (!text) return Fail(text.error());
  Result<void> kernel = ParseKernelFacts(kernel_file.string(), *text, facts);
  if (!kernel) return Fail(kernel.error());
  return facts;
}

}  // namespace libcify
