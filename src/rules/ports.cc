// Ports from rules/ports.json: one row for each GOOS/GOARCH, with all that differs by platform and is no rule of its own.
#include <algorithm>
#include <charconv>

#include "rules/reading.h"

namespace libcify::rules {
namespace {

const std::vector<std::string> kMechanisms = {"instruction", "trampoline", "variable", "dll", "wasmimport"};

bool IsHexBytes(const std::string& text) {
  return !text.empty() && text.size() % 2 == 0 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void CheckUnique(ObjectReader& reader, std::string_view key, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) reader.Complain(key, "holds an empty name");
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
        names.begin() + static_cast<std::ptrdiff_t>(i)) {
      reader.Complain(key, Quoted(names[i]) + " is named twice");
    }
  }
}

std::vector<std::string> ReadNames(ObjectReader& reader, std::string_view key) {
  std::vector<std::string> names = reader.Strings(key);
  CheckUnique(reader, key, names);
  return names;
}

// "F0..F31": the names F0 to F31. Empty for anything else.
std::vector<std::string> ExpandRange(const std::string& text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return {};
  const auto split = [](const std::string& name, std::string& stem, int& number) {
    const std::size_t digits = name.find_first_of("0123456789");
    if (digits == 0 || digits == std::string::npos) return false;
    stem = name.substr(0, digits);
    const char* const end = name.data() + name.size();
    return std::from_chars(name.data() + digits, end, number).ptr == end;
  };
  std::string first, last;
  int from = 0, to = 0;
  constexpr int kMost = 127;
  if (!split(text.substr(0, dots), first, from) || !split(text.substr(dots + 2), last, to)) return {};
  if (first != last || from >= to || to > kMost) return {};
  std::vector<std::string> out;
  for (int i = from; i <= to; ++i) out.push_back(first + std::to_string(i));
  return out;
}

// Register names, in which "F0..F31" stands for all from F0 to F31.
std::vector<std::string> ReadRegisters(ObjectReader& reader, std::string_view key) {
  std::vector<std::string> out;
  for (const std::string& name : reader.Strings(key)) {
    const std::vector<std::string> range = ExpandRange(name);
    out.insert(out.end(), range.begin(), range.end());
    if (!range.empty()) continue;
    if (name.find("..") != std::string::npos) reader.Complain(key, Quoted(name) + " is no range such as \"F0..F31\"");
    out.push_back(name);
  }
  CheckUnique(reader, key, out);
  return out;
}

SyscallAbi ReadAbi(const Json& json, Errors& errors) {
  ObjectReader reader(json, errors);
  SyscallAbi abi;
  static_cast<void>(ReadText(reader, "source"));  // demanded: every fact of this row has a source
  abi.instructions = ReadNames(reader, "instructions");
  if (abi.instructions.empty()) reader.Complain("instructions", "must name at least one statement");
  abi.foreign = ReadNames(reader, "foreign");
  abi.encodings = ReadNames(reader, "encodings");
  if (abi.encodings.empty()) reader.Complain("encodings", "must give at least one encoding");
  for (const std::string& encoding : abi.encodings) {
    if (!IsHexBytes(encoding)) reader.Complain("encodings", "expected whole bytes in lower-case hex, such as \"0f05\"");
  }
  abi.number = ReadText(reader, "number");
  constexpr std::int64_t kMostMask = (1 << 24) - 1;  // the longest operand is that of arm's SWI
  const std::int64_t mask = reader.Integer("operand_mask", 0);
  if (mask < 0 || mask > kMostMask) reader.Complain("operand_mask", "is out of range");
  abi.operand_mask = static_cast<int>(std::clamp<std::int64_t>(mask, 0, kMostMask));
  abi.arguments = ReadRegisters(reader, "arguments");
  abi.results = ReadRegisters(reader, "results");
  if (abi.results.empty()) reader.Complain("results", "must name at least one register");
  abi.error_flag = reader.String("error_flag", "");
  abi.kernel_clobbers = ReadRegisters(reader, "kernel_clobbers");
  abi.c_clobbers = ReadRegisters(reader, "c_clobbers");
  abi.trampoline_keeps = ReadRegisters(reader, "trampoline_keeps");
  for (const std::string& kept : abi.trampoline_keeps) {
    if (!Contains(abi.c_clobbers, kept)) reader.Complain("trampoline_keeps", Quoted(kept) + " is not one of c_clobbers");
  }
  abi.c_saves_never = ReadRegisters(reader, "c_saves_never");
  for (const std::string& lost : abi.c_saves_never) {
    if (!abi.c_clobbers.empty() && !Contains(abi.c_clobbers, lost))
      reader.Complain("c_saves_never", Quoted(lost) + " is not one of c_clobbers");
  }
  abi.link_register = reader.Bool("link_register", false);
  abi.word_arguments = reader.Bool("word_arguments", false);
  reader.Finish();
  return abi;
}

