// Fuzz target: heads of source files, their build constraints and file names.
//
// What must hold, besides no crash: what stands behind a good head does not change it; and the negation of a constraint
// holds exactly where the constraint does not.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "goroot/constraint.h"
#include "goroot/file_head.h"
#include "goroot/file_name.h"

namespace {

using libcify::Constraint;

void Check(bool holds) {
  if (!holds) std::abort();
}

const libcify::TagSet& Tags() {
  static const libcify::TagSet tags = {"linux", "amd64", "cgo", "gc", "unix", "go1.1", "amd64.v1"};
  return tags;
}

void CheckHeads(const std::string& text, bool is_go) {
  const libcify::FileHead head = libcify::ParseHead("f", text, is_go);
  (void)head.Holds(Tags());
  if (!head.broken.empty() || !head.syntax.empty()) return;
  // Without a blank line, which would make constraints of the +build lines above it.
  const libcify::FileHead longer = libcify::ParseHead("f", text + (text.ends_with('\n') ? "" : "\n") + "var x int\n", is_go);
  Check(longer.package == head.package && longer.imports_c == head.imports_c);
  Check(longer.constraints.size() == head.constraints.size() && longer.Holds(Tags()) == head.Holds(Tags()));
}

void CheckConstraint(const std::string& text) {
  if (const auto old = Constraint::ParsePlusBuild(text)) (void)old->Holds(Tags());
  const auto constraint = Constraint::ParseGoBuild(text);
  if (!constraint) {
    Check(constraint.error().offset <= text.size() && !constraint.error().what.empty());
    return;
  }
  const auto negation = Constraint::ParseGoBuild("!(" + text + ")");
  if (negation) Check(negation->Holds(Tags()) != constraint->Holds(Tags()));  // else it has just too many terms
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  CheckHeads(text, true);
  CheckHeads(text, false);
  CheckConstraint(text);
  const std::string line = text.substr(0, text.find('\n'));
  CheckConstraint(line.starts_with("//go:build ") ? line.substr(11) : line);
  static const libcify::KnownSystems known = {{"linux", "plan9"}, {"amd64", "arm"}, {"linux"}};
  (void)libcify::TagsOfName(line, known).Hold(Tags());
  (void)libcify::KindOfName(line);
  return 0;
}
