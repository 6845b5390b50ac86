// Picks the subcommand, runs it, prints what went wrong.
#include "cli/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/report.h"

namespace libcify {
namespace {

std::vector<Command> AllCommands() {
  return {ScanCommand(),   GenerateCommand(), CheckCommand(), ExplainCommand(), ReportCommand(),
          GorootCommand(), GoCommand(),       LlgoCommand(),  VersionCommand()};
}

std::string Overview(const std::vector<Command>& commands) {
  std::string out = "libcify " LIBCIFY_VERSION
                    ": Go's standard library, with its system calls routed through libc\n\n"
                    "Usage:\n  libcify COMMAND [OPTION…]\n\nCommands:\n";
  for (const Command& command : commands) {
    out +=
        "  " + command.name + std::string(10 - std::min<std::size_t>(9, command.name.size()), ' ') + command.summary + "\n";
  }
  return out +
         "\nlibcify help COMMAND tells more. Exit codes: 0 done; 1 findings; 2 usage or environment.\n"
         "\nExamples:\n"
         "  libcify generate --out build/overlay && go build -overlay=build/overlay/overlay.json ./...\n"
         "  libcify go build ./...\n"
         "  libcify explain openat\n";
}

int Usage(const std::string& what) {
  return ReportErrors({{.what = what, .hint = "see libcify help", .cls = ErrorClass::kUsage}}, false);
}

int PrintAndFlush(const std::string& text) {
  Print(text);
  const Result<void> flushed = FlushOutput();
  return flushed ? 0 : ReportErrors(flushed.error(), false);
}

// For errors in the words themselves, before they are read as options.
bool AsksForJson(const std::vector<std::string>& words) {
  const auto format = std::find(words.begin(), words.end(), "--format");
  return (format != words.end() && format + 1 != words.end() && *(format + 1) == "json") ||
         std::find(words.begin(), words.end(), "--format=json") != words.end();
}

// With a standard stream closed, the next file that is opened would take its place and be read or written as if it were that
// stream. The place is filled instead, so that writing still fails.
void OccupyStandardStreams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
      static_cast<void>(open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY));
    }
  }
}

int RunCommand(const Command& command, const std::vector<std::string>& words) {
  const Result<Arguments> arguments = Arguments::Parse(command, words);
  if (!arguments) {
    return ReportErrors(arguments.error(), AsksForJson(words));
  }
  if (arguments->Has("help")) return PrintAndFlush(HelpText(command));
  const Result<void> done = command.run(*arguments);
  if (!done) {
    const int code = ReportErrors(done.error(), arguments->json());
    const Result<void> flushed = FlushOutput();
    return flushed ? code : ReportErrors(flushed.error(), false);
  }
  const Result<void> flushed = FlushOutput();
  return flushed ? 0 : ReportErrors(flushed.error(), false);
}

}  // namespace

int Main(int argc, char** argv) {
  OccupyStandardStreams();
  signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes shall be an error like a full disk, not a crash
  const std::vector<Command> commands = AllCommands();
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (words.empty()) {
    PrintAndFlush(Overview(commands));
    return 2;
  }
  const std::string name = words.front();
  words.erase(words.begin());
  const auto find = [&](const std::string& wanted) {
    return std::find_if(commands.begin(), commands.end(), [&](const Command& c) { return c.name == wanted; });
  };
  if (name == "--version") return RunCommand(VersionCommand(), words);
  if (name == "help" || name == "--help" || name == "-h") {
    if (words.empty()) return PrintAndFlush(Overview(commands));
    const auto command = find(words.front());
    if (command == commands.end()) return Usage("no command '" + words.front() + "'");
    return PrintAndFlush(HelpText(*command));
  }
  const auto command = find(name);
  if (command == commands.end()) return Usage("no command '" + name + "'");
  return RunCommand(*command, words);
}

}  // namespace libcify
