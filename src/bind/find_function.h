// A function of the facts by its name in C source or by that of the linker.
#pragma once

#include <map>
#include <string>

#include "model/facts.h"

namespace libcify {

class FunctionFinder {
 public:
  // The facts must live as long as this object.
  explicit FunctionFinder(const Facts& facts) : facts_(facts) {
    for (const auto& [name, function] : facts.functions) by_link_name_.emplace(function.link_name, &function);
  }

  // By either name, that of C source first: the kernel of NetBSD calls __fstat50 what C source calls fstat.
  [[nodiscard]] const CFunction* Find(const std::string& name) const {
    const auto named = facts_.functions.find(name);
    return named != facts_.functions.end() ? &named->second : Linked(name);
  }

  // By the linker's name, as Go imports it: stat$INODE64 is C's stat, and stat alone is another function.
  [[nodiscard]] const CFunction* Linked(const std::string& symbol) const {
    const auto linked = by_link_name_.find(symbol);
    return linked == by_link_name_.end() ? nullptr : linked->second;
  }

 private:
  const Facts& facts_;
  std::map<std::string, const CFunction*> by_link_name_;
};

}  // namespace libcify
