// The types of names come from the function around the call: its parameters, its results and its "var x T". What else an
// expression can be is not followed: that argument has no type then, which is counted where the types are compared.
//
// Of the result: in "r0, _, e1 := Syscall(…)" r0, and what is made of it by "handle = Handle(r0)"; in "Handle(stdcall(…))"
// the conversion around the call. The first comparison of either is the check.
#include "scan/go_call.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "gosrc/go_layout.h"

namespace libcify::scan {
namespace {

bool IsName(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), IsWord); }

// Next place of a whole word.
std::size_t FindWord(std::string_view text, std::string_view word, std::size_t from) {
  for (std::size_t at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || (!IsWord(text[at - 1]) && text[at - 1] != '.');
    if (begins && (at + word.size() == text.size() || !IsWord(text[at + word.size()]))) return at;
  }
  return std::string_view::npos;
}

// The name that ends at the end of the text, with its package: "syscall.Handle".
std::string_view NameAtEnd(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && (IsWord(text[at - 1]) || text[at - 1] == '.')) --at;
  return text.substr(at);
}

// The type in "T(" or "(*T)(" at the end of the text.
std::string ConversionAtEnd(std::string_view text) {
  if (!text.ends_with('(')) return {};
  text.remove_suffix(1);
  if (!text.ends_with(')')) return std::string(NameAtEnd(text));
  const std::size_t open = text.rfind('(');
  return open == std::string_view::npos ? std::string() : std::string(text.substr(open + 1, text.size() - open - 2));
}

// The top-level function around an offset, which gofmt begins and ends at the beginning of a line.
Range FunctionAround(std::string_view text, std::size_t offset) {
  const std::size_t begin = text.rfind("\nfunc ", offset);
  if (begin == std::string::npos) return {offset, offset};
  const std::size_t end = text.find("\n}", offset);
  return {begin + 1, end == std::string::npos ? text.size() : end + 2};
}

class Reader {
 public:
  // `follow`: a name without a type of its own has that of what is assigned to it.
  Reader(std::size_t file, std::string_view function, GoTypes& types, bool follow = false)
      : file_(file), function_(function), types_(types), follow_(follow) {
    if (const auto signature = ReadSignature(function)) {
      for (const auto* list : {&signature->parameters, &signature->results}) {
        for (const GoParameter& one : *list) names_.emplace(one.name, one.type);
      }
    }
    for (std::size_t at = function.find("\tvar "); at != std::string_view::npos; at = function.find("\tvar ", at + 1)) {
      const std::string_view line = function.substr(at + 5, function.find('\n', at) - at - 5);
      const std::size_t blank = line.find(' ');
      if (blank == std::string_view::npos || line.find('=') != std::string_view::npos) continue;
      names_.emplace(line.substr(0, blank), line.substr(blank + 1, line.find(" //") - blank - 1));
    }
  }

  [[nodiscard]] std::optional<CType> Type(const std::string& expression) {
    const std::string type = TypeText(expression);
    return type.empty() ? std::nullopt : types_.Find(file_, type);
  }
  [[nodiscard]] std::optional<CType> Named(const std::string& type) { return types_.Find(file_, type); }

  // "" where it is not to be seen.
  [[nodiscard]] std::string TypeText(const std::string& expression) {
    if (IsName(expression)) return TypeOfName(expression);
    if (expression.starts_with('&')) return PointerTo(expression.substr(1));
    if (!expression.ends_with(')')) return {};
    const std::size_t open = expression.find('(');
    const std::string callee = expression.substr(0, open);
    const std::string inner = expression.substr(open + 1, expression.size() - open - 2);
    if (std::count(inner.begin(), inner.end(), '(') != std::count(inner.begin(), inner.end(), ')')) return {};
    if (callee == "len" || callee == "cap") return "int";
    if (callee == "uintptr") return TypeText(inner);
    if (callee == "unsafe.Pointer") {
      const std::string type = TypeText(inner);
      return type.starts_with('*') ? type : "unsafe.Pointer";
    }
    const bool conversion = types_.Find(file_, callee).has_value();
    return conversion ? callee : std::string();
  }

