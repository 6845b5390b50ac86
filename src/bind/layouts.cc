#include "bind/layouts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "bind/describe.h"
#include "bind/find_function.h"
#include "bind/tolerance.h"

namespace libcify {
namespace {

int EndOf(const CField& field) { return field.offset + field.bits; }

bool IsAddress(const CField& field) {
  return field.kind == CTypeKind::kPointer || field.kind == CTypeKind::kFunctionPointer;
}

bool IsBytes(const CField& field) { return field.element_bits == 8 && field.bits != 8; }

// By the name that godefs and those who write such structures by hand give it.
bool IsPadding(const CField& field) {
  static constexpr std::array<std::string_view, 11> kNames = {
      "Pad",         "pad",      "_pad",  "X_pad",    "X__pad", "X__unused", "X__glibc_reserved",
      "X__reserved", "X__spare", "Spare", "Reserved["};
  const std::size_t dot = field.path.rfind('.');  // npos + 1 is 0
  const std::string_view name = std::string_view(field.path).substr(dot + 1);
  return name.substr(0, name.find('[')) == "_" ||
         std::any_of(kNames.begin(), kNames.end(), [&](std::string_view one) { return name.starts_with(one); });
}

// Whether two fields hold values of the same kind.
bool SameClass(const CField& go, const CField& c) {
  if (go.kind == CTypeKind::kFloat || c.kind == CTypeKind::kFloat) return go.kind == c.kind;
  if (IsAddress(go) || IsAddress(c)) return IsAddress(c) && (IsAddress(go) || !go.is_signed);
  return go.is_signed == c.is_signed || go.element_bits == 8;
}

// Whether C has values of that width at the place of Go's.
bool Holds(const CField& c, const CField& go) {
  return c.element_bits == go.element_bits && c.offset <= go.offset && EndOf(c) >= EndOf(go) &&
         (go.offset - c.offset) % std::max(1, c.element_bits) == 0;
}

// What a record has at the place of a field, as tolerances say it (compare.cc).
std::string AtPlaceOf(const CRecord& record, const CField& place) {
  std::string out;
  for (const CField& field : record.fields) {
    if (field.offset >= EndOf(place) || EndOf(field) <= place.offset) continue;
    out += (out.empty() ? "" : ", ") + Describe(record, field).substr(record.name.size() + 2);
  }
  return record.name + " has " + (out.empty() ? "nothing there" : out);
}

std::string SizeOf(const CRecord& record) { return record.name + ": " + std::to_string(record.size) + " bytes"; }

// The field of C's that Go's is; of a union's members one of the same kind.
const CField* Counterpart(const CRecord& c, const CField& go) {
  const CField* best = nullptr;
  for (const CField& field : c.fields) {
    if (!Holds(field, go)) continue;
    if (SameClass(go, field)) return &field;
    best = &field;
  }
  return best;
}

// Integers of C by their names; 0 bits: a word.
struct Scalar {
  int bits;
  bool is_signed;
};

// What a pointer to a number points to, as a structure of one field.
std::optional<CRecord> ScalarOf(const std::string& pointee, int word_bits, bool windows) {
  static const std::map<std::string, Scalar> kScalars = {
      {"signed char", {8, true}}, {"unsigned char", {8, false}},      {"short", {16, true}}, {"unsigned short", {16, false}},
      {"int", {32, true}},        {"unsigned int", {32, false}},      {"long", {0, true}},   {"unsigned long", {0, false}},
      {"long long", {64, true}},  {"unsigned long long", {64, false}}};
  CField field{.kind = pointee.ends_with('*') ? CTypeKind::kPointer : CTypeKind::kInteger};
  if (field.kind == CTypeKind::kPointer) {
    field.bits = word_bits;
  } else if (windows && pointee == "wchar_t") {
    field.bits = 16;
  } else if (const auto found = kScalars.find(pointee); found != kScalars.end()) {
    field.bits = found->second.bits != 0 ? found->second.bits : windows ? 32 : word_bits;
    field.is_signed = found->second.is_signed;
  } else {
    return std::nullopt;
  }
  field.element_bits = field.bits;
  return CRecord{.name = pointee, .size = field.bits / 8, .fields = {field}};
}

// One of the two sides of C: the kernel's, or libc's.
struct Side {
  const CType* type = nullptr;    // of the parameter; null: there is none
  std::optional<CRecord> record;  // what it points to
  std::string why;                // there is no record
};

class Comparer {
 public:
  Comparer(const GoMemory& memory, const Facts& facts, const Port& port, const Tolerances& tolerances,
           const std::vector<Binding>& bindings)
      : memory_(memory), facts_(facts), port_(port), tolerances_(tolerances), functions_(facts) {
    for (const Call& call : facts.calls) calls_.emplace(call.number, &call);
    for (const Binding& binding : bindings) {
      if (binding.library.empty()) {
        by_number_.emplace(binding.number, &binding);
      } else {
        by_name_.emplace(std::pair(binding.library, binding.call), &binding);
      }
    }
  }

