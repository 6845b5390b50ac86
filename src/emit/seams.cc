#include "emit/seams.h"

#include <algorithm>

#include "rules/rules.h"

namespace libcify {
namespace {

bool Contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// Why no trampoline can serve this seam; empty when one can.
std::string Refusal(const Port& port, const Seam& seam) {
  if (seam.role == SeamRole::kUnreachable) return "";
  for (const std::string& name : seam.live) {
    if (name != "flags" && Contains(port.syscall.c_saves_never, name)) {
      return "register " + name + " is read after the system call, and no trampoline keeps it";
    }
    if (name == "flags") return "the processor's flags are read after the system call, and no trampoline keeps them";
  }
  if (port.syscall.link_register && seam.role == SeamRole::kEnter && Contains(seam.flags, "NOFRAME")) {
    return "a call from a NOFRAME body loses its return address on this processor";
  }
  return "";
}

const std::string& Replacement(const SeamEdit& words, const Seam& seam) {
  switch (seam.role) {
    case SeamRole::kVfork:
      return words.vfork;
    case SeamRole::kUnreachable:
      return words.unreachable;
    case SeamRole::kEnter:
      break;
  }
  return seam.full_save ? words.enter_full : words.enter;
}

}  // namespace

Result<SeamEdit> FindSeamEdit(const EmitInput& input) {
  for (const auto& [scope, edit] : input.dialect.seam_edits) {
    if (Covers(scope, input.target)) return edit;
  }
  return Fail(Error{.where = {},
                    .what = "dialect " + input.dialect.name + " has no seam_edits for " + input.target.Name(),
                    .hint = "add a row to rules/dialects/" + input.dialect.name + ".json"});
}

Errors EditSeams(const EmitInput& input, TreeEdits& edits) {
  Errors errors;
  const Result<SeamEdit> words = FindSeamEdit(input);
  if (!words) return words.error();
  for (const Seam& seam : input.inventory.seams) {
    const std::string refusal = Refusal(input.port, seam);
    if (!refusal.empty()) {
      errors.push_back({.where = seam.site.span, .what = seam.site.func + ": " + refusal, .rule = seam.site.rule});
      continue;
    }
    const std::string& path = seam.site.span.file;
    const Result<const std::string*> text = edits.Text(path);
    if (!text) {
      Append(errors, text.error());
      continue;
    }
    if (seam.site.range.end > (*text)->size() || seam.site.range.size() == 0) {
      errors.push_back({.where = seam.site.span, .what = "the file has changed since it was scanned"});
      continue;
    }
    edits.Replace(path, seam.site.range, Replacement(*words, seam));
  }
  return errors;
}

}  // namespace libcify