void ReadLibcs(ObjectReader& reader, Port& port, Errors& errors) {
  if (!reader.Has("libcs")) {
    Forbid(reader, "default_libc", "this port has no libc");
    reader.Ignore("libcs");
    reader.Ignore("default_libc");
    return;
  }
  for (const Json& item : reader.Array("libcs")) {
    ObjectReader libc(item, errors);
    std::string name = ReadText(libc, "name");
    std::string baseline = ReadText(libc, "baseline");
    static_cast<void>(ReadText(libc, "source"));
    if (!name.empty() && !port.libcs.emplace(name, baseline).second) {
      libc.Complain("name", "there is another libc of this name");
    }
    libc.Finish();
  }
  port.default_libc = ReadText(reader, "default_libc");
  if (!port.libcs.empty() && !port.default_libc.empty() && !port.libcs.contains(port.default_libc)) {
    reader.Complain("default_libc", Quoted(port.default_libc) + " is not one of libcs");
  }
}

void ReadKept(ObjectReader& reader, Port& port, Errors& errors) {
  const Json* json = reader.ObjectOrNull("kept");
  if (json == nullptr) return;
  ObjectReader kept(*json, errors);
  port.kept_reason = ReadText(kept, "reason");
  port.kept_reference = ReadText(kept, "reference");
  kept.Finish();
}

void ReadDefines(ObjectReader& reader, Port& port, Errors& errors) {
  const Json* defines = reader.ObjectOrNull("defines");
  if (defines == nullptr) return;
  for (const auto& [name, value] : defines->members()) {
    if (value.kind() == Json::Kind::kString) {
      port.defines[name] = value.string();
    } else {
      errors.push_back({value.span(), value.path() + ": expected a string"});
    }
  }
}

Port ReadPort(const Json& json, Errors& errors) {
  ObjectReader reader(json, errors);
  Port port;
  if (json.kind() != Json::Kind::kObject) return port;
  port.goos = ReadText(reader, "goos");
  port.goarch = ReadText(reader, "goarch");
  port.triple = ReadText(reader, "triple");
  const std::int64_t bits = reader.Integer("word_bits");
  if (reader.Has("word_bits") && bits != 32 && bits != 64) reader.Complain("word_bits", "must be 32 or 64");
  port.word_bits = bits == 32 ? 32 : 64;
  port.big_endian = reader.Bool("big_endian", false);
  ReadLibcs(reader, port, errors);
  port.mechanism = kMechanisms[reader.OneOf("mechanism", kMechanisms)];
  ReadKept(reader, port, errors);
  // Ports of other mechanisms may have instructions left (syscall.RawSyscall of darwin).
  const Json* abi = port.mechanism == "instruction" ? reader.Object("syscall") : reader.ObjectOrNull("syscall");
  if (abi != nullptr) port.syscall = ReadAbi(*abi, errors);
  constexpr std::int64_t kMostBase = 1 << 20;
  const std::int64_t base = reader.Integer("table_base", 0);
  if (base < 0 || base > kMostBase) reader.Complain("table_base", "is out of range");
  port.table_base = static_cast<int>(std::clamp<std::int64_t>(base, 0, kMostBase));
  ReadDefines(reader, port, errors);
  reader.Finish();
  return port;
}

}  // namespace

void ReadPortsFile(const Json& root, std::vector<Port>& out, Errors& errors) {
  ObjectReader reader(root, errors);
  reader.Ignore("$schema");
  for (const Json& json : reader.Array("ports")) {
    Port port = ReadPort(json, errors);
    for (const Port& other : out) {
      if (other.Name() == port.Name()) {
        errors.push_back({json.span(), json.path() + ": there is another row for " + port.Name()});
      }
    }
    out.push_back(std::move(port));
  }
  reader.Finish();
}

}  // namespace libcify::rules
