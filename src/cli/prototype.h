// Prototypes as C source writes them: "ssize_t read(int fd, void * buf, size_t count)".
#pragma once

#include <string>

#include "model/facts.h"

namespace libcify {

[[nodiscard]] std::string Prototype(const Contract& contract);
[[nodiscard]] std::string Prototype(const CFunction& function);

}  // namespace libcify
