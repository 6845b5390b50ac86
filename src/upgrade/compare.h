// What differs between two records of one port, and the same said once for all ports that share it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "upgrade/record.h"

namespace libcify {

// In the order in which people read them. Those of kUnread to kPortUnknown, kServiceWorse and kRuleSilent need a decision.
enum class ChangeKind {
  kUnread,       // an error of scan, bind or emit
  kPortUnknown,  // the new tree builds for a port that rules/ports.json does not know
  kServiceWorse,
  kRuleSilent,  // a rule that matched in the old tree and matches on no port of the new one
  kPortAdded,
  kPortRemoved,
  kCallAdded,
  kCallRemoved,
  kRenumbered,
  kServiceChanged,
  kLibrary,    // the C library that calls are bound to
  kMechanism,  // how the call leaves Go, or from which library it is
  kEntry,
  kArity,
  kMoved,
  kPlaceAdded,
  kPlaceRemoved,
  kEntryAdded,
  kEntryRemoved,
  kDirectiveAdded,
  kDirectiveRemoved,
  kBodylessAdded,
  kBodylessRemoved,
  kBodylessMoved,
  kBodylessProvider,
  kRuleHeard,      // a rule that matched nothing in the old tree
  kRuleLessPorts,  // a rule that matches on some ports still
};
[[nodiscard]] const char* Name(ChangeKind kind);  // as JSON has it: "call-added"
[[nodiscard]] bool NeedsDecision(ChangeKind kind);

struct Change {
  ChangeKind kind{};
  std::string subject{};    // call, function without a body, entry, rule; of kUnread the message
  std::string library{};    // of the call
  std::string where{};      // function of Go: "os.pidfdFind", several joined by ", "; of kUnread file:line:column
  std::string before{};     // how it was
  std::string after{};      // how it is
  std::string why{};        // of kUnread what to do
  std::string reference{};  // of kUnread the rule

  friend auto operator<=>(const Change&, const Change&) = default;
};

// What may differ between the ports of one change.
struct OnPort {
  std::string port;
  std::optional<int> number;
  std::string file;
  int line = 0;
};

// Two trees, or what is known of them.
struct Tree {
  std::string go;
  std::map<std::string, Record> records;  // by port
  std::map<std::string, Errors> unread;   // ports that cannot be read, or not written in some dialect or form, and why
  std::vector<std::string> unknown;       // ports that no row describes
};

struct Upgrade {
  std::string from, to;                           // Go versions
  std::vector<std::string> ports;                 // of both trees, read or not; sorted
  std::map<Change, std::vector<OnPort>> changes;  // sorted
  [[nodiscard]] std::size_t CountDecisions() const;
};

[[nodiscard]] Upgrade Compare(const Tree& before, const Tree& after);

}  // namespace libcify
