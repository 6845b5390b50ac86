// Facts as text: see facts_text.h and facts_codec.h. The order is that of the maps, calls go by number.
#include "base/file.h"
#include "base/json.h"
#include "headers/facts_codec.h"
#include "headers/facts_text.h"
#include "headers/headers.h"

namespace libcify {
namespace {

Json ToJson(const std::map<std::string, std::string>& texts) {
  Json out = Json::Object();
  for (const auto& [key, text] : texts) out.Add(key, Json::String(text));
  return out;
}

Json Records(const std::map<std::string, CRecord>& records) {
  Json out = Json::Object();
  for (const auto& [tag, record] : records) out.Add(tag, Json::String(WriteRecord(record)));
  return out;
}

// "(int fd, ...) -> int; fcntl.h 2.2.5 link=open64": header, version or "-", and what is out of the ordinary.
std::string FunctionLine(const CFunction& function, const std::string& usual_library, TypeTable& types) {
  std::string out = WritePrototype({function.result, function.parameters, function.variadic}, types);
  out += "; " + function.header + " " + (function.since.empty() ? "-" : function.since);
  if (function.link_name != function.name) out += " link=" + function.link_name;
  if (function.library != usual_library) out += " library=" + function.library;
  if (!function.time64_name.empty()) out += " time64=" + function.time64_name;
  if (function.stdcall) out += " stdcall";
  if (function.in_archive) out += " archive";
  return out;
}

// The library of most functions.
std::string UsualLibrary(const Facts& facts) {
  std::map<std::string, int> counts;
  for (const auto& [name, function] : facts.functions) ++counts[function.library];
  std::string best;
  for (const auto& [library, count] : counts) {
    if (best.empty() || count > counts[best]) best = library;
  }
  return best;
}

// Systems whose calls have no numbers for programs have one file only.
bool HasKernelFacts(const Facts& facts) { return !facts.calls.empty(); }

std::string LibcText(const Facts& facts) {
  TypeTable types;
  std::string library = UsualLibrary(facts);
  Json functions = Json::Object();
  for (const auto& [name, function] : facts.functions) {
    functions.Add(name, Json::String(FunctionLine(function, library, types)));
  }
  const Target& target = facts.target;
  Json out = Json::Object();
  out.Add("format", Json::Integer(1));
  out.Add("target", ToJson({{"goos", target.goos},
                            {"goarch", target.goarch},
                            {"libc", target.libc},
                            {"libc_version", target.libc_version},
                            {"triple", target.triple}}));
  std::map<std::string, std::string> sources = facts.sources;
  sources.erase("kernel");
  out.Add("sources", ToJson(sources));
  if (HasKernelFacts(facts)) {
    out.Add("kernel", Json::String(KernelFactsName(target)));
  } else if (facts.word_bits != 64) {
    out.Add("word_bits", Json::Integer(facts.word_bits));
  }
  out.Add("library", Json::String(library));
  out.Add("types", ToJson(types.Codes()));
  out.Add("functions", std::move(functions));
  out.Add("records", Records(facts.libc_records));
  if (!facts.undeclared.empty()) out.Add("undeclared", ToJson(facts.undeclared));
  return out.Pretty() + "\n";
}

std::string KernelText(const Facts& facts) {
  TypeTable types;
  Json calls = Json::Object();
  for (const Call& call : facts.calls) {
    std::string line = std::to_string(call.number);
    if (call.contract) {
      line += " " + call.contract->entry + " " + WritePrototype({call.contract->result, call.contract->parameters}, types) +
              "; " + call.contract->source;
    }
    calls.Add(call.name, Json::String(std::move(line)));
  }
  Json out = Json::Object();
  out.Add("format", Json::Integer(1));
  auto version = facts.sources.find("kernel");
  out.Add("source", Json::String(version == facts.sources.end() ? "" : version->second));
  if (facts.word_bits != 64) out.Add("word_bits", Json::Integer(facts.word_bits));
  if (facts.aligned_pairs) out.Add("aligned_pairs", Json::Bool(true));
  out.Add("types", ToJson(types.Codes()));
  out.Add("calls", std::move(calls));
  out.Add("records", Records(facts.kernel_records));
  return out.Pretty() + "\n";
}

}  // namespace

std::string LibcFactsName(const Target& target) { return target.goos + "-" + target.goarch + "-" + target.libc + ".json"; }

std::string KernelFactsName(const Target& target) { return target.goos + "-" + target.goarch + "-kernel.json"; }

std::vector<TreeEntry> WriteFacts(const Facts& facts) {
  std::vector<TreeEntry> out = {{LibcFactsName(facts.target), LibcText(facts)}};
  if (HasKernelFacts(facts)) out.push_back({KernelFactsName(facts.target), KernelText(facts)});
  return out;
}

}  // namespace libcify
