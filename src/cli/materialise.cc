#include "cli/materialise.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <system_error>

#include "base/file.h"
#include "base/json.h"
#include "goroot/goroot.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

Error PathError(const fs::path& path, const std::string& what, int number) {
  return {.where = {path.string()}, .what = what + ": " + std::strerror(number), .cls = ErrorClass::kEnvironment};
}

struct Manifest {
  std::string text;
  std::string go;
  std::map<std::string, fs::path> files;  // relative to GOROOT -> below the overlay folder
};

Result<Manifest> ReadManifest(const fs::path& overlay) {
  const fs::path path = overlay / "manifest.json";
  Result<std::string> text = ReadFile(path);
  if (!text) {
    return Fail({.where = {overlay.string()},
                 .what = "is no output of libcify generate (it has no manifest.json)",
                 .cls = ErrorClass::kEnvironment});
  }
  Result<Json> json = Json::Parse(path.string(), *text);
  if (!json) return Fail(std::move(json.error()));
  Manifest out{.text = std::move(*text)};
  Errors errors;
  ObjectReader reader(*json, errors);
  out.go = reader.String("go");
  for (const Json& item : reader.Array("files")) {
    ObjectReader file(item, errors);
    const std::string from = file.String("path");
    if (const Json* to = file.Any("replaces"); to != nullptr && !to->string().empty()) {
      const fs::path place(to->string());
      if (place.is_absolute() || place.lexically_normal().string().starts_with("..")) {
        file.Complain("replaces", "leaves the tree");
      }
      out.files[place.lexically_normal().string()] = overlay / from;
    }
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

std::string MarkerText(const fs::path& goroot, const Manifest& manifest) {
  Json root = Json::Object();
  root.Add("goroot", Json::String(goroot.string()));
  root.Add("go", Json::String(manifest.go));
  root.Add("overlay", Json::String(Fingerprint(manifest.text)));
  return root.Pretty() + "\n";
}

class Builder {
 public:
  Builder(const fs::path& goroot, const Manifest& manifest) : goroot_(goroot), manifest_(manifest) {}

  Result<void> Build(const fs::path& fresh) {
    if (Result<void> tree = CopyFolder(goroot_, fresh, ""); !tree) return tree;
    for (const auto& [path, from] : manifest_.files) {
      std::error_code code;
      fs::create_directories((fresh / path).parent_path(), code);
      fs::copy_file(from, fresh / path, fs::copy_options::none, code);
      if (code) return Fail(PathError(fresh / path, "cannot copy " + from.string(), code.value()));
      ++counts_.files, ++counts_.replaced;
    }
    return WriteFileAtomically(fresh / kTreeMarker, MarkerText(goroot_, manifest_));
  }
  [[nodiscard]] const Materialised& counts() const { return counts_; }

 private:
  // Links to folders and files are followed: Debian's tree is spread over /usr/lib and /usr/share by links.
  Result<void> CopyFolder(const fs::path& from, const fs::path& to, const std::string& relative) {
    if (++depth_ > 100) return Fail(PathError(from, "the tree is too deep", ELOOP));
    std::error_code code;
    for (fs::directory_iterator it(from, code), end; !code && it != end; it.increment(code)) {
      const std::string name = it->path().filename().string();
      const std::string path = relative.empty() ? name : relative + "/" + name;
      struct stat status = {};
      if (stat(it->path().c_str(), &status) != 0) continue;  // a link to nowhere
      if (S_ISDIR(status.st_mode)) {
        if (mkdir((to / name).c_str(), 0777) != 0) return Fail(PathError(to / name, "cannot create the folder", errno));
        if (Result<void> inner = CopyFolder(it->path(), to / name, path); !inner) return inner;
      } else if (S_ISREG(status.st_mode) && !manifest_.files.contains(path) && path != kTreeMarker) {
        if (Result<void> done = CopyFile(it->path(), to / name); !done) return done;
      }
    }
    --depth_;
    if (code) return Fail(PathError(from, "cannot read the folder", code.value()));
    return {};
  }

  Result<void> CopyFile(const fs::path& from, const fs::path& to) {
    ++counts_.files;
    if (may_link_ && linkat(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      ++counts_.linked;
      return {};
    }
    // Another file system; too many links; or a file of somebody else (fs.protected_hardlinks).
    if (may_link_ && errno == EXDEV) may_link_ = false;
    std::error_code code;
    fs::copy_file(from, to, fs::copy_options::none, code);
    if (code) return Fail(PathError(to, "cannot copy " + from.string(), code.value()));
    return {};
  }

  const fs::path& goroot_;
  const Manifest& manifest_;
  Materialised counts_;
  bool may_link_ = true;
  int depth_ = 0;
};

}  // namespace

Result<Materialised> Materialise(const fs::path& goroot, const fs::path& overlay, const fs::path& out) {
  Result<Goroot> tree = Goroot::Open(goroot);
  if (!tree) return Fail(std::move(tree.error()));
  Result<Manifest> manifest = ReadManifest(overlay);
  if (!manifest) return Fail(std::move(manifest.error()));
  if (manifest->go != tree->version()) {
    return Fail({.where = {overlay.string()},
                 .what = "was generated for " + manifest->go + ", but the tree is " + tree->version(),
                 .hint = "generate it for " + goroot.string(),
                 .cls = ErrorClass::kUsage});
  }
  std::error_code code;
  const fs::path real_out = fs::weakly_canonical(out, code), real_root = fs::canonical(goroot, code);
  const fs::path down = real_out.lexically_relative(real_root);
  if (!down.empty() && *down.begin() != "..") {
    return Fail({.where = {out.string()},
                 .what = "lies inside the tree itself",
                 .hint = "name another folder",
                 .cls = ErrorClass::kUsage});
  }
  Builder builder(goroot, *manifest);
  Result<void> built = ReplaceFolder(out, kTreeMarker, [&](const fs::path& fresh) { return builder.Build(fresh); });
  if (!built) return Fail(std::move(built.error()));
  return builder.counts();
}

bool IsMaterialised(const fs::path& goroot, const fs::path& overlay, const fs::path& out) {
  const Result<Manifest> manifest = ReadManifest(overlay);
  const Result<std::string> marker = ReadFile(out / kTreeMarker);
  return manifest && marker && *marker == MarkerText(goroot, *manifest);
}

}  // namespace libcify
