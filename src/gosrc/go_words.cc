// Counts the integer registers that arguments and results take in ABIInternal (go/src/cmd/compile/abi-internal.md): one for
// each word of a value; floating point goes elsewhere. What is not predeclared is not resolved, and makes the count unknown.
#include "gosrc/go_words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace libcify {
namespace {

std::string_view Text(std::string_view text, TSNode node) {
  return text.substr(ts_node_start_byte(node), ts_node_end_byte(node) - ts_node_start_byte(node));
}

TSNode Field(TSNode node, std::string_view name) {
  return ts_node_child_by_field_name(node, name.data(), static_cast<std::uint32_t>(name.size()));
}

// Words of one value, -1 where the syntax does not tell.
int WordsOfType(std::string_view text, TSNode type) {
  if (ts_node_is_null(type)) return -1;
  const std::string_view kind = ts_node_type(type);
  if (kind == "pointer_type" || kind == "map_type" || kind == "channel_type" || kind == "function_type") return 1;
  if (kind == "slice_type") return 3;
  if (kind == "interface_type") return 2;
  constexpr std::array<std::pair<std::string_view, int>, 21> kWords = {{
      {"bool", 1},           {"int", 1},    {"int8", 1},   {"int16", 1},  {"int32", 1},   {"int64", 1},   {"uint", 1},
      {"uint8", 1},          {"uint16", 1}, {"uint32", 1}, {"uint64", 1}, {"uintptr", 1}, {"byte", 1},    {"rune", 1},
      {"unsafe.Pointer", 1}, {"string", 2}, {"error", 2},  {"any", 2},    {"float32", 0}, {"float64", 0}, {"complex128", 0},
  }};
  const std::string_view name = Text(text, type);
  const auto* const found = std::find_if(kWords.begin(), kWords.end(), [&](const auto& row) { return row.first == name; });
  return found == kWords.end() ? -1 : found->second;
}

// Of a parameter_list: each name of a declaration, or one value where it has no name.
int WordsOfList(std::string_view text, TSNode list) {
  int words = 0;
  for (std::uint32_t i = 0; i < ts_node_named_child_count(list); ++i) {
    const TSNode child = ts_node_named_child(list, i);
    const std::string_view kind = ts_node_type(child);
    if (kind == "comment") continue;
    if (kind != "parameter_declaration") return -1;  // "...T" is a slice, but no assembly takes one
    const TSNode type = Field(child, "type");
    const int each = WordsOfType(text, type);
    if (each < 0) return -1;
    int names = 0;  // the identifiers in front of the type
    for (std::uint32_t n = 0; n < ts_node_named_child_count(child); ++n) {
      const TSNode name = ts_node_named_child(child, n);
      const bool in_front = ts_node_start_byte(name) < ts_node_start_byte(type);
      if (in_front && std::string_view(ts_node_type(name)) == "identifier") ++names;
    }
    words += each * std::max(names, 1);
  }
  return words;
}

}  // namespace

GoWords WordsOf(std::string_view text, TSNode function) {
  GoWords words;
  const TSNode parameters = Field(function, "parameters");
  if (!ts_node_is_null(parameters)) words.arguments = WordsOfList(text, parameters);
  const TSNode result = Field(function, "result");
  if (ts_node_is_null(result)) {
    words.results = 0;
  } else if (std::string_view(ts_node_type(result)) == "parameter_list") {
    words.results = WordsOfList(text, result);
  } else {
    words.results = WordsOfType(text, result);
  }
  return words;
}

}  // namespace libcify
