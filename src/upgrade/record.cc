// Records from a scan and its bindings, and their JSON form, see record.h.
#include "upgrade/record.h"

#include <algorithm>
#include <tuple>

namespace libcify {
namespace {

Place PlaceOf(std::string kind, const Site& site) {
  Place out{.kind = std::move(kind), .call = {}, .number = {}, .library = {}, .file = {}, .func = {}, .entry = {}};
  out.file = site.span.file;
  out.func = site.func;
  out.line = site.span.line;
  return out;
}

int CountArguments(const std::vector<std::string>& arguments) {
  std::size_t count = arguments.size();
  while (count > 0 && arguments[count - 1] == "0") --count;
  return static_cast<int>(count);
}

auto Key(const Place& place) {
  return std::tie(place.call, place.library, place.number, place.kind, place.file, place.func, place.entry, place.arguments,
                  place.line);
}

std::vector<Place> PlacesOf(const Inventory& inventory) {
  std::vector<Place> out;
  for (const Seam& seam : inventory.seams) {
    Place place = PlaceOf(std::string("seam.") + Name(seam.role), seam.site);
    place.call = seam.symbol;
    place.number = seam.number;
    place.library = seam.library;
    out.push_back(std::move(place));
  }
  for (const Request& request : inventory.requests) {
    Place place = PlaceOf(request.entry.empty() ? "constant" : "request", request.site);
    place.call = request.symbol;
    place.number = request.number;
    place.library = request.library;
    place.entry = request.entry;
    if (!request.entry.empty()) place.arguments = CountArguments(request.arguments);
    out.push_back(std::move(place));
  }
  for (const VdsoEntry& entry : inventory.vdso) {
    out.push_back(PlaceOf("vdso", entry.site));
    out.back().call = entry.symbol;
  }
  for (const Import& import : inventory.imports) {
    out.push_back(PlaceOf("import", import.site));
    out.back().call = import.symbol;
    out.back().library = import.library;
  }
  std::sort(out.begin(), out.end(), [](const Place& a, const Place& b) { return Key(a) < Key(b); });
  return out;
}

void AddText(Json& to, const char* key, const std::string& text) {
  if (!text.empty()) to.Add(key, Json::String(text));
}

Json ToJson(const Place& place) {
  Json out = Json::Object();
  AddText(out, "call", place.call);
  if (place.number) out.Add("number", Json::Integer(*place.number));
  AddText(out, "library", place.library);
  out.Add("kind", Json::String(place.kind));
  out.Add("file", Json::String(place.file));
  AddText(out, "func", place.func);
  AddText(out, "entry", place.entry);
  if (place.arguments) out.Add("arguments", Json::Integer(*place.arguments));
  return out;
}

Json ToJson(const std::pair<std::string, std::string>& call, const Service& service) {
  Json out = Json::Object();
  out.Add("call", Json::String(call.first));
  AddText(out, "library", call.second);
  out.Add("how", Json::String(service.how));
  AddText(out, "function", service.function);
  AddText(out, "adapter", service.adapter);
  AddText(out, "reason", service.reason);
  AddText(out, "reference", service.reference);
  return out;
}

// ` "key": [` and each row on a line of its own.
std::string Rows(const char* key, const std::vector<Json>& rows) {
  std::string out = std::string(" \"") + key + "\": [";
  for (std::size_t i = 0; i < rows.size(); ++i) out += (i == 0 ? "\n  " : ",\n  ") + rows[i].Compact();
  return out + (rows.empty() ? "]" : "\n ]");
}

std::string Head(const char* key, const std::string& value) {
  return std::string(" \"") + key + "\": " + Json::String(value).Compact() + ",\n";
}

std::optional<int> NumberOf(ObjectReader& reader, const char* key) {
  if (!reader.Has(key)) return std::nullopt;
  const std::int64_t value = reader.Integer(key);
  if (value < 0 || value > INT32_MAX) reader.Complain(key, "expected a number from 0 to 2147483647");
  return static_cast<int>(value);
}

Place ReadPlace(const Json& value, Errors& errors) {
  ObjectReader reader(value, errors);
  Place out{.kind = reader.String("kind"),
            .call = reader.String("call", ""),
            .number = NumberOf(reader, "number"),
            .library = reader.String("library", ""),
            .file = reader.String("file"),
            .func = reader.String("func", ""),
            .entry = reader.String("entry", "")};
  out.arguments = NumberOf(reader, "arguments");
  reader.Finish();
  return out;
}

void ReadEntries(ObjectReader& record, Errors& errors, Record& out) {
  for (const Json& row : record.Array("entries")) {
    ObjectReader reader(row, errors);
    const std::string name = reader.String("name");
    if (!out.entries.emplace(name, reader.String("through", "")).second) {
      reader.Complain("name", "\"" + name + "\" is there twice");
    }
    reader.Finish();
  }
}

void ReadBodyless(ObjectReader& record, Errors& errors, Record& out) {
  for (const Json& row : record.Array("bodyless")) {
    ObjectReader reader(row, errors);
    const std::string package = reader.String("package"), provider = reader.String("provided_by");
    for (const std::string& name : reader.Strings("functions")) {
      if (!out.bodyless.emplace(package + "." + name, provider).second) {
        reader.Complain("functions", "\"" + name + "\" is there twice");
      }
    }
    reader.Finish();
  }
}

void ReadServices(ObjectReader& record, Errors& errors, Record& out) {
  for (const Json& row : record.Array("services")) {
    ObjectReader reader(row, errors);
    const std::string call = reader.String("call"), library = reader.String("library", "");
    const Service service{reader.String("how"), reader.String("function", ""), reader.String("adapter", ""),
                          reader.String("reason", ""), reader.String("reference", "")};
    if (!out.services.emplace(std::pair(call, library), service).second) {
      reader.Complain("call", "\"" + call + "\" is there twice");
    }
    reader.Finish();
  }
}

Record ReadRecord(const Json& value, Errors& errors) {
  ObjectReader reader(value, errors);
  Record out;
  out.go = reader.String("go");
  out.target = reader.String("target");
  out.libc = reader.String("libc");
  for (const Json& place : reader.Array("places")) out.places.push_back(ReadPlace(place, errors));
  ReadEntries(reader, errors, out);
  ReadBodyless(reader, errors, out);
  ReadServices(reader, errors, out);
  for (std::string& rule : reader.Strings("rules")) out.rules.insert(std::move(rule));
  reader.Finish();
  return out;
}

}  // namespace

std::pair<std::string, std::string> SplitSymbol(const std::string& symbol) {
  const std::size_t slash = symbol.rfind('/');
  const std::size_t dot = symbol.find('.', slash == std::string::npos ? 0 : slash);
  return {symbol.substr(0, dot), symbol.substr(dot + 1)};
}

Record RecordOf(const Target& target, const Inventory& inventory, const std::vector<Binding>& bindings) {
  Record out;
  out.go = inventory.go_version;
  out.target = target.Name();
  if (!bindings.empty()) out.libc = target.libc + "-" + target.libc_version;
  out.places = PlacesOf(inventory);
  for (const Entry& entry : inventory.entries) out.entries[entry.name] = entry.through;
  for (const Bodyless& one : inventory.bodyless) out.bodyless[one.symbol] = one.provided_by;
  out.rules = inventory.rules;
  std::set<std::pair<std::string, std::string>> named;
  for (const Place& place : out.places) named.emplace(place.call, place.library);
  for (const Binding& binding : bindings) {
    if (!binding.proof.rule.empty()) out.rules.insert(binding.proof.rule);
    if (!named.contains({binding.call, binding.library})) continue;
    Service& service = out.services[{binding.call, binding.library}];
    service = {Name(binding.how), binding.cfunction, binding.adapter, {}, {}};
    if (binding.how == How::kDirect || binding.how == How::kVariadic || binding.how == How::kImported) continue;
    service.reason = binding.proof.reason;
    service.reference = binding.proof.reference;
  }
  return out;
}

std::string InventoryText(const Record& record) {
  std::vector<Json> places, entries, bodyless, services, rules;
  for (const Place& place : record.places) places.push_back(ToJson(place));
  for (const auto& [name, through] : record.entries) {
    entries.push_back(Json::Object({{"name", Json::String(name)}}));
    AddText(entries.back(), "through", through);
  }
  std::map<std::pair<std::string, std::string>, Json> functions;  // by package and provider
  for (const auto& [symbol, provider] : record.bodyless) {
    const auto [package, name] = SplitSymbol(symbol);
    functions.try_emplace({package, provider}, Json::Array()).first->second.Add(Json::String(name));
  }
  for (const auto& [key, names] : functions) {
    bodyless.push_back(Json::Object(
        {{"package", Json::String(key.first)}, {"provided_by", Json::String(key.second)}, {"functions", names}}));
  }
  for (const auto& [call, service] : record.services) services.push_back(ToJson(call, service));
  for (const std::string& rule : record.rules) rules.push_back(Json::String(rule));
  return "{\n" + Head("go", record.go) + Head("target", record.target) + Head("libc", record.libc) + Rows("places", places) +
         ",\n" + Rows("entries", entries) + ",\n" + Rows("bodyless", bodyless) + ",\n" + Rows("services", services) + ",\n" +
         Rows("rules", rules) + "\n}\n";
}

Result<std::vector<Record>> ReadInventories(const std::string& file, const std::string& text) {
  const Result<Json> json = Json::Parse(file, text);
  if (!json) return Fail(json.error());
  Errors errors;
  std::vector<Record> out;
  if (json->kind() == Json::Kind::kArray) {
    for (const Json& item : json->items()) out.push_back(ReadRecord(item, errors));
  } else {
    out.push_back(ReadRecord(*json, errors));
  }
  if (!errors.empty()) return Fail(std::move(errors));
  if (out.empty()) return Fail({.where = {file}, .what = "holds no inventory"});
  return out;
}

}  // namespace libcify
