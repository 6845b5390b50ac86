#include "bind/go_calls.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "bind/describe.h"
#include "bind/find_function.h"
#include "bind/library.h"

namespace libcify {
namespace {

bool IsPointer(const CType& type) { return type.kind == CTypeKind::kPointer || type.kind == CTypeKind::kFunctionPointer; }

std::string Text(const CType& type) { return type.spelling + " (" + Describe(type) + ")"; }

// Bits of what a pointer points to, where that is a number: of Go's basic types and of C's. 0: something else.
int PointeeBits(const CType& type, int word_bits, bool windows) {
  static const std::map<std::string, int> kBits = {{"bool", 8},
                                                   {"byte", 8},
                                                   {"uint8", 8},
                                                   {"int8", 8},
                                                   {"char", 8},
                                                   {"int16", 16},
                                                   {"uint16", 16},
                                                   {"int32", 32},
                                                   {"uint32", 32},
                                                   {"rune", 32},
                                                   {"int64", 64},
                                                   {"uint64", 64},
                                                   {"unsigned char", 8},
                                                   {"signed char", 8},
                                                   {"short", 16},
                                                   {"int", 32},
                                                   {"unsigned short", 16},
                                                   {"unsigned int", 32},
                                                   {"long long", 64},
                                                   {"unsigned long long", 64}};
  const std::string& name = type.pointee;
  if (name == "uintptr" || name.ends_with('*')) return word_bits;
  if (name == "long" || name == "unsigned long") return windows ? 32 : word_bits;
  if (name == "wchar_t") return windows ? 16 : 32;
  const auto found = kBits.find(name);
  return found == kBits.end() ? 0 : found->second;
}

// C's parameters as the words that a call passes.
struct Slot {
  const CParameter* parameter;
  int bits;
  bool part = false;  // of a parameter that takes several
};

class Comparer {
 public:
  Comparer(const Facts& facts, const Port& port)
      : facts_(facts), port_(port), wasm_(port.goarch == "wasm"), functions_(facts) {
    for (const auto& [name, function] : facts.functions) libraries_.insert(function.library);
  }

  void Call(const Site& site, const std::string& symbol, const GoCall& call) {
    symbol_ = &symbol;
    site_ = &site;
    const CFunction* function = functions_.Linked(symbol);
    if (function == nullptr) return Add(GoCallDifference::kUndeclared, "no header declares it");
    Compare(call, *function);
  }

  // By an entry that tells errors.
  void Call(const Request& request, const Binding& binding) {
    symbol_ = &request.symbol;
    site_ = &request.site;
    const CFunction* function = functions_.Find(binding.cfunction);
    if (function == nullptr) return Unknown(request);
    if (function->library != request.library) Add(GoCallDifference::kName, "it is in " + function->library);
    if (request.block) {
      ++out_.blocks;
      return;
    }
    GoCall call = request.go;
    const std::size_t words = SlotsOf(*function).size();
    if (call.arguments.size() > words && static_cast<std::size_t>(GivenWords(request)) <= words)
      call.arguments.resize(words);
    Compare(call, *function);
    if (binding.how != How::kKept) ErrorTest(request.result_test, function->result, binding.error_rule);
  }

  GoCallReport Take() {
    out_.functions = called_.size();
    return std::move(out_);
  }

 private:
  void Compare(const GoCall& call, const CFunction& function) {
    ++out_.calls;
    called_.insert(*symbol_);
    Arguments(call, function);
    Result(call, function.result);
  }

  void Unknown(const Request& request) {
    if (const CFunction* other = functions_.Find(request.symbol)) {
      Add(GoCallDifference::kName, "the headers give this name to " + other->link_name);
    } else if (!facts_.undeclared.contains(request.symbol) && libraries_.contains(request.library)) {
      Add(GoCallDifference::kName, "the library's list of symbols has no such name");
    } else {
      Add(GoCallDifference::kUndeclared, "no header declares it");
    }
  }

