// Compares two trees port by port and folds what ports share, see compare.h.
#include "upgrade/compare.h"

#include <algorithm>
#include <set>

#include "upgrade/place_changes.h"

namespace libcify {
namespace {

// A call by name, as one tree has it on one port.
struct Named {
  std::vector<const Place*> places;
  std::set<std::string> libraries, numbers, where;
};

using Calls = std::map<std::string, Named>;

std::string Join(const std::set<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

Calls CallsOf(const Record& record) {
  Calls out;
  for (const Place& place : record.places) {
    if (place.kind == "import") continue;  // a directive asks for nothing yet
    Named& named = out[place.call];
    named.places.push_back(&place);
    named.where.insert(place.where());
    if (!place.library.empty()) named.libraries.insert(place.library);
    if (place.number) named.numbers.insert(std::to_string(*place.number));
  }
  return out;
}

// Where a call is, in words.
std::string Source(const Named& named) { return named.libraries.empty() ? "by number" : "of " + Join(named.libraries); }

const Service* Find(const Record& record, const std::string& call, const Named& named) {
  const auto found = record.services.find({call, named.places.front()->library});
  return found == record.services.end() ? nullptr : &found->second;
}

// "direct, libc's openat"
std::string Text(const Service* service) {
  if (service == nullptr) return "";
  std::string out = service->how;
  if (!service->adapter.empty()) {
    out += ", adapter " + service->adapter;
  } else if (!service->function.empty()) {
    out += ", libc's " + service->function;
  }
  return out;
}

// 0: libc's function by name; 1: an adapter of ours; 2: by number; 3: not at all.
int RankOf(const Service* service) {
  if (service == nullptr || service->how == "kept") return 3;
  if (service->how == "fallback") return 2;
  return service->how == "adapted" || service->how == "demultiplexed" ? 1 : 0;
}

class PortComparison {
 public:
  PortComparison(const Record& before, const Record& after, Upgrade& out) : before_(before), after_(after), out_(out) {}

  void Run() {
    if (before_.libc != after_.libc) Say({.kind = ChangeKind::kLibrary, .before = before_.libc, .after = after_.libc});
    CompareCalls();
    CompareDirectives();
    CompareEntries();
    CompareBodyless();
  }

 private:
  void Say(Change change, const Place* place = nullptr) {
    OnPort on{.port = after_.target, .number = {}, .file = {}};
    if (place != nullptr) on = {after_.target, place->number, place->file, place->line};
    out_.changes[std::move(change)].push_back(std::move(on));
  }

  void CompareCalls() {
    const Calls before = CallsOf(before_), after = CallsOf(after_);
    for (const auto& [call, now] : after) {
      const auto old = before.find(call);
      if (old != before.end()) {
        CompareCall(call, old->second, now);
      } else if (!call.empty()) {
        const Service* service = Find(after_, call, now);
        Say({.kind = ChangeKind::kCallAdded,
             .subject = call,
             .library = Join(now.libraries),
             .where = Join(now.where),
             .after = Text(service),
             .why = service == nullptr ? "" : service->reason,
             .reference = service == nullptr ? "" : service->reference},
            now.places.front());
      } else {
        CompareCall(call, {}, now);
      }
    }
    for (const auto& [call, old] : before) {
      if (after.contains(call)) continue;
      if (call.empty()) {
        CompareCall(call, old, {});
        continue;
      }
      Say({.kind = ChangeKind::kCallRemoved,
           .subject = call,
           .library = Join(old.libraries),
           .where = Join(old.where),
           .before = Text(Find(before_, call, old))},
          old.places.front());
    }
  }

  void CompareCall(const std::string& call, const Named& old, const Named& now) {
    if (!call.empty()) {
      const Place* place = now.places.front();
      if (old.numbers != now.numbers && !old.numbers.empty() && !now.numbers.empty()) {
        Say({.kind = ChangeKind::kRenumbered, .subject = call, .before = Join(old.numbers), .after = Join(now.numbers)},
            place);
      }
      if (old.libraries != now.libraries) {
        Say({.kind = ChangeKind::kMechanism, .subject = call, .before = Source(old), .after = Source(now)}, place);
      }
      CompareService(call, Find(before_, call, old), Find(after_, call, now), Join(now.libraries), *place);
    }
    const std::string goarch = after_.target.substr(after_.target.find('/') + 1);
    ComparePlaces(call, old.places, now.places, goarch,
                  [&](Change change, const Place& place) { Say(std::move(change), &place); });
  }

  void CompareService(const std::string& call, const Service* old, const Service* now, const std::string& library,
                      const Place& place) {
    // An inventory of a port that nothing was bound on says nothing of its calls.
    if (Text(old) == Text(now) || before_.libc.empty() || after_.libc.empty()) return;
    const bool worse = RankOf(now) >= 2 && RankOf(now) > RankOf(old);
    const Service* reason = RankOf(now) >= RankOf(old) ? now : old;
    Say({.kind = worse ? ChangeKind::kServiceWorse : ChangeKind::kServiceChanged,
         .subject = call,
         .library = library,
         .before = Text(old),
         .after = now == nullptr ? "not bound" : Text(now),
         .why = reason == nullptr ? "" : reason->reason,
         .reference = reason == nullptr ? "" : reason->reference},
        &place);
  }

  void CompareDirectives() {
    const auto imports = [](const Record& record) {
      std::map<std::pair<std::string, std::string>, const Place*> out;
      for (const Place& place : record.places) {
        if (place.kind == "import") out.emplace(std::pair(place.call, place.library), &place);
      }
      return out;
    };
    const auto before = imports(before_), after = imports(after_);
    for (const auto& [key, place] : after) {
      if (before.contains(key)) continue;
      Say({.kind = ChangeKind::kDirectiveAdded, .subject = key.first, .library = key.second}, place);
    }
    for (const auto& [key, place] : before) {
      if (after.contains(key)) continue;
      Say({.kind = ChangeKind::kDirectiveRemoved, .subject = key.first, .library = key.second}, place);
    }
  }

  void CompareEntries() {
    for (const auto& [name, through] : after_.entries) {
      if (!before_.entries.contains(name)) Say({.kind = ChangeKind::kEntryAdded, .subject = name, .after = through});
    }
    for (const auto& [name, through] : before_.entries) {
      if (!after_.entries.contains(name)) Say({.kind = ChangeKind::kEntryRemoved, .subject = name, .before = through});
    }
  }

  void CompareBodyless() {
    std::multimap<std::string, std::string> gone;  // by name and provider: package
    for (const auto& [symbol, provider] : before_.bodyless) {
      if (after_.bodyless.contains(symbol)) continue;
      const auto [package, name] = SplitSymbol(symbol);
      gone.emplace(name + "\n" + provider, package);
    }
    for (const auto& [symbol, provider] : after_.bodyless) {
      const auto old = before_.bodyless.find(symbol);
      if (old != before_.bodyless.end() && old->second == provider) continue;
      const auto [package, name] = SplitSymbol(symbol);
      const auto moved = gone.find(name + "\n" + provider);
      if (old != before_.bodyless.end()) {
        Say({.kind = ChangeKind::kBodylessProvider, .subject = symbol, .before = old->second, .after = provider});
      } else if (moved != gone.end()) {
        Say({.kind = ChangeKind::kBodylessMoved, .subject = name, .before = moved->second, .after = package});
        gone.erase(moved);
      } else {
        Say({.kind = ChangeKind::kBodylessAdded, .subject = symbol, .after = provider});
      }
    }
    for (const auto& [key, package] : gone) {
      const std::size_t end = key.find('\n');
      Say({.kind = ChangeKind::kBodylessRemoved,
           .subject = package + "." + key.substr(0, end),
           .before = key.substr(end + 1)});
    }
  }

  const Record& before_;
  const Record& after_;
  Upgrade& out_;
};

std::map<std::string, std::set<std::string>> PortsByRule(const Tree& tree) {
  std::map<std::string, std::set<std::string>> out;
  for (const auto& [port, record] : tree.records) {
    for (const std::string& rule : record.rules) out[rule].insert(port);
  }
  return out;
}

// Of a port that could not be read nobody knows what its rules match.
void CompareRules(const Tree& before, const Tree& after, Upgrade& out) {
  const auto old = PortsByRule(before), now = PortsByRule(after);
  const auto say = [&](ChangeKind kind, const std::string& rule, const std::string& port) {
    out.changes[{.kind = kind, .subject = rule}].push_back({.port = port, .number = {}, .file = {}});
  };
  for (const auto& [rule, ports] : old) {
    const auto found = now.find(rule);
    const bool unsure =
        std::any_of(ports.begin(), ports.end(), [&](const auto& port) { return after.unread.contains(port); });
    for (const std::string& port : ports) {
      if (found == now.end() && !unsure) say(ChangeKind::kRuleSilent, rule, port);
      if (found != now.end() && after.records.contains(port) && !found->second.contains(port)) {
        say(ChangeKind::kRuleLessPorts, rule, port);
      }
    }
  }
  for (const auto& [rule, ports] : now) {
    if (old.contains(rule)) continue;
    for (const std::string& port : ports) say(ChangeKind::kRuleHeard, rule, port);
  }
}

void SayUnread(const Tree& tree, Upgrade& out) {
  for (const auto& [port, errors] : tree.unread) {
    for (const Error& error : errors) {
      std::string where = error.where.file;
      if (error.where.line > 0) where += ":" + std::to_string(error.where.line);
      if (error.where.column > 0) where += ":" + std::to_string(error.where.column);
      out.changes
          [{.kind = ChangeKind::kUnread, .subject = error.what, .where = where, .why = error.hint, .reference = error.rule}]
              .push_back({port, {}, error.where.file, error.where.line});
    }
  }
}

}  // namespace

const char* Name(ChangeKind kind) {
  static constexpr const char* kNames[] = {"unread",
                                           "port-unknown",
                                           "service-worse",
                                           "rule-silent",
                                           "port-added",
                                           "port-removed",
                                           "call-added",
                                           "call-removed",
                                           "renumbered",
                                           "service-changed",
                                           "library",
                                           "mechanism",
                                           "entry",
                                           "arity",
                                           "moved",
                                           "place-added",
                                           "place-removed",
                                           "entry-added",
                                           "entry-removed",
                                           "directive-added",
                                           "directive-removed",
                                           "bodyless-added",
                                           "bodyless-removed",
                                           "bodyless-moved",
                                           "bodyless-provider",
                                           "rule-heard",
                                           "rule-less-ports"};
  return kNames[static_cast<std::size_t>(kind)];
}

bool NeedsDecision(ChangeKind kind) {
  return kind == ChangeKind::kUnread || kind == ChangeKind::kPortUnknown || kind == ChangeKind::kServiceWorse ||
         kind == ChangeKind::kRuleSilent;
}

std::size_t Upgrade::CountDecisions() const {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(), [](const auto& change) { return NeedsDecision(change.first.kind); }));
}

