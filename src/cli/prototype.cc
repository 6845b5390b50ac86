#include "cli/prototype.h"

namespace libcify {
namespace {

std::string Write(const std::string& name, const CType& result, const std::vector<CParameter>& parameters, bool variadic) {
  std::string out = result.spelling + " " + name + "(";
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    out += (i == 0 ? "" : ", ") + parameters[i].type.spelling;
    if (!parameters[i].name.empty()) out += " " + parameters[i].name;
  }
  if (variadic) out += parameters.empty() ? "..." : ", ...";
  return out + ")";
}

}  // namespace

std::string Prototype(const Contract& contract) {
  return Write(contract.entry, contract.result, contract.parameters, false);
}

std::string Prototype(const CFunction& function) {
  return Write(function.name, function.result, function.parameters, function.variadic);
}

}  // namespace libcify
