// Any text as facts of a libc and of a kernel: it is read or refused, and what is read is written and read again unchanged.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "headers/facts_text.h"
#include "headers/headers.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  libcify::Facts facts;
  std::string kernel;
  (void)libcify::ParseLibcFacts("fuzz.json", text, facts, kernel);
  libcify::Facts calls;
  if (!libcify::ParseKernelFacts("fuzz.json", text, calls)) return 0;
  // Numbers and spellings that the writer would put otherwise are normal after one round.
  std::string once = libcify::WriteFacts(calls)[1].text;
  libcify::Facts again;
  if (!libcify::ParseKernelFacts("again.json", once, again)) std::abort();
  if (libcify::WriteFacts(again)[1].text != once) std::abort();
  return 0;
}
