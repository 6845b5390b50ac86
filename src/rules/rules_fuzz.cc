// Rules from any bytes: read or refused, never a crash. The first byte chooses the kind of file.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/json.h"
#include "rules/reading.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  libcify::Result<libcify::Json> json = libcify::Json::Parse("fuzz.json", text);
  if (!json) return 0;
  libcify::Errors errors;
  libcify::rules::Ids ids;
  libcify::RuleSet set;
  std::vector<libcify::Port> ports;
  switch (data[0] % 4) {
    case 0:
      libcify::rules::ReadExtractFile(*json, ids, set.extract, errors);
      break;
    case 1:
      libcify::rules::ReadBindFile(*json, ids, set, errors);
      break;
    case 2:
      libcify::rules::ReadDialectFile(*json, ids, set.dialects, errors);
      break;
    default:
      libcify::rules::ReadPortsFile(*json, ports, errors);
      break;
  }
  return 0;
}