 private:
  [[nodiscard]] std::string TypeOfName(const std::string& name) {
    const auto found = names_.find(name);
    std::string type = found == names_.end() ? std::string() : found->second;
    if (!follow_ || (!type.empty() && type != "unsafe.Pointer")) return type;
    // Of an unsafe.Pointer that points to this here and to that there nothing is said.
    follow_ = false;
    std::set<std::string> assigned;
    for (const std::string_view sign : {" = ", " := "}) {
      const std::string start = "\t" + name + std::string(sign);
      for (std::size_t at = function_.find(start); at != std::string_view::npos; at = function_.find(start, at + 1)) {
        const std::size_t begin = at + start.size();
        const std::string one = TypeOfValue(std::string(function_.substr(begin, function_.find('\n', begin) - begin)));
        if (!one.empty() && one != "unsafe.Pointer") assigned.insert(one);
      }
    }
    follow_ = true;
    return assigned.size() == 1 ? *assigned.begin() : type;
  }

  // Beside what TypeText knows: "T{…", "&T{…".
  [[nodiscard]] std::string TypeOfValue(const std::string& expression) {
    const bool address = expression.starts_with('&');
    const std::string name = expression.substr(address ? 1 : 0, expression.find('{') - (address ? 1 : 0));
    const bool literal = expression.find('{') != std::string::npos && NameAtEnd(name) == name;
    return literal ? (address ? "*" : "") + name : TypeText(expression);
  }

  // &x, &x[0]
  [[nodiscard]] std::string PointerTo(const std::string& place) {
    const std::size_t index = place.find('[');
    std::string type = TypeOfName(place.substr(0, index));
    if (index == std::string::npos) return type.empty() ? "unsafe.Pointer" : "*" + type;
    const std::size_t element = type.find(']');
    if (!type.starts_with('[') || element == std::string::npos || !place.ends_with(']')) return "unsafe.Pointer";
    return "*" + type.substr(element + 1);
  }

  std::size_t file_;
  std::string_view function_;
  GoTypes& types_;
  bool follow_;
  std::map<std::string, std::string, std::less<>> names_;
};

// "&0xff == 0 {" or " != InvalidHandle || …": the comparison, and the mask's bits.
struct Comparison {
  std::string text;
  int bits = 0;  // 0: all
};

