// Text, Markdown and JSON of an upgrade, see report.h.
#include "upgrade/report.h"

#include <algorithm>
#include <set>

namespace libcify {
namespace {

// How a format writes.
struct Style {
  const char* quote;        // around names of code
  std::string section;      // in front of a section's title
  const char* bullet;       // in front of a line
  const char* decision;     // in front of one that needs a decision
  std::size_t longest = 0;  // names in a list
};

// A change in words. Those of one kind that differ in `item` alone share a line.
struct Words {
  std::string head, item;

  friend auto operator<=>(const Words&, const Words&) = default;
};

const char* Title(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kUnread:
      return "Cannot be read: a rule is missing or does not fit";
    case ChangeKind::kPortUnknown:
      return "Ports without a row in rules/ports.json";
    case ChangeKind::kServiceWorse:
      return "Calls that libc served by name, and no longer does";
    case ChangeKind::kRuleSilent:
      return "Rules that match nothing any more, on any port";
    case ChangeKind::kPortAdded:
      return "New ports";
    case ChangeKind::kPortRemoved:
      return "Ports that are gone";
    case ChangeKind::kCallAdded:
      return "New calls";
    case ChangeKind::kCallRemoved:
      return "Calls that are gone";
    case ChangeKind::kRenumbered:
      return "Calls with another number";
    case ChangeKind::kServiceChanged:
      return "Calls that are served otherwise";
    case ChangeKind::kLibrary:
      return "Another C library";
    case ChangeKind::kMechanism:
      return "Calls that leave Go otherwise";
    case ChangeKind::kEntry:
      return "Calls by another entry";
    case ChangeKind::kArity:
      return "Calls with more or fewer arguments";
    case ChangeKind::kMoved:
      return "Calls that moved";
    case ChangeKind::kPlaceAdded:
      return "Calls in more places";
    case ChangeKind::kPlaceRemoved:
      return "Calls in fewer places";
    case ChangeKind::kEntryAdded:
      return "New entries";
    case ChangeKind::kEntryRemoved:
      return "Entries that are gone";
    case ChangeKind::kDirectiveAdded:
      return "New import directives";
    case ChangeKind::kDirectiveRemoved:
      return "Import directives that are gone";
    case ChangeKind::kBodylessAdded:
      return "New functions without a body";
    case ChangeKind::kBodylessRemoved:
      return "Functions without a body that are gone";
    case ChangeKind::kBodylessMoved:
      return "Functions without a body that moved";
    case ChangeKind::kBodylessProvider:
      return "Functions without a body that something else provides";
    case ChangeKind::kRuleHeard:
      return "Rules that matched nothing before";
    case ChangeKind::kRuleLessPorts:
      return "Rules that match on fewer ports";
  }
  return "?";
}

// What a maintainer decides.
const char* WhatToDo(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kUnread:
      return "add or mend the rule that is named";
    case ChangeKind::kPortUnknown:
      return "add a row, see docs/rules.md";
    case ChangeKind::kServiceWorse:
      return "accept the reason, or add a rule to rules/bind";
    case ChangeKind::kRuleSilent:
      return "mend the rule if its place was renamed, or keep it for older trees";
    default:
      return "";
  }
}

std::string Arrow(const std::string& before, const std::string& after) {
  return (before.empty() ? "none" : before) + " → " + (after.empty() ? "none" : after);
}

class Writer {
 public:
  explicit Writer(Style style) : style_(std::move(style)) {}

  std::string Code(const std::string& text) const { return text.empty() ? "" : style_.quote + text + style_.quote; }

  // `number`: of all ports, "" where they differ.
  Words Say(const Change& change, const std::string& number) const {
    const std::string call = change.subject.empty() ? "a number that is not constant" : Code(change.subject);
    const std::string why = Why(change);
    const std::string moved = Arrow(Code(change.before), Code(change.after));
    switch (change.kind) {
      case ChangeKind::kUnread:
        return {"", (change.where.empty() ? "" : change.where + ": ") + change.subject +
                        (change.why.empty() ? "" : "; " + change.why) +
                        (change.reference.empty() ? "" : " [" + change.reference + "]")};
      case ChangeKind::kCallAdded:
        return {"", call + number + (change.after.empty() ? "" : ": " + change.after + why) + "; in " + change.where};
      case ChangeKind::kCallRemoved:
        return {"", call + number + ": was in " + change.where};
      case ChangeKind::kServiceWorse:
      case ChangeKind::kServiceChanged:
        return {"", call + ": " + Arrow(change.before, change.after) + why};
      case ChangeKind::kRenumbered:
      case ChangeKind::kLibrary:
        return {"", (change.subject.empty() ? "" : call + ": ") + Arrow(change.before, change.after)};
      case ChangeKind::kMechanism:
        return {Arrow(change.before, change.after) + ": ", call + In(change)};
      case ChangeKind::kEntry:
      case ChangeKind::kMoved:
        return {moved + ": ", call + In(change)};
      case ChangeKind::kArity:
        return {"", call + In(change) + ": " + Arrow(change.before, change.after)};
      case ChangeKind::kPlaceAdded:
      case ChangeKind::kPlaceRemoved:
        return {call + ": ", Code(change.where)};
      case ChangeKind::kDirectiveAdded:
      case ChangeKind::kDirectiveRemoved:
        return {Code(change.library) + ": ", Code(change.subject)};
      case ChangeKind::kEntryAdded:
        return {"", Code(change.subject) + (change.after.empty() ? "" : " by " + Code(change.after))};
      case ChangeKind::kBodylessAdded:
        return {change.after + ": ", Code(change.subject)};
      case ChangeKind::kBodylessRemoved:
        return {change.before + ": ", Code(change.subject)};
      case ChangeKind::kBodylessMoved:
      case ChangeKind::kBodylessProvider:
        return {moved + ": ", Code(change.subject)};
      default:
        return {"", Code(change.subject)};
    }
  }

