// Requests, constants and entries, see resolver.h. The accounting is in accounting.cc.
#include "scan/resolver.h"

#include <algorithm>
#include <charconv>

#include "scan/go_signature.h"
#include "scan/places.h"

namespace libcify::scan {
namespace {

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  });
}

bool Inside(const Range& inner, const Range& outer) { return outer.begin <= inner.begin && inner.end <= outer.end; }

}  // namespace

void Resolver::Run(Inventory& out) {
  AddEntries();
  AddConstants();
  AddCalls();
  AddVdso();
  LeadEntries();
  CheckSeams();
  CheckTokens();
  CheckAliases();
  for (const TableRow& row : finds_.numbers.rows()) used_.insert(row.rule->rule->id);
  for (auto& [name, info] : entries_) out.entries.push_back(std::move(info.entry));
  out.requests = std::move(requests_);
  out.vdso = std::move(vdso_);
}

Site Resolver::SiteOf(std::size_t file, const GoMatch& match, Range range) const {
  return {.package = finds_.tree.files[file].package,
          .func = match.func,
          .span = match.span,
          .range = range,
          .rule = match.rule->rule->id};
}

void Resolver::Explain(std::size_t file, Range range, const CompiledRule& rule) {
  marks_[file].push_back({range, rule.rule->id});
  used_.insert(rule.rule->id);
}

std::pair<std::string, std::string> Resolver::NameOf(std::size_t file, const std::string& expression) const {
  const std::size_t dot = expression.find('.');
  if (dot == std::string::npos) {
    if (!IsName(expression)) return {};
    return {finds_.tree.files[file].package, expression};
  }
  const std::string path = finds_.go[file].PathOf(expression.substr(0, dot));
  if (path.empty() || !IsName(std::string_view(expression).substr(dot + 1))) return {};
  return {path, expression.substr(dot + 1)};
}

NamedNumber Resolver::NumberOf(std::size_t file, const std::string& expression) const {
  int literal = 0;
  const char* const end = expression.data() + expression.size();
  if (const auto [at, failed] = std::from_chars(expression.data(), end, literal); failed == std::errc() && at == end) {
    return {finds_.numbers.NameOf(literal), literal};
  }
  const auto [package, name] = NameOf(file, expression);
  const NamedNumber* found = name.empty() ? nullptr : finds_.numbers.Find(package, name);
  return found == nullptr ? NamedNumber{} : *found;
}

Resolver::EntryInfo* Resolver::FindEntry(std::size_t file, const std::string& expression) {
  const auto [package, name] = NameOf(file, expression);
  const auto found = entries_.find(package + "." + name);
  return found == entries_.end() ? nullptr : &found->second;
}

void Resolver::AddEntries() {
  for (std::size_t i = 0; i < finds_.go.size(); ++i) {
    const std::string& package = finds_.tree.files[i].package;
    for (const GoMatch& match : finds_.go[i].matches) {
      if (match.rule->rule->finds != FindKind::kEntry) continue;
      const GoCapture* name = match.Find("name");
      const GoCapture* func = match.Find("func");
      if (name == nullptr || func == nullptr) continue;
      if (!match.rule->entry_package->FullMatch(package) || !match.rule->entry_name->FullMatch(name->text)) continue;
      EntryInfo info;
      info.entry.site = SiteOf(i, match, func->range);
      info.entry.name = package + "." + name->text;
      info.entry.blocking = match.rule->rule->blocking;
      info.rule = match.rule;
      info.file = i;
      info.func = func->range;
      info.parameter = match.Text("number");
      info.has_body = func->text.ends_with('}');
      Explain(i, name->range, *match.rule);
      const auto [known, fresh] = entries_.emplace(info.entry.name, info);
      if (!fresh) {
        errors_.push_back({.where = match.span,
                           .what = info.entry.name + " is an entry by " + known->second.rule->rule->id + " as well",
                           .rule = match.rule->rule->id});
      }
    }
  }
}