  // What an entry compares, against how the function tells an error.
  void ErrorTest(ResultTest test, const CType& c, ErrorRule rule) {
    if (test != ResultTest::kWord32 && test != ResultTest::kWord64 && test != ResultTest::kPointer) return;
    const bool null = test == ResultTest::kPointer;
    const std::string compares = null ? "compared with NULL" : "compared with -1";
    if (rule == ErrorRule::kReturned) return Add(GoCallDifference::kErrorTest, compares + ", it is the error number");
    if (rule == ErrorRule::kErrnoNonzero)
      return Add(GoCallDifference::kErrorTest, compares + ", it is 0 or a code of its own");
    if (rule == ErrorRule::kErrnoValue) {
      Add(GoCallDifference::kErrorTest, compares + ", which may be a value: errno is not 0 before the call");
    } else if (rule != ErrorRule::kNever && null != (rule == ErrorRule::kErrnoNull)) {
      return Add(GoCallDifference::kErrorTest, compares + ", an error is " + (null ? "-1" : IsPointer(c) ? "NULL" : "0"));
    }
    if (rule == ErrorRule::kNever || null) return;
    const int bits = test == ResultTest::kWord32 ? 32 : std::max(port_.word_bits, c.bits);
    if (bits > c.bits)
      Add(GoCallDifference::kResultTest, "-1 of " + std::to_string(bits) + " bits, the result is " + Text(c));
    if (bits < c.bits) Add(GoCallDifference::kHalfTest, "-1 of " + std::to_string(bits) + " bits, the result is " + Text(c));
  }

  void Add(GoCallDifference kind, std::string what) { out_.findings.push_back({kind, *site_, *symbol_, std::move(what)}); }

  [[nodiscard]] std::vector<Slot> SlotsOf(const CFunction& function) const {
    std::vector<Slot> out;
    for (const CParameter& parameter : function.parameters) {
      const CType& type = parameter.type;
      if (wasm_) {
        out.push_back({&parameter, type.bits > 32 ? 64 : 32});
        if (type.spelling == "const char *") out.push_back({&parameter, 32, true});
        continue;
      }
      const int words = std::max(1, (type.bits + port_.word_bits - 1) / port_.word_bits);
      if (words > 1 && facts_.aligned_pairs && out.size() % 2 != 0) out.push_back({&parameter, port_.word_bits, true});
      for (int i = 0; i < words; ++i) out.push_back({&parameter, type.bits, words > 1});
    }
    return out;
  }

  void Arguments(const GoCall& call, const CFunction& function) {
    const std::vector<Slot> slots = SlotsOf(function);
    out_.arguments += call.arguments.size();
    out_.typed += static_cast<std::size_t>(
        std::count_if(call.arguments.begin(), call.arguments.end(), [](const auto& type) { return type.has_value(); }));
    const std::size_t given = call.arguments.size();
    if (function.variadic ? given < slots.size() : given != slots.size()) {
      Add(GoCallDifference::kCount,
          "Go passes " + std::to_string(given) + " words, the prototype takes " + std::to_string(slots.size()));
      return;
    }
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (call.arguments[i]) Argument(*call.arguments[i], slots[i]);
    }
  }

  void Argument(const CType& go, const Slot& slot) {
    const CType& c = slot.parameter->type;
    const std::string both = slot.parameter->name + ": Go's " + Text(go) + " is " + Text(c);
    if (wasm_) {
      if ((go.bits > 32 ? 64 : 32) != slot.bits) Add(GoCallDifference::kCount, both);
      return;
    }
    if (slot.part) return;
    if (IsPointer(go) && IsPointer(c)) return Pointee(go, c, both);
    if (IsPointer(go) && c.bits < go.bits) return Add(GoCallDifference::kPointer, both);
    if (go.bits > c.bits) Add(GoCallDifference::kWider, both);
    const bool extended_by_sign = go.is_signed && !(c.kind == CTypeKind::kInteger && c.is_signed);
    if (go.bits < c.bits && (extended_by_sign || IsPointer(c))) Add(GoCallDifference::kNarrower, both);
  }

