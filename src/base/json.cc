// Parsing, see json.h. Writing is in json_write.cc, typed reading in object_reader.cc.
//
// In: a text. Out: a Json in which every value has its place and path, or all problems. nlohmann's parser gives events and
// checks the grammar and UTF-8; it knows no places of values, so its input iterator tells how far it has read, and the
// builder finds the start of a value from the end of the token before it. The parser keeps its own stack, so a deep text
// cannot overflow ours; kMaxDepth bounds the recursion of everything that walks the result.
#include "base/json.h"

#include <cctype>
#include <iterator>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <unordered_set>

namespace libcify {
namespace {

constexpr std::size_t kMaxDepth = 200;

// Walks a text and leaves its position where its owner can read it. Copies share that place: nlohmann moves its iterators
// around, and only the newest position counts.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator() = default;
  CountingIterator(const char* at, std::size_t* consumed) : at_(at), consumed_(consumed) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    ++*consumed_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) { return a.at_ != b.at_; }

 private:
  const char* at_ = nullptr;
  std::size_t* consumed_ = nullptr;
};

// Offsets to lines and columns; asked in rising order, so that the whole text is walked once.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}
  void MoveTo(std::size_t offset) {
    if (offset < offset_) offset_ = line_start_ = 0, line_ = 1;
    for (; offset_ < offset && offset_ < text_.size(); ++offset_) {
      if (text_[offset_] == '\n') ++line_, line_start_ = offset_ + 1;
    }
  }
  [[nodiscard]] int line() const { return line_; }
  [[nodiscard]] int column() const { return static_cast<int>(offset_ - line_start_) + 1; }

 private:
  std::string_view text_;
  std::size_t offset_ = 0, line_start_ = 0;
  int line_ = 1;
};

// How far the token of a syntax error reaches back from where the parser stopped. nlohmann's `token` is the token itself for
// strings and numbers only; a control character in it is spelled out as <U+0009>, so its length tells nothing then.
std::size_t TokenLength(std::string_view what, std::string_view token) {
  const auto says = [&](std::string_view part) { return what.find(part) != std::string_view::npos; };
  if (says("unexpected end of input")) return 0;
  if (says("last read: ") || says("out of range") || says("unexpected string") || says("unexpected number")) {
    return token.find("<U+") == std::string_view::npos ? token.size() : 1;
  }
  if (says("unexpected true") || says("unexpected null")) return 4;
  return says("unexpected false") ? 5 : 1;
}

bool IsPlainKey(std::string_view key) {
  if (key.empty() || std::isdigit(static_cast<unsigned char>(key[0]))) return false;
  for (const unsigned char c : key) {
    if (!std::isalnum(c) && c != '_') return false;
  }
  return true;
}

std::string MemberPath(const std::string& object, const std::string& key) {
  return IsPlainKey(key) ? object + '.' + key : object + '[' + Json::String(key).Compact() + ']';
}

}  // namespace

