// Helpers of the readers, see reading.h.
#include "rules/reading.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace libcify::rules {
namespace {

bool IsIdCharacter(char c) {
  return std::islower(static_cast<unsigned char>(c)) != 0 || std::isdigit(static_cast<unsigned char>(c)) != 0;
}

// "linux.seam.vfork", "gc.linux.traceback-sp": at least two words, none empty.
bool IsId(std::string_view id) {
  int words = 1;
  bool fresh = true;
  for (const char c : id) {
    if (c == '.') {
      if (fresh) return false;
      ++words;
      fresh = true;
    } else if (IsIdCharacter(c) || (!fresh && (c == '_' || c == '-'))) {
      fresh = false;
    } else {
      return false;
    }
  }
  return !fresh && words >= 2;
}

}  // namespace

RuleErrors::RuleErrors(Errors& errors, const Json& rule) : errors_(errors), first_(errors.size()) {
  const Json* id = rule.Find("id");
  if (id != nullptr && id->kind() == Json::Kind::kString) id_ = id->string();
}

RuleErrors::~RuleErrors() {
  for (std::size_t i = first_; i < errors_.size(); ++i) {
    if (errors_[i].rule.empty()) errors_[i].rule = id_;
  }
}

std::string Ids::Read(const Json& rule, ObjectReader& reader, Errors& errors) {
  std::string id = reader.String("id");
  const Json* at = rule.Find("id");
  if (at == nullptr || at->kind() != Json::Kind::kString) return id;
  if (!IsId(id)) reader.Complain("id", "expected lower-case words joined by dots, such as \"linux.seam.vfork\"");
  for (const auto& [other, where] : seen_) {
    if (other != id) continue;
    errors.push_back({.where = at->span(),
                      .what = at->path() + ": this id is taken by the rule at " + where.file + ":" +
                              std::to_string(where.line) + ":" + std::to_string(where.column)});
    return id;
  }
  seen_.emplace_back(id, at->span());
  return id;
}

Scope ReadScope(ObjectReader& reader) {
  return {.goos = reader.Strings("goos"), .goarch = reader.Strings("goarch"), .libc = reader.Strings("libc")};
}

std::vector<Predicate> ReadWhere(ObjectReader& reader, Errors& errors) {
  std::vector<Predicate> out;
  for (const Json& item : reader.ArrayOrEmpty("where")) {
    ObjectReader inner(item, errors);
    Predicate predicate;
    predicate.capture = ReadText(inner, "capture");
    predicate.matches = ReadRegex(item, inner, "matches", errors);
    if (predicate.matches.empty()) inner.Complain("matches", "must be a regular expression that is not empty");
    predicate.negated = inner.Bool("negated", false);
    inner.Finish();
    out.push_back(std::move(predicate));
  }
  return out;
}

std::string ReadText(ObjectReader& reader, std::string_view key) {
  const bool there = reader.Has(key);
  std::string text = reader.String(key);
  if (there && text.empty()) reader.Complain(key, "must be a string that is not empty");
  return text;
}

namespace {

const Json* StringAt(const Json& object, std::string_view key) {
  const Json* member = object.Find(key);
  return member != nullptr && member->kind() == Json::Kind::kString ? member : nullptr;
}

void AppendAt(const Json& member, Errors&& found, Errors& errors) {
  for (Error& error : found) error.what.insert(0, member.path() + ": ");
  Append(errors, std::move(found));
}

}  // namespace

std::string ReadRegex(const Json& object, ObjectReader& reader, std::string_view key, Errors& errors) {
  std::string text = reader.String(key, "");
  if (const Json* member = StringAt(object, key)) {
    if (Result<void> good = Pattern::Check(member->span(), text); !good) AppendAt(*member, std::move(good.error()), errors);
  }
  return text;
}

ReadPattern ReadCompiled(const Json& object, ObjectReader& reader, std::string_view key, Errors& errors) {
  ReadPattern out{reader.String(key, ""), std::nullopt};
  const Json* member = StringAt(object, key);
  if (member == nullptr) return out;
  Result<Pattern> compiled = Pattern::Compile(member->span(), out.text);
  if (compiled) out.compiled = std::move(*compiled);
  if (!compiled) AppendAt(*member, std::move(compiled.error()), errors);
  return out;
}

How ReadImportHow(ObjectReader& reader) {
  static const std::vector<std::string> kNames = {"imported", "kept"};
  return reader.OneOf("how", kNames) == 0 ? How::kImported : How::kKept;
}

void Demand(ObjectReader& reader, std::string_view key, std::string_view why) {
  if (!reader.Has(key)) reader.Complain(key, "key " + Quoted(key) + " is missing", std::string(why));
}

void Forbid(ObjectReader& reader, std::string_view key, std::string_view why) {
  if (reader.Has(key)) reader.Complain(key, "must be absent", std::string(why));
}

std::vector<std::string> QueryCaptures(std::string_view query) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < query.size(); ++i) {
    if (query[i] == '"') {
      for (++i; i < query.size() && query[i] != '"'; ++i) {
        if (query[i] == '\\') ++i;
      }
    } else if (query[i] == ';') {
      while (i < query.size() && query[i] != '\n') ++i;
    } else if (query[i] == '@') {
      std::size_t end = i + 1;
      while (end < query.size() && (std::isalnum(static_cast<unsigned char>(query[end])) != 0 || query[end] == '_' ||
                                    query[end] == '-' || query[end] == '.')) {
        ++end;
      }
      out.emplace_back(query.substr(i + 1, end - i - 1));
      i = end - 1;
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool Contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::string Quoted(std::string_view text) { return Json::String(std::string(text)).Compact(); }

std::string Joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

}  // namespace libcify::rules
