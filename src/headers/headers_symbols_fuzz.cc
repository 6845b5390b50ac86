// Any bytes as a shared object and as abilists: read or refused, never out of bounds.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "headers/symbols.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)libcify::ParseElfSymbols("fuzz", bytes);
  (void)libcify::ParseAbilists("fuzz", bytes, "x86_64-linux-gnu");
  return 0;
}