// The receiver of nlohmann's events; it must have these names. A method that returns false ends the parse.
class JsonBuilder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  JsonBuilder(const std::string& file, std::string_view text) : file_(file), text_(text), lines_(text) {}

  [[nodiscard]] std::size_t* consumed() { return &consumed_; }
  Json& root() { return root_; }
  Errors& errors() { return errors_; }

  bool null() { return Value(Json::Kind::kNull) != nullptr; }
  bool boolean(bool value) {
    Value(Json::Kind::kBool)->boolean_ = value;
    return true;
  }
  bool number_integer(number_integer_t value) {
    Json* json = Value(Json::Kind::kInteger);
    json->integer_ = value;
    json->number_ = static_cast<double>(value);
    return true;
  }
  bool number_unsigned(number_unsigned_t value) {
    if (value <= static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) {
      return number_integer(static_cast<number_integer_t>(value));
    }
    return TooLarge(*Value(Json::Kind::kInteger));
  }
  // nlohmann also sends integers here that fit in no integer of its own.
  bool number_float(number_float_t value, const string_t& text) {
    Json* json = Value(Json::Kind::kDouble);
    json->number_ = value;
    return text.find_first_of(".eE") != string_t::npos || TooLarge(*json);
  }
  bool string(string_t& value) {
    Value(Json::Kind::kString)->string_ = std::move(value);
    return true;
  }
  bool binary(binary_t&) { return false; }  // only binary formats send it

  bool start_object(std::size_t) { return Open(Json::Kind::kObject); }
  bool start_array(std::size_t) { return Open(Json::Kind::kArray); }
  bool end_object() { return Close(); }
  bool end_array() { return Close(); }
  bool key(string_t& value) {
    if (!open_.back().keys.insert(value).second) {
      const Json& object = *open_.back().json;
      errors_.push_back({Place(TokenStart()), object.path_ + ": key " + Json::String(value).Compact() + " is repeated"});
    }
    key_ = std::move(value);
    cursor_ = consumed_;
    return true;
  }
  bool parse_error(std::size_t position, const std::string& last_token, const nlohmann::json::exception& error) {
    const std::size_t end = std::min(position, text_.size());
    std::string what = error.what();  // "[json.exception.…] parse error at line 1, column 2: syntax error while …"
    if (const std::size_t at = what.find(": "); at != std::string::npos) what.erase(0, at + 2);
    if (what.find("json.exception.out_of_range") != std::string::npos) what = "number out of range: " + last_token;
    errors_.push_back({Place(end - std::min(end, TokenLength(what, last_token))), "not JSON: " + what});
    return false;
  }

 private:
  struct OpenValue {
    Json* json;
    std::unordered_set<std::string> keys;
  };

  bool TooLarge(const Json& json) {
    errors_.push_back({json.span_, json.path_ + ": integer does not fit in 64 bits with a sign"});
    return true;
  }

  // Where the token of the current event begins: behind the last one, blanks and separators.
  [[nodiscard]] std::size_t TokenStart() const {
    const std::size_t start = text_.find_first_not_of("\xEF\xBB\xBF \t\r\n,:", cursor_);
    return start == std::string_view::npos ? text_.size() : start;
  }
  Span Place(std::size_t offset) {
    lines_.MoveTo(offset);
    return {file_, lines_.line(), lines_.column()};
  }

  // Puts a new value where it belongs. Pointers to open values stay good: only the innermost one grows.
  Json* Value(Json::Kind kind) {
    Json* json = &root_;
    std::string path = "$";
    if (!open_.empty()) {
      Json& parent = *open_.back().json;
      if (parent.kind_ == Json::Kind::kObject) {
        path = MemberPath(parent.path_, key_);
        json = &parent.members_.emplace_back(std::move(key_), Json()).second;
      } else {
        path = parent.path_ + '[' + std::to_string(parent.items_.size()) + ']';
        json = &parent.items_.emplace_back();
      }
    }
    const std::size_t start = TokenStart();
    json->kind_ = kind;
    json->path_ = std::move(path);
    json->span_ = Place(start);
    // A number ends where the parser has already seen the next byte; every other token ends where the parser is.
    const bool number = kind == Json::Kind::kInteger || kind == Json::Kind::kDouble;
    cursor_ = number ? std::min(text_.find_first_not_of("+-.0123456789eE", start), text_.size()) : consumed_;
    return json;
  }
  bool Open(Json::Kind kind) {
    Json* json = Value(kind);
    if (open_.size() == kMaxDepth) {
      errors_.push_back({json->span_, "nested deeper than " + std::to_string(kMaxDepth) + " levels"});
      return false;
    }
    open_.push_back({json, {}});
    return true;
  }
  bool Close() {
    open_.pop_back();
    cursor_ = consumed_;
    return true;
  }

  const std::string& file_;
  std::string_view text_;
  LineCounter lines_;
  std::size_t consumed_ = 0;  // by the parser
  std::size_t cursor_ = 0;    // end of the token of the last event
  Json root_;
  std::vector<OpenValue> open_;
  std::string key_;
  Errors errors_;
};

Result<Json> Json::Parse(const std::string& file, std::string_view text) {
  JsonBuilder builder(file, text);
  const CountingIterator begin(std::to_address(text.begin()), builder.consumed());
  const CountingIterator end(std::to_address(text.end()), builder.consumed());
  try {
    if (!nlohmann::json::sax_parse(begin, end, &builder) && builder.errors().empty()) {
      return Fail({.where = {file}, .what = "not JSON"});
    }
  } catch (const std::exception& error) {
    return Fail({.where = {file}, .what = std::string("cannot be parsed: ") + error.what()});
  }
  if (!builder.errors().empty()) return Fail(std::move(builder.errors()));
  return std::move(builder.root());
}

Json Json::Bool(bool value) {
  Json json;
  json.kind_ = Kind::kBool;
  json.boolean_ = value;
  return json;
}

Json Json::Integer(std::int64_t value) {
  Json json;
  json.kind_ = Kind::kInteger;
  json.integer_ = value;
  json.number_ = static_cast<double>(value);
  return json;
}

Json Json::String(std::string value) {
  Json json;
  json.kind_ = Kind::kString;
  json.string_ = std::move(value);
  return json;
}

Json Json::Array(std::vector<Json> items) {
  Json json;
  json.kind_ = Kind::kArray;
  json.items_ = std::move(items);
  return json;
}

Json Json::Object(Members members) {
  Json json;
  json.kind_ = Kind::kObject;
  json.members_ = std::move(members);
  return json;
}

const Json* Json::Find(std::string_view key) const {
  for (const auto& [name, value] : members_) {
    if (name == key) return &value;
  }
  return nullptr;
}

void Json::Add(std::string key, Json value) {
  if (members_.empty()) members_.reserve(8);  // most have several, and moving them is dear
  members_.emplace_back(std::move(key), std::move(value));
}
void Json::Add(Json value) { items_.push_back(std::move(value)); }

}  // namespace libcify
