// What the committed facts and rules bind, for people and for tests; not installed.
//
//   bind_report RULES_DIR summary|table|rows|naive|used|markdown|shares FACTS_FILE=BASELINE…
//
// summary: counts by how. table: one line per number. rows: the C++ translation unit that the gc dialect makes of it, for
// compiling against this libc. naive: the same with libc's functions in the place of the adapters, for showing that they are
// needed. used: the ids of the rules and tolerances that decided something. markdown, shares: the tables of
// docs/bindings.md. Exit 0: done; 2: usage, rules or facts.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "bind/bind.h"
#include "bind/library.h"
#include "headers/headers.h"
#include "rules/rules.h"

namespace {

using libcify::Binding;
using libcify::ErrorRule;
using libcify::How;

bool IsByName(const Binding& binding) { return binding.how != How::kFallback && binding.how != How::kKept; }

// One libc and baseline.
struct Column {
  libcify::Target target;
  libcify::Port port;
  std::string headers;  // version of the libc whose headers and symbols the facts are of
  std::vector<Binding> bindings;

  [[nodiscard]] std::string Name() const { return target.libc + " " + target.libc_version; }
};

std::map<std::string, int> Counts(const std::vector<Binding>& bindings) {
  std::map<std::string, int> counts;
  for (const Binding& binding : bindings) ++counts[Name(binding.how)];
  return counts;
}

void Summary(const Column& column) {
  std::printf("%s, %s (headers of %s):", column.target.Name().c_str(), column.Name().c_str(), column.headers.c_str());
  for (const auto& [how, count] : Counts(column.bindings)) std::printf(" %d %s,", count, how.c_str());
  std::printf(" %zu numbers\n", column.bindings.size());
}

void Table(const std::vector<Binding>& bindings) {
  for (const Binding& binding : bindings) {
    std::printf("%d %s %s %s %s %s %s|%s|%s\n", binding.number, binding.call.c_str(), Name(binding.how),
                binding.cfunction.c_str(), binding.shape.c_str(), Name(binding.error_rule), binding.adapter.c_str(),
                binding.proof.reason.c_str(), binding.proof.reference.c_str());
  }
}

// The kind of LibcifyEntry (overlays/include/libcify/entry.h).
int KindOf(const Binding& binding) {
  const char result = binding.shape[0];
  if (binding.error_rule == ErrorRule::kNever || result == 'v') return result == 'i' || result == 'u' ? 65 : 64;
  return result == 'i' ? 32 : 0;
}

void Rows(const std::vector<Binding>& bindings, bool typed, bool naive) {
  std::set<std::string> headers;
  for (const Binding& binding : bindings) {
    if (IsByName(binding)) headers.insert(binding.header);
  }
  std::puts("#include \"libcify/entry.h\"");
  for (const std::string& header : headers) std::printf("#include <%s>\n", header.c_str());
  std::puts("#include \"libcify/adapters.h\"\n#include \"libcify/table.h\"\nLIBCIFY_TABLE_BEGIN");
  for (const Binding& binding : bindings) {
    if (!IsByName(binding)) continue;
    if (!binding.adapter.empty() && !naive) {
      std::printf("LIBCIFY_ADAPTED(%d, %s)\n", binding.number, binding.adapter.c_str());
    } else {
      std::printf("LIBCIFY_%s(%d, %s, \"%s\", %d)\n", typed ? "TYPED" : "DIRECT", binding.number, binding.cfunction.c_str(),
                  binding.shape.c_str(), KindOf(binding));
    }
  }
  std::puts("LIBCIFY_TABLE_END");
}

std::string Cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.replace(at, 1, "\\|");
  return text;
}

void Used(const std::vector<Column>& columns) {
  std::set<std::string> ids;
  for (const Column& column : columns) {
    for (const Binding& binding : column.bindings) {
      ids.insert(binding.proof.rule);
      ids.insert(binding.proof.rests_on.begin(), binding.proof.rests_on.end());
    }
  }
  for (const std::string& id : ids) std::printf("%s\n", id.c_str());
}

std::string Bound(const Binding& binding) {
  if (binding.how == How::kFallback) return "syscall()";
  if (binding.how == How::kKept) return "kept";
  return "`" + binding.cfunction + "`" + (binding.how == How::kDirect ? "" : std::string(" ") + Name(binding.how));
}

// Why each column is not simply direct; what holds for all columns is said once.
std::string Reasons(const std::vector<Column>& columns, std::size_t row) {
  std::map<std::string, std::vector<std::string>> columns_of;
  std::vector<std::string> order;
  for (const Column& column : columns) {
    const libcify::Proof& proof = column.bindings[row].proof;
    if (proof.reason.empty() || column.bindings[row].how == How::kVariadic) continue;
    const std::string text = proof.reason + " (" + proof.reference + ")";
    if (columns_of[text].empty()) order.push_back(text);
    columns_of[text].push_back(column.Name());
  }
  std::string out;
  for (const std::string& text : order) {
    const std::vector<std::string>& names = columns_of[text];
    if (!out.empty()) out += "<br>";
    if (names.size() != columns.size()) {
      for (const std::string& name : names) out += name + (&name == &names.back() ? ": " : ", ");
    }
    out += text;
  }
  return out;
}

