// libcify explain: where a system call is asked for, what it becomes, and why.
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <set>

#include "cli/commands.h"
#include "cli/port_reads.h"
#include "cli/prototype.h"
#include "cli/report.h"
#include "emit/emit.h"
#include "upgrade/report.h"

namespace libcify {
namespace {

std::optional<int> AsNumber(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
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
    return IsFile(question.file, MemberText(site, "file")) && MemberText(site, "line") == std::to_string(question.line);
  }
  if (question.number) return MemberText(site, "number") == std::to_string(*question.number);
  return MemberText(site, "symbol") == question.name || MemberText(site, "func") == question.name ||
         MemberText(site, "package") + "." + MemberText(site, "func") == question.name;
}

// Contract and prototype, where the facts have them.
void AddPrototypes(const Facts& facts, Json& binding) {
  for (const Call& call : facts.calls) {
    if (call.name != MemberText(binding, "name") || !call.contract) continue;
    binding.Add("contract", Json::String(Prototype(*call.contract)));
    binding.Add("contract_source", Json::String(call.contract->source));
  }
  const auto function = facts.functions.find(MemberText(binding, "cfunction"));
  if (function == facts.functions.end()) return;
  binding.Add("prototype", Json::String(Prototype(function->second)));
  binding.Add("header", Json::String(function->second.header));
  binding.Add("since", Json::String(function->second.since));
}

std::string SiteLine(const Json& site) {
  std::string out = MemberText(site, "file") + ":" + MemberText(site, "line") + ": " + MemberText(site, "kind");
  if (!MemberText(site, "symbol").empty()) out += " " + MemberText(site, "symbol");
  if (!MemberText(site, "number").empty()) out += " (" + MemberText(site, "number") + ")";
  if (!MemberText(site, "func").empty()) out += " in " + MemberText(site, "func");
  if (!MemberText(site, "entry").empty()) out += " by " + MemberText(site, "entry");
  return out + " [" + MemberText(site, "rule") + "]\n";
}

std::string BindingLines(const Json& binding) {
  const Json& proof = *binding.Find("proof");
  std::string out =
      MemberText(binding, "name") + " (" + MemberText(binding, "number") + "): " + MemberText(binding, "how") + ", ";
  out += MemberText(binding, "adapter").empty()
             ? "libc's " + MemberText(binding, "cfunction")
             : "adapter " + MemberText(binding, "adapter") + " over " + MemberText(binding, "cfunction");
  out += "\n";
  const auto line = [&](const char* label, const std::string& text) {
    if (!text.empty()) out += "  " + std::string(label) + std::string(11 - std::string(label).size(), ' ') + text + "\n";
  };
  line("contract", MemberText(binding, "contract"));
  line("", MemberText(binding, "contract_source"));
  line("prototype", MemberText(binding, "prototype"));
  line("", MemberText(binding, "header").empty() ? "" : "<" + MemberText(binding, "header") + ">");
  if (!MemberText(binding, "since").empty()) line("since", MemberText(binding, "since"));
  line("rule", MemberText(proof, "rule"));
  line("why", MemberText(proof, "reason"));
  line("reference", MemberText(proof, "reference"));
  for (const Json& compared : proof.Find("compared")->items()) line("compared", compared.string());
  return out;
}

// What a port says of a question.
struct Answer {
  std::string port;
  std::string reason;  // why nothing is written for the port
  std::vector<Json> sites, bindings;
};

Result<Answer> Find(const Question& question, const PortAndTarget& place, const PortRead& read) {
  Answer answer{place.target.Name(), read.reason, {}, {}};
  const Result<Json> bindings = Json::Parse("bindings", BindingsJson(place.target, read.bindings));
  if (!bindings) return Fail(bindings.error());
  // Calls, by number, or by name where they have none: those that the question names, or their sites.
  const auto call_of = [](const Json& one, const char* name) {
    const std::string number = MemberText(one, "number");
    return number.empty() ? MemberText(one, name) : number;
  };
  std::set<std::string> asked, calls;
  for (const Json& binding : bindings->Find("bindings")->items()) {
    const bool by_number = question.number && MemberText(binding, "number") == std::to_string(*question.number);
    const bool by_name = !question.name.empty() &&
                         (MemberText(binding, "name") == question.name || MemberText(binding, "cfunction") == question.name);
    if (by_number || by_name) asked.insert(call_of(binding, "name"));
  }
  calls = asked;
  for (const Json& site : read.sites.Find("sites")->items()) {
    const std::string call = call_of(site, "symbol");
    if (!Matches(question, site) && !asked.contains(call)) continue;
    if (!call.empty()) calls.insert(call);
    answer.sites.push_back(site);
  }
  for (Json binding : bindings->Find("bindings")->items()) {
    if (!calls.contains(call_of(binding, "name"))) continue;
    AddPrototypes(read.facts, binding);
    answer.bindings.push_back(std::move(binding));
  }
  return answer;
}

Error NotFound(const std::string& word, const Sources& sources, const std::vector<PortRead>& reads) {
  std::string hint = "libcify scan lists what there is";
  const Question question = Ask(word);
  for (std::size_t i = reads.size(); i-- > 0;) {
    // A line of a file that has sites: the nearest one.
    int best = 0;
    for (const Json& site : reads[i].sites.Find("sites")->items()) {
      if (question.file.empty() || !IsFile(question.file, MemberText(site, "file"))) continue;
      const int line = static_cast<int>(site.Find("line")->integer());
      if (best == 0 || std::abs(line - question.line) < std::abs(best - question.line)) best = line;
    }
    if (best != 0) hint = "the nearest site of that file is in line " + std::to_string(best);
    const auto like = std::find_if(reads[i].bindings.begin(), reads[i].bindings.end(), [&](const Binding& binding) {
      return !word.empty() && binding.call.find(word) != std::string::npos;
    });
    if (like != reads[i].bindings.end()) hint = "did you mean " + like->call + "?";
  }
  const std::string where =
      reads.size() == 1 ? sources.places[0].target.Name() : "any of " + std::to_string(reads.size()) + " ports";
  return {.what = "nothing known of '" + word + "' on " + where + " in " + sources.goroot.version(), .hint = hint};
}

// What a tree's ports say.
struct Answers {
  std::vector<std::string> ports;  // of the tree, sorted
  std::vector<Answer> of;          // those that have one
};

Result<Answers> AnswersTo(const std::string& word, const Selection& selection) {
  Progress progress;
  const Result<Sources> sources = OpenPorts(selection, 0, progress);
  if (!sources) return Fail(sources.error());
  const Result<std::vector<PortRead>> reads = ReadPorts(*sources, true, 0, progress);
  if (!reads) return Fail(reads.error());
  Answers out;
  for (std::size_t i = 0; i < reads->size(); ++i) {
    out.ports.push_back(sources->places[i].target.Name());
    Result<Answer> answer = Find(Ask(word), sources->places[i], (*reads)[i]);
    if (!answer) return Fail(std::move(answer.error()));
    if (!answer->sites.empty() || !answer->bindings.empty()) out.of.push_back(std::move(*answer));
  }
  std::sort(out.ports.begin(), out.ports.end());
  if (out.of.empty()) return Fail(NotFound(word, *sources, *reads));
  return out;
}

Json AsJson(const Answer& answer) {
  return Json::Object({{"sites", Json::Array(answer.sites)}, {"bindings", Json::Array(answer.bindings)}});
}

std::string OnePort(const Answer& answer) {
  std::string out;
  for (const Json& binding : answer.bindings) out += BindingLines(binding);
  if (!answer.reason.empty()) out += answer.port + " " + answer.reason + "\n";
  out += answer.sites.empty() ? "no site of the standard library\n" : std::to_string(answer.sites.size()) + " sites:\n";
  for (const Json& site : answer.sites) out += SiteLine(site);
  return out;
}

// Texts that several ports share, those of most ports first.
class Shared {
 public:
  void Add(const std::string& text, const std::string& port) {
    const auto [at, fresh] = places_.try_emplace(text, lines_.size());
    if (fresh) lines_.push_back({text, {}});
    std::vector<std::string>& ports = lines_[at->second].second;
    if (ports.empty() || ports.back() != port) ports.push_back(port);
  }
  // (text, ports), both sorted where they are equal in number.
  [[nodiscard]] std::vector<std::pair<std::string, std::vector<std::string>>> Sorted() const {
    auto out = lines_;
    for (auto& [text, ports] : out) std::sort(ports.begin(), ports.end());
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
    return out;
  }

