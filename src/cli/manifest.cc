#include "cli/manifest.h"

#include <utility>

#include "base/file.h"
#include "base/json.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

bool StaysInside(const fs::path& path) { return !path.is_absolute() && !path.lexically_normal().string().starts_with(".."); }

void ReadFiles(ObjectReader& reader, Errors& errors, Manifest& out) {
  for (const Json& item : reader.Array("files")) {
    ObjectReader file(item, errors);
    // Null: of a file that is left out, or that replaces none.
    const auto text = [&](const char* key) {
      const Json* value = file.Any(key);
      return value == nullptr ? std::string() : value->string();
    };
    const std::string path = text("path"), replaces = text("replaces");
    for (const auto& [key, name] : {std::pair("path", &path), std::pair("replaces", &replaces)}) {
      if (!StaysInside(*name)) file.Complain(key, "leaves its folder");
    }
    if (!replaces.empty()) out.replaced[fs::path(replaces).lexically_normal().string()] = path;
  }
}

}  // namespace

Result<Manifest> ReadManifest(const fs::path& folder) {
  const fs::path path = folder / "manifest.json";
  Result<std::string> text = ReadFile(path);
  if (!text) {
    return Fail({.where = {folder.string()},
                 .what = "is no output of libcify generate: it has no manifest.json",
                 .cls = ErrorClass::kUsage});
  }
  Result<Json> json = Json::Parse(path.string(), *text);
  if (!json) return Fail(std::move(json.error()));
  Errors errors;
  ObjectReader reader(*json, errors);
  Manifest out{.text = std::move(*text),
               .go = reader.String("go"),
               .target = reader.String("target"),
               .libc = reader.String("libc"),
               .dialect = reader.String("dialect"),
               .as = reader.String("as", "tree"),
               .experiments = reader.String("experiments", ""),
               .sysroot = reader.String("sysroot", ""),
               .replaced = {}};
  ReadFiles(reader, errors, out);
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

}  // namespace libcify