Comparison ComparisonIn(std::string_view text) {
  Comparison out;
  if (text.starts_with("&0x")) {
    unsigned mask = 0;
    const auto [end, failed] = std::from_chars(text.data() + 3, text.data() + text.size(), mask, 16);
    if (failed != std::errc()) return {};
    for (; mask != 0; mask >>= 1) ++out.bits;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  if (!text.starts_with(' ')) return {};
  text.remove_prefix(1);
  for (const std::string_view sign : {"== ", "!= ", "< ", "<= ", "> ", ">= "}) {
    if (!text.starts_with(sign)) continue;
    const std::size_t end = std::min(text.find_first_of(" ;\n", sign.size()), text.size());
    out.text = text.substr(0, end);
    return out;
  }
  return {};
}

class ResultReader {
 public:
  ResultReader(Reader& reader, GoCall& out, int word_bits) : reader_(reader), out_(out), word_bits_(word_bits) {}

  // `before` and `behind`: the text of the function around the call.
  void Read(std::string_view before, std::string_view behind) {
    const std::string_view line = before.substr(before.rfind('\n') + 1);
    if (const std::string type = ConversionAtEnd(line); !type.empty() && behind.starts_with(')')) {
      out_.result = reader_.Named(type);
      if (out_.result) Check(behind.substr(1), out_.result->bits);
      return;
    }
    Check(behind, word_bits_);
    if (!out_.check.empty()) return;
    const std::string name = Assigned(line);
    if (!name.empty()) Follow(name, behind);
  }

 private:
  // "r1, _, e1 := " gives r1; it stands alone or behind "if ".
  static std::string Assigned(std::string_view line) {
    if (!line.ends_with(":= ") && !line.ends_with("= ")) return {};
    const std::size_t begin = line.find_first_not_of('\t');
    std::string_view names = line.substr(begin);
    if (names.starts_with("if ")) names.remove_prefix(3);
    const std::string_view first = names.substr(0, names.find_first_of(", :="));
    return IsName(first) && first != "_" ? std::string(first) : std::string();
  }

  bool Check(std::string_view behind, int bits) {
    Comparison found = ComparisonIn(behind);
    if (found.text.empty()) return false;
    out_.check = std::move(found.text);
    out_.checked_bits = found.bits != 0 ? found.bits : bits;
    return true;
  }

  bool CheckOf(const std::string& name, std::string_view text, int bits) {
    for (std::size_t at = FindWord(text, name, 0); at != std::string_view::npos; at = FindWord(text, name, at + 1)) {
      if (Check(text.substr(at + name.size()), bits)) return true;
    }
    return false;
  }

  // What is made of the variable that has the result.
  void Follow(const std::string& name, std::string_view text) {
    for (std::size_t at = FindWord(text, name, 0); at != std::string_view::npos; at = FindWord(text, name, at + 1)) {
      std::string_view before = text.substr(0, at);
      if (before.ends_with("(unsafe.Pointer(")) before.remove_suffix(std::string_view("unsafe.Pointer(").size());
      const std::string type = ConversionAtEnd(before);
      if (type.empty()) continue;
      out_.result = reader_.Named(type);
      const std::string_view line = before.substr(before.rfind('\n') + 1);
      const std::size_t equals = line.find(" = ");
      if (!out_.result || equals == std::string_view::npos) break;
      const std::string made(NameAtEnd(line.substr(0, equals)));
      if (!CheckOf(name, text.substr(0, at), word_bits_)) CheckOf(made, text.substr(at), out_.result->bits);
      return;
    }
    CheckOf(name, text, word_bits_);
  }

  Reader& reader_;
  GoCall& out_;
  int word_bits_;
};

}  // namespace

GoCall ReadGoCall(std::size_t file, std::string_view text, Range call, const std::vector<std::string>& arguments,
                  GoTypes& types) {
  const Range around = FunctionAround(text, call.begin);
  const std::string_view function = text.substr(around.begin, around.size());
  Reader reader(file, function, types);
  GoCall out;
  for (const std::string& argument : arguments) out.arguments.push_back(reader.Type(argument));
  if (call.begin >= around.end || call.end > around.end) return out;
  ResultReader result(reader, out, reader.Named("uintptr")->bits);
  result.Read(function.substr(0, call.begin - around.begin), function.substr(call.end - around.begin));
  return out;
}

std::vector<std::string> ReadGoArguments(std::size_t file, std::string_view text, Range call,
                                         const std::vector<std::string>& arguments, GoTypes& types) {
  const Range around = FunctionAround(text, call.begin);
  Reader reader(file, text.substr(around.begin, around.size()), types, true);
  std::vector<std::string> out;
  for (const std::string& argument : arguments) out.push_back(reader.TypeText(argument));
  return out;
}

std::vector<GoParameter> ReadGoBlock(std::string_view text, Range call, std::string_view argument) {
  const std::size_t begin = argument.find('&');
  if (begin == std::string_view::npos) return {};
  const std::string_view name = argument.substr(begin + 1, argument.find_first_of("), ", begin) - begin - 1);
  const Range around = FunctionAround(text, call.begin);
  std::optional<GoSignature> signature = ReadSignature(text.substr(around.begin, around.size()));
  if (!signature) return {};
  std::vector<GoParameter>& parameters = signature->parameters;
  const auto first =
      std::find_if(parameters.begin(), parameters.end(), [&](const GoParameter& one) { return one.name == name; });
  return {first, parameters.end()};
}

GoCall ReadGoDeclaration(std::size_t file, std::string_view declaration, GoTypes& types) {
  GoCall out;
  const std::optional<GoSignature> signature = ReadSignature(declaration);
  if (!signature) return out;
  for (const GoParameter& one : signature->parameters) out.arguments.push_back(types.Find(file, one.type));
  if (!signature->results.empty()) out.result = types.Find(file, signature->results.front().type);
  return out;
}

}  // namespace libcify::scan
