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
#include "cli/manual.h"
#include "cli/report.h"

namespace libcify {
namespace {

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
    const int code = done.error().empty() ? 1 : ReportErrors(done.error(), arguments->json());
    const Result<void> flushed = FlushOutput();
    return flushed ? code : ReportErrors(flushed.error(), false);
  }
  const Result<void> flushed = FlushOutput();
  return flushed ? 0 : ReportErrors(flushed.error(), false);
}

}  // namespace

std::vector<Command> AllCommands() {
  return {
      ScanCommand(),   GenerateCommand(), CheckCommand(), DiffCommand(),       ExplainCommand(), ReportCommand(),
      GorootCommand(), GoCommand(),       LlgoCommand(),  CompletionCommand(), VersionCommand(),
  };
}

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
    if (words.front() == "--man") return PrintAndFlush(ManPage(commands));
    const auto command = find(words.front());
    if (command == commands.end()) return Usage("no command '" + words.front() + "'");
    return PrintAndFlush(HelpText(*command));
  }
  const auto command = find(name);
  if (command == commands.end()) return Usage("no command '" + name + "'");
  return RunCommand(*command, words);
}

}  // namespace libcify
