#include "bind/compare.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "bind/describe.h"

namespace libcify {
namespace {

bool IsPointer(const CType& type) { return type.kind == CTypeKind::kPointer; }

bool IsOpaque(const CType& type) { return type.pointee == "void" || type.pointee == "char"; }

const CRecord* FindRecord(const std::map<std::string, CRecord>& records, const std::string& tag) {
  auto found = records.find(tag);
  return found == records.end() ? nullptr : &found->second;
}

int EndOf(const CField& field) { return field.offset + field.bits; }

bool IsWord(CTypeKind kind) { return kind == CTypeKind::kPointer || kind == CTypeKind::kFunctionPointer; }

bool SameClass(const CField& a, const CField& b) {
  return IsWord(a.kind) == IsWord(b.kind) && (IsWord(a.kind) || a.is_signed == b.is_signed);
}

// Whether `other` holds the bits of `field` as values of the same width: at the same place, or as elements of an array.
bool Holds(const CField& other, const CField& field) {
  return other.element_bits == field.element_bits && other.offset <= field.offset && EndOf(other) >= EndOf(field) &&
         (field.offset - other.offset) % std::max(1, other.element_bits) == 0;
}

// The field of `record` that holds `field`; of a union's members the one of the same class.
const CField* Counterpart(const CRecord& record, const CField& field) {
  const CField* best = nullptr;
  for (const CField& other : record.fields) {
    if (!Holds(other, field)) continue;
    if (SameClass(other, field)) return &other;
    if (best == nullptr) best = &other;
  }
  return best;
}

// What the record of the other side has at the place of a field, for messages and tolerances.
std::string AtPlaceOf(const CRecord& record, const CField& field) {
  std::string out;
  for (const CField& other : record.fields) {
    if (other.offset < EndOf(field) && EndOf(other) > field.offset) {
      out += (out.empty() ? "" : ", ") + Describe(record, other).substr(record.name.size() + 2);
    }
  }
  return record.name + " has " + (out.empty() ? "nothing there" : out);
}

class Comparer {
 public:
  Comparer(const Call& call, const Facts& facts, const Tolerances& tolerances, int word_bits)
      : call_(call), facts_(facts), tolerances_(tolerances), word_bits_(word_bits) {}

  Comparison Run(const CFunction& function) {
    const Contract& contract = *call_.contract;
    Value("result", "result", contract.result, function.result);
    const std::size_t fixed = function.parameters.size(), wanted = contract.parameters.size();
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < fixed && i + pairs < wanted; ++i) {
      if (Pair(contract.parameters, i + pairs, function.parameters[i].type)) ++pairs;
    }
    if (function.variadic ? fixed + pairs > wanted : fixed + pairs != wanted) {
      out_.differences.push_back("the contract has " + std::to_string(wanted) + " parameters, libc's " + function.name +
                                 " has " + std::to_string(fixed) + (function.variadic ? " and more" : ""));
      return std::move(out_);
    }
    std::size_t at = 0;  // in the contract
    for (const CParameter& libc : function.parameters) {
      const CParameter& parameter = contract.parameters[at++];
      const std::string name = parameter.name.empty() ? "parameter " + std::to_string(at) : parameter.name;
      if (const ToleranceRule* rule = Pair(contract.parameters, at - 1, libc.type)) {
        Agree(name + ", " + contract.parameters[at].name, PairText(contract.parameters, at - 1), Describe(libc.type),
              rule->id);
        out_.tolerated_by.insert(rule->id);
        ++at;
      } else {
        Value("parameter", name, parameter.type, libc.type);
      }
    }
    for (; at < wanted; ++at) {
      const CParameter& parameter = contract.parameters[at];
      if (parameter.type.bits > word_bits_) out_.differences.push_back(parameter.name + ": two words by …");
      out_.compared.push_back(parameter.name + ": " + Describe(parameter.type) + " by …");
    }
    return std::move(out_);
  }

 private:
  static std::string PairText(const std::vector<CParameter>& parameters, std::size_t at) {
    return Describe(parameters[at].type) + ", " + Describe(parameters[at + 1].type);
  }

  // The rule that lets two parameters of the contract be one of libc's.
  [[nodiscard]] const ToleranceRule* Pair(const std::vector<CParameter>& contract, std::size_t at, const CType& libc) const {
    const bool wide = libc.kind == CTypeKind::kInteger && libc.bits == 2 * word_bits_;
    if (!wide || at + 1 >= contract.size() || contract[at].type.bits != word_bits_) return nullptr;
    return tolerances_.Find("pair", call_.name, PairText(contract, at), Describe(libc));
  }

  // Where a word has 32 bits: whether libc's type says no more than that it is one, and the contract's that it is a long.
  // What is an int on every target may be a state, a descriptor or an error number; a ssize_t or a time is the kernel's
  // long. Where the contract itself says int (the BSDs' tables do), both mean the same.
  [[nodiscard]] bool IsPlainInt(const CType& contract, const CType& libc) const {
    static const std::set<std::string> kLongs = {"long",      "ssize_t",  "time_t",    "clock_t", "off_t",
                                                 "__ssize_t", "__time_t", "__clock_t", "__off_t"};
    return word_bits_ == 32 && libc.kind == CTypeKind::kInteger && kLongs.contains(contract.spelling) &&
           !kLongs.contains(libc.spelling);
  }