  LayoutReport Run() {
    std::set<std::tuple<std::string, std::string, int, std::string, std::string>> seen;
    for (const GoPointer& pointer : memory_.pointers) {
      if (!pointer.made_of.empty()) {
        Listed(pointer);
      } else if (seen.emplace(pointer.symbol, pointer.library, pointer.word, pointer.record, pointer.reason).second)
        One(pointer);
    }
    return std::move(out_);
  }

 private:
  void One(const GoPointer& pointer) {
    const Binding* binding = BindingOf(pointer);
    LayoutRow row{.pointer = pointer, .how = binding == nullptr ? How::kKept : binding->how};
    // By whom the memory is read as it is.
    const bool by_libc = !pointer.library.empty() || row.how == How::kDirect || row.how == How::kVariadic;
    const Side kernel = KernelSide(pointer), libc = by_libc ? LibcSide(pointer, binding) : Side();
    const bool known = kernel.type != nullptr || libc.type != nullptr || !kernel.why.empty() || !libc.why.empty();
    const Side& said = Matters(libc) || !Matters(kernel) ? libc : kernel;
    const auto record = memory_.records.find(pointer.record);
    const GoRecord* go = record == memory_.records.end() ? nullptr : &record->second;
    if (!known && !(go != nullptr && go->is_structure)) return;  // a number
    const bool bytes = go == nullptr || (!go->is_structure && go->layout.size == 1);
    if (bytes && !Matters(kernel) && !Matters(libc)) return;  // of C's, too
    row.c = NameOf(said);
    if (go != nullptr) row.go = go->layout.name;
    if (go == nullptr) {
      row.why = {pointer.reason};
    } else if (bytes && !(said.record && said.record->size == 1)) {
      row.why = {"Go has bytes there"};
    } else {
      Decide(*go, kernel, libc, row);
    }
    ++out_.counts[row.verdict];
    out_.rows.push_back(std::move(row));
  }

  [[nodiscard]] const Binding* BindingOf(const GoPointer& pointer) const {
    if (pointer.library.empty()) {
      const auto found = by_number_.find(pointer.number);
      return found == by_number_.end() ? nullptr : found->second;
    }
    const auto found = by_name_.find({pointer.library, pointer.symbol});
    return found == by_name_.end() ? nullptr : found->second;
  }

  // A structure that no call hands over by a typed pointer: both sides have it by name. Go's lists ask for files of 64 bits.
  void Listed(const GoPointer& pointer) {
    const auto record = memory_.records.find(pointer.record);
    if (record == memory_.records.end()) return;
    LayoutRow row{.pointer = pointer, .go = record->second.layout.name, .c = pointer.made_of};
    const auto compared = [&](const LayoutRow& one) {
      return one.go == row.go && one.verdict != LayoutVerdict::kNotCompared;
    };
    if (std::any_of(out_.rows.begin(), out_.rows.end(), compared)) return;
    Side libc;
    for (const std::string& tag : {pointer.made_of + "64", pointer.made_of}) {
      const auto found = facts_.libc_records.find(tag);
      if (!libc.record && found != facts_.libc_records.end()) libc.record = found->second;
    }
    libc.why = "the layout of libc's " + pointer.made_of + " is not known";
    Decide(record->second, {}, libc, row);
    ++out_.counts[row.verdict];
    out_.rows.push_back(std::move(row));
  }

