#include "cli/atlas.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "bind/version.h"
#include "cli/port_reads.h"
#include "cli/prototype.h"

namespace libcify {
namespace {

// Numbers of texts, and of rows of texts: each stands once.
template <class Item>
class Numbered {
 public:
  int Of(const Item& item) {
    const auto [at, fresh] = numbers_.try_emplace(item, static_cast<int>(items_.size()));
    if (fresh) items_.push_back(item);
    return at->second;
  }
  [[nodiscard]] const std::vector<Item>& items() const { return items_; }

 private:
  std::map<Item, int> numbers_;
  std::vector<Item> items_;
};

using Texts = Numbered<std::string>;
using Rows = Numbered<std::vector<int>>;

const std::vector<std::string> kBindingFields = {"how",       "cfunction", "link_name", "adapter",  "errors",
                                                 "rule",      "reason",    "reference", "contract", "contract_source",
                                                 "prototype", "header",    "since",     "library",  "compared"};
const std::vector<std::string> kPlaceFields = {"file", "line", "func", "kind", "entry", "rule"};

Json Numbers(const std::vector<int>& numbers) {
  Json out = Json::Array();
  for (const int number : numbers) out.Add(Json::Integer(number));
  return out;
}

Json TextsJson(const std::vector<std::string>& texts) {
  Json out = Json::Array();
  for (const std::string& text : texts) out.Add(Json::String(text));
  return out;
}

Json RowsJson(const Rows& rows) {
  Json out = Json::Array();
  for (const std::vector<int>& row : rows.items()) out.Add(Numbers(row));
  return out;
}

class Atlas {
 public:
  void AddPort(const PortAndTarget& place, const PortRead& read) {
    Json port = Json::Object();
    port.Add("name", Json::String(place.port.Name()));
    port.Add("libc", Json::String(place.target.libc.empty() ? "" : place.target.libc + "-" + place.target.libc_version));
    port.Add("mechanism", Json::String(place.port.mechanism));
    port.Add("reason", Json::String(read.reason));
    Json bindings = Json::Object();
    std::map<std::string, std::int64_t> hows;
    for (const Binding& binding : read.bindings) ++hows[Name(binding.how)];
    for (const auto& [how, count] : hows) bindings.Add(how, Json::Integer(count));
    port.Add("totals", Json::Object({{"sites", *read.sites.Find("totals")}, {"bindings", std::move(bindings)}}));
    port.Add("calls", Calls(read));
    ports_.Add(std::move(port));
  }

  void AddTree(const std::string& version, const std::vector<PortAndTarget>& places, const std::vector<PortRead>& reads) {
    Json ports = Json::Object();
    for (std::size_t i = 0; i < places.size(); ++i) {
      std::set<std::string> names;
      for (const Json& site : reads[i].sites.Find("sites")->items()) names.insert(NameOf(site));
      std::vector<int> calls;
      for (const std::string& name : names) calls.push_back(texts_.Of(name));
      const auto sites = static_cast<std::int64_t>(reads[i].sites.Find("sites")->items().size());
      ports.Add(places[i].port.Name(), Json::Object({{"sites", Json::Integer(sites)}, {"calls", Numbers(calls)}}));
    }
    history_.Add(Json::Object({{"go", Json::String(version)}, {"ports", std::move(ports)}}));
  }

  Json Finish(const std::string& version, const std::string& made_by) {
    return Json::Object({{"go", Json::String(version)},
                         {"made_by", Json::String(made_by)},
                         {"texts", TextsJson(texts_.items())},
                         {"ports", std::move(ports_)},
                         {"binding_fields", TextsJson(kBindingFields)},
                         {"bindings", RowsJson(bindings_)},
                         {"place_fields", TextsJson(kPlaceFields)},
                         {"places", RowsJson(places_)},
                         {"history", std::move(history_)}});
  }

 private:
  // A call of a port: the number, or the library, tells calls of one name apart.
  struct Key {
    std::string name;
    std::string number, library;
    friend bool operator<(const Key& a, const Key& b) {
      return std::tie(a.name, a.number, a.library) < std::tie(b.name, b.number, b.library);
    }
  };

  static std::string NameOf(const Json& site) {
    const std::string symbol = MemberText(site, "symbol"), number = MemberText(site, "number");
    if (!symbol.empty()) return symbol;
    return number.empty() ? "(known when it runs)" : number;
  }

  int PlaceOf(const Json& site) {
    std::vector<int> row;
    for (const std::string& field : kPlaceFields) {
      std::string text = MemberText(site, field.c_str());
      if (field == "func" && text.empty()) text = MemberText(site, "package");
      row.push_back(texts_.Of(text));
    }
    return places_.Of(row);
  }

