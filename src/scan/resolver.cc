// Requests, constants and entries, see resolver.h. The accounting is in accounting.cc.
#include "scan/resolver.h"

#include <algorithm>
#include <charconv>

#include "scan/go_call.h"
#include "scan/go_signature.h"
#include "scan/places.h"

namespace libcify::scan {
namespace {

constexpr const char* kNoTable = "is the file of the table gone, or does its constraint leave this target out?";

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  });
}

// "3, a, b, c, 0, 0": a, b and c. A count that is no literal leaves all.
void KeepCounted(std::vector<std::string>& arguments) {
  if (arguments.empty()) return;
  std::size_t count = 0;
  const std::string& text = arguments.front();
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (failed == std::errc() && count < arguments.size()) arguments.resize(count + 1);
  arguments.erase(arguments.begin());
}

bool Inside(const Range& inner, const Range& outer) { return outer.begin <= inner.begin && inner.end <= outer.end; }

}  // namespace

void Resolver::Run(Inventory& out) {
  AddEntries();
  AddImports(out);
  AddConstants();
  AddCalls();
  AddVdso();
  LeadEntries();
  CheckSeams();
  CheckTokens();
  CheckAliases();
  for (const auto& [file, row] : finds_.numbers.rows()) used_.insert(row->rule->rule->id);
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
  const std::string path = PathOf(finds_.go.files[file]->imports, expression.substr(0, dot));
  if (path.empty() || !IsName(std::string_view(expression).substr(dot + 1))) return {};
  return {path, expression.substr(dot + 1)};
}