  // The memory is libc's to read where its function is entered, else the kernel's. Where libc's side is opaque, it is handed
  // on.
  void Decide(const GoRecord& go, const Side& kernel, const Side& libc, LayoutRow& row) {
    const bool by_libc = libc.type != nullptr || !libc.why.empty();
    const bool handed_on = libc.type != nullptr && Opaque(*libc.type) && kernel.record;
    const Side& deciding = by_libc && !handed_on ? libc : kernel;
    row.c = NameOf(deciding);
    if (!deciding.record) {
      row.why = {deciding.why.empty() ? "C has no such pointer" : deciding.why};
      return;
    }
    row.verdict = LayoutVerdict::kEqual;
    out_.fields += go.layout.fields.size();
    for (const LayoutDifference& one : DifferencesOf(go, *deciding.record)) {
      const std::string path = one.field < go.layout.fields.size() ? go.layout.fields[one.field].path : "";
      const std::string what = path + (path.empty() ? "" : ": ") + one.go.substr(go.layout.name.size() + 2) + " is " + one.c;
      if (const ToleranceRule* rule = Tolerated(go, one, kernel, row.pointer.symbol)) {
        out_.rules.insert(rule->id);
        row.why.push_back(what + " (" + rule->id + ")");
        row.verdict = std::max(row.verdict, LayoutVerdict::kTolerated);
      } else {
        row.why.push_back(what);
        row.verdict = by_libc ? LayoutVerdict::kDiffers : LayoutVerdict::kAdapted;
        if (by_libc) Complain(go, one, what, row);
      }
    }
  }

  const ToleranceRule* Tolerated(const GoRecord& go, const LayoutDifference& difference, const Side& kernel,
                                 const std::string& call) const {
    // What the kernel has where Go has its field, if that is the same.
    std::string contract;
    if (kernel.record && difference.field == go.layout.fields.size()) {
      if (kernel.record->size == go.layout.size) contract = SizeOf(*kernel.record);
    } else if (kernel.record) {
      const CField* field = Counterpart(*kernel.record, go.layout.fields[difference.field]);
      if (field != nullptr) contract = Describe(*kernel.record, *field);
    }
    const ToleranceRule* rule = contract.empty() ? nullptr : tolerances_.Find("record", call, contract, difference.c);
    return rule != nullptr ? rule : tolerances_.Find("go-record", call, difference.go, difference.c);
  }

  static std::string WhereOf(const GoPointer& pointer) {
    if (!pointer.made_of.empty()) return "";
    return "argument " + std::to_string(pointer.word + 1) + " of " + pointer.symbol + ", ";
  }

  void Complain(const GoRecord& go, const LayoutDifference& difference, const std::string& what, const LayoutRow& row) {
    Span where = go.span;
    if (difference.field < go.places.size() && !go.places[difference.field].file.empty()) {
      where = go.places[difference.field];
    }
    if (where.file.empty()) where = row.pointer.site.span;
    out_.errors.push_back({.where = std::move(where),
                           .what = WhereOf(row.pointer) + go.layout.name + ": " + what,
                           .rule = {},
                           .hint = "a rule of rules/bind must adapt the call, leave it to syscall() or tolerate this"});
  }

  static bool Opaque(const CType& type) {
    return type.kind == CTypeKind::kPointer && (type.pointee == "void" || type.pointee == "char");
  }
  // Whether C says what lies there.
  static bool Matters(const Side& side) { return side.type != nullptr && !Opaque(*side.type); }

  static std::string NameOf(const Side& side) {
    return side.record ? side.record->name : side.type == nullptr ? std::string() : side.type->pointee;
  }

  void Point(const CType& type, const std::map<std::string, CRecord>& records, const std::string& owner, Side& side) const {
    if (type.kind != CTypeKind::kPointer) return;  // Go hands over an address where C has a number
    side.type = &type;
    if (const auto found = records.find(type.pointee); found != records.end()) {
      side.record = found->second;
    } else if (Opaque(type)) {
      side.why = owner + " has a " + type.pointee + " *";
    } else {
      side.record = ScalarOf(type.pointee, facts_.word_bits, port_.goos == "windows");
      if (!side.record) side.why = "the layout of " + owner + "'s " + type.pointee + " is not known";
    }
  }

