// libcify explain: where a system call is asked for, what it becomes, and why.
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <set>

#include "cli/commands.h"
#include "cli/pipeline.h"
#include "cli/prototype.h"
#include "cli/report.h"
#include "emit/emit.h"
#include "headers/headers.h"
#include "rules/rules.h"

namespace libcify {
namespace {

std::optional<int> AsNumber(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string Text(const Json& value, const char* key) {
  const Json* found = value.Find(key);
  if (found == nullptr || found->kind() == Json::Kind::kNull) return "";
  return found->kind() == Json::Kind::kInteger ? std::to_string(found->integer()) : found->string();
}

// What a word of the command line asks for.
struct Question {
  std::string name;
  std::optional<int> number;
  std::string file;
  int line = 0;
};

Question Ask(const std::string& word) {
  if (const std::optional<int> number = AsNumber(word)) return {.number = number};
  const std::size_t colon = word.rfind(':');
  if (colon != std::string::npos) {
    // FILE:LINE, and FILE:LINE:COLUMN as our own messages print it.
    std::string file = word.substr(0, colon);
    std::optional<int> line = AsNumber(word.substr(colon + 1));
    const std::size_t before = file.rfind(':');
    if (before != std::string::npos && AsNumber(file.substr(before + 1))) {
      line = AsNumber(file.substr(before + 1));
      file = file.substr(0, before);
    }
    if (line) return {.file = file, .line = *line};
  }
  return {.name = word};
}

bool IsFile(const std::string& asked, const std::string& file) {
  return asked == file || asked.ends_with("/" + file) || file.ends_with("/" + asked);
}

bool Matches(const Question& question, const Json& site) {
  if (!question.file.empty()) {
    return IsFile(question.file, Text(site, "file")) && Text(site, "line") == std::to_string(question.line);
  }
  if (question.number) return Text(site, "number") == std::to_string(*question.number);
  return Text(site, "symbol") == question.name || Text(site, "func") == question.name ||
         Text(site, "package") + "." + Text(site, "func") == question.name;
}

// Contract and prototype, where the facts have them.
void AddPrototypes(const Facts& facts, Json& binding) {
  for (const Call& call : facts.calls) {
    if (call.name != Text(binding, "name") || !call.contract) continue;
    binding.Add("contract", Json::String(Prototype(*call.contract)));
    binding.Add("contract_source", Json::String(call.contract->source));
  }
  const auto function = facts.functions.find(Text(binding, "cfunction"));
  if (function == facts.functions.end()) return;
  binding.Add("prototype", Json::String(Prototype(function->second)));
  binding.Add("header", Json::String(function->second.header));
  binding.Add("since", Json::String(function->second.since));
}

std::string SiteLine(const Json& site) {
  std::string out = Text(site, "file") + ":" + Text(site, "line") + ": " + Text(site, "kind");
  if (!Text(site, "symbol").empty()) out += " " + Text(site, "symbol");
  if (!Text(site, "number").empty()) out += " (" + Text(site, "number") + ")";
  if (!Text(site, "func").empty()) out += " in " + Text(site, "func");
  if (!Text(site, "entry").empty()) out += " by " + Text(site, "entry");
  return out + " [" + Text(site, "rule") + "]\n";
}

std::string BindingLines(const Json& binding) {
  const Json& proof = *binding.Find("proof");
  std::string out = Text(binding, "name") + " (" + Text(binding, "number") + "): " + Text(binding, "how") + ", ";
  out += Text(binding, "adapter").empty() ? "libc's " + Text(binding, "cfunction")
                                          : "adapter " + Text(binding, "adapter") + " over " + Text(binding, "cfunction");
  out += "\n";
  const auto line = [&](const char* label, const std::string& text) {
    if (!text.empty()) out += "  " + std::string(label) + std::string(11 - std::string(label).size(), ' ') + text + "\n";
  };
  line("contract", Text(binding, "contract"));
  line("", Text(binding, "contract_source"));
  line("prototype", Text(binding, "prototype"));
  line("", Text(binding, "header").empty() ? "" : "<" + Text(binding, "header") + ">");
  if (!Text(binding, "since").empty()) line("since", Text(binding, "since"));
  line("rule", Text(proof, "rule"));
  line("why", Text(proof, "reason"));
  line("reference", Text(proof, "reference"));
  for (const Json& compared : proof.Find("compared")->items()) line("compared", compared.string());
  return out;
}

Error NotFound(const std::string& word, const Bound& bound) {
  std::string hint = "libcify scan lists what there is";
  // A line of a file that has sites: the nearest one.
  if (const Question question = Ask(word); !question.file.empty()) {
    int best = 0;
    const auto look = [&](const Site& site) {
      if (!IsFile(question.file, site.span.file)) return;
      const bool nearer = std::abs(site.span.line - question.line) < std::abs(best - question.line);
      if (best == 0 || nearer) best = site.span.line;
    };
    for (const Seam& seam : bound.scanned.inventory.seams) look(seam.site);
    for (const Request& request : bound.scanned.inventory.requests) look(request.site);
    if (best != 0) hint = "the nearest site of that file is in line " + std::to_string(best);
  }
  for (const Binding& binding : bound.bindings) {
    if (binding.call.find(word) != std::string::npos && !word.empty()) {
      hint = "did you mean " + binding.call + "?";
      break;
    }
  }
  return {.what = "nothing known of '" + word + "' on " + bound.scanned.place.target.Name() + " in " +
                  bound.scanned.inventory.go_version,
          .hint = hint};
}

// {"sites": […], "bindings": […]} of what the word asks for.
Result<Json> Answer(const std::string& word, const Bound& bound, const Facts& facts) {
  const Target& target = bound.scanned.place.target;
  Result<Json> sites = Json::Parse("sites", SitesJson(target, bound.scanned.inventory));
  if (!sites) return sites;
  Result<Json> bindings = Json::Parse("bindings", BindingsJson(target, bound.bindings));
  if (!bindings) return bindings;
  const Question question = Ask(word);
  std::set<std::string> numbers;
  Json found_sites = Json::Array(), found_bindings = Json::Array();
  for (const Json& site : sites->Find("sites")->items()) {
    if (!Matches(question, site)) continue;
    if (!Text(site, "number").empty()) numbers.insert(Text(site, "number"));
    found_sites.Add(site);
  }
  for (Json binding : bindings->Find("bindings")->items()) {
    const bool asked =
        (question.number && Text(binding, "number") == std::to_string(*question.number)) ||
        (!question.name.empty() && (Text(binding, "name") == question.name || Text(binding, "cfunction") == question.name));
    if (!asked && !numbers.contains(Text(binding, "number"))) continue;
    AddPrototypes(facts, binding);
    found_bindings.Add(std::move(binding));
  }
  if (found_sites.items().empty() && found_bindings.items().empty()) return Fail(NotFound(word, bound));
  Json answer = Json::Object();
  answer.Add("sites", std::move(found_sites));
  answer.Add("bindings", std::move(found_bindings));
  return answer;
}

Result<void> Run(const Arguments& arguments) {
  if (arguments.operands().empty()) {
    return Fail({.what = "explain what?", .hint = "see libcify help explain", .cls = ErrorClass::kUsage});
  }
  Result<Selection> selection = Select(arguments);
  if (!selection) return Fail(std::move(selection.error()));
  Result<Json> answer = Json();
  {
    Progress progress;
    Result<Sources> sources = OpenSources(*selection, 0, progress);
    if (!sources) return Fail(std::move(sources.error()));
    Result<Bound> bound = BindOne(*sources, 0, {}, progress);
    if (!bound) return Fail(std::move(bound.error()));
    Result<Facts> facts = FindFacts(*selection, bound->scanned.place, "");
    if (!facts) return Fail(std::move(facts.error()));
    answer = Answer(arguments.operands().front(), *bound, *facts);
  }
  if (!answer) return Fail(std::move(answer.error()));
  if (arguments.json()) {
    Print(answer->Pretty() + "\n");
    return {};
  }
  for (const Json& binding : answer->Find("bindings")->items()) Print(BindingLines(binding));
  const auto& sites = answer->Find("sites")->items();
  Print(sites.empty() ? "no site of the standard library\n" : std::to_string(sites.size()) + " sites:\n");
  for (const Json& site : sites) Print(SiteLine(site));
  return {};
}

}  // namespace

Command ExplainCommand() {
  Command command{.name = "explain",
                  .summary = "where a system call is asked for, what it becomes, and why",
                  .operands = "NAME|NUMBER|FILE:LINE",
                  .options = SelectionOptions(),
                  .examples =
                      "  libcify explain openat\n"
                      "  libcify explain 257\n"
                      "  libcify explain runtime/sys_linux_amd64.s:55\n",
                  .run = Run,
                  .max_operands = 1};
  command.options.push_back(FormatOption());
  return command;
}

}  // namespace libcify