NamedNumber Resolver::NumberOf(std::size_t file, const std::string& expression) const {
  int literal = 0;
  const char* const end = expression.data() + expression.size();
  if (const auto [at, failed] = std::from_chars(expression.data(), end, literal); failed == std::errc() && at == end) {
    return {finds_.numbers.NameOf(literal), literal, {}, {}};
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
  for (const auto& [i, match] : finds_.go.Matches(FindKind::kEntry)) {
    const std::string& package = finds_.tree.files[i].package;
    const GoCapture* name = match->Find("name");
    const GoCapture* func = match->Find("func");
    if (name == nullptr || func == nullptr) continue;
    if (!match->rule->entry_package->FullMatch(package) || !match->rule->entry_name->FullMatch(name->text)) continue;
    EntryInfo info;
    info.entry.site = SiteOf(i, *match, func->range);
    info.entry.name = package + "." + std::string(name->text);
    info.entry.blocking = match->rule->rule->blocking;
    info.rule = match->rule;
    info.file = i;
    info.func = func->range;
    info.parameter = match->Text("number");
    info.parameter = info.parameter.substr(0, info.parameter.find_first_of(", "));  // of a whole declaration: its first name
    info.has_body = func->text.ends_with('}');
    Explain(i, name->range, *match->rule);
    const auto [known, fresh] = entries_.emplace(info.entry.name, info);
    if (!fresh) {
      errors_.push_back({.where = match->span,
                         .what = info.entry.name + " is an entry by " + known->second.rule->rule->id + " as well",
                         .rule = match->rule->rule->id});
    }
  }
}

// Rows that are a declaration of their own are seams (a wasm import); names that a linkname joins to an imported symbol
// stand for the import.
void Resolver::AddImports(Inventory& out) {
  for (const auto& [i, row] : finds_.numbers.rows()) {
    const SourceFile& file = finds_.tree.files[i];
    marks_[i].push_back({row->name_range, row->rule->rule->id});
    if (!row->name.empty()) aliases_[file.package].insert(row->name);
    const bool declares = row->name_range != row->range;  // a linker symbol's row is explained as a whole
    if (row->value.number || row->value.library.empty() || !declares) continue;
    Seam seam;
    seam.site = {.package = file.package,
                 .func = row->name,
                 .span = PlaceOf(file, row->range.begin),
                 .range = row->range,
                 .rule = row->rule->rule->id};
    seam.symbol = row->value.symbol;
    seam.library = row->value.library;
    seam.by_address = true;
    const std::size_t line = file.text.rfind('\n', row->range.end) + 1;
    seam.declared = ReadGoDeclaration(i, file.text.substr(line, file.text.find('\n', line) - line), types_);
    marks_[i].push_back({row->range, row->rule->rule->id});
    out.seams.push_back(std::move(seam));
  }
  if (!finds_.numbers.HasImports()) return;
  for (const auto& [i, linkname] : finds_.go.linknames) {
    const NamedNumber* import = finds_.numbers.Import(linkname->target);
    if (import == nullptr) continue;
    const std::string& package = finds_.tree.files[i].package;
    finds_.numbers.AddAlias(package, linkname->local, *import);
    aliases_[package].insert(linkname->local);
  }
}

// What an assembly function calls, by the imports that it names.
NamedNumber Resolver::CalledBy(const std::string& symbol) const {
  NamedNumber out;
  std::set<std::string> seen;
  for (const AsmFinds& assembly : finds_.assembly) {
    for (std::size_t i = 0; i < assembly.seams.size(); ++i) {
      const Seam& seam = assembly.seams[i];
      if (assembly.seam_symbols[i] != symbol || seam.symbol.empty() || seam.role == SeamRole::kErrno) continue;
      if (!seen.insert(seam.symbol).second) continue;
      const NamedNumber called{seam.symbol, {}, seam.library, {}};
      if (out.known()) {
        out.also.push_back(called);
      } else {
        out = called;
      }
    }
  }
  return out;
}

// By @number: another name. By @symbol: an imported symbol of the linker; what the trampoline of that name calls; or a
// function of a library, which is named by @library or by the name @module.
NamedNumber Resolver::ValueOf(std::size_t file, const GoMatch& match) const {
  if (match.Find("number") != nullptr) return NumberOf(file, NumberText(match));
  NamedNumber out;
  out.library = match.rule->rule->library;
  if (match.Find("library") != nullptr) out.library = Unquoted(match.Text("library"));
  if (match.Find("module") != nullptr && out.library.empty()) {
    out.library = NumberOf(file, match.Text("module")).library;
    if (out.library.empty()) return {};
  }
  if (match.Find("symbol") == nullptr) return out;
  out.symbol = match.rule->NativeName(Unquoted(match.Text("symbol")));
  if (!out.library.empty()) return out;
  if (const NamedNumber* import = finds_.numbers.Import(out.symbol)) return *import;
  return CalledBy(finds_.tree.files[file].package + "." + match.Text("name"));
}

// Constants in passes until none is new: one may be initialised from another that stands in a later file.
void Resolver::AddConstants() {
  std::vector<InFile<GoMatch>> waiting;
  for (const auto& [i, match] : finds_.go.Matches(FindKind::kConstant)) {
    if (const GoCapture* constant = match->Find("constant")) Explain(i, constant->range, *match->rule);
    const bool stands_for_call =
        match->Find("number") != nullptr || match->Find("symbol") != nullptr || match->Find("library") != nullptr;
    if (stands_for_call) waiting.push_back({i, match});
  }
  for (bool progress = true; progress;) {
    progress = false;
    std::vector<InFile<GoMatch>> later;
    for (const auto& [file, match] : waiting) {
      const NamedNumber value = ValueOf(file, *match);
      if (!value.known()) {
        later.push_back({file, match});
        continue;
      }
      progress = true;
      const std::string& package = finds_.tree.files[file].package;
      if (const std::string name = match->Text("name"); !name.empty()) {
        finds_.numbers.AddAlias(package, name, value);
        aliases_[package].insert(name);
      }
      // A trampoline is a seam already, and a library is none.
      const bool is_seam = match->Find("symbol") != nullptr && match->Find("module") == nullptr;
      if (!is_seam && (value.number || !value.symbol.empty())) AddRequest(file, *match, value, nullptr);
    }
    waiting = std::move(later);
  }
  for (const auto& [file, match] : waiting) {
    const GoCapture* from = match->Find("number");
    if (from == nullptr) from = match->Find("module");
    if (from == nullptr) from = match->Find("symbol");
    errors_.push_back(
        {.where = match->span,
         .what = "no table or import of this tree defines " + std::string(from == nullptr ? "this" : from->text),
         .rule = match->rule->rule->id,
         .hint = kNoTable});
  }
}

std::string Resolver::NumberText(const GoMatch& match) {
  const std::string text = match.Text("number");
  return match.rule->number ? match.rule->number->Rewrite(text, match.rule->rule->number_to) : text;
}

// One request for each function that a trampoline calls.
void Resolver::AddRequest(std::size_t file, const GoMatch& match, const NamedNumber& value, const EntryInfo* entry) {
  const GoCapture* whole = match.Find("call");
  if (whole == nullptr) whole = match.Find("constant");
  Request request{.site = SiteOf(file, match, whole->range),
                  .symbol = value.symbol,
                  .number = value.number,
                  .library = value.library,
                  .callee = {},
                  .callee_range = {},
                  .entry = {},
                  .arguments = {}};
  if (const GoCapture* callee = match.Find("number"); callee != nullptr && match.Find("call") != nullptr) {
    request.callee = callee->text;
    request.callee_range = callee->range;
  }
  if (const GoCapture* list = match.Find("arguments"); list != nullptr && list->text.size() >= 2) {
    request.arguments = SplitArguments(list->text.substr(1, list->text.size() - 2));
    if (entry != nullptr && !request.arguments.empty()) request.arguments.erase(request.arguments.begin());  // the number
    if (entry != nullptr && entry->rule->rule->counts_arguments) KeepCounted(request.arguments);
  }
  if (entry != nullptr) {
    request.entry = entry->entry.name;
    request.block = entry->rule->rule->block;
    request.result_test = entry->rule->rule->result_test;
    request.blocking = entry->entry.blocking;
    if (!value.library.empty()) {
      request.go = ReadGoCall(file, finds_.tree.files[file].text, whole->range, request.arguments, types_);
    }
  } else if (match.Find("call") != nullptr) {  // the import is called itself
    const auto [package, name] = NameOf(file, NumberText(match));
    request.entry = package + "." + name;
  }
  requests_.push_back(request);
  for (const NamedNumber& other : value.also) {
    request.symbol = other.symbol;
    request.library = other.library;
    requests_.push_back(request);
  }
}

void Resolver::AddCalls() {
  for (const auto& [i, match] : finds_.go.Matches(FindKind::kRequest)) AddCall(i, *match);
}

void Resolver::AddCall(std::size_t file, const GoMatch& match) {
  const GoCapture* call = match.Find("call");
  const GoCapture* callee = match.Find("entry");
  const GoCapture* number = match.Find("number");
  if (call == nullptr || number == nullptr) return;
  const std::string text = NumberText(match);
  EntryInfo* entry = callee == nullptr ? nullptr : FindEntry(file, std::string(callee->text));
  if (callee != nullptr && entry == nullptr) return;
  const NamedNumber value = NumberOf(file, text);
  if (callee == nullptr && !value.known()) return;  // a call of another function
  if (callee != nullptr) Explain(file, callee->range, *match.rule);
  Explain(file, number->range, *match.rule);
  if (!called_.emplace(file, call->range.begin).second) return;  // CheckTokens tells that two rules explain it
  // Inside of an entry, a call that hands the number on is the way to the seam, not a request; and so is one of another
  // entry's address.
  const auto around = std::find_if(entries_.begin(), entries_.end(), [&](const auto& other) {
    return other.second.file == file && Inside(call->range, other.second.func);
  });
  if (around != entries_.end() && entry != nullptr) {
    const EntryInfo* next = text == around->second.parameter ? entry : value.known() ? nullptr : FindEntry(file, text);
    if (next != nullptr) {
      if (around->second.entry.through.empty()) around->second.entry.through = next->entry.name;
      return;
    }
  }
  const bool ends_here = entry != nullptr && !entry->rule->rule->reason.empty();
  if (!value.known() && !ends_here && text.find("SYS_") != std::string::npos) {
    errors_.push_back({.where = match.span,
                       .what = "no number table of this tree defines " + text,
                       .rule = match.rule->rule->id,
                       .hint = kNoTable});
  }
  AddRequest(file, match, value, entry);
}

void Resolver::AddVdso() {
  for (const auto& [i, match] : finds_.go.Matches(FindKind::kVdso)) {
    const GoCapture* row = match->Find("row");
    const GoCapture* symbol = match->Find("symbol");
    if (row == nullptr || symbol == nullptr) continue;
    Explain(i, symbol->range, *match->rule);
    vdso_.push_back({SiteOf(i, *match, row->range), match->rule->NativeName(Unquoted(std::string(symbol->text)))});
  }
}

}  // namespace libcify::scan
