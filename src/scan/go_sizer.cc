#include "scan/go_sizer.h"

#include <algorithm>
#include <array>
#include <optional>

#include "scan/go_basic.h"

namespace libcify::scan {
namespace {

constexpr int kMaxDepth = 100;
constexpr std::int64_t kMaxSize = std::int64_t{1} << 26;  // bytes, so that bits fit an int
constexpr std::int64_t kMaxFlattened = 64;                // as in the facts: longer arrays of structures stay one leaf
constexpr std::size_t kMaxLeaves = 10'000;                // of a structure
constexpr std::string_view kAlign64 = "align64";          // a mark of the compiler, in these packages
constexpr std::array<std::string_view, 3> kAtomic = {"sync/atomic", "internal/runtime/atomic", "runtime/internal/atomic"};

std::int64_t Aligned(std::int64_t offset, std::int64_t align) { return (offset + align - 1) / align * align; }

std::string Joined(const std::string& outer, const std::string& inner) {
  return outer.empty() || inner.empty() || inner.starts_with('[') ? outer + inner : outer + "." + inner;
}

}  // namespace

// Only 386, arm and 32-bit mips align a value of 64 bits to 4 (cmd/compile/internal/*/galign.go, cmd/internal/sys).
GoSizer::GoSizer(const SourceTree& tree, const Port& port)
    : packages_(tree),
      word_bits_(port.goarch == "wasm" ? 64 : port.word_bits),
      max_align_(word_bits_ / 8),
      constants_(packages_, word_bits_, [this](const GoSource& source, std::size_t& at) -> Result<std::int64_t> {
        Result<Laid> laid = Type(source, at);
        if (!laid) return Fail(std::move(laid.error()));
        return laid->size;
      }) {}

Result<GoRecord> GoSizer::Lay(std::size_t file, std::string_view type) {
  const SourceFile& where = packages_.tree().files[file];
  Result<GoText> tokens = GoText::Parse(where.path, std::string(type));
  if (!tokens) return Fail(std::move(tokens.error()));
  const GoSource source{file, type, std::move(*tokens)};
  std::size_t at = 0;
  Result<Laid> laid = Type(source, at);
  if (!laid) return Fail(std::move(laid.error()));
  GoRecord out{.layout = {.name = laid->name.empty() ? std::string(type) : laid->name,
                          .size = static_cast<int>(laid->size),
                          .align = static_cast<int>(laid->align)},
               .span = laid->span,
               .is_structure = laid->is_structure};
  for (Leaf& leaf : laid->leaves) {
    out.layout.fields.push_back(std::move(leaf.field));
    out.places.push_back(std::move(leaf.place));
  }
  return out;
}

std::vector<std::string> GoSizer::StructuresOf(const std::string& package) {
  std::vector<std::string> out;
  for (const auto& [name, declared] : packages_.Types(package)) {
    if (!declared.generic && declared.source->tokens.Is(declared.token, "struct")) out.push_back(name);
  }
  return out;
}

GoSizer::Laid GoSizer::Scalar(CTypeKind kind, int bits, bool is_signed, int align_bits) const {
  const int align = std::min((align_bits == 0 ? bits : align_bits) / 8, max_align_);
  return {.size = bits / 8,
          .align = align,
          .leaves = {{.field = {.bits = bits, .element_bits = bits, .is_signed = is_signed, .kind = kind}}}};
}

// Strings, slices and interfaces: the compiler's own structures (internal/abi, runtime/slice.go).
GoSizer::Laid GoSizer::Words(const std::vector<std::pair<std::string, CTypeKind>>& parts) const {
  Laid out;
  for (const auto& [name, kind] : parts) Put(out, name, Scalar(kind, word_bits_, kind == CTypeKind::kInteger), {});
  return out;
}

// Behind what the structure has already.
void GoSizer::Put(Laid& structure, const std::string& name, const Laid& field, const Span& place) {
  const std::int64_t offset = Aligned(structure.size, field.align);
  for (const Leaf& leaf : field.leaves) {
    Leaf& added = structure.leaves.emplace_back(leaf);
    added.field.path = Joined(name, leaf.field.path);
    added.field.offset += static_cast<int>(offset * 8);
    added.place = place;
  }
  structure.size = offset + field.size;
  structure.align = std::max(structure.align, field.align);
}

Result<GoSizer::Laid> GoSizer::Type(const GoSource& source, std::size_t& at) {
  const GoText& tokens = source.tokens;
  if (depth_ > kMaxDepth) return Fail(tokens.ErrorAt(at, "types inside of each other without end"));
  ++depth_;
  Result<Laid> out = [&]() -> Result<Laid> {
    if (tokens.Is(at, "struct")) return Structure(source, at);
    if (tokens.Is(at, "[") && !tokens.Is(at + 1, "]")) return Array(source, at);
    if (tokens.Is(at, "(")) {
      ++at;
      Result<Laid> inner = Type(source, at);
      ++at;
      return inner;
    }
    const bool slice = tokens.Is(at, "["), function = tokens.Is(at, "func"), interface = tokens.Is(at, "interface");
    const bool pointer = tokens.Is(at, "*") || tokens.Is(at, "map") || tokens.Is(at, "chan") || tokens.Is(at, "<");
    if (!slice && !function && !interface && !pointer) return Named(source, at);
    Skip(source, at);
    if (slice) {
      return Words({{"ptr", CTypeKind::kPointer}, {"len", CTypeKind::kInteger}, {"cap", CTypeKind::kInteger}});
    }
    if (interface) return Words({{"type", CTypeKind::kPointer}, {"data", CTypeKind::kPointer}});
    return Pointer(function ? CTypeKind::kFunctionPointer : CTypeKind::kPointer);
  }();
  --depth_;
  return out;
}

Result<GoSizer::Laid> GoSizer::Array(const GoSource& source, std::size_t& at) {
  const GoText& tokens = source.tokens;
  const std::size_t begin = at++;
  const Result<std::int64_t> count = constants_.Value(source, at);
  if (!count) return Fail(count.error());
  if (!tokens.Is(at, "]")) return Fail(tokens.ErrorAt(at, "a length of an array that is not understood"));
  ++at;
  Result<Laid> element = Type(source, at);
  if (!element) return element;
  const std::size_t leaves =
      *count > kMaxFlattened ? 1 : element->leaves.size() * static_cast<std::size_t>(std::max<std::int64_t>(*count, 0));
  if (*count < 0 || *count > kMaxSize || *count * std::max<std::int64_t>(element->size, 1) > kMaxSize ||
      leaves > kMaxLeaves) {
    return Fail(tokens.ErrorAt(begin, "an array that is too large to be anything of C's"));
  }
  Laid out{.size = *count * element->size, .align = element->align};
  const std::string dimension = "[" + std::to_string(*count) + "]";
  const int count_bits = static_cast<int>(*count);
  const bool plain = !element->is_structure && element->leaves.size() == 1;
  if (plain) {
    Leaf leaf = element->leaves[0];
    leaf.field.path = dimension + leaf.field.path;
    leaf.field.bits *= count_bits;
    out.leaves.push_back(std::move(leaf));
  } else if (*count > kMaxFlattened) {
    const int element_bits = static_cast<int>(element->size) * 8;
    out.leaves.push_back({.field = {.path = dimension,
                                    .bits = element_bits * count_bits,
                                    .element_bits = element_bits,
                                    .kind = CTypeKind::kRecord}});
  } else {
    out.is_structure = true;
    for (int i = 0; i < count_bits; ++i) {
      for (Leaf leaf : element->leaves) {
        leaf.field.path = Joined("[" + std::to_string(i) + "]", leaf.field.path);
        leaf.field.offset += i * static_cast<int>(element->size) * 8;
        out.leaves.push_back(std::move(leaf));
      }
    }
  }
  return out;
}

bool GoSizer::IsEmbedded(const GoSource& source, std::size_t at) {
  const GoText& tokens = source.tokens;
  if (tokens.Is(at, "*")) return true;
  if (tokens.Is(at + 1, ".") && !source.EndsLine(at)) return true;
  if (tokens.Is(at + 1, "[") && !source.EndsLine(at)) return source.EndsLine(tokens.Close(at + 1));  // type arguments
  return source.EndsLine(at) || tokens.IsString(at + 1);
}

Result<GoSizer::Laid> GoSizer::Structure(const GoSource& source, std::size_t& at) {
  const GoText& tokens = source.tokens;
  Laid out{.is_structure = true};
  std::int64_t last = 1;  // size of the last field
  at += 2;
  while (at < tokens.size() && !tokens.Is(at, "}")) {
    if (tokens.Is(at, ";")) {
      ++at;
      continue;
    }
    std::vector<std::size_t> names;
    std::optional<std::size_t> embedded;
    if (IsEmbedded(source, at)) {
      embedded = at;
    } else {
      for (names.push_back(at++); tokens.Is(at, ","); at += 2) names.push_back(at + 1);
    }
    const std::size_t type = at;
    const Result<Laid> field = Type(source, at);
    if (!field) return field;
    if (at == type) return Fail(tokens.ErrorAt(at, "a field that is not understood"));
    if (embedded) names.push_back(tokens.Is(at - 1, "]") ? type : at - 1);  // "T" of "*pkg.T"
    for (const std::size_t name : names) {
      Put(out, std::string(tokens.At(name).text), *field, source.PlaceOf(embedded.value_or(name)));
      if (out.size <= kMaxSize && out.leaves.size() <= kMaxLeaves) continue;
      return Fail(tokens.ErrorAt(type, "a structure that is too large to be anything of C's"));
    }
    last = field->size;
    if (tokens.IsString(at)) ++at;  // a tag
  }
  ++at;
  // Not to end where another variable begins, whose address would be that of the field.
  if (last == 0 && out.size > 0) ++out.size;
  out.size = Aligned(out.size, out.align);
  return out;
}

Result<GoSizer::Laid> GoSizer::Named(const GoSource& source, std::size_t& at) {
  const GoText& tokens = source.tokens;
  const std::size_t begin = at;
  if (tokens.At(at).kind != GoTokenKind::kName) return Fail(tokens.ErrorAt(at, "a type that is not understood"));
  std::string name(tokens.At(at).text);
  std::string package = packages_.tree().files[source.file].package;
  const bool qualified = tokens.Is(at + 1, ".");
  if (qualified) {
    package = packages_.PathOf(source.file, name);
    name = std::string(tokens.At(at + 2).text);
  }
  at += qualified ? 3 : 1;
  const bool instance = tokens.Is(at, "[") && !source.EndsLine(at - 1);
  if (instance) return Fail(tokens.ErrorAt(begin, name + " has type parameters"));
  if (package == "unsafe") return Pointer();
  if (qualified || packages_.Types(package).contains(name)) return Declared(package, name, source, begin);
  if (const GoBasic* basic = FindBasic(name)) {
    return Scalar(CTypeKind::kInteger, basic->bits == 0 ? word_bits_ : basic->bits, basic->is_signed);
  }
  if (name == "string") return Words({{"ptr", CTypeKind::kPointer}, {"len", CTypeKind::kInteger}});
  if (name == "error" || name == "any") return Words({{"type", CTypeKind::kPointer}, {"data", CTypeKind::kPointer}});
  if (name == "float32" || name == "float64") return Scalar(CTypeKind::kFloat, name == "float32" ? 32 : 64, true);
  if (name == "complex64" || name == "complex128") {
    const int bits = name == "complex64" ? 32 : 64;
    Laid out;
    for (const char* part : {"real", "imag"}) Put(out, part, Scalar(CTypeKind::kFloat, bits, true), {});
    return out;
  }
  return Declared(package, name, source, begin);
}

Result<GoSizer::Laid> GoSizer::Declared(const std::string& package, const std::string& name, const GoSource& source,
                                        std::size_t at) {
  const std::string full = package + "." + name;
  if (const auto known = known_.find(full); known != known_.end()) return known->second;
  const GoPackages::Names& names = packages_.Types(package);
  const auto found = names.find(name);
  if (found == names.end()) return Fail(source.tokens.ErrorAt(at, "no package of the tree declares " + full));
  const GoDeclared& declared = found->second;
  const Span span = declared.source->PlaceOf(declared.name);
  if (declared.generic) return Fail({.where = span, .what = name + " has type parameters"});
  std::size_t type = declared.token;
  Result<Laid> laid = Type(*declared.source, type);
  if (laid) {
    const bool marks = name == kAlign64 && std::find(kAtomic.begin(), kAtomic.end(), package) != kAtomic.end();
    if (marks) laid->align = 8;
    laid->name = full;
    laid->span = span;
  }
  return known_.emplace(full, std::move(laid)).first->second;
}

// After a function's parameters: is a result to come that is no list in parentheses? `at` is behind the latter.
bool GoSizer::HasPlainResult(const GoSource& source, std::size_t& at) {
  const GoText& tokens = source.tokens;
  if (source.EndsLine(at - 1)) return false;
  if (tokens.Is(at, "(")) {
    at = tokens.Close(at) + 1;
    return false;
  }
  return !tokens.Is(at, ",") && !tokens.Is(at, ")") && !tokens.Is(at, "]") && !tokens.Is(at, "{") && !tokens.Is(at, "=") &&
         !tokens.IsString(at);
}

void GoSizer::Skip(const GoSource& source, std::size_t& at) const {
  const GoText& tokens = source.tokens;
  while (at < tokens.size()) {
    if (tokens.Is(at, "func")) {
      at = tokens.Close(at + 1) + 1;
      if (!HasPlainResult(source, at)) return;
    } else if (tokens.Is(at, "struct") || tokens.Is(at, "interface")) {
      at = tokens.Close(at + 1) + 1;
      return;
    } else if (tokens.Is(at, "[") || tokens.Is(at, "(")) {
      const bool whole = tokens.Is(at, "(");
      at = tokens.Close(at) + 1;
      if (whole) return;
    } else if (tokens.Is(at, "map")) {
      at = tokens.Close(at + 1) + 1;
    } else if (tokens.Is(at, "*") || tokens.Is(at, "chan") || tokens.Is(at, "<") || tokens.Is(at, "-")) {
      ++at;
    } else {  // a name
      at += tokens.Is(at + 1, ".") ? 3 : 1;
      if (tokens.Is(at, "[") && !source.EndsLine(at - 1)) at = tokens.Close(at) + 1;
      return;
    }
  }
}

}  // namespace libcify::scan
