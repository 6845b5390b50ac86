// Precedences: go.dev/ref/spec, "Operators". Comparisons, floating point, characters and functions of Go's own other
// than unsafe.Sizeof are left to an error, which says where they stand.
#include "scan/go_constant.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "scan/go_basic.h"

namespace libcify::scan {
namespace {

constexpr int kMaxDepth = 100;  // of constants made of others, and of brackets

struct Operator {
  std::string_view text;
  int precedence = 0;
};

// "<<" and ">>" and "&^" are two tokens each.
Operator OperatorAt(const GoText& tokens, std::size_t at) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kPairs = {
      {{"<", "<"}, {">", ">"}, {"&", "^"}}};
  static constexpr std::array<std::string_view, 3> kTexts = {"<<", ">>", "&^"};
  for (std::size_t i = 0; i < kPairs.size(); ++i) {
    const bool adjacent = tokens.At(at + 1).offset == tokens.At(at).offset + 1;
    if (adjacent && tokens.Is(at, kPairs[i].first) && tokens.Is(at + 1, kPairs[i].second)) return {kTexts[i], 5};
  }
  for (const std::string_view text : {"*", "/", "%", "&"}) {
    if (tokens.Is(at, text)) return {text, 5};
  }
  for (const std::string_view text : {"+", "-", "|", "^"}) {
    if (tokens.Is(at, text)) return {text, 4};
  }
  return {};
}

// Nothing for a division by zero.
std::optional<std::uint64_t> Compute(std::string_view op, std::uint64_t a, std::uint64_t b, bool is_signed) {
  const auto sa = static_cast<std::int64_t>(a), sb = static_cast<std::int64_t>(b);
  if (op == "+") return a + b;
  if (op == "-") return a - b;
  if (op == "*") return a * b;
  if (op == "&") return a & b;
  if (op == "|") return a | b;
  if (op == "^") return a ^ b;
  if (op == "&^") return a & ~b;
  if (op == "<<") return b > 63 ? 0 : a << b;
  if (op == ">>") {
    if (is_signed) return static_cast<std::uint64_t>(sa >> std::min<std::uint64_t>(b, 63));
    return b > 63 ? 0 : a >> b;
  }
  if (b == 0 || (is_signed && sb == -1)) return std::nullopt;  // nor by -1, which overflows for the least value
  if (op == "/") return is_signed ? static_cast<std::uint64_t>(sa / sb) : a / b;
  return is_signed ? static_cast<std::uint64_t>(sa % sb) : a % b;
}

}  // namespace

Result<std::int64_t> GoConstants::Value(const GoSource& source, std::size_t& at) {
  Result<Number> number = Binary(source, at, 4);
  if (!number) return Fail(std::move(number.error()));
  return static_cast<std::int64_t>(number->value);
}

GoConstants::Number GoConstants::Fit(Number number) {
  if (number.bits == 0 || number.bits == 64) return number;
  const int spare = 64 - number.bits;
  number.value <<= spare;
  number.value = number.is_signed ? static_cast<std::uint64_t>(static_cast<std::int64_t>(number.value) >> spare)
                                  : number.value >> spare;
  return number;
}

Result<GoConstants::Number> GoConstants::Binary(const GoSource& source, std::size_t& at, int precedence) {
  Result<Number> left = Unary(source, at);
  while (left) {
    const Operator op = OperatorAt(source.tokens, at);
    if (op.precedence < precedence || source.EndsLine(at - 1)) return left;
    const std::size_t place = at;
    at += op.text.size() == 2 ? 2 : 1;
    const Result<Number> right = Binary(source, at, op.precedence + 1);
    if (!right) return right;
    const bool shift = op.text == "<<" || op.text == ">>";
    const Number& typed = !shift && left->bits == 0 ? *right : *left;
    const std::optional<std::uint64_t> value = Compute(op.text, left->value, right->value, typed.is_signed);
    if (!value) return Fail(source.tokens.ErrorAt(place, "this division has no value"));
    left = Fit({*value, typed.bits, typed.is_signed});
  }
  return left;
}

