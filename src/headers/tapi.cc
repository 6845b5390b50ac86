// Apple's text form of a shared library's exports (see symbols.h), YAML with one document for each library that the first
// one re-exports (format: llvm/TextAPI, "TBD v4"). Every key is known or an error, so that a new form is noticed.
#include <yaml.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "headers/symbols.h"

namespace libcify {
namespace {

constexpr std::array<std::string_view, 9> kDocumentKeys = {
    "tbd-version",          "targets", "install-name", "current-version", "compatibility-version", "parent-umbrella",
    "reexported-libraries", "exports", "reexports"};
constexpr std::array<std::string_view, 7> kSectionKeys = {
    "targets", "symbols", "weak-symbols", "thread-local-symbols", "objc-classes", "objc-eh-types", "objc-ivars"};

// One document of the stream. Nodes are libyaml's and live as long as the document.
class Document {
 public:
  Document(const std::string& file, yaml_document_t& document, Errors& errors)
      : file_(file), document_(document), errors_(errors) {}

  [[nodiscard]] yaml_node_t* Root() { return yaml_document_get_root_node(&document_); }

  void Complain(const yaml_node_t* node, std::string what) {
    int line = node == nullptr ? 0 : static_cast<int>(node->start_mark.line) + 1;
    errors_.push_back({.where = {file_, line}, .what = std::move(what), .cls = ErrorClass::kEnvironment});
  }

  [[nodiscard]] std::string Text(yaml_node_t* node) {
    if (node == nullptr || node->type != YAML_SCALAR_NODE) {
      Complain(node, "expected a plain value");
      return "";
    }
    return {reinterpret_cast<const char*>(node->data.scalar.value), node->data.scalar.length};
  }

  [[nodiscard]] std::vector<yaml_node_t*> Items(yaml_node_t* node) {
    std::vector<yaml_node_t*> out;
    if (node == nullptr) return out;
    if (node->type != YAML_SEQUENCE_NODE) {
      Complain(node, "expected a list");
      return out;
    }
    for (yaml_node_item_t* item = node->data.sequence.items.start; item < node->data.sequence.items.top; ++item) {
      out.push_back(yaml_document_get_node(&document_, *item));
    }
    return out;
  }

  [[nodiscard]] std::vector<std::string> Texts(yaml_node_t* node) {
    std::vector<std::string> out;
    for (yaml_node_t* item : Items(node)) out.push_back(Text(item));
    return out;
  }

  // The members of a mapping; a key beside `known`, or given twice, is an error.
  template <std::size_t N>
  [[nodiscard]] std::map<std::string, yaml_node_t*> Members(yaml_node_t* node,
                                                            const std::array<std::string_view, N>& known) {
    std::map<std::string, yaml_node_t*> out;
    if (node == nullptr || node->type != YAML_MAPPING_NODE) {
      Complain(node, "expected keys with values");
      return out;
    }
    for (yaml_node_pair_t* pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; ++pair) {
      yaml_node_t* key = yaml_document_get_node(&document_, pair->key);
      std::string name = Text(key);
      bool is_known = std::find(known.begin(), known.end(), name) != known.end();
      if (!is_known) Complain(key, "unknown key \"" + name + "\"");
      if (!out.emplace(name, yaml_document_get_node(&document_, pair->value)).second) {
        Complain(key, "key \"" + name + "\" is given twice");
      }
    }
    return out;
  }

 private:
  const std::string& file_;
  yaml_document_t& document_;
  Errors& errors_;
};

bool Shares(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const std::string& item) { return std::find(b.begin(), b.end(), item) != b.end(); });
}

// The list's names of the target. Programs for arm64 are linked against the slice of arm64e. There are no lists of iOS's
// libraries; Catalyst is iOS's API on macOS.
std::vector<std::string> TapiTargets(const std::string& triple) {
  std::string arch = triple.substr(0, triple.find('-'));
  std::string system = triple.find("-ios") == std::string::npos ? "macos" : "maccatalyst";
  std::vector<std::string> out = {arch + "-" + system};
  if (arch == "arm64") out.push_back("arm64e-" + system);
  return out;
}

// Reads one document: the first is the umbrella, by whose name programs link what the others export.
void ReadLibrary(Document& document, const std::vector<std::string>& targets, std::string& umbrella, SymbolList& out) {
  constexpr std::array<std::string_view, 2> kUmbrellaKeys = {"targets", "umbrella"};
  std::map<std::string, yaml_node_t*> members = document.Members(document.Root(), kDocumentKeys);
  auto find = [&](const char* key) {
    auto found = members.find(key);
    return found == members.end() ? nullptr : found->second;
  };
  if (std::string version = document.Text(find("tbd-version")); version != "4") {
    document.Complain(document.Root(), "expected tbd-version 4, not \"" + version + "\"");
  }
  if (umbrella.empty()) {
    umbrella = document.Text(find("install-name"));
  } else {
    for (yaml_node_t* item : document.Items(find("parent-umbrella"))) {
      if (document.Members(item, kUmbrellaKeys).empty()) return;
    }
    if (find("parent-umbrella") == nullptr) document.Complain(document.Root(), "a library without parent-umbrella");
  }
  for (const char* part : {"exports", "reexports"}) {
    for (yaml_node_t* section : document.Items(find(part))) {
      std::map<std::string, yaml_node_t*> keys = document.Members(section, kSectionKeys);
      if (!keys.contains("targets") || !Shares(document.Texts(keys["targets"]), targets)) continue;
      for (const char* kind : {"symbols", "weak-symbols"}) {
        if (!keys.contains(kind)) continue;
        for (const std::string& symbol : document.Texts(keys[kind])) {
          // Without the underscore that the object format puts before the name that C gives.
          if (symbol.starts_with('_')) out.symbols.emplace(symbol.substr(1), Symbol{"", umbrella});
        }
      }
    }
  }
}

}  // namespace

Result<SymbolList> ParseTapi(const std::string& file, std::string_view text, const std::string& triple) {
  auto close = [](yaml_parser_t* parser) {
    yaml_parser_delete(parser);
    delete parser;
  };
  std::unique_ptr<yaml_parser_t, decltype(close)> parser(new yaml_parser_t, close);
  SymbolList out;
  Errors errors;
  std::string umbrella;
  if (yaml_parser_initialize(parser.get()) == 0) {
    return Fail(Error{.where = {file}, .what = "libyaml cannot start", .cls = ErrorClass::kEnvironment});
  }
  yaml_parser_set_input_string(parser.get(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  for (bool at_end = false; !at_end;) {
    yaml_document_t raw;
    if (yaml_parser_load(parser.get(), &raw) == 0) {
      const yaml_parser_t& state = *parser;
      errors.push_back({.where = {file, static_cast<int>(state.problem_mark.line) + 1},
                        .what = std::string("no YAML: ") + (state.problem == nullptr ? "?" : state.problem),
                        .cls = ErrorClass::kEnvironment});
      break;
    }
    Document document(file, raw, errors);
    at_end = document.Root() == nullptr;
    if (!at_end) ReadLibrary(document, TapiTargets(triple), umbrella, out);
    yaml_document_delete(&raw);
  }
  if (errors.empty() && out.symbols.empty()) {
    errors.push_back({.where = {file}, .what = "no symbol for " + triple, .cls = ErrorClass::kEnvironment});
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

}  // namespace libcify