 private:
  std::map<std::string, std::size_t> places_;
  std::vector<std::pair<std::string, std::vector<std::string>>> lines_;
};

constexpr std::size_t kMostLines = 12;  // of places, so that an answer fits on a screen

// "openat: variadic, libc's openat" and why, without what each port has of its own.
std::string SharedBinding(const Json& binding) {
  const Json& proof = *binding.Find("proof");
  std::string out = MemberText(binding, "name") + ": " + MemberText(binding, "how");
  if (const std::string function = MemberText(binding, "cfunction"); !function.empty()) out += ", libc's " + function;
  if (const std::string adapter = MemberText(binding, "adapter"); !adapter.empty()) out += " by adapter " + adapter;
  out += "\n";
  if (const std::string why = MemberText(proof, "reason"); !why.empty()) out += "  why      " + why + "\n";
  std::string source = MemberText(proof, "reference");
  if (const std::string rule = MemberText(proof, "rule"); !rule.empty())
    source += (source.empty() ? "[" : " [") + rule + "]";
  if (!source.empty()) out += "  source   " + source + "\n";
  return out;
}

// The same for all ports at once: what they share is said once.
std::string AllPorts(const Answers& answers) {
  const std::vector<std::string>& all = answers.ports;
  Shared bindings, places, unwritten;
  std::map<std::string, std::string> first_file;  // of a text of places
  for (const Answer& answer : answers.of) {
    for (const Json& binding : answer.bindings) bindings.Add(SharedBinding(binding), answer.port);
    if (!answer.reason.empty()) unwritten.Add(answer.reason, answer.port);
    for (const Json& site : answer.sites) {
      std::string text = MemberText(site, "kind") + " " + MemberText(site, "symbol");
      const std::string func = MemberText(site, "func");
      text += " in " + MemberText(site, "package") + (func.empty() ? "" : "." + func);
      if (const std::string entry = MemberText(site, "entry"); !entry.empty()) text += " by " + entry;
      text += " [" + MemberText(site, "rule") + "]";
      first_file.try_emplace(text, MemberText(site, "file") + ":" + MemberText(site, "line"));
      places.Add(text, answer.port);
    }
  }
  std::string out;
  for (const auto& [text, ports] : bindings.Sorted()) {
    const std::size_t end = text.find('\n');
    out += text.substr(0, end) + " — " + PortsText(ports, all) + text.substr(end);
  }
  for (const auto& [text, ports] : unwritten.Sorted()) out += PortsText(ports, all) + ": " + text + "\n";
  const auto lines = places.Sorted();
  out += lines.empty() ? "no site of the standard library\n" : "in Go:\n";
  for (std::size_t i = 0; i < std::min(lines.size(), kMostLines); ++i) {
    out += "  " + first_file[lines[i].first] + ": " + lines[i].first + " — " + PortsText(lines[i].second, all) + "\n";
  }
  if (lines.size() > kMostLines)
    out += "  … and " + std::to_string(lines.size() - kMostLines) + " more places (--format json)\n";
  return out + "--target GOOS/GOARCH tells more of one port: contract, prototype, what was compared\n";
}

Result<void> Run(const Arguments& arguments) {
  if (arguments.operands().empty()) {
    return Fail({.what = "explain what?", .hint = "see libcify help explain", .cls = ErrorClass::kUsage});
  }
  const Result<Selection> selection = Select(arguments);
  if (!selection) return Fail(selection.error());
  const Result<Answers> answers = AnswersTo(arguments.operands().front(), *selection);
  if (!answers) return Fail(answers.error());
  if (selection->target != "all") {
    Print(arguments.json() ? AsJson(answers->of.front()).Pretty() + "\n" : OnePort(answers->of.front()));
    return {};
  }
  if (!arguments.json()) {
    Print(AllPorts(*answers));
    return {};
  }
  Json ports = Json::Array();
  for (const Answer& answer : answers->of) {
    Json port = AsJson(answer);
    port.Add("target", Json::String(answer.port));
    port.Add("reason", answer.reason.empty() ? Json() : Json::String(answer.reason));
    ports.Add(std::move(port));
  }
  Print(Json::Object({{"ports", std::move(ports)}}).Pretty() + "\n");
  return {};
}

}  // namespace

Command ExplainCommand() {
  Command command{.name = "explain",
                  .summary = "where a system call is asked for, what it becomes, and why",
                  .operands = "NAME|NUMBER|FILE:LINE",
                  .options = SelectionOptions(),
                  .examples =
                      "  libcify explain openat                            on all ports, in one screen\n"
                      "  libcify explain openat --target linux/amd64       with contract, prototype and comparison\n"
                      "  libcify explain 257 --target linux/amd64\n"
                      "  libcify explain syscall.Getrlimit\n"
                      "  libcify explain runtime/sys_linux_amd64.s:55\n",
                  .run = Run,
                  .max_operands = 1};
  for (OptionSpec& option : command.options) {
    if (option.name == "target") option = {"target", "GOOS/GOARCH", "one port, or all", "all"};
  }
  command.options.push_back(FormatOption());
  return command;
}

}  // namespace libcify
