// Fuzz target: heads of source files, their build constraints and file names.
//
// What must hold, besides no crash: a head that was found in a part of a text is the head of the whole; and the negation of
// a constraint holds exactly where the constraint does not.
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
  const auto whole = libcify::ParseHead("f", text, true, is_go);
  Check(whole.has_value());
  (void)whole->Holds(Tags());
  for (std::size_t size : {text.size(), text.size() / 2}) {
    const auto part = libcify::ParseHead("f", std::string_view(text).substr(0, size), false, is_go);
    if (!part || !part->broken.empty() || !part->syntax.empty()) continue;
    Check(part->package == whole->package && part->imports_c == whole->imports_c);
    Check(part->constraints.size() == whole->constraints.size() && part->Holds(Tags()) == whole->Holds(Tags()));
  }
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
