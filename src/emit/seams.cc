// One edit for each seam, and what must change around it so that a call can stand there.
#include "emit/seams.h"

#include <algorithm>
#include <set>

#include "rules/rules.h"

namespace libcify {
namespace {

constexpr std::string_view kOperand = "{operand}";

bool Contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool IsCall(const Seam& seam) {
  return seam.role == SeamRole::kEnter || seam.role == SeamRole::kVfork || seam.role == SeamRole::kSigreturn;
}

const std::string& Words(const SeamEdit& words, const Seam& seam) {
  switch (seam.role) {
    case SeamRole::kVfork:
      return words.vfork;
    case SeamRole::kSigreturn:
      return words.sigreturn;
    case SeamRole::kUnreachable:
      return words.unreachable;
    case SeamRole::kUnneeded:
      return words.unneeded;
    case SeamRole::kEnter:
    case SeamRole::kErrno:  // of a library: no statement that this dialect edits
      break;
  }
  if (!seam.number && !words.enter_dynamic.empty()) return words.enter_dynamic;
  return seam.full_save && !words.enter_full.empty() ? words.enter_full : words.enter;
}

std::string WithOperand(std::string text, const std::string& operand) {
  for (std::size_t at = text.find(kOperand); at != std::string::npos; at = text.find(kOperand, at + operand.size())) {
    text.replace(at, kOperand.size(), operand);
  }
  return text;
}

// Instructions of a replacement: one on each line.
std::size_t CountInstructions(const std::string& text) {
  return 1 + static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == ';'; }));
}

// "NOSPLIT|NOFRAME" as a vfork site needs it, and other sites must not have it.
std::string Flags(const Seam& seam) {
  std::string out;
  for (const std::string& flag : seam.flags) {
    if (flag != "NOFRAME") out += (out.empty() ? "" : "|") + flag;
  }
  if (seam.role == SeamRole::kVfork) out += out.empty() ? "NOFRAME" : "|NOFRAME";
  return out.empty() ? "0" : out;
}

// A statement edit with its patterns compiled.
struct Compiled {
  const StatementEdit* edit = nullptr;
  Pattern path, text, statement;
  bool used = false;
};

class SeamEditor {
 public:
  SeamEditor(const EmitInput& input, TreeEdits& edits) : input_(input), edits_(edits) {}

  Errors Run() {
    const Result<SeamEdit> words = FindSeamEdit(input_);
    if (!words) return words.error();
    CompileStatementEdits();
    for (const Seam& seam : input_.inventory.seams) Edit(*words, seam);
    for (const Compiled& one : statements_) {
      if (!one.used && !one.edit->optional && errors_.empty()) {
        errors_.push_back({.where = {one.edit->file, 0, 0},
                           .what = "this edit of a statement is not needed in the tree",
                           .rule = one.edit->id});
      }
    }
    return std::move(errors_);
  }

 private:
  void CompileStatementEdits() {
    for (const StatementEdit& edit : input_.dialect.statement_edits) {
      if (!Covers(edit.scope, input_.target)) continue;
      const Span origin{edit.file, 0, 0};
      Result<Pattern> path = Pattern::Compile(origin, edit.path);
      Result<Pattern> text = Pattern::Compile(origin, edit.text);
      Result<Pattern> statement = Pattern::Compile(origin, edit.statement);
      if (path && text && statement) {
        statements_.push_back({&edit, std::move(*path), std::move(*text), std::move(*statement)});
        continue;
      }
      for (const auto* pattern : {&path, &text, &statement}) {
        if (!*pattern) Append(errors_, pattern->error());
      }
    }
  }

