#include "cli/port_reads.h"

#include "base/parallel.h"
#include "emit/emit.h"

namespace libcify {

Result<Sources> OpenPorts(const Selection& selection, int jobs, Progress& progress) {
  Result<Named> named = FindNamed(selection);
  if (!named) return Fail(std::move(named.error()));
  return OpenSources(selection, std::move(*named), jobs, progress);
}

Result<std::vector<PortRead>> ReadPorts(const Sources& sources, bool bind, int jobs, Progress& progress) {
  std::vector<Result<PortRead>> found(sources.places.size());
  ForEach(found.size(), jobs, [&](std::size_t i) {
    const PortAndTarget& place = sources.places[i];
    PortRead read{.reason = WhyNoOutput(sources.selection, place), .sites = {}, .bindings = {}, .facts = {}};
    const bool bound = bind && read.reason.empty();
    Result<Bound> made = Bound{};
    if (bound) made = BindOne(sources, i, {.jobs = 1}, progress);
    if (!made) return void(found[i] = Fail(std::move(made.error())));
    Result<Inventory> inventory =
        bound ? Result<Inventory>(std::move(made->scanned.inventory)) : sources.scanner.Scan(i, place.port, {.jobs = 1});
    if (!inventory) return void(found[i] = Fail(std::move(inventory.error())));
    Result<Json> sites = Json::Parse("sites", SitesJson(place.target, *inventory));
    if (!sites) return void(found[i] = Fail(std::move(sites.error())));
    Result<Facts> facts = bound ? FindFacts(sources.selection, place, "") : Result<Facts>(Facts{});
    if (!facts) return void(found[i] = Fail(std::move(facts.error())));
    read.sites = std::move(*sites);
    read.bindings = std::move(made->bindings);
    read.facts = std::move(*facts);
    found[i] = std::move(read);
  });
  std::vector<PortRead> out;
  Errors errors;
  for (Result<PortRead>& read : found) {
    if (read) out.push_back(std::move(*read));
    if (!read) Append(errors, std::move(read.error()));
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

std::string MemberText(const Json& object, const char* key) {
  const Json* value = object.Find(key);
  if (value == nullptr || value->kind() == Json::Kind::kNull) return "";
  return value->kind() == Json::Kind::kInteger ? std::to_string(value->integer()) : value->string();
}

}  // namespace libcify