  std::string List(const std::vector<std::string>& items) const {
    std::string out;
    const std::size_t shown = items.size() > style_.longest + 1 ? style_.longest : items.size();
    for (std::size_t i = 0; i < shown; ++i) out += (i == 0 ? "" : ", ") + items[i];
    return shown == items.size() ? out : out + " and " + std::to_string(items.size() - shown) + " more";
  }

  const Style& style() const { return style_; }

 private:
  static std::string Why(const Change& change) {
    if (change.why.empty()) return "";
    return ", because " + change.why + (change.reference.empty() ? "" : " (" + change.reference + ")");
  }
  std::string In(const Change& change) const { return change.where.empty() ? "" : " in " + Code(change.where); }

  Style style_;
};

// " (257)", where it is the same everywhere.
std::string SharedNumber(const std::vector<OnPort>& places) {
  const std::optional<int>& first = places.front().number;
  const bool same = std::all_of(places.begin(), places.end(), [&](const OnPort& on) { return on.number == first; });
  return first && same ? " (" + std::to_string(*first) + ")" : "";
}

using Changes = std::map<Change, std::vector<OnPort>>;

// The lines of one kind of change.
std::string Lines(const Upgrade& upgrade, Changes::const_iterator from, Changes::const_iterator to, const Writer& writer) {
  const ChangeKind kind = from->first.kind;
  std::map<Words, std::set<std::string>> said;
  for (; from != to; ++from) {
    std::set<std::string>& ports = said[writer.Say(from->first, SharedNumber(from->second))];
    for (const OnPort& place : from->second) ports.insert(place.port);
  }
  using Shared = std::pair<std::string, std::string>;  // head, ports
  std::vector<std::pair<Shared, std::vector<std::string>>> lines;
  const bool names = kind == ChangeKind::kRuleHeard || kind == ChangeKind::kRuleLessPorts ||
                     kind == ChangeKind::kEntryRemoved;  // nothing but a name is said
  for (const auto& [words, ports] : said) {
    const Shared shared{words.head, PortsText({ports.begin(), ports.end()}, upgrade.ports)};
    const auto known = std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.first == shared; });
    if (known != lines.end() && (names || !words.head.empty())) {
      known->second.push_back(words.item);
    } else {
      lines.push_back({shared, {words.item}});
    }
  }
  std::string out;
  for (const auto& [shared, items] : lines) {
    const std::string text = shared.first + writer.List(items);
    out += (NeedsDecision(kind) ? writer.style().decision : writer.style().bullet) + text + (text.empty() ? "" : " — ") +
           shared.second + "\n";
  }
  return out;
}

std::string Sections(const Upgrade& upgrade, const Writer& writer) {
  std::string out;
  for (auto from = upgrade.changes.begin(); from != upgrade.changes.end();) {
    const ChangeKind kind = from->first.kind;
    const auto to = std::find_if(from, upgrade.changes.end(), [&](const auto& change) { return change.first.kind != kind; });
    out += "\n" + writer.style().section + Title(kind) +
           (NeedsDecision(kind) ? std::string(" (decide: ") + WhatToDo(kind) + ")" : "") + "\n";
    if (!writer.style().section.empty()) out += "\n";
    out += Lines(upgrade, from, to, writer);
    from = to;
  }
  return out;
}

// "18 changes, none needs a decision"
std::string Summary(const Upgrade& upgrade) {
  const std::size_t changes = upgrade.changes.size(), decisions = upgrade.CountDecisions();
  if (changes == 0) return "nothing changed in how Go reaches the system";
  const std::string of = std::to_string(changes) + (changes == 1 ? " change, " : " changes, ");
  if (decisions == 0) return of + "none needs a decision";
  return of + std::to_string(decisions) + (decisions == 1 ? " needs a decision" : " need a decision");
}

std::string Ports(const Upgrade& upgrade) {
  return upgrade.ports.size() == 1 ? upgrade.ports.front() : std::to_string(upgrade.ports.size()) + " ports";
}

