// Any bytes as a shared object, as abilists, as musl's stubs and as a table of system calls: read or refused, never out of
// bounds.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "headers/kernel_folders.h"
#include "headers/symbols.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)libcify::ParseElfSymbols("fuzz", bytes);
  (void)libcify::ParseAbilists("fuzz", bytes, "x86_64-linux-gnu");
  (void)libcify::ParseMuslStubs("fuzz", bytes, "i386-linux-musl");
  (void)libcify::ParseSourceTable("fuzz", bytes, {.goarch = "x", .abis = {"common", "64"}, .base = 4000});
  return 0;
}