  // Numbers behind pointers must be as wide; a byte may stand for any memory.
  void Pointee(const CType& go, const CType& c, const std::string& both) {
    const bool windows = port_.goos == "windows";
    const int go_bits = PointeeBits(go, port_.word_bits, windows), c_bits = PointeeBits(c, port_.word_bits, windows);
    if (go_bits > 8 && c_bits > 8 && go_bits != c_bits) Add(GoCallDifference::kPointee, both);
    const bool too_small = go_bits == 8 && c_bits > 8 && go.pointee == "bool";
    if (too_small) Add(GoCallDifference::kPointee, both);
  }

  void Result(const GoCall& call, const CType& c) {
    if (call.result || !call.check.empty()) ++out_.results;
    if (c.kind == CTypeKind::kVoid) {
      if (call.result || !call.check.empty()) Add(GoCallDifference::kResult, "Go looks at the result, it has none");
      return;
    }
    if (wasm_) {
      const bool wide = call.result && call.result->bits > 32;
      if (!call.result || wide != (c.bits > 32)) Add(GoCallDifference::kResult, "the result is " + Text(c));
      return;
    }
    if (call.result && call.result->bits > c.bits && c.bits < port_.word_bits) {
      Add(GoCallDifference::kResult, "Go's " + Text(*call.result) + " is made of " + Text(c));
    } else if (call.result && call.result->bits < c.bits) {
      Add(GoCallDifference::kResult, "Go's " + Text(*call.result) + " cuts " + Text(c));
    }
    if (call.checked_bits > c.bits) {
      Add(GoCallDifference::kResultTest,
          "\"" + call.check + "\" looks at " + std::to_string(call.checked_bits) + " bits, the result is " + Text(c));
    }
  }

  const Facts& facts_;
  const Port& port_;
  bool wasm_;
  FunctionFinder functions_;
  std::set<std::string> libraries_;  // whose symbols are known
  std::set<std::string> called_;
  const Site* site_ = nullptr;
  const std::string* symbol_ = nullptr;
  GoCallReport out_;
};

}  // namespace

const char* Name(GoCallDifference kind) {
  switch (kind) {
    case GoCallDifference::kCount:
      return "count";
    case GoCallDifference::kPointer:
      return "pointer";
    case GoCallDifference::kNarrower:
      return "narrower";
    case GoCallDifference::kWider:
      return "wider";
    case GoCallDifference::kPointee:
      return "pointee";
    case GoCallDifference::kResult:
      return "result";
    case GoCallDifference::kResultTest:
      return "result-test";
    case GoCallDifference::kHalfTest:
      return "half-test";
    case GoCallDifference::kErrorTest:
      return "error-test";
    case GoCallDifference::kName:
      return "name";
    case GoCallDifference::kUndeclared:
      break;
  }
  return "undeclared";
}

GoCallReport CompareGoCalls(const Inventory& inventory, const Facts& facts, const Port& port,
                            const std::vector<Binding>& bindings) {
  Comparer comparer(facts, port);
  std::map<std::pair<std::string, std::string>, const Binding*> bound;
  for (const Binding& binding : bindings) bound.emplace(std::pair(binding.library, binding.call), &binding);
  for (const Seam& seam : inventory.seams) {
    if (seam.declared) comparer.Call(seam.site, seam.symbol, *seam.declared);
  }
  for (const Request& request : inventory.requests) {
    const bool is_call = !request.entry.empty() && !request.symbol.empty() && !request.library.empty();
    if (!is_call) continue;
    const auto binding = bound.find({request.library, request.symbol});
    if (binding != bound.end()) {
      comparer.Call(request, *binding->second);
    } else if (port.mechanism != "wasmimport") {  // calls of an import go by its declaration, which the Go compiler checks
      comparer.Call(request.site, request.symbol, request.go);
    }
  }
  return comparer.Take();
}

}  // namespace libcify
