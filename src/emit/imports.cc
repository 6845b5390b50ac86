#include "emit/imports.h"

#include <map>
#include <string_view>
#include <utility>

namespace libcify {
namespace {

// What cmd/link takes for the name of a symbol: behind a percent sign the words that a function takes from the stack itself,
// by which linkers of 386 know it (cmd/link/internal/ld/pe.go, initdynimport).
std::string ImportName(const Binding& binding) {
  return binding.stdcall ? binding.link_name + "%" + std::to_string(binding.words) : binding.link_name;
}

std::string Fill(std::string text, const std::string& package, const Binding& binding) {
  const std::pair<std::string_view, std::string> values[] = {
      {"{package}", package}, {"{symbol}", binding.call}, {"{library}", binding.library}, {"{import}", ImportName(binding)}};
  for (const auto& [mark, value] : values) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size())) {
      text.replace(at, mark.size(), value);
    }
  }
  return text;
}

}  // namespace

std::vector<PackageImports> EditRequests(const EmitInput& input, const RequestEdits& rules, TreeEdits& edits,
                                         Errors& errors) {
  std::map<std::pair<std::string, std::string>, const Binding*> imported;
  for (const Binding& binding : input.bindings) {
    if (binding.how == How::kImported) imported[{binding.library, binding.call}] = &binding;
  }
  std::map<std::string, std::map<std::string, std::pair<const Binding*, std::string>>> packages;  // then by symbol
  for (const Request& request : input.inventory.requests) {
    const RequestEdit* edit = CallsFunction(request) ? rules.Find(request) : nullptr;
    const auto found = imported.find({request.library, request.symbol});
    if (edit == nullptr || edit->replacement.empty() || found == imported.end()) continue;
    const std::string& file = request.site.span.file;
    if (const Result<const std::string*> text = edits.Text(file); !text) {
      Append(errors, text.error());
      continue;
    }
    const std::string& package = request.site.package;
    input.Use(edit->id);
    edits.Replace(file, request.callee_range, Fill(edit->replacement, package, *found->second));
    const std::pair declaration{found->second, Fill(edit->declaration, package, *found->second)};
    const auto [other, is_new] = packages[package].emplace(request.symbol, declaration);
    if (is_new || other->second.first == found->second) continue;
    errors.push_back({.where = request.site.span,
                      .what = package + " would import " + request.symbol + " from two libraries, " + request.library +
                              " and " + other->second.first->library,
                      .rule = edit->id});
  }
  std::vector<PackageImports> out;
  for (const auto& [package, declarations] : packages) {
    PackageImports& imports = out.emplace_back(PackageImports{package, {}});
    for (const auto& [symbol, declaration] : declarations) imports.declarations += declaration.second;
  }
  return out;
}

}  // namespace libcify