// The columns are bindings of the same kernel, so that a row is one number in all of them.
void Markdown(const std::vector<Column>& columns) {
  std::string head = "| Number | Call |", line = "|---|---|";
  for (const Column& column : columns) {
    head += " " + column.Name() + " |";
    line += "---|";
  }
  std::printf("| |");
  for (const char* how : {"direct", "variadic", "adapted", "fallback"}) std::printf(" %s |", how);
  std::printf(" all |\n|---|---|---|---|---|---|\n");
  for (const Column& column : columns) {
    std::map<std::string, int> counts = Counts(column.bindings);
    std::printf("| %s |", column.Name().c_str());
    for (const char* how : {"direct", "variadic", "adapted", "fallback"}) std::printf(" %d |", counts[how]);
    std::printf(" %zu |\n", column.bindings.size());
  }
  std::printf("\n%s Why, and where to read it |\n%s---|\n", head.c_str(), line.c_str());
  for (std::size_t row = 0; row < columns[0].bindings.size(); ++row) {
    const Binding& first = columns[0].bindings[row];
    std::printf("| %d | %s |", first.number, first.call.c_str());
    for (const Column& column : columns) std::printf(" %s |", Bound(column.bindings[row]).c_str());
    std::printf(" %s |\n", Cell(Reasons(columns, row)).c_str());
  }
}

// Why a number is served by syscall().
const char* Cause(const Binding& binding) {
  if (!binding.proof.rule.empty()) return "rule";
  if (binding.proof.reason.starts_with("no contract")) return "none";
  return binding.proof.compared.empty() ? "missing" : "differs";
}

// How many numbers are served by name on each port and libc, and why the others are not.
void Shares(const std::vector<Column>& columns) {
  std::puts(
      "| Port | libc | by name | direct | variadic | adapted | taken apart | syscall(): libc has no function | no such call "
      "| "
      "by a rule | another contract | all |\n|---|---|---|---|---|---|---|---|---|---|---|---|");
  for (const Column& column : columns) {
    std::map<std::string, int> counts = Counts(column.bindings), causes;
    for (const Binding& binding : column.bindings) {
      if (binding.how == How::kFallback) ++causes[Cause(binding)];
    }
    const int all = static_cast<int>(column.bindings.size()), by_name = all - counts["fallback"];
    std::printf("| %s | %s | %d%% |", column.target.Name().c_str(), column.Name().c_str(),
                100 * by_name / (all - causes["none"]));
    for (const char* how : {"direct", "variadic", "adapted", "demultiplexed"}) std::printf(" %d |", counts[how]);
    for (const char* cause : {"missing", "none", "rule", "differs"}) std::printf(" %d |", causes[cause]);
    std::printf(" %d |\n", all);
  }
}

int Complain(const libcify::Errors& errors) {
  std::fputs(Format(errors).c_str(), stderr);
  return 2;
}

// "rules/facts/linux-amd64-glibc.json=2.31", or "=baseline" for that of rules/ports.json, or the version that the facts
// know.
libcify::Result<Column> Read(const std::string& word, const std::vector<libcify::Port>& ports,
                             const libcify::RuleSet& rules) {
  const std::size_t equal = word.rfind('=');
  auto facts = libcify::LoadFacts(word.substr(0, equal));
  if (!facts) return libcify::Fail(std::move(facts.error()));
  Column out{.target = facts->target, .headers = facts->target.libc_version};
  if (equal != std::string::npos) out.target.libc_version = word.substr(equal + 1);
  const auto port = std::find_if(ports.begin(), ports.end(), [&](const libcify::Port& one) {
    return one.goos == out.target.goos && one.goarch == out.target.goarch;
  });
  if (port == ports.end()) return libcify::Fail({.where = {word}, .what = "no port in ports.json is " + out.target.Name()});
  out.port = *port;
  if (out.target.libc_version == "baseline") out.target.libc_version = port->libcs.at(out.target.libc);
  auto bindings = out.port.mechanism == "instruction"
                      ? libcify::Bind(*facts, out.target, out.port, rules)
                      : libcify::BindLibrary(*facts, out.target, rules, libcify::CallsOf(*facts));
  if (!bindings) return libcify::Fail(std::move(bindings.error()));
  out.bindings = std::move(*bindings);
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const std::string command = words.size() < 3 ? "" : words[1];
  if (command != "summary" && command != "table" && command != "rows" && command != "naive" && command != "used" &&
      command != "markdown" && command != "shares") {
    std::fputs("usage: bind_report RULES_DIR summary|table|rows|naive|used|markdown|shares FACTS_FILE=BASELINE…\n", stderr);
    return 2;
  }
  auto rules = libcify::LoadRules(words[0]);
  if (!rules) return Complain(rules.error());
  auto ports = libcify::LoadPorts(words[0]);
  if (!ports) return Complain(ports.error());
  std::vector<Column> columns;
  for (std::size_t i = 2; i < words.size(); ++i) {
    auto column = Read(words[i], *ports, *rules);
    if (!column) return Complain(column.error());
    columns.push_back(std::move(*column));
  }
  for (const Column& column : columns) {
    if (command == "summary") Summary(column);
    if (command == "table") Table(column.bindings);
    if (command == "rows" || command == "naive") {
      Rows(column.bindings, !column.port.syscall.word_arguments, command == "naive");
    }
  }
  if (command == "used") Used(columns);
  if (command == "markdown") Markdown(columns);
  if (command == "shares") Shares(columns);
  return 0;
}
