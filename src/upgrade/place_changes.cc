// Pairs places, closest first, see place_changes.h.
#include "upgrade/place_changes.h"

#include <algorithm>

namespace libcify {
namespace {

using Places = std::vector<const Place*>;
using Same = bool (*)(const Place&, const Place&);

bool SameFunc(const Place& a, const Place& b) { return a.package() == b.package() && a.func == b.func; }
bool Exactly(const Place& a, const Place& b) {
  return a.kind == b.kind && a.file == b.file && a.func == b.func && a.entry == b.entry && a.arguments == b.arguments;
}
bool SameEntry(const Place& a, const Place& b) { return a.kind == b.kind && SameFunc(a, b) && a.entry == b.entry; }
bool SameKind(const Place& a, const Place& b) { return a.kind == b.kind && SameFunc(a, b); }
bool MovedPackage(const Place& a, const Place& b) { return a.kind == b.kind && a.func == b.func && !a.func.empty(); }
bool Renamed(const Place& a, const Place& b) {
  return a.kind == b.kind && a.package() == b.package() && !a.call.empty() && !a.func.empty() && !b.func.empty();
}

// "request by syscall.Syscall"
std::string Mechanism(const Place& place) { return place.kind + (place.entry.empty() ? "" : " by " + place.entry); }

class Pairs {
 public:
  Pairs(const std::string& call, const std::string& goarch, const Report& report)
      : call_(call), goarch_(goarch), report_(report) {}

  // Takes what is the same out of both lists.
  void Take(Places& before, Places& after, Same same) {
    std::erase_if(before, [&](const Place* old) {
      const auto found = std::find_if(after.begin(), after.end(), [&](const Place* now) { return same(*old, *now); });
      if (found == after.end()) return false;
      Differ(*old, **found);
      after.erase(found);
      return true;
    });
  }

 private:
  void Say(ChangeKind kind, const std::string& where, const std::string& before, const std::string& after,
           const Place& now) {
    report_({.kind = kind, .subject = call_, .where = where, .before = before, .after = after}, now);
  }

  std::string File(const Place& place) const {
    std::string name = place.file;
    const std::string ending = "_" + goarch_ + ".";
    if (const std::size_t at = name.rfind(ending); at != std::string::npos) name.replace(at, ending.size(), "_$GOARCH.");
    return name;
  }

  void Differ(const Place& old, const Place& now) {
    if (old.kind != now.kind) {
      Say(ChangeKind::kMechanism, now.where(), Mechanism(old), Mechanism(now), now);
      return;
    }
    if (old.package() != now.package()) {
      Say(ChangeKind::kMoved, now.func, old.package(), now.package(), now);
    } else if (old.func != now.func) {
      Say(ChangeKind::kMoved, now.package(), old.func, now.func, now);
    } else if (old.file != now.file) {
      Say(ChangeKind::kMoved, now.where(), File(old), File(now), now);
    }
    if (old.entry != now.entry) Say(ChangeKind::kEntry, now.where(), old.entry, now.entry, now);
    if (old.arguments != now.arguments) {
      const auto text = [](const Place& place) { return std::to_string(place.arguments.value_or(0)); };
      Say(ChangeKind::kArity, now.where(), text(old), text(now), now);
    }
  }

  const std::string& call_;
  const std::string& goarch_;
  const Report& report_;
};

}  // namespace

void ComparePlaces(const std::string& call, std::vector<const Place*> before, std::vector<const Place*> after,
                   const std::string& goarch, const Report& report) {
  Pairs pairs(call, goarch, report);
  for (const Same same : {Exactly, SameEntry, SameKind, SameFunc, MovedPackage, Renamed}) pairs.Take(before, after, same);
  for (const Place* now : after) {
    report({.kind = ChangeKind::kPlaceAdded, .subject = call, .where = now->where(), .after = Mechanism(*now)}, *now);
  }
  for (const Place* old : before) {
    report({.kind = ChangeKind::kPlaceRemoved, .subject = call, .where = old->where(), .before = Mechanism(*old)}, *old);
  }
}

}  // namespace libcify