  void Agree(const std::string& name, const std::string& contract, const std::string& libc, const std::string& why = {}) {
    out_.compared.push_back(name + ": " + contract + (contract == libc ? " = " : " ~ ") + libc +
                            (why.empty() ? "" : " (" + why + ")"));
  }

  // Allowed by a rule, or a difference.
  bool Tolerated(const std::string& where, const std::string& name, const std::string& contract, const std::string& libc,
                 const std::string& otherwise) {
    const ToleranceRule* rule = tolerances_.Find(where, call_.name, contract, libc);
    if (rule == nullptr) {
      out_.differences.push_back(otherwise);
      return false;
    }
    Agree(name, contract, libc, rule->id);
    out_.tolerated_by.insert(rule->id);
    return true;
  }

  void Value(const std::string& where, const std::string& name, const CType& contract, const CType& libc) {
    const std::string kernel_text = Describe(contract), libc_text = Describe(libc);
    if (IsPointer(contract) && IsPointer(libc)) return Pointers(name, contract, libc);
    const bool result = where == "result";
    // Another number of words, or a result of two: no frame has room for that.
    const bool no_word = (contract.bits > word_bits_) != (libc.bits > word_bits_) || (result && libc.bits > word_bits_);
    const bool by_meaning = no_word || (result && IsPlainInt(contract, libc));
    if (kernel_text == libc_text && !by_meaning) return Agree(name, kernel_text, libc_text);
    const bool narrower = libc.bits < contract.bits;
    std::string difference = name + ": the contract's " + contract.spelling + " (" + kernel_text + ") is libc's " +
                             libc.spelling + " (" + libc_text + (narrower ? ", narrower)" : ")");
    if (no_word) {
      out_.differences.push_back(difference + ", and a word has " + std::to_string(word_bits_) + " bits");
    } else {
      Tolerated(where, name, kernel_text, libc_text, std::move(difference));
    }
  }

  void Pointers(const std::string& name, const CType& contract, const CType& libc) {
    const std::string kernel_text = Describe(contract), libc_text = Describe(libc);
    if (IsOpaque(contract) || IsOpaque(libc)) return Agree(name, kernel_text, libc_text, "opaque memory");
    const CRecord* kernel_record = FindRecord(facts_.kernel_records, contract.pointee);
    const CRecord* libc_record = FindRecord(facts_.libc_records, libc.pointee);
    if (kernel_record != nullptr && libc_record != nullptr) return Records(name, kernel_text, *kernel_record, *libc_record);
    const bool record = kernel_record != nullptr || libc_record != nullptr || contract.pointee.starts_with("struct ") ||
                        contract.pointee.starts_with("union ");
    if (contract.pointee == libc.pointee && !record) return Agree(name, kernel_text, libc_text);
    const std::string unknown = kernel_record == nullptr && libc_record == nullptr ? ", and neither layout is known"
                                : kernel_record == nullptr                         ? ", and the kernel's layout is not known"
                                                                                   : ", and libc's layout is not known";
    Tolerated("parameter", name, kernel_text, libc_text,
              name + ": the contract's " + kernel_text + " is libc's " + libc_text + (record ? unknown : ""));
  }

  // Every field of the kernel's record must be libc's as well: place, element width, class and sign. The size may differ
  // only by a tolerance, because the shorter one decides how much memory the caller has.
  void Records(const std::string& name, const std::string& pointer, const CRecord& kernel, const CRecord& libc) {
    const std::size_t before = out_.differences.size();
    if (kernel.size != libc.size) {
      const std::string kernel_size = kernel.name + ": " + std::to_string(kernel.size) + " bytes";
      const std::string libc_size = libc.name + ": " + std::to_string(libc.size) + " bytes";
      Tolerated("record", name, kernel_size, libc_size,
                name + ": the kernel's " + kernel.name + " has " + std::to_string(kernel.size) + " bytes, libc's " +
                    libc.name + " " + std::to_string(libc.size));
    }
    for (const CField& field : kernel.fields) Field(name, kernel, libc, field);
    if (out_.differences.size() == before) {
      Agree(name, pointer, libc.name + " *",
            std::to_string(kernel.fields.size()) + " fields in " + std::to_string(kernel.size) + " bytes");
    }
  }

  void Field(const std::string& name, const CRecord& kernel, const CRecord& libc, const CField& field) {
    if (field.bits == 0) return;  // padding of no length
    const CField* other = Counterpart(libc, field);
    if (other != nullptr && SameClass(*other, field)) return;
    const std::string kernel_text = Describe(kernel, field);
    const std::string libc_text = other != nullptr ? Describe(libc, *other) : AtPlaceOf(libc, field);
    Tolerated("record", name + "." + field.path, kernel_text, libc_text,
              name + "->" + field.path + ": the kernel's " + kernel_text + " is libc's " + libc_text);
  }

  const Call& call_;
  const Facts& facts_;
  const Tolerances& tolerances_;
  int word_bits_;
  Comparison out_;
};

}  // namespace

Comparison Compare(const Call& call, const CFunction& function, const Facts& facts, const Tolerances& tolerances,
                   int word_bits) {
  return Comparer(call, facts, tolerances, word_bits).Run(function);
}

}  // namespace libcify
