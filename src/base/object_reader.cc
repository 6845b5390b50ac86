// Typed reading of JSON objects, see json.h. A reader over something that is not an object has said so once and is silent
// from then on, so that one mistake gives one message.
#include <algorithm>

#include "base/json.h"

namespace libcify {
namespace {

const char* Describe(Json::Kind kind) {
  switch (kind) {
    case Json::Kind::kNull:
      return "null";
    case Json::Kind::kBool:
      return "true or false";
    case Json::Kind::kInteger:
      return "an integer";
    case Json::Kind::kDouble:
      return "a number with a fraction";
    case Json::Kind::kString:
      return "a string";
    case Json::Kind::kArray:
      return "an array";
    case Json::Kind::kObject:
      return "an object";
  }
  return "?";
}

std::string Quote(std::string_view text) { return Json::String(std::string(text)).Compact(); }

std::string Expected(Json::Kind wanted, Json::Kind found) {
  return std::string("expected ") + Describe(wanted) + ", found " + Describe(found);
}

std::string Join(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

const std::vector<Json> kNoItems;

}  // namespace

ObjectReader::ObjectReader(const Json& value, Errors& errors) : value_(value), errors_(errors) {
  if (value.kind() != Json::Kind::kObject) {
    errors_.push_back({value.span(), value.path() + ": " + Expected(Json::Kind::kObject, value.kind())});
  }
}

const Json* ObjectReader::Take(std::string_view key, Json::Kind kind, bool demanded) {
  if (value_.kind() != Json::Kind::kObject) return nullptr;
  seen_.emplace_back(key);
  const Json* member = value_.Find(key);
  if (member == nullptr) {
    if (demanded) {
      errors_.push_back(
          {value_.span(), value_.path() + ": key " + Quote(key) + " is missing; it must be " + Describe(kind)});
    }
    return nullptr;
  }
  if (member->kind() == kind) return member;
  errors_.push_back({member->span(), member->path() + ": " + Expected(kind, member->kind())});
  return nullptr;
}

std::string ObjectReader::String(std::string_view key) {
  const Json* member = Take(key, Json::Kind::kString, true);
  return member == nullptr ? std::string() : member->string();
}

std::string ObjectReader::String(std::string_view key, std::string otherwise) {
  const Json* member = Take(key, Json::Kind::kString, false);
  if (member == nullptr) return otherwise;
  return member->string();
}

std::int64_t ObjectReader::Integer(std::string_view key) {
  const Json* member = Take(key, Json::Kind::kInteger, true);
  return member == nullptr ? 0 : member->integer();
}

std::int64_t ObjectReader::Integer(std::string_view key, std::int64_t otherwise) {
  const Json* member = Take(key, Json::Kind::kInteger, false);
  return member == nullptr ? otherwise : member->integer();
}

bool ObjectReader::Bool(std::string_view key, bool otherwise) {
  const Json* member = Take(key, Json::Kind::kBool, false);
  return member == nullptr ? otherwise : member->boolean();
}

std::vector<std::string> ObjectReader::Strings(std::string_view key) {
  std::vector<std::string> out;
  for (const Json& item : ArrayOrEmpty(key)) {
    if (item.kind() == Json::Kind::kString) {
      out.push_back(item.string());
    } else {
      errors_.push_back({item.span(), item.path() + ": " + Expected(Json::Kind::kString, item.kind())});
    }
  }
  return out;
}

const std::vector<Json>& ObjectReader::Array(std::string_view key) {
  const Json* member = Take(key, Json::Kind::kArray, true);
  return member == nullptr ? kNoItems : member->items();
}

const std::vector<Json>& ObjectReader::ArrayOrEmpty(std::string_view key) {
  const Json* member = Take(key, Json::Kind::kArray, false);
  return member == nullptr ? kNoItems : member->items();
}

const Json* ObjectReader::Object(std::string_view key) { return Take(key, Json::Kind::kObject, true); }
const Json* ObjectReader::ObjectOrNull(std::string_view key) { return Take(key, Json::Kind::kObject, false); }

const Json* ObjectReader::Any(std::string_view key) {
  seen_.emplace_back(key);
  return value_.Find(key);
}

std::size_t ObjectReader::OneOf(std::string_view key, const std::vector<std::string>& names) {
  if (Take(key, Json::Kind::kString, true) == nullptr) return 0;
  return OneOf(key, names, 0);
}

std::size_t ObjectReader::OneOf(std::string_view key, const std::vector<std::string>& names, std::size_t otherwise) {
  const Json* member = Take(key, Json::Kind::kString, false);
  if (member == nullptr) return otherwise;
  const auto found = std::find(names.begin(), names.end(), member->string());
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  Complain(key, "expected one of " + Join(names) + ", found " + Quote(member->string()));
  return otherwise;
}

bool ObjectReader::Has(std::string_view key) const { return value_.Find(key) != nullptr; }

void ObjectReader::Complain(std::string_view key, std::string what, std::string hint) {
  const Json* member = value_.Find(key);
  const Json& at = member == nullptr ? value_ : *member;
  errors_.push_back({.where = at.span(), .what = at.path() + ": " + std::move(what), .hint = std::move(hint)});
}

void ObjectReader::Finish() {
  std::vector<std::string> known = seen_;
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  for (const auto& [key, member] : value_.members()) {
    if (std::binary_search(known.begin(), known.end(), key)) continue;
    errors_.push_back({.where = member.span(),
                       .what = value_.path() + ": unknown key " + Quote(key),
                       .hint = known.empty() ? std::string() : "known keys: " + Join(known)});
  }
}

}  // namespace libcify