  int BindingOf(const Binding& binding, const Facts& facts) {
    std::string contract, source, prototype, header, since;
    for (const Call& call : facts.calls) {
      if (call.number != binding.number || !call.contract) continue;
      contract = Prototype(*call.contract);
      source = call.contract->source;
    }
    if (const auto function = facts.functions.find(binding.cfunction); function != facts.functions.end()) {
      prototype = Prototype(function->second);
      header = function->second.header;
      since = function->second.since;
    }
    std::string compared;
    for (const std::string& line : binding.proof.compared) compared += (compared.empty() ? "" : "\n") + line;
    const std::vector<std::string> texts = {Name(binding.how),
                                            binding.cfunction,
                                            binding.link_name,
                                            binding.adapter,
                                            Name(binding.error_rule),
                                            binding.proof.rule,
                                            binding.proof.reason,
                                            binding.proof.reference,
                                            contract,
                                            source,
                                            prototype,
                                            header,
                                            since,
                                            binding.library,
                                            compared};
    std::vector<int> row;
    for (const std::string& text : texts) row.push_back(texts_.Of(text));
    return bindings_.Of(row);
  }

  Json Calls(const PortRead& read) {
    std::map<Key, std::pair<const Binding*, std::vector<int>>> calls;
    std::map<std::string, std::string> name_of_number;
    std::map<std::string, Key> by_name;
    for (const Binding& binding : read.bindings) {
      const std::string number = binding.number < 0 ? "" : std::to_string(binding.number);
      const Key key{binding.call, number, binding.library};
      calls[key].first = &binding;
      by_name.try_emplace(binding.call, key);
      if (!number.empty()) name_of_number[number] = binding.call;
    }
    for (const Json& site : read.sites.Find("sites")->items()) {
      Key key{NameOf(site), MemberText(site, "number"), MemberText(site, "library")};
      // Go may have another name for a number.
      if (const auto known = name_of_number.find(key.number); known != name_of_number.end()) key.name = known->second;
      // A place that says no library: a function that is looked up while the program runs, a number's constant.
      if (const auto known = by_name.find(key.name); known != by_name.end() && !calls.contains(key)) key = known->second;
      calls[key].second.push_back(PlaceOf(site));
    }
    Json out = Json::Array();
    for (const auto& [key, call] : calls) {
      const auto& [binding, places] = call;
      Json row = Json::Array({Json::String(key.name)});
      row.Add(key.number.empty() ? Json() : Json::Integer(std::stol(key.number)));
      row.Add(binding == nullptr ? Json() : Json::Integer(BindingOf(*binding, read.facts)));
      row.Add(Numbers(places));
      out.Add(std::move(row));
    }
    return out;
  }

  Texts texts_;
  Rows bindings_, places_;
  Json ports_ = Json::Array(), history_ = Json::Array();
};

// "go1.9" before "go1.10".
struct OlderFirst {
  bool operator()(const std::string& a, const std::string& b) const { return IsNewer(b, a); }
};

}  // namespace

Result<Json> AtlasData(const Selection& selection, const std::vector<std::filesystem::path>& older, int jobs,
                       Progress& progress) {
  Atlas atlas;
  std::map<std::string, std::pair<std::vector<PortAndTarget>, std::vector<PortRead>>, OlderFirst> trees;
  for (const std::filesystem::path& goroot : older) {
    Selection old = selection;
    old.goroot = goroot;
    Result<Sources> sources = OpenPorts(old, jobs, progress);
    if (!sources) return Fail(std::move(sources.error()));
    progress.Step("scanning " + goroot.string());
    Result<std::vector<PortRead>> reads = ReadPorts(*sources, false, jobs, progress);
    if (!reads) return Fail(std::move(reads.error()));
    trees[sources->goroot.version()] = {sources->places, std::move(*reads)};
  }
  Result<Sources> sources = OpenPorts(selection, jobs, progress);
  if (!sources) return Fail(std::move(sources.error()));
  Result<std::vector<PortRead>> reads = ReadPorts(*sources, true, jobs, progress);
  if (!reads) return Fail(std::move(reads.error()));
  for (std::size_t i = 0; i < reads->size(); ++i) atlas.AddPort(sources->places[i], (*reads)[i]);
  for (const auto& [version, tree] : trees) atlas.AddTree(version, tree.first, tree.second);
  const std::string& version = sources->goroot.version();
  atlas.AddTree(version, sources->places, *reads);
  return atlas.Finish(version, "libcify " LIBCIFY_VERSION " rules " + sources->scanner.rules().fingerprint);
}

}  // namespace libcify
