// libcify completion: what a shell needs to complete libcify's words, from the tables that the help is made of.
//
// Out: a script for bash, zsh or fish. The names of the ports are those of rules/ports.json at that time.
#include <algorithm>
#include <sstream>

#include "cli/commands.h"
#include "cli/places.h"
#include "cli/report.h"
#include "cli/selection.h"
#include "rules/rules.h"

namespace libcify {
namespace {

// What an option's value or an operand may be.
struct Candidates {
  enum class Kind { kAnything, kWords, kFolder, kFile };
  Kind kind = Kind::kAnything;
  std::string words;  // of kWords, with blanks between
};

using Kind = Candidates::Kind;

std::string Joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// Knows the commands and what their words may be.
class Vocabulary {
 public:
  Vocabulary(std::vector<Command> commands, const std::vector<Port>& ports) : commands_(std::move(commands)) {
    for (const Port& port : ports) ports_ += port.Name() + " ";
    ports_ += "all";
    std::vector<std::string> names;
    for (const Command& command : commands_) names.push_back(command.name);
    commands_.push_back({.name = "help", .summary = "tell more of a command", .operands = "COMMAND", .first_words = names});
  }

  [[nodiscard]] const std::vector<Command>& commands() const { return commands_; }

  [[nodiscard]] Candidates Values(const OptionSpec& option) const {
    if (!option.allowed.empty()) return {Kind::kWords, Joined(option.allowed)};
    if (option.value == "GOOS/GOARCH") return {Kind::kWords, ports_};
    return {option.value == "DIR" ? Kind::kFolder : option.value.starts_with("FILE") ? Kind::kFile : Kind::kAnything, ""};
  }

