// Any bytes: Json::Parse neither crashes nor lies. What it accepts is written and read back the same, both ways.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/json.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using libcify::Json;
  const libcify::Result<Json> json = Json::Parse("fuzz", std::string_view(reinterpret_cast<const char*>(data), size));
  if (!json) {
    if (json.error().empty()) std::abort();  // a failure says why
    return 0;
  }
  for (const std::string& text : {json->Compact(), json->Pretty()}) {
    const libcify::Result<Json> again = Json::Parse("fuzz", text);
    if (!again || again->Compact() != json->Compact() || again->Pretty() != json->Pretty()) std::abort();
  }
  return 0;
}
