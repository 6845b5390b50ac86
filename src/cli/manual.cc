#include "cli/manual.h"

#include <algorithm>
#include <sstream>

namespace libcify {
namespace {

constexpr const char* kSummary = "Go's standard library, with its system calls routed through libc";

struct Row {
  std::string name;
  std::string meaning;
};

const std::vector<Row>& ExitCodes() {
  static const std::vector<Row> kRows = {{"0", "done"}, {"1", "findings"}, {"2", "usage or environment"}};
  return kRows;
}

const std::vector<Row>& Environment() {
  static const std::vector<Row> kRows = {
      {"GO", "the go command (default: go on PATH)"},
      {"GOEXPERIMENT", "experiments of the Go tree, where no go command is asked"},
      {"LIBCIFY_LIBC", "the C library of go and llgo, as --libc names it: musl, glibc-2.36"},
      {"LIBCIFY_DATA", "folder of rules/ and overlays/, where no --data is given"},
      {"LIBCIFY_CACHE", "folder of what is kept between runs (default: libcify below XDG_CACHE_HOME or ~/.cache)"},
      {"LLGO", "the LLGo compiler (default: llgo on PATH)"},
      {"LLGO_ROOT", "its tree (default: the folder above its bin)"},
      {"CXX", "the C++ compiler that check gives the shims to"},
      {"LIBCIFY_KERNEL_HEADERS", "folder of the kernel's common headers that check reads"},
      {"LIBCIFY_KERNEL_ARCH", "the same for those of one architecture"},
      {"NO_COLOR", "no colours on a terminal"},
  };
  return kRows;
}

const std::vector<Row>& Files() {
  static const std::vector<Row> kRows = {
      {"share/libcify/rules, share/libcify/overlays", "what libcify works from, beside the bin folder it is installed in"},
      {"share/libcify/rules/schema", "JSON Schemas of the rules and of what libcify writes"},
  };
  return kRows;
}

const std::vector<std::string>& Examples() {
  static const std::vector<std::string> kLines = {
      "libcify generate --out build/overlay && go build -overlay=build/overlay/overlay.json ./...", "libcify go build ./...",
      "libcify explain openat"};
  return kLines;
}

std::string Padded(const std::string& name, std::size_t width) {
  return name + std::string(width - std::min(width - 1, name.size()), ' ');
}

// Text of a line that is none of roff's: a period or an apostrophe at its begin would make a request of it.
std::string Roff(const std::string& text) {
  std::string out = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  for (const char c : text) out += c == '\\' ? std::string("\\e") : c == '-' ? std::string("\\-") : std::string(1, c);
  return out;
}

// Words behind a macro: none of them is a macro itself, whatever its letters.
std::string RoffWords(const std::string& text) {
  std::istringstream words(text);
  std::string out;
  for (std::string word; words >> word;) out += " \\&" + Roff(word);
  return out;
}

std::string TaggedList(const std::vector<Row>& rows, const std::string& macro) {
  std::string out = ".Bl -tag -width Ds\n";
  for (const Row& row : rows) out += ".It " + macro + RoffWords(row.name) + "\n" + Roff(row.meaning) + "\n";
  return out + ".El\n";
}

std::string Literal(const std::vector<std::string>& lines) {
  if (lines.empty()) return "";
  std::string out = ".Bd -literal -offset indent\n";
  for (const std::string& line : lines) out += Roff(line) + "\n";
  return out + ".Ed\n";
}

// What the help has behind the options: lines that are indented are examples, others text.
std::string Examples(const std::string& examples) {
  std::istringstream in(examples);
  std::vector<std::string> literal;
  std::string out, text;
  const auto flush = [&] {
    out += Literal(literal) + (text.empty() ? "" : ".Pp\n" + text);
    literal.clear();
    text.clear();
  };
  for (std::string line; std::getline(in, line);) {
    const bool is_example = line.starts_with("  ");
    if (line.empty() || is_example != !literal.empty()) flush();
    if (is_example) {
      literal.push_back(line.substr(2));
    } else if (!line.empty()) {
      text += Roff(line) + "\n";
    }
  }
  flush();
  return out;
}

std::string Section(const Command& command) {
  std::string out = ".Ss libcify " + Roff(command.name) + "\n";
  out += ".Nm\n.Cm" + RoffWords(command.name) + "\n";
  if (!command.options.empty()) out += ".Op Ar OPTION ...\n";
  if (!command.operands.empty()) out += ".Ar" + RoffWords(command.operands) + "\n";
  out += ".Pp\n" + Roff(command.summary) + ".\n";
  if (!command.options.empty()) {
    out += ".Bl -tag -width Ds\n";
    for (const OptionSpec& option : command.options) {
      out += ".It Fl Fl" + RoffWords(option.name) + (option.value.empty() ? "" : " Ar" + RoffWords(option.value)) + "\n";
      out += Roff(option.help + (option.initial.empty() ? "" : " (default: " + option.initial + ")")) + "\n";
    }
    out += ".El\n";
  }
  return out + Examples(command.examples);
}

}  // namespace

std::string Overview(const std::vector<Command>& commands) {
  std::string out = std::string("libcify " LIBCIFY_VERSION ": ") + kSummary +
                    "\n\n"
                    "Usage:\n  libcify COMMAND [OPTION…]\n\nCommands:\n";
  for (const Command& command : commands) out += "  " + Padded(command.name, 11) + command.summary + "\n";
  out += "\nlibcify help COMMAND tells more; libcify help --man is the man page. Exit codes:";
  for (const Row& code : ExitCodes()) out += (code.name == "0" ? " " : "; ") + code.name + " " + code.meaning;
  out += ".\n\nEnvironment:\n";
  for (const Row& variable : Environment()) out += "  " + Padded(variable.name, 24) + variable.meaning + "\n";
  out += "\nExamples:\n";
  for (const std::string& line : Examples()) out += "  " + line + "\n";
  return out;
}

std::string ManPage(const std::vector<Command>& commands) {
  std::string out =
      ".\\\" Made by: libcify help --man\n.Dd " LIBCIFY_DATE "\n.Dt LIBCIFY 1\n.Os libcify " LIBCIFY_VERSION "\n";
  out += std::string(".Sh NAME\n.Nm libcify\n.Nd ") + kSummary + "\n";
  out +=
      ".Sh SYNOPSIS\n.Nm\n.Ar COMMAND\n.Op Ar OPTION ...\n"
      ".Sh DESCRIPTION\n"
      "libcify reads a Go tree, finds every place where it reaches the operating system, decides for each which function "
      "of\n"
      "the C library does that job, and writes the rewritten packages.\n"
      "The ordinary Go compiler builds them with go build \\-overlay.\n"
      ".Pp\n"
      "Problems are printed as file:line:column: error: what [rule], all of one run; with \\-\\-format json as data.\n";
  for (const Command& command : commands) out += Section(command);
  out += ".Sh ENVIRONMENT\n" + TaggedList(Environment(), "Ev") + ".Sh FILES\n" + TaggedList(Files(), "Pa");
  out += ".Sh EXIT STATUS\n" + TaggedList(ExitCodes(), "Li");
  return out + ".Sh EXAMPLES\n" + Literal(Examples()) + ".Sh SEE ALSO\n.Xr ld.so 8\n";
}

}  // namespace libcify