std::string Braced(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ",") + name;
  return names.size() == 1 ? out : "{" + out + "}";
}

// "darwin/*, linux/{386,amd64}"
std::string BySystem(const std::vector<std::string>& ports, const std::vector<std::string>& all) {
  std::map<std::string, std::vector<std::string>> here, missing;  // processors by system
  for (const std::string& port : all) {
    const std::size_t slash = port.find('/');
    const bool has = std::binary_search(ports.begin(), ports.end(), port);
    (has ? here : missing)[port.substr(0, slash)].push_back(port.substr(slash + 1));
  }
  std::string out;
  for (const auto& [system, processors] : here) {
    const std::vector<std::string>& rest = missing[system];
    out += (out.empty() ? "" : ", ") + system + "/";
    if (processors.size() > 1 && rest.size() * 2 < processors.size()) {
      out += rest.empty() ? "*" : "* but " + Braced(rest);
    } else {
      out += Braced(processors);
    }
  }
  return out;
}

// "*/amd64, */arm64": "" where not all systems of these processors are there.
std::string ByProcessor(const std::vector<std::string>& ports, const std::vector<std::string>& all) {
  std::set<std::string> processors;
  const auto processor = [](const std::string& port) { return port.substr(port.find('/') + 1); };
  for (const std::string& port : ports) processors.insert(processor(port));
  const auto count =
      std::count_if(all.begin(), all.end(), [&](const auto& port) { return processors.contains(processor(port)); });
  if (static_cast<std::size_t>(count) != ports.size()) return "";
  return "*/" + Braced({processors.begin(), processors.end()});
}

Json ToJson(const Change& change, const std::vector<OnPort>& places) {
  Json ports = Json::Array();
  for (const OnPort& place : places) {
    Json one = Json::Object();
    one.Add("port", Json::String(place.port));
    if (place.number) one.Add("number", Json::Integer(*place.number));
    if (!place.file.empty()) one.Add("file", Json::String(place.file));
    if (place.line > 0) one.Add("line", Json::Integer(place.line));
    ports.Add(std::move(one));
  }
  Json out = Json::Object();
  out.Add("kind", Json::String(Name(change.kind)));
  out.Add("decision", Json::Bool(NeedsDecision(change.kind)));
  for (const auto& [key, text] : {std::pair("subject", &change.subject),
                                  {"library", &change.library},
                                  {"where", &change.where},
                                  {"before", &change.before},
                                  {"after", &change.after},
                                  {"why", &change.why},
                                  {"reference", &change.reference}}) {
    if (!text->empty()) out.Add(key, Json::String(*text));
  }
  out.Add("ports", std::move(ports));
  return out;
}

}  // namespace

std::string PortsText(const std::vector<std::string>& ports, const std::vector<std::string>& all) {
  if (ports.size() == 1) return ports.front();
  const std::string count = " (" + std::to_string(ports.size()) + " ports)";
  if (ports.size() == all.size()) return "all " + std::to_string(all.size()) + " ports";
  std::string best = BySystem(ports, all);
  std::vector<std::string> missing;
  std::set_difference(all.begin(), all.end(), ports.begin(), ports.end(), std::back_inserter(missing));
  const std::string but = "all but " + BySystem(missing, all);
  const std::string everywhere = ByProcessor(ports, all);
  if (but.size() < best.size()) best = but;
  if (!everywhere.empty() && everywhere.size() < best.size()) best = everywhere;
  return best + count;
}

std::string UpgradeText(const Upgrade& upgrade) {
  const Writer writer({.quote = "", .section = "", .bullet = "  ", .decision = "  ! ", .longest = 6});
  return upgrade.from + " → " + upgrade.to + ", " + Ports(upgrade) + ": " + Summary(upgrade) + "\n" +
         Sections(upgrade, writer);
}

std::string UpgradeMarkdown(const Upgrade& upgrade, const std::string& heading) {
  const Writer writer({.quote = "`", .section = heading + "# ", .bullet = "- ", .decision = "- [ ] ", .longest = 40});
  return heading + " " + upgrade.from + " → " + upgrade.to + "\n\n" + Ports(upgrade) + ": " + Summary(upgrade) + ".\n" +
         Sections(upgrade, writer);
}

Json UpgradeJson(const Upgrade& upgrade) {
  Json ports = Json::Array(), changes = Json::Array();
  for (const std::string& port : upgrade.ports) ports.Add(Json::String(port));
  for (const auto& [change, places] : upgrade.changes) changes.Add(ToJson(change, places));
  Json out = Json::Object();
  out.Add("from", Json::String(upgrade.from));
  out.Add("to", Json::String(upgrade.to));
  out.Add("ports", std::move(ports));
  out.Add("decisions", Json::Integer(static_cast<std::int64_t>(upgrade.CountDecisions())));
  out.Add("changes", std::move(changes));
  return out;
}

}  // namespace libcify
