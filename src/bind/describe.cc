#include "bind/describe.h"

namespace libcify {

std::string Describe(const CType& type) {
  switch (type.kind) {
    case CTypeKind::kVoid:
      return "void";
    case CTypeKind::kInteger:
      return (type.is_signed ? "i" : "u") + std::to_string(type.bits);
    case CTypeKind::kPointer:
      return (type.pointee_const ? "const " : "") + type.pointee + " *";
    case CTypeKind::kFunctionPointer:
      return "function *";
    case CTypeKind::kFloat:
      return "float" + std::to_string(type.bits);
    case CTypeKind::kRecord:
      return "record " + type.pointee;
  }
  return "?";
}

std::string Describe(const CRecord& record, const CField& field) {
  const bool pointer = field.kind == CTypeKind::kPointer || field.kind == CTypeKind::kFunctionPointer;
  std::string out = record.name + ": ";
  out += pointer ? "p" : field.is_signed ? "i" : "u";
  out += std::to_string(field.element_bits);
  if (field.bits != field.element_bits && field.element_bits != 0) {
    out += "[" + std::to_string(field.bits / field.element_bits) + "]";
  }
  return out + " @" + std::to_string(field.offset);
}

char ShapeLetter(const CType& type) {
  if (type.kind == CTypeKind::kVoid) return 'v';
  if (type.kind == CTypeKind::kPointer || type.kind == CTypeKind::kFunctionPointer) return 'p';
  if (type.kind == CTypeKind::kRecord && type.pointee == "union _LARGE_INTEGER") return 'r';
  if (type.kind != CTypeKind::kInteger) return '?';
  switch (type.bits) {
    case 8:
      return type.is_signed ? 'c' : 'C';
    case 16:
      return type.is_signed ? 'h' : 'H';
    case 32:
      return type.is_signed ? 'i' : 'u';
    case 64:
      return type.is_signed ? 'l' : 'L';
    default:
      return '?';
  }
}

std::string Shape(const CFunction& function) {
  std::string out = {ShapeLetter(function.result), '='};
  for (const CParameter& parameter : function.parameters) out += ShapeLetter(parameter.type);
  if (function.variadic) out += '.';
  return out;
}

}  // namespace libcify
