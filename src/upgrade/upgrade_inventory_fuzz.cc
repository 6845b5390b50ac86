// Any bytes: ReadInventories neither crashes nor lies. What it accepts is written and read back the same, and differs from
// itself in nothing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "upgrade/compare.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using libcify::ReadInventories, libcify::Record, libcify::Result;
  const Result<std::vector<Record>> records = ReadInventories("fuzz", {reinterpret_cast<const char*>(data), size});
  if (!records) {
    if (records.error().empty()) std::abort();  // a failure says why
    return 0;
  }
  for (const Record& record : *records) {
    const std::string text = InventoryText(record);
    const Result<std::vector<Record>> again = ReadInventories("fuzz", text);
    if (!again || InventoryText(again->front()) != text) std::abort();
    const libcify::Tree tree{.go = record.go, .records = {{record.target, record}}, .unread = {}, .unknown = {}};
    if (!Compare(tree, tree).changes.empty()) std::abort();
  }
  return 0;
}