  void Edit(const SeamEdit& words, const Seam& seam) {
    const std::string& path = seam.site.span.file;
    const std::string& own = Words(words, seam);
    const Result<const std::string*> text = edits_.Text(path);
    if (!text) return Append(errors_, text.error());
    if (seam.site.range.end > (*text)->size() || seam.site.range.size() == 0) {
      return Refuse(seam, 0, "the file has changed since it was scanned");
    }
    if (own.empty()) return Refuse(seam, 0, std::string("the port has no words for a site that is ") + Name(seam.role));
    bool reworded = false;
    if (IsCall(seam) && !Callable(words, seam, reworded)) return;
    const bool takes_operand = own.find(kOperand) != std::string::npos || &own == &words.enter_dynamic;
    if (IsCall(seam) && takes_operand == seam.operand.empty()) {
      return Refuse(seam, 0, "the port's words for this site do not fit its operand");
    }
    const bool says_stack = IsCall(seam) && !reworded && !words.stack_words.empty();
    const std::string written = says_stack ? words.stack_words + "\n\t" + own : own;
    if (CountInstructions(written) != 1 && seam.counting.line != 0 && !Reword(seam, seam.counting)) {
      return Refuse(seam, seam.counting.line,
                    "a jump counts instructions over a site of which the edit changes their number");
    }
    edits_.Replace(path, seam.site.range, WithOperand(written, seam.operand));
    if (IsCall(seam) && input_.port.syscall.link_register) SetFlags(seam);
  }

  // Whether a call can do what the instruction does here, and whether statements say it in other words then.
  bool Callable(const SeamEdit& words, const Seam& seam, bool& reworded) {
    const std::size_t before = errors_.size();
    for (const std::string& name : seam.live) {
      if (name == "flags") {
        Refuse(seam, 0, "the processor's flags are read after the system call, and no trampoline keeps them");
      } else if (Contains(input_.port.syscall.c_saves_never, name)) {
        Refuse(seam, 0, "register " + name + " is read after the system call, and no trampoline keeps it");
      }
    }
    if (!input_.port.syscall.link_register) return errors_.size() == before;
    for (const CallObstacle& obstacle : seam.obstacles) {
      if (obstacle.moves_stack && words.stack_words.empty()) continue;
      reworded = true;
      if (!Reword(seam, obstacle)) Refuse(seam, obstacle.line, "cannot keep its way back over a call: " + obstacle.what);
    }
    return errors_.size() == before;
  }

  bool Reword(const Seam& seam, const CallObstacle& obstacle) {
    if (obstacle.range.size() == 0) return false;
    for (Compiled& one : statements_) {
      if (!one.path.Search(seam.site.span.file) || !one.text.Search(seam.site.func)) continue;
      if (!one.statement.Search(obstacle.statement)) continue;
      one.used = true;
      input_.Use(one.edit->id);
      Once(seam, obstacle.range, one.edit->replacement);
      return true;
    }
    return false;
  }

  void SetFlags(const Seam& seam) {
    // "-8-20" says NOFRAME by its sign; the size of the arguments stays.
    if (seam.role != SeamRole::kVfork && seam.frame.starts_with('-')) {
      const std::size_t arguments = std::min(seam.frame.find('-', 1), seam.frame.size());
      Once(seam, seam.frame_range, "0" + seam.frame.substr(arguments));
    }
    const std::string flags = Flags(seam);
    if (Contains(seam.flags, "NOFRAME") != (seam.role == SeamRole::kVfork)) Once(seam, seam.flags_range, flags);
  }

  // Several seams of one function ask for the same.
  void Once(const Seam& seam, Range range, const std::string& replacement) {
    if (done_.emplace(seam.site.span.file, range.begin).second) edits_.Replace(seam.site.span.file, range, replacement);
  }

  void Refuse(const Seam& seam, int line, std::string what) {
    Span where = seam.site.span;
    if (line != 0) where = {where.file, line, 0};
    errors_.push_back({.where = where, .what = seam.site.func + ": " + std::move(what), .rule = seam.site.rule});
  }

  const EmitInput& input_;
  TreeEdits& edits_;
  std::vector<Compiled> statements_;
  std::set<std::pair<std::string, std::size_t>> done_;
  Errors errors_;
};

}  // namespace

Result<SeamEdit> FindSeamEdit(const EmitInput& input) {
  for (const auto& [scope, edit] : input.dialect.seam_edits) {
    if (Covers(scope, input.target)) return edit;
  }
  return Fail(Error{.where = {},
                    .what = "the dialect " + input.dialect.name + " does not serve " + input.target.Name() + " yet",
                    .hint = "libcify scan reads it; a row of seam_edits in rules/dialects/" + input.dialect.name +
                            ".json would serve it"});
}

Errors EditSeams(const EmitInput& input, TreeEdits& edits) { return SeamEditor(input, edits).Run(); }

}  // namespace libcify
