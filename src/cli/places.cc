#include "cli/places.h"

#include <climits>
#include <cstdlib>
#include <system_error>

#include "base/json.h"
#include "cli/subprocess.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

bool HoldsData(const fs::path& folder) {
  std::error_code code;
  return fs::exists(folder / "rules" / "ports.json", code) && fs::is_directory(folder / "overlays", code);
}

}  // namespace

fs::path AbsoluteFolder(const fs::path& word) {
  std::error_code code;
  const fs::path absolute = fs::absolute(word, code);
  const fs::path path = (code ? word : absolute).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

std::string EnvironmentValue(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Error EnvironmentError(const std::string& file, const std::string& what, const std::string& hint) {
  return {.where = {file}, .what = what, .hint = hint, .cls = ErrorClass::kEnvironment};
}

fs::path ThisExecutable() {
  std::error_code code;
  return fs::read_symlink("/proc/self/exe", code);
}

Result<fs::path> DataFolder(const std::string& given) {
  const std::string from_environment = EnvironmentValue("LIBCIFY_DATA");
  for (const std::string& named : {given, from_environment}) {
    if (named.empty()) continue;
    if (HoldsData(named)) return AbsoluteFolder(named);
    return Fail(EnvironmentError(
        named, "holds no rules/ports.json and overlays/",
        named == given ? "--data must name the folder that does" : "LIBCIFY_DATA must name the folder that does"));
  }
  const fs::path folder = ThisExecutable().parent_path();
  const fs::path installed = folder.parent_path() / "share" / "libcify", built = folder / "share" / "libcify";
  if (HoldsData(installed)) return installed;
  if (HoldsData(built)) return fs::canonical(built);  // CMake's link to the sources
  return Fail(EnvironmentError(installed.string(), "rules and overlays are not where they were installed",
                               "install again, or name their folder with --data or LIBCIFY_DATA"));
}

Result<fs::path> CacheFolder() {
  if (const std::string own = EnvironmentValue("LIBCIFY_CACHE"); !own.empty()) return fs::absolute(own);
  if (const std::string xdg = EnvironmentValue("XDG_CACHE_HOME"); xdg.starts_with('/')) return fs::path(xdg) / "libcify";
  if (const std::string home = EnvironmentValue("HOME"); home.starts_with('/')) return fs::path(home) / ".cache" / "libcify";
  return Fail(EnvironmentError("", "no folder for the cache: HOME is not set", "set LIBCIFY_CACHE"));
}

Result<fs::path> FindGo() {
  const std::string named = EnvironmentValue("GO");
  if (const auto found = FindProgram(named.empty() ? "go" : named)) return *found;
  if (!named.empty()) return Fail(EnvironmentError(named, "is no program, but GO names it", "unset GO, or mend it"));
  return Fail(EnvironmentError("", "there is no go on PATH", "install Go, set GO, or name a tree with --goroot"));
}

Result<std::map<std::string, std::string>> GoEnv(const fs::path& go, const std::vector<std::string>& names,
                                                 const std::string& folder) {
  std::vector<std::string> argv = {go.string(), "env"};
  if (!folder.empty()) argv.insert(argv.end(), {"-C", folder});
  argv.emplace_back("-json");
  argv.insert(argv.end(), names.begin(), names.end());
  Result<Captured> captured = Capture(argv);
  if (!captured) return Fail(std::move(captured.error()));
  if (captured->status != 0) {
    std::string said = captured->err.substr(0, captured->err.find('\n'));
    return Fail(EnvironmentError(go.string(), "`go env` failed: " + said, "make `go env` work first"));
  }
  Result<Json> json = Json::Parse("go env -json", captured->out);
  if (!json) return Fail(std::move(json.error()));
  std::map<std::string, std::string> out;
  for (const auto& [name, value] : json->members()) out[name] = value.string();
  return out;
}

}  // namespace libcify
