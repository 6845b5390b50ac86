// Writing JSON, see json.h. The same value always gives the same bytes; what is written is valid UTF-8 even when a string
// is not (a broken byte becomes U+FFFD), because messages may quote foreign bytes.
#include <charconv>
#include <cmath>
#include <cstdio>

#include "base/json.h"

namespace libcify {
namespace {

constexpr std::size_t kWidth = 120;

// Length of the UTF-8 sequence at `at`, 0 where it is broken. Table 3-7 of the Unicode standard.
std::size_t Utf8Length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(at + i < text.size() ? text[at + i] : 0); };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = first == 0xED && byte(1) > 0x9F;
    return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool beyond = first == 0xF4 && byte(1) > 0x8F;
    return tail(1) && tail(2) && tail(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

void WriteEscape(unsigned char c, std::string& out) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\u%04x", c);
      out += buffer;
  }
}

// Whether a byte is a character that is written as it is.
bool IsPlain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
}

void WriteString(std::string_view text, std::string& out) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    std::size_t plain = i;
    while (plain < text.size() && IsPlain(text[plain])) ++plain;
    out += text.substr(i, plain - i);
    i = plain;
    if (i == text.size()) break;
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F) {
      WriteEscape(c, out);
      ++i;
    } else if (const std::size_t length = Utf8Length(text, i); length == 0) {
      out += "\xEF\xBF\xBD";
      ++i;
    } else {
      out += text.substr(i, length);
      i += length;
    }
  }
  out += '"';
}

void WriteScalar(const Json& json, std::string& out) {
  switch (json.kind()) {
    case Json::Kind::kBool:
      out += json.boolean() ? "true" : "false";
      return;
    case Json::Kind::kInteger:
      out += std::to_string(json.integer());
      return;
    case Json::Kind::kDouble: {
      char buffer[40];
      const auto end = std::to_chars(buffer, buffer + sizeof buffer, json.number()).ptr;
      const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
      out += text;
      if (text.find_first_of(".e") == std::string_view::npos) out += ".0";  // stays a double when read again
      return;
    }
    case Json::Kind::kString:
      WriteString(json.string(), out);
      return;
    default:
      out += "null";
  }
}

// Writes on one line and stops early, with false, once `out` is longer than `limit`.
bool WriteLine(const Json& json, std::string_view comma, std::string_view colon, std::size_t limit, std::string& out) {
  bool first = true;
  if (json.kind() == Json::Kind::kArray) {
    out += '[';
    for (const Json& item : json.items()) {
      if (!first) out += comma;
      first = false;
      if (!WriteLine(item, comma, colon, limit, out)) return false;
    }
    out += ']';
  } else if (json.kind() == Json::Kind::kObject) {
    out += '{';
    for (const auto& [key, value] : json.members()) {
      if (!first) out += comma;
      first = false;
      WriteString(key, out);
      out += colon;
      if (!WriteLine(value, comma, colon, limit, out)) return false;
    }
    out += '}';
  } else {
    WriteScalar(json, out);
  }
  return out.size() <= limit;
}

// `used`: columns taken on this line before the value. One column is left for a comma.
void WritePretty(const Json& json, std::size_t indent, std::size_t used, std::string& out) {
  std::string line;
  const std::size_t room = used + 1 < kWidth ? kWidth - used - 1 : 0;
  const bool simple = json.items().empty() && json.members().empty();
  if (WriteLine(json, ", ", ": ", simple ? std::string::npos : room, line)) {
    out += line;
    return;
  }
  const bool array = json.kind() == Json::Kind::kArray;
  const std::string margin(indent + 2, ' ');
  out += array ? '[' : '{';
  bool first = true;
  const auto begin = [&] {
    out += first ? "\n" : ",\n";
    first = false;
    out += margin;
  };
  for (const Json& item : json.items()) {
    begin();
    WritePretty(item, indent + 2, indent + 2, out);
  }
  for (const auto& [key, value] : json.members()) {
    begin();
    const std::size_t before = out.size();
    WriteString(key, out);
    out += ": ";
    WritePretty(value, indent + 2, indent + 2 + (out.size() - before), out);
  }
  out += '\n' + std::string(indent, ' ') + (array ? ']' : '}');
}

}  // namespace

std::string Json::Pretty() const {
  std::string out;
  WritePretty(*this, 0, 0, out);
  return out;
}

std::string Json::Compact() const {
  std::string out;
  WriteLine(*this, ",", ":", std::string::npos, out);
  return out;
}

}  // namespace libcify
