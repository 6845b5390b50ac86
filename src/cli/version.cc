// libcify version: what this is and from which rules it works; of a built program, what it was made by.
#include "base/file.h"
#include "cli/commands.h"
#include "cli/places.h"
#include "cli/report.h"
#include "rules/rules.h"

namespace libcify {
namespace {

// Prints the identity that the gc dialect puts into every program (overlays/gc/linux/cgo/gcc_libcify_table.cc).
Result<void> PrintIdentity(const std::string& file) {
  // With the first word of the identity: libcify itself holds the mark alone.
  const std::string mark = "libcify-identity: ";
  const Result<std::string> program = ReadFile(file);
  if (!program) return Fail(program.error());
  const std::size_t at = program->find(mark + "libcify ");
  if (at == std::string::npos) {
    return Fail(Error{.where = {file, 0, 0},
                      .what = "not built with libcify",
                      .hint = "build it with libcify go build, or go build -overlay"});
  }
  const std::size_t begin = at + mark.size();
  Print(file + ": " + program->substr(begin, program->find('\0', begin) - begin) + "\n");
  return {};
}

Result<void> Run(const Arguments& arguments) {
  if (!arguments.operands().empty()) return PrintIdentity(arguments.operands().front());
  Result<std::filesystem::path> data = DataFolder(arguments.Get("data"));
  if (!data) return Fail(std::move(data.error()));
  Result<RuleSet> rules = LoadRules(*data / "rules");
  if (!rules) return Fail(std::move(rules.error()));
  Print("libcify " LIBCIFY_VERSION " rules " + rules->fingerprint + "\n");
  return {};
}

}  // namespace

Command VersionCommand() {
  return {.name = "version",
          .summary = "print the version and the fingerprint of the rules, or what a program was built with",
          .operands = "[PROGRAM]",
          .options = {{"data", "DIR", "folder of rules/ and overlays/ (default: where libcify is installed)"}},
          .examples = "  libcify version\n  libcify version ./hello\n",
          .run = Run,
          .max_operands = 1};
}

}  // namespace libcify