 private:
  std::vector<Command> commands_;
  std::string ports_;
};

std::string BashOptions(const Vocabulary& vocabulary, const Command& command) {
  std::string out;
  for (const OptionSpec& option : command.options) {
    const Candidates values = vocabulary.Values(option);
    if (option.value.empty()) continue;
    out += "    '" + command.name + " --" + option.name + "') ";
    out += values.kind == Kind::kWords    ? "COMPREPLY=($(compgen -W '" + values.words + "' -- \"$cur\"))"
           : values.kind == Kind::kFolder ? "compopt -o dirnames"
           : values.kind == Kind::kFile   ? "compopt -o default"
                                          : ":";
    out += "; return ;;\n";
  }
  return out;
}

std::string BashWords(const Command& command) {
  std::string flags;
  for (const OptionSpec& option : command.options) flags += "--" + option.name + " ";
  std::string out = "    " + command.name + ") ";
  if (!command.passes_all) out += "flags='" + flags + "--help' ";
  if (!command.first_words.empty()) out += "first='" + Joined(command.first_words) + "' ";
  if (command.first_words.empty() || command.passes_all)
    out += "rest=" + std::string(command.operands.empty() ? "" : "files");
  return out + " ;;\n";
}

std::string BashScript(const Vocabulary& vocabulary) {
  std::string names, values, words;
  for (const Command& command : vocabulary.commands()) {
    names += (names.empty() ? "" : " ") + command.name;
    values += BashOptions(vocabulary, command);
    words += BashWords(command);
  }
  return "# Completes libcify in bash. Made by: libcify completion bash\n"
         "_libcify() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}\n"
         "  local flags='' first='' rest=''\n"
         "  COMPREPLY=()\n"
         "  if [[ $COMP_CWORD == 1 ]]; then\n"
         "    COMPREPLY=($(compgen -W '" +
         names +
         "' -- \"$cur\"))\n"
         "    return\n"
         "  fi\n"
         "  # bash takes --option=value apart.\n"
         "  if [[ $cur == = ]]; then cur=''; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
         "  case \"$command $prev\" in\n" +
         values +
         "  esac\n"
         "  case $command in\n" +
         words +
         "  esac\n"
         "  if [[ $cur == -* && $flags ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$flags\" -- \"$cur\"))\n"
         "  elif [[ $COMP_CWORD == 2 && $first ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$first\" -- \"$cur\"))\n"
         "  elif [[ $rest ]]; then\n"
         "    compopt -o default\n"
         "  fi\n"
         "}\n"
         "complete -F _libcify libcify\n";
}

// In apostrophes, as POSIX shells and fish take it; `special` are characters that want a backslash besides.
std::string Quoted(const std::string& text, const std::string& special, const std::string& apostrophe) {
  std::string out = "'";
  for (const char c : text) {
    if (special.find(c) != std::string::npos) out += '\\';
    out += c == '\'' ? apostrophe : std::string(1, c);
  }
  return out + "'";
}

std::string ZshQuoted(const std::string& text) { return Quoted(text, "[]:\\", "'\\''"); }

std::string ZshCandidates(const Candidates& candidates) {
  switch (candidates.kind) {
    case Kind::kWords:
      return "(" + candidates.words + ")";
    case Kind::kFolder:
      return "_files -/";
    case Kind::kFile:
      return "_files";
    case Kind::kAnything:
      return " ";
  }
  return " ";
}

std::string ZshCommand(const Vocabulary& vocabulary, const Command& command) {
  std::string out = "    (" + command.name + ")\n";
  if (command.passes_all) {
    return out + "      if (( CURRENT == 2 )); then compadd " + Joined(command.first_words) + "; else _files; fi ;;\n";
  }
  out += "      _arguments";
  for (const OptionSpec& option : command.options) {
    const std::string text = ZshQuoted(option.help);
    out += " \\\n        '--" + option.name + (option.value.empty() ? "" : "=") + "['" + text + "']";
    if (!option.value.empty()) {
      out += ":'" + ZshQuoted(option.value) + "':" + ZshCandidates(vocabulary.Values(option));
    }
    out += "'";
  }
  out += " \\\n        '--help[show this help]'";
  if (!command.first_words.empty()) {
    out += " \\\n        '1:'" + ZshQuoted(command.operands) + "':(" + Joined(command.first_words) + ")'";
  } else if (!command.operands.empty()) {
    out += " \\\n        '*:'" + ZshQuoted(command.operands) + "':_files'";
  }
  return out + " ;;\n";
}

std::string ZshScript(const Vocabulary& vocabulary) {
  std::string names, cases;
  for (const Command& command : vocabulary.commands()) {
    names += "    " + ZshQuoted(command.name) + ":" + ZshQuoted(command.summary) + "\n";
    cases += ZshCommand(vocabulary, command);
  }
  return "#compdef libcify\n"
         "# Completes libcify in zsh. Made by: libcify completion zsh\n"
         "_libcify() {\n"
         "  local -a commands=(\n" +
         names +
         "  )\n"
         "  if (( CURRENT == 2 )); then\n"
         "    _describe command commands\n"
         "    return\n"
         "  fi\n"
         "  shift words\n"
         "  (( CURRENT-- ))\n"
         "  case $words[1] in\n" +
         cases +
         "  esac\n"
         "}\n"
         "# From a folder of fpath, or read as it is.\n"
         "if [[ $funcstack[1] == _libcify ]]; then _libcify; else compdef _libcify libcify; fi\n";
}

std::string FishQuoted(const std::string& text) { return Quoted(text, "\\", "\\'"); }

std::string FishCommand(const Vocabulary& vocabulary, const Command& command) {
  const std::string of = "complete -c libcify -n '__fish_seen_subcommand_from " + command.name + "' ";
  std::string out =
      "complete -c libcify -n __fish_use_subcommand -a " + command.name + " -d " + FishQuoted(command.summary) + "\n";
  for (const OptionSpec& option : command.options) {
    const Candidates values = vocabulary.Values(option);
    out += of + "-l " + option.name + " -d " + FishQuoted(option.help);
    if (values.kind == Kind::kWords) out += " -x -a '" + values.words + "'";
    if (values.kind == Kind::kFolder) out += " -x -a '(__fish_complete_directories)'";
    if (values.kind == Kind::kFile) out += " -r -F";
    if (values.kind == Kind::kAnything && !option.value.empty()) out += " -x";
    out += "\n";
  }
  if (!command.passes_all) out += of + "-l help -d 'show this help'\n";
  if (!command.first_words.empty()) {
    out += "complete -c libcify -n '__fish_seen_subcommand_from " + command.name +
           "; and test (count (commandline -opc)) = 2' -a '" + Joined(command.first_words) + "'\n";
  }
  if (!command.operands.empty() && (command.first_words.empty() || command.passes_all)) out += of + "-F\n";
  return out;
}

std::string FishScript(const Vocabulary& vocabulary) {
  std::string out = "# Completes libcify in fish. Made by: libcify completion fish\ncomplete -c libcify -f\n";
  for (const Command& command : vocabulary.commands()) out += FishCommand(vocabulary, command);
  return out;
}

const std::vector<std::string>& Shells() {
  static const std::vector<std::string> kShells = {"bash", "zsh", "fish"};
  return kShells;
}

Result<void> Run(const Arguments& arguments) {
  const std::string shell = arguments.operands().empty() ? "" : arguments.operands().front();
  if (std::find(Shells().begin(), Shells().end(), shell) == Shells().end()) {
    return Fail({.what = shell.empty() ? "completion for which shell?" : "no completion for the shell '" + shell + "'",
                 .hint = "see libcify help completion",
                 .cls = ErrorClass::kUsage});
  }
  Result<std::filesystem::path> data = DataFolder(arguments.Get("data"));
  if (!data) return Fail(std::move(data.error()));
  Result<std::vector<Port>> ports = LoadPorts(*data / "rules");
  if (!ports) return Fail(std::move(ports.error()));
  const Vocabulary vocabulary(AllCommands(), *ports);
  Print(shell == "bash" ? BashScript(vocabulary) : shell == "zsh" ? ZshScript(vocabulary) : FishScript(vocabulary));
  return {};
}

}  // namespace

Command CompletionCommand() {
  return {.name = "completion",
          .summary = "print what a shell needs to complete the words of libcify",
          .operands = "bash|zsh|fish",
          .first_words = Shells(),
          .options = {{"data", "DIR", "folder of rules/ and overlays/ (default: where libcify is installed)"}},
          .examples =
              "  libcify completion bash > ~/.local/share/bash-completion/completions/libcify\n"
              "  libcify completion zsh > ~/.zsh/_libcify\n"
              "  libcify completion fish > ~/.config/fish/completions/libcify.fish\n",
          .run = Run,
          .max_operands = 1};
}

}  // namespace libcify
