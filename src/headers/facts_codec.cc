// See facts_codec.h.
#include "headers/facts_codec.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

namespace libcify {
namespace {

std::string Code(const CType& type) {
  std::string bits = std::to_string(type.bits);
  switch (type.kind) {
    case CTypeKind::kVoid:
      return "v";
    case CTypeKind::kInteger:
      return (type.is_signed ? "i" : "u") + bits;
    case CTypeKind::kFloat:
      return "f" + bits;
    case CTypeKind::kRecord:
      return "r" + bits + " " + type.pointee;
    case CTypeKind::kPointer:
    case CTypeKind::kFunctionPointer:
      break;
  }
  return (type.kind == CTypeKind::kPointer ? "p" : "F") + bits + (type.pointee_const ? "c " : " ") + type.pointee;
}

std::optional<CTypeKind> KindOf(char letter) {
  switch (letter) {
    case 'v':
      return CTypeKind::kVoid;
    case 'i':
    case 'u':
      return CTypeKind::kInteger;
    case 'f':
      return CTypeKind::kFloat;
    case 'r':
      return CTypeKind::kRecord;
    case 'p':
      return CTypeKind::kPointer;
    case 'F':
      return CTypeKind::kFunctionPointer;
    default:
      return std::nullopt;
  }
}

bool ReadCode(std::string_view code, CType& out) {
  std::optional<CTypeKind> kind = code.empty() ? std::nullopt : KindOf(code[0]);
  if (!kind) return false;
  out.kind = *kind;
  out.is_signed = code[0] == 'i';
  if (*kind == CTypeKind::kVoid) return code == "v";
  code.remove_prefix(1);
  std::string_view number = CutAt(code, " ");
  bool has_pointee = *kind != CTypeKind::kInteger && *kind != CTypeKind::kFloat;
  if (has_pointee && *kind != CTypeKind::kRecord && number.ends_with('c')) {
    out.pointee_const = true;
    number.remove_suffix(1);
  }
  out.pointee = std::string(code);
  return ReadInt(number, out.bits) && out.bits >= 0 && has_pointee != code.empty();
}

// Up to a separator outside parentheses; types such as "void (*)(int, int)" hold commas.
std::string_view CutArgument(std::string_view& text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (depth == 0 && text.substr(i).starts_with(", ")) {
      std::string_view out = text.substr(0, i);
      text.remove_prefix(i + 2);
      return out;
    }
  }
  return std::exchange(text, {});
}

std::size_t ClosingParenthesis(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

std::string LeafCode(const CField& field) {
  CType type{.kind = field.kind, .bits = field.element_bits, .is_signed = field.is_signed};
  std::string code = Code(type);
  code = code.substr(0, code.find(' '));  // a leaf has no pointee
  if (field.bits != field.element_bits) {
    code += "*" + std::to_string(field.element_bits == 0 ? 0 : field.bits / field.element_bits);
  }
  return code;
}

bool ReadLeaf(std::string_view text, CField& out) {
  out.path = std::string(CutAt(text, " "));
  std::string_view code = CutAt(text, " @");
  std::string_view element = CutAt(code, "*");
  std::optional<CTypeKind> kind = element.empty() ? std::nullopt : KindOf(element[0]);
  if (out.path.empty() || !kind || *kind == CTypeKind::kVoid || !ReadInt(text, out.offset)) return false;
  out.kind = *kind;
  out.is_signed = element[0] == 'i';
  int count = 1;
  if (!ReadInt(element.substr(1), out.element_bits) || (!code.empty() && !ReadInt(code, count))) return false;
  if (count < 0 || out.element_bits < 0) return false;
  if (out.element_bits > 0 && count > std::numeric_limits<int>::max() / out.element_bits) return false;
  out.bits = count * out.element_bits;
  return true;
}

}  // namespace

std::string_view CutAt(std::string_view& text, std::string_view separator) {
  std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return std::exchange(text, {});
  std::string_view out = text.substr(0, at);
  text.remove_prefix(at + separator.size());
  return out;
}

bool ReadInt(std::string_view text, int& out) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

std::string TypeTable::Add(const CType& type) {
  std::string key = type.spelling;
  for (int n = 2;; ++n) {
    auto [slot, is_new] = types_.try_emplace(key, type);
    if (is_new || slot->second == type) return key;
    key = type.spelling + " #" + std::to_string(n);
  }
}

const CType* TypeTable::Find(std::string_view key) const {
  auto found = types_.find(key);
  return found == types_.end() ? nullptr : &found->second;
}

bool TypeTable::Define(const std::string& key, std::string_view code) {
  CType type;
  type.spelling = key.substr(0, key.find(" #"));
  if (!ReadCode(code, type)) return false;
  return types_.emplace(key, std::move(type)).second;
}

std::map<std::string, std::string> TypeTable::Codes() const {
  std::map<std::string, std::string> out;
  for (const auto& [key, type] : types_) out.emplace(key, Code(type));
  return out;
}

std::vector<int> ArgumentWords(const std::vector<CParameter>& parameters, int word_bits, bool aligned_pairs) {
  std::vector<int> out;
  int next = 0;
  for (const CParameter& parameter : parameters) {
    int words = parameter.type.bits > word_bits ? 2 : 1;
    if (words == 2 && aligned_pairs) next += next % 2;
    out.push_back(next);
    next += words;
  }
  return out;
}

std::string WritePrototype(const Prototype& prototype, TypeTable& types) {
  std::string out = "(";
  for (const CParameter& parameter : prototype.parameters) {
    if (out.size() > 1) out += ", ";
    out += types.Add(parameter.type) + " " + (parameter.name.empty() ? "-" : parameter.name);
  }
  if (prototype.variadic) out += prototype.parameters.empty() ? "..." : ", ...";
  return out + ") -> " + types.Add(prototype.result);
}

std::string ReadPrototype(std::string_view& text, const TypeTable& types, Prototype& out) {
  std::size_t close = ClosingParenthesis(text);
  if (!text.starts_with('(') || close == std::string_view::npos || !text.substr(close).starts_with(") -> ")) {
    return "no prototype; expected (type name, …) -> type; …";
  }
  std::string_view parameters = text.substr(1, close - 1);
  text.remove_prefix(close + std::string_view(") -> ").size());
  std::string_view result = CutAt(text, "; ");
  const CType* type = types.Find(result);
  if (type == nullptr) return "type \"" + std::string(result) + "\" is not in `types`";
  out.result = *type;
  while (!parameters.empty()) {
    std::string_view item = CutArgument(parameters);
    if (item == "...") {
      out.variadic = true;
      if (!parameters.empty()) return "a parameter follows \"...\"";
      break;
    }
    std::size_t blank = item.rfind(' ');
    if (blank == std::string_view::npos)
      return "parameter \"" + std::string(item) + "\" has no name; expected \"-\" for none";
    std::string_view name = item.substr(blank + 1);
    type = types.Find(item.substr(0, blank));
    if (type == nullptr) return "type \"" + std::string(item.substr(0, blank)) + "\" is not in `types`";
    out.parameters.push_back({name == "-" ? "" : std::string(name), *type});
  }
  return {};
}

std::string WriteRecord(const CRecord& record) {
  std::string out = std::to_string(record.size) + " " + std::to_string(record.align) + " " + record.header;
  for (const CField& field : record.fields) {
    out += "; " + field.path + " " + LeafCode(field) + " @" + std::to_string(field.offset);
  }
  return out;
}

std::string ReadRecord(std::string_view text, CRecord& out) {
  std::string_view head = CutAt(text, "; ");
  std::string_view size = CutAt(head, " "), align = CutAt(head, " ");
  if (!ReadInt(size, out.size) || !ReadInt(align, out.align) || head.empty()) {
    return "no record; expected \"size align header; leaf; …\"";
  }
  out.header = std::string(head);
  while (!text.empty()) {
    std::string_view leaf = CutAt(text, "; ");
    CField field;
    if (!ReadLeaf(leaf, field)) return "no leaf: \"" + std::string(leaf) + "\"; expected \"path u32 @64\"";
    out.fields.push_back(std::move(field));
  }
  return {};
}

}  // namespace libcify
