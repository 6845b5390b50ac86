#include "scan/asm_frame.h"

#include <algorithm>
#include <utility>

#include "gosrc/asm_body.h"

namespace libcify::scan {
namespace {

bool Contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// "-8": the assembler's older word for NOFRAME (cmd/internal/obj/arm64/obj7.go, "Historical way to mark NOFRAME").
bool IsNoFrame(const Seam& seam) { return seam.frame.starts_with('-') || Contains(seam.flags, "NOFRAME"); }

// "0-8", "0", "", "-8": no bytes of its own.
bool IsFrameless(const std::string& frame) {
  return frame.empty() || frame == "0" || frame.starts_with("0-") || frame.starts_with('-');
}

class Frame {
 public:
  Frame(const AsmFile& file, const AsmText& text, std::size_t index, const AsmDialect& dialect)
      : file_(file), text_(text), index_(index), dialect_(dialect), body_(ExpandBody(file, text)) {}

  // Why the function cannot hold a call.
  [[nodiscard]] std::vector<CallObstacle> Obstacles(const Seam& seam) {
    if (dialect_.link().empty()) return {};
    if (!body_) return {{.what = "a macro in it has no end", .line = text_.line}};
    const bool other_calls = std::any_of(body_->begin(), body_->end(), [&](const AsmInstruction& one) {
      const std::optional<AsmEffect> effect = dialect_.Describe(one.statement);
      return effect && effect->is_call;
    });
    const bool frameless = IsFrameless(seam.frame);
    if (seam.role != SeamRole::kVfork && !IsNoFrame(seam)) {
      // It will keep the link at the bottom of its frame, which is there already or not. Where the stack pointer is moved, a
      // frame of the callee would lie on that.
      Look(other_calls ? Use::kMoves : frameless ? Use::kAnyStack : Use::kBottom);
      return std::move(found_);
    }
    if (!frameless) Add("it has a frame of its own");
    if (other_calls) Add("it makes other calls");
    if (seam.flags_range.size() == 0) Add("its TEXT has no flags");
    Look(Use::kAnyStack);
    return std::move(found_);
  }

  // A jump that counts instructions over the seam; line 0: none.
  [[nodiscard]] CallObstacle Counting() const {
    if (!body_) return {.what = "a macro in it has no end", .line = text_.line};
    for (std::size_t at = 0; at < body_->size(); ++at) {
      const AsmInstruction& one = (*body_)[at];
      const CallObstacle jump = Obstacle(one, "counts instructions");
      const std::optional<AsmEffect> effect = dialect_.Describe(one.statement);
      if (!effect) {
        // A macro of an included file. One that is given a count may use it in any way.
        if (one.statement.Canonical().find("(PC)") != std::string::npos) return jump;
        continue;
      }
      if (!effect->relative) continue;
      const auto from = static_cast<std::ptrdiff_t>(at);
      const std::ptrdiff_t to = from + *effect->relative;
      for (std::ptrdiff_t i = std::min(from, to); i < std::max(from, to); ++i) {
        if (i < 0 || i >= static_cast<std::ptrdiff_t>(body_->size())) return jump;
        if (i != from && (*body_)[static_cast<std::size_t>(i)].index == index_) return jump;
      }
    }
    return {};
  }

 private:
  enum class Use { kAnyStack, kBottom, kMoves };

  void Add(std::string what) { found_.push_back({.what = std::move(what), .line = text_.line}); }
  void Add(const AsmInstruction& one, const std::string& what) { found_.push_back(Obstacle(one, what)); }
  void AddMove(const AsmInstruction& one) {
    Add(one, "moves " + dialect_.stack_pointer());
    found_.back().moves_stack = true;
  }
  [[nodiscard]] CallObstacle Obstacle(const AsmInstruction& one, const std::string& what) const {
    const AsmStatement& written = file_.statements()[one.index];
    return {.what = "\"" + written.Canonical() + "\" " + what,
            .statement = written.Canonical(),
            .range = written.range,
            .line = written.line};
  }

  // Statements that would notice a frame where none was, or the link in it.
  void Look(Use use) {
    const std::string& stack = dialect_.stack_pointer();
    const std::string bottom = "(" + stack + ")";
    for (const AsmInstruction& one : *body_) {
      if (one.annotation || one.index == index_) continue;
      const std::optional<AsmEffect> effect = dialect_.Describe(one.statement);
      const auto uses = [&](const std::string& reg) {
        return Contains(effect->reads, reg) || Contains(effect->writes, reg);
      };
      const bool at_bottom =
          std::any_of(one.statement.operands.begin(), one.statement.operands.end(),
                      [&](const std::string& operand) { return operand == bottom || operand == "0" + bottom; });
      if (use == Use::kMoves) {
        if (effect && !effect->is_call && Contains(effect->writes, stack)) AddMove(one);
      } else if (!effect) {
        Add(one, "is not known here");
      } else if (uses(dialect_.link())) {
        Add(one, "uses " + dialect_.link());
      } else if (use == Use::kAnyStack ? uses(stack) : at_bottom) {
        Add(one, "uses " + stack);
      } else if (Contains(effect->writes, stack)) {
        AddMove(one);
      }
    }
  }

  const AsmFile& file_;
  const AsmText& text_;
  std::size_t index_;
  const AsmDialect& dialect_;
  std::optional<std::vector<AsmInstruction>> body_;
  std::vector<CallObstacle> found_;
};

}  // namespace

void SetFrame(const AsmFile& file, const AsmText& text, std::size_t index, const AsmDialect& dialect, Seam& seam) {
  Frame frame(file, text, index, dialect);
  seam.counting = frame.Counting();
  const bool call = seam.role == SeamRole::kEnter || seam.role == SeamRole::kVfork || seam.role == SeamRole::kSigreturn;
  if (call) seam.obstacles = frame.Obstacles(seam);
}

}  // namespace libcify::scan
