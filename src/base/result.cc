#include "base/result.h"

#include <iterator>

namespace libcify {

std::string Format(const Error& error) {
  std::string out;
  if (!error.where.file.empty()) {
    out += error.where.file;
    if (error.where.line > 0) {
      out += ':' + std::to_string(error.where.line);
      if (error.where.column > 0) out += ':' + std::to_string(error.where.column);
    }
    out += ": ";
  }
  out += "error: " + error.what;
  if (!error.hint.empty()) out += "; " + error.hint;
  if (!error.rule.empty()) out += " [" + error.rule + "]";
  return out;
}

std::string Format(const Errors& errors) {
  std::string out;
  for (const Error& error : errors) out += Format(error) + '\n';
  return out;
}

void Append(Errors& to, Errors from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace libcify
