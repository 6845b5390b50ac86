// Strict JSON: values that know their place, typed reading that collects all problems, and writing that is the same byte for
// byte.
//
// Repeated keys are errors when parsing; unknown keys are errors when an ObjectReader ends. nlohmann/json does the parsing
// (json.cc is the only file that includes it).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace libcify {

class Json {
 public:
  enum class Kind { kNull, kBool, kInteger, kDouble, kString, kArray, kObject };
  using Members = std::vector<std::pair<std::string, Json>>;  // in the order of the text

  // `file` is what messages show. Errors carry line and column.
  [[nodiscard]] static Result<Json> Parse(const std::string& file, std::string_view text);

  Json() = default;  // null
  static Json Bool(bool value);
  static Json Integer(std::int64_t value);
  static Json String(std::string value);
  static Json Array(std::vector<Json> items = {});
  static Json Object(Members members = {});

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool boolean() const { return boolean_; }
  [[nodiscard]] std::int64_t integer() const { return integer_; }
  [[nodiscard]] double number() const { return number_; }
  [[nodiscard]] const std::string& string() const { return string_; }
  [[nodiscard]] const std::vector<Json>& items() const { return items_; }
  [[nodiscard]] const Members& members() const { return members_; }
  [[nodiscard]] const Json* Find(std::string_view key) const;      // nullptr where absent
  [[nodiscard]] const Span& span() const { return span_; }         // where the value begins
  [[nodiscard]] const std::string& path() const { return path_; }  // "$.rules[3].id"

  void Add(std::string key, Json value);  // to an object
  void Add(Json value);                   // to an array

  // Two-space indentation, members in their order, arrays and objects that fit in 120 columns on one line; ends without a
  // newline.
  [[nodiscard]] std::string Pretty() const;
  [[nodiscard]] std::string Compact() const;

 private:
  friend class JsonBuilder;
  Kind kind_ = Kind::kNull;
  bool boolean_ = false;
  std::int64_t integer_ = 0;
  double number_ = 0;
  std::string string_;
  std::vector<Json> items_;
  Members members_;
  Span span_;
  std::string path_;
};

// Reads the members of one object. Each getter notes what is missing or of the wrong kind in `errors` and then gives a
// default, so that one pass finds everything. Finish notes the members that nobody asked for.
class ObjectReader {
 public:
  ObjectReader(const Json& value, Errors& errors);  // notes an error unless value is an object

  [[nodiscard]] std::string String(std::string_view key);
  [[nodiscard]] std::string String(std::string_view key, std::string otherwise);
  [[nodiscard]] std::int64_t Integer(std::string_view key);
  [[nodiscard]] std::int64_t Integer(std::string_view key, std::int64_t otherwise);
  [[nodiscard]] bool Bool(std::string_view key, bool otherwise);
  [[nodiscard]] std::vector<std::string> Strings(std::string_view key);  // [] where absent
  [[nodiscard]] const std::vector<Json>& Array(std::string_view key);    // demanded
  [[nodiscard]] const std::vector<Json>& ArrayOrEmpty(std::string_view key);
  [[nodiscard]] const Json* Object(std::string_view key);  // nullptr (and an error) where absent
  [[nodiscard]] const Json* ObjectOrNull(std::string_view key);
  [[nodiscard]] const Json* Any(std::string_view key);  // nullptr where absent
  // One of the names; notes an error that lists them otherwise. Gives the index, 0 on error.
  [[nodiscard]] std::size_t OneOf(std::string_view key, const std::vector<std::string>& names);
  [[nodiscard]] std::size_t OneOf(std::string_view key, const std::vector<std::string>& names, std::size_t otherwise);
  [[nodiscard]] bool Has(std::string_view key) const;
  void Ignore(std::string_view key) { seen_.emplace_back(key); }
  // An error at a member (or at the object where the member is absent).
  void Complain(std::string_view key, std::string what, std::string hint = {});
  void Finish();

 private:
  const Json* Take(std::string_view key, Json::Kind kind, bool demanded);
  const Json& value_;
  Errors& errors_;
  std::vector<std::string> seen_;
};

}  // namespace libcify
