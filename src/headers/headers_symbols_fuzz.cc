// Any bytes as a symbol list of each form and as a list of system calls of each system: read or refused, never out of
// bounds.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "headers/asked.h"
#include "headers/bsd_calls.h"
#include "headers/kernel_folders.h"
#include "headers/symbols.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)libcify::ParseElfSymbols("fuzz", bytes);
  (void)libcify::ParseAbilists("fuzz", bytes, "x86_64-linux-gnu");
  (void)libcify::ParseAbilists("fuzz", bytes, "armv7-unknown-freebsd14-gnueabihf");
  (void)libcify::ParseTapi("fuzz", bytes, "arm64-apple-macosx12.0");
  (void)libcify::ParseDefFile("fuzz", bytes);
  (void)libcify::ParseWasiImports("fuzz", bytes);
  (void)libcify::ParseAsked("fuzz", bytes, {.goos = "windows", .goarch = "386"});
  (void)libcify::ParseCallHeader("fuzz", bytes);
  (void)libcify::ParseLibsys("fuzz", bytes);
  (void)libcify::ParseSysproto("fuzz", bytes);
  (void)libcify::ParseGoNumbers("fuzz", bytes);
  (void)libcify::ParseMuslStubs("fuzz", bytes, "i386-linux-musl");
  (void)libcify::ParseSourceTable("fuzz", bytes, {.goarch = "x", .abis = {"common", "64"}, .base = 4000});
  return 0;
}
