#include "headers/asked.h"

#include "base/json.h"

namespace libcify {

Result<AskedNames> ParseAsked(const std::string& file, std::string_view text, const Target& target) {
  Result<Json> json = Json::Parse(file, text);
  if (!json) return Fail(json.error());
  AskedNames out;
  Errors errors;
  ObjectReader reader(*json, errors);
  (void)reader.String("doc");
  const std::string goos = target.goos == "ios" ? "darwin" : target.goos;
  if (const Json* systems = reader.Object("systems")) {
    for (const auto& [key, libraries] : systems->members()) {
      ObjectReader row(libraries, errors);
      if (libraries.kind() != Json::Kind::kObject) continue;
      const bool ours = key == goos || key == goos + "/" + target.goarch;
      for (const auto& [library, list] : libraries.members()) {
        for (std::string& name : row.Strings(library)) {
          if (ours) out[library].insert(std::move(name));
        }
      }
    }
  }
  reader.Finish();
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

}  // namespace libcify