// Constants in passes until none is new: one may be initialised from another that stands in a later file.
void Resolver::AddConstants() {
  for (const TableRow& row : finds_.numbers.rows()) {
    marks_[row.file].push_back({row.name_range, row.rule->rule->id});
    aliases_[row.package].insert(row.name);
  }
  std::vector<std::pair<std::size_t, const GoMatch*>> waiting;
  for (std::size_t i = 0; i < finds_.go.size(); ++i) {
    for (const GoMatch& match : finds_.go[i].matches) {
      if (match.rule->rule->finds != FindKind::kConstant) continue;
      const GoCapture* constant = match.Find("constant");
      if (constant != nullptr) Explain(i, constant->range, *match.rule);
      if (match.Find("number") != nullptr) waiting.emplace_back(i, &match);
    }
  }
  for (bool progress = true; progress;) {
    progress = false;
    std::vector<std::pair<std::size_t, const GoMatch*>> later;
    for (const auto& [file, match] : waiting) {
      const NamedNumber number = NumberOf(file, match->Text("number"));
      if (!number.number) {
        later.emplace_back(file, match);
        continue;
      }
      progress = true;
      const std::string& package = finds_.tree.files[file].package;
      if (const std::string name = match->Text("name"); !name.empty()) {
        finds_.numbers.AddAlias(package, name, number);
        aliases_[package].insert(name);
      }
      requests_.push_back({.site = SiteOf(file, *match, match->Find("constant")->range),
                           .symbol = number.symbol,
                           .number = number.number,
                           .entry = {},
                           .arguments = {}});
    }
    waiting = std::move(later);
  }
  for (const auto& [file, match] : waiting) {
    errors_.push_back({.where = match->span,
                       .what = "no number table of this tree defines " + match->Text("number"),
                       .rule = match->rule->rule->id});
  }
}

void Resolver::AddCalls() {
  std::set<std::pair<std::size_t, std::size_t>> seen;  // file and offset: several rules may match one call
  for (std::size_t i = 0; i < finds_.go.size(); ++i) {
    for (const GoMatch& match : finds_.go[i].matches) {
      if (match.rule->rule->finds != FindKind::kRequest) continue;
      const GoCapture* call = match.Find("call");
      const GoCapture* callee = match.Find("entry");
      const GoCapture* number = match.Find("number");
      if (call == nullptr || callee == nullptr || number == nullptr) continue;
      EntryInfo* entry = FindEntry(i, callee->text);
      if (entry == nullptr) continue;
      Explain(i, callee->range, *match.rule);
      Explain(i, number->range, *match.rule);
      if (!seen.emplace(i, call->range.begin).second) continue;  // CheckTokens tells that two rules explain it
      // Inside of an entry, a call that hands the number on is the way to the seam, not a request.
      const auto around = std::find_if(entries_.begin(), entries_.end(), [&](const auto& other) {
        return other.second.file == i && Inside(call->range, other.second.func);
      });
      if (around != entries_.end() && number->text == around->second.parameter) {
        if (around->second.entry.through.empty()) around->second.entry.through = entry->entry.name;
        continue;
      }
      const NamedNumber value = NumberOf(i, number->text);
      if (!value.number && number->text.find("SYS_") != std::string::npos) {
        errors_.push_back({.where = match.span,
                           .what = "no number table of this tree defines " + number->text,
                           .rule = match.rule->rule->id});
      }
      std::vector<std::string> arguments;
      if (const GoCapture* list = match.Find("arguments"); list != nullptr && list->text.size() >= 2) {
        arguments = SplitArguments(std::string_view(list->text).substr(1, list->text.size() - 2));
        if (!arguments.empty()) arguments.erase(arguments.begin());  // the number
      }
      requests_.push_back({.site = SiteOf(i, match, call->range),
                           .symbol = value.symbol,
                           .number = value.number,
                           .entry = entry->entry.name,
                           .arguments = std::move(arguments),
                           .result_test = entry->rule->rule->result_test,
                           .blocking = entry->entry.blocking});
    }
  }
}

void Resolver::AddVdso() {
  for (std::size_t i = 0; i < finds_.go.size(); ++i) {
    for (const GoMatch& match : finds_.go[i].matches) {
      if (match.rule->rule->finds != FindKind::kVdso) continue;
      const GoCapture* row = match.Find("row");
      const GoCapture* symbol = match.Find("symbol");
      if (row == nullptr || symbol == nullptr) continue;
      Explain(i, symbol->range, *match.rule);
      std::string name = symbol->text;
      if (name.size() >= 2 && (name.front() == '"' || name.front() == '`')) name = name.substr(1, name.size() - 2);
      vdso_.push_back({SiteOf(i, match, row->range), match.rule->NativeName(name)});
    }
  }
}

}  // namespace libcify::scan