Result<GoConstants::Number> GoConstants::Unary(const GoSource& source, std::size_t& at) {
  const GoText& tokens = source.tokens;
  if (depth_ > kMaxDepth) return Fail(tokens.ErrorAt(at, "a constant that is made of too many others"));
  ++depth_;
  const auto result = [&]() -> Result<Number> {
    const std::size_t begin = at;
    if (tokens.Is(at, "(")) {
      ++at;
      Result<Number> inner = Binary(source, at, 4);
      if (inner && !tokens.Is(at, ")")) return Fail(tokens.ErrorAt(at, "a constant expression that is not understood"));
      ++at;
      return inner;
    }
    for (const std::string_view sign : {"-", "^", "+"}) {
      if (!tokens.Is(at, sign)) continue;
      ++at;
      Result<Number> inner = Unary(source, at);
      if (!inner || sign == "+") return inner;
      inner->value = sign == "-" ? 0 - inner->value : ~inner->value;
      return Fit(*inner);
    }
    if (tokens.At(at).kind == GoTokenKind::kName) return Name(source, at);
    bool good = tokens.At(at).kind == GoTokenKind::kNumber;
    if (good) good = source.text[tokens.At(at).offset] != '\'';
    const Number number = good ? Literal(tokens.At(at).text, good) : Number();
    if (!good) return Fail(tokens.ErrorAt(begin, "a constant expression that is not understood"));
    ++at;
    return number;
  }();
  --depth_;
  return result;
}

GoConstants::Number GoConstants::Literal(std::string_view text, bool& good) {
  std::string digits;
  for (const char c : text) {
    if (c != '_') digits += c;
  }
  int base = 10;
  std::size_t begin = 0;
  if (digits.size() > 1 && digits[0] == '0') {
    const char kind = static_cast<char>(digits[1] | 0x20);
    base = kind == 'x' ? 16 : kind == 'b' ? 2 : 8;
    begin = kind == 'x' || kind == 'b' || kind == 'o' ? 2 : 1;
  }
  Number out;
  const char* const end = digits.data() + digits.size();
  const auto [stop, failed] = std::from_chars(digits.data() + begin, end, out.value, base);
  good = failed == std::errc() && stop == end;
  return out;
}

// A constant, a conversion or unsafe.Sizeof.
Result<GoConstants::Number> GoConstants::Name(const GoSource& source, std::size_t& at) {
  const GoText& tokens = source.tokens;
  const std::size_t begin = at;
  std::string name(tokens.At(at++).text);
  std::string package = packages_.tree().files[source.file].package;
  if (tokens.Is(at, ".")) {
    package = packages_.PathOf(source.file, name);
    name = std::string(tokens.At(at + 1).text);
    at += 2;
  }
  if (package == "unsafe" && name == "Sizeof" && tokens.Is(at, "(")) {
    const std::size_t close = tokens.Close(at);
    ++at;
    Result<std::int64_t> size = size_of_(source, at);  // of "T{}" or "T(0)"
    if (!size) return Fail(std::move(size.error()));
    at = close + 1;
    return Number{static_cast<std::uint64_t>(*size), word_bits_, false};
  }
  const GoBasic* basic = FindBasic(name);
  if (basic != nullptr && tokens.Is(at, "(")) {
    ++at;
    Result<Number> inner = Binary(source, at, 4);
    if (!inner) return inner;
    if (!tokens.Is(at, ")")) return Fail(tokens.ErrorAt(at, "a constant expression that is not understood"));
    ++at;
    return Fit({inner->value, basic->bits == 0 ? word_bits_ : basic->bits, basic->is_signed});
  }
  if (name == "iota" && iota_ >= 0) return Number{static_cast<std::uint64_t>(iota_), 0, true};
  const GoPackages::Names& names = packages_.Constants(package);
  const auto found = names.find(name);
  if (found == names.end()) return Fail(tokens.ErrorAt(begin, "no package of the tree says which number " + name + " is"));
  // Each once: a constant that names another twice, and that one a third, would ask for the last 2^n times.
  if (const auto known = known_.find(&found->second); known != known_.end()) return known->second;
  std::size_t value = found->second.token;
  const int outer = std::exchange(iota_, found->second.iota);
  Result<Number> number = Binary(*found->second.source, value, 4);
  iota_ = outer;
  const GoBasic* type = FindBasic(std::string(found->second.source->tokens.At(found->second.name + 1).text));
  if (number && type != nullptr) {  // "const x uint32 = …"
    number = Fit({number->value, type->bits == 0 ? word_bits_ : type->bits, type->is_signed});
  }
  if (number) known_.emplace(&found->second, *number);
  return number;
}

}  // namespace libcify::scan
