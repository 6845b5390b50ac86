// The JSON files of an output folder: sites.json, bindings.json, manifest.json, overlay.json. docs/formats.md describes
// them.
#include <algorithm>
#include <map>
#include <tuple>

#include "base/file.h"
#include "base/json.h"
#include "emit/added_files.h"
#include "emit/emit.h"

namespace libcify {
namespace {

Json StringOrNull(const std::string& text) { return text.empty() ? Json() : Json::String(text); }
Json NumberOrNull(const std::optional<int>& number) { return number ? Json::Integer(*number) : Json(); }

struct Row {
  const Site* site;
  std::string kind;
  std::string symbol;
  std::optional<int> number;
  std::string library;
  std::string entry;
};

std::vector<Row> Rows(const Inventory& inventory) {
  std::vector<Row> rows;
  for (const Seam& seam : inventory.seams)
    rows.push_back({&seam.site, std::string("seam.") + Name(seam.role), seam.symbol, seam.number, seam.library, ""});
  for (const Request& request : inventory.requests) {
    rows.push_back({&request.site, request.entry.empty() ? "constant" : "request", request.symbol, request.number,
                    request.library, request.entry});
  }
  for (const VdsoEntry& entry : inventory.vdso) rows.push_back({&entry.site, "vdso", entry.symbol, {}, "", ""});
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tie(a.site->package, a.site->span.file, a.site->range.begin) <
           std::tie(b.site->package, b.site->span.file, b.site->range.begin);
  });
  return rows;
}

}  // namespace

std::string SitesJson(const Target& target, const Inventory& inventory) {
  Json sites = Json::Array();
  std::map<std::string, std::int64_t> totals;
  for (const Row& row : Rows(inventory)) {
    Json site = Json::Object();
    site.Add("package", Json::String(row.site->package));
    site.Add("func", Json::String(row.site->func));
    site.Add("kind", Json::String(row.kind));
    site.Add("symbol", StringOrNull(row.symbol));
    site.Add("number", NumberOrNull(row.number));
    site.Add("library", StringOrNull(row.library));
    site.Add("entry", StringOrNull(row.entry));
    site.Add("file", Json::String(row.site->span.file));
    site.Add("line", Json::Integer(row.site->span.line));
    site.Add("rule", Json::String(row.site->rule));
    sites.Add(std::move(site));
    ++totals[row.kind];
  }
  Json counts = Json::Object();
  for (const auto& [kind, count] : totals) counts.Add(kind, Json::Integer(count));
  Json root = Json::Object();
  root.Add("go", Json::String(inventory.go_version));
  root.Add("target", Json::String(target.Name()));
  root.Add("sites", std::move(sites));
  root.Add("totals", std::move(counts));
  return root.Pretty() + "\n";
}

std::string BindingsJson(const Target& target, const std::vector<Binding>& bindings) {
  Json list = Json::Array();
  std::map<std::string, std::int64_t> totals;
  for (const Binding& binding : bindings) {
    Json compared = Json::Array();
    for (const std::string& line : binding.proof.compared) compared.Add(Json::String(line));
    Json proof = Json::Object();
    proof.Add("rule", StringOrNull(binding.proof.rule));
    proof.Add("reason", StringOrNull(binding.proof.reason));
    proof.Add("reference", StringOrNull(binding.proof.reference));
    proof.Add("compared", std::move(compared));
    Json item = Json::Object();
    item.Add("name", Json::String(binding.call));
    if (binding.library.empty()) {
      item.Add("number", Json::Integer(binding.number));
    } else {
      item.Add("library", Json::String(binding.library));
    }
    item.Add("how", Json::String(libcify::Name(binding.how)));
    item.Add("cfunction", StringOrNull(binding.cfunction));
    item.Add("link_name", StringOrNull(binding.link_name));
    item.Add("adapter", StringOrNull(binding.adapter));
    item.Add("errors", Json::String(libcify::Name(binding.error_rule)));
    item.Add("shape", StringOrNull(binding.shape));
    if (binding.words > 0) item.Add("words", Json::Integer(binding.words));
    item.Add("proof", std::move(proof));
    list.Add(std::move(item));
    ++totals[libcify::Name(binding.how)];
  }
  Json counts = Json::Object();
  for (const auto& [how, count] : totals) counts.Add(how, Json::Integer(count));
  Json root = Json::Object();
  root.Add("target", Json::String(target.Name()));
  root.Add("libc", Json::String(target.libc + "-" + target.libc_version));
  root.Add("bindings", std::move(list));
  root.Add("totals", std::move(counts));
  return root.Pretty() + "\n";
}

std::string ManifestJson(const EmitInput& input, const std::vector<Artifact>& artifacts) {
  Json files = Json::Array();
  for (const Artifact& artifact : artifacts) {
    Json file = Json::Object();
    file.Add("path", artifact.removes ? Json() : Json::String(artifact.path));
    file.Add("replaces", StringOrNull(artifact.replaces));
    file.Add("fingerprint", artifact.removes ? Json() : Json::String(Fingerprint(artifact.text)));
    files.Add(std::move(file));
  }
  Json root = Json::Object();
  root.Add("made_by", Json::String(input.identity));
  root.Add("go", Json::String(input.inventory.go_version));
  root.Add("target", Json::String(input.target.Name()));
  root.Add("libc", Json::String(input.target.libc + "-" + input.target.libc_version));
  root.Add("dialect", Json::String(input.dialect.name));
  root.Add("closures", StringOrNull(ClosureModeOf(input)));
  if (input.patch) root.Add("as", Json::String("patch"));
  if (!input.target.experiments.empty()) root.Add("experiments", Json::String(input.target.experiments));
  if (!input.sysroot.empty()) root.Add("sysroot", Json::String(input.sysroot));
  root.Add("files", std::move(files));
  return root.Pretty() + "\n";
}

std::string OverlayJson(const std::vector<Artifact>& artifacts, const std::string& goroot, const std::string& out) {
  Json replace = Json::Object();
  for (const Artifact& artifact : artifacts) {
    if (artifact.replaces.empty()) continue;
    // An empty path leaves the file out (go help build, -overlay).
    replace.Add(goroot + "/" + artifact.replaces, Json::String(artifact.removes ? "" : out + "/" + artifact.path));
  }
  Json root = Json::Object();
  root.Add("Replace", std::move(replace));
  return root.Pretty() + "\n";
}

}  // namespace libcify