  Side KernelSide(const GoPointer& pointer) const {
    Side out;
    const auto call = calls_.find(pointer.number);  // trees and headers have other names for some
    if (!pointer.library.empty() || call == calls_.end()) return out;
    if (!call->second->contract) {
      out.why = "the call has no contract";
      return out;
    }
    const Contract& contract = *call->second->contract;
    for (std::size_t i = 0; i < contract.parameters.size(); ++i) {
      if (contract.words[i] == pointer.word) Point(contract.parameters[i].type, facts_.kernel_records, "the kernel", out);
    }
    return out;
  }

  Side LibcSide(const GoPointer& pointer, const Binding* binding) const {
    Side out;
    const CFunction* function = pointer.library.empty()
                                    ? functions_.Linked(binding->link_name)
                                    : functions_.Linked(binding == nullptr ? pointer.symbol : binding->link_name);
    if (function == nullptr) function = functions_.Find(binding == nullptr ? pointer.symbol : binding->cfunction);
    if (function == nullptr) {
      out.why = "no header declares the function";
      return out;
    }
    const CParameter* parameter = ParameterAt(*function, pointer);
    const auto count = static_cast<int>(function->parameters.size());
    if (pointer.of != 0 && (function->variadic ? pointer.of < count : pointer.of != count)) {
      out.why = "its assembly hands over other arguments than it gets";
    } else if (parameter == nullptr) {
      out.why = function->variadic ? "it is one of …" : "libc's function has no such parameter";
    } else {
      Point(parameter->type, facts_.libc_records, "libc", out);
    }
    return out;
  }

  [[nodiscard]] const CParameter* ParameterAt(const CFunction& function, const GoPointer& pointer) const {
    int word = 0;
    for (const CParameter& parameter : function.parameters) {
      const bool pair = pointer.of == 0 && parameter.type.bits > facts_.word_bits && port_.goarch != "wasm";
      if (pair && facts_.aligned_pairs) word += word % 2;
      if (word == pointer.word) return &parameter;
      // WITX: a string is its begin and its length.
      const bool two = pair || (port_.goarch == "wasm" && parameter.type.spelling == "const char *");
      word += two ? 2 : 1;
    }
    return nullptr;
  }

  const GoMemory& memory_;
  const Facts& facts_;
  const Port& port_;
  const Tolerances& tolerances_;
  FunctionFinder functions_;
  std::map<int, const Call*> calls_;
  std::map<int, const Binding*> by_number_;
  std::map<std::pair<std::string, std::string>, const Binding*> by_name_;  // by library and symbol
  LayoutReport out_;
};

}  // namespace

const char* Name(LayoutVerdict verdict) {
  switch (verdict) {
    case LayoutVerdict::kEqual:
      return "equal";
    case LayoutVerdict::kTolerated:
      return "tolerated";
    case LayoutVerdict::kAdapted:
      return "adapted";
    case LayoutVerdict::kDiffers:
      return "differs";
    case LayoutVerdict::kNotCompared:
      break;
  }
  return "not compared";
}

std::vector<LayoutDifference> DifferencesOf(const GoRecord& go, const CRecord& c) {
  std::vector<LayoutDifference> out;
  for (std::size_t i = 0; i < go.layout.fields.size(); ++i) {
    const CField& field = go.layout.fields[i];
    if (field.bits == 0 || IsBytes(field) || IsPadding(field)) continue;
    const CField* other = Counterpart(c, field);
    if (other != nullptr && SameClass(field, *other)) continue;
    out.push_back({i, Describe(go.layout, field), other != nullptr ? Describe(c, *other) : AtPlaceOf(c, field)});
  }
  // Numbers behind a pointer may be many.
  if (go.is_structure && go.layout.size < c.size) out.push_back({go.layout.fields.size(), SizeOf(go.layout), SizeOf(c)});
  return out;
}

Result<LayoutReport> CompareLayouts(const GoMemory& memory, const Facts& facts, const Target& target, const Port& port,
                                    const RuleSet& rules, const std::vector<Binding>& bindings) {
  Result<Tolerances> tolerances = Tolerances::Compile(rules.tolerances, target, port.word_bits);
  if (!tolerances) return Fail(std::move(tolerances.error()));
  return Comparer(memory, facts, port, *tolerances, bindings).Run();
}

}  // namespace libcify