Upgrade Compare(const Tree& before, const Tree& after) {
  Upgrade out{.from = before.go, .to = after.go, .ports = {}, .changes = {}};
  SayUnread(after, out);
  const auto say = [&](ChangeKind kind, const std::string& port) {
    out.changes[{.kind = kind}].push_back({.port = port, .number = {}, .file = {}});
  };
  for (const std::string& port : after.unknown) {
    if (std::find(before.unknown.begin(), before.unknown.end(), port) == before.unknown.end()) {
      say(ChangeKind::kPortUnknown, port);
    }
  }
  std::set<std::string> ports;
  for (const auto& [port, record] : after.records) {
    ports.insert(port);
    const auto old = before.records.find(port);
    if (old == before.records.end()) {
      say(ChangeKind::kPortAdded, port);
    } else {
      PortComparison(old->second, record, out).Run();
    }
  }
  for (const auto& [port, errors] : after.unread) {
    ports.insert(port);
    if (!before.records.contains(port)) say(ChangeKind::kPortAdded, port);
  }
  for (const auto& [port, record] : before.records) {
    ports.insert(port);
    if (!after.records.contains(port) && !after.unread.contains(port)) say(ChangeKind::kPortRemoved, port);
  }
  CompareRules(before, after, out);
  out.ports.assign(ports.begin(), ports.end());
  return out;
}

}  // namespace libcify
