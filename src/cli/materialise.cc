#include "cli/materialise.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <map>
#include <system_error>

#include "base/file.h"
#include "base/json.h"
#include "cli/manifest.h"
#include "cli/progress.h"
#include "goroot/goroot.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

Error PathError(const fs::path& path, const std::string& what, int number) {
  return {.where = {path.string()}, .what = what + ": " + std::strerror(number), .cls = ErrorClass::kEnvironment};
}

// The manifest of what joins a Go tree.
Result<Manifest> ReadTreeManifest(const fs::path& overlay) {
  Result<Manifest> out = ReadManifest(overlay);
  if (!out || out->as != "patch") return out;
  return Fail({.where = {overlay.string()},
               .what = "joins the compiler's tree, not the Go tree",
               .hint = "generate it without --as patch",
               .cls = ErrorClass::kUsage});
}

std::string MarkerText(const fs::path& goroot, const Manifest& manifest) {
  Json root = Json::Object();
  root.Add("goroot", Json::String(goroot.string()));
  root.Add("go", Json::String(manifest.go));
  root.Add("overlay", Json::String(Fingerprint(manifest.text)));
  return root.Pretty() + "\n";
}

// Folders made of hard links to another tree, of copies where links cannot be had.
class Linker {
 public:
  explicit Linker(std::function<bool(const std::string& relative)> skips) : skips_(std::move(skips)) {}

  // Links to folders and files are followed: Debian's tree is spread over /usr/lib and /usr/share by links. `to` exists.
  Result<void> LinkFolder(const fs::path& from, const fs::path& to, const std::string& relative) {
    if (++depth_ > 100) return Fail(PathError(from, "the tree is too deep", ELOOP));
    std::error_code code;
    for (fs::directory_iterator it(from, code), end; !code && it != end; it.increment(code)) {
      const std::string name = it->path().filename().string();
      if (Result<void> done = Link(it->path(), to / name, relative.empty() ? name : relative + "/" + name); !done)
        return done;
    }
    --depth_;
    if (code) return Fail(PathError(from, "cannot read the folder", code.value()));
    return {};
  }

  Result<void> Link(const fs::path& from, const fs::path& to, const std::string& relative) {
    struct stat status = {};
    if (skips_(relative) || stat(from.c_str(), &status) != 0) return {};  // the second: a link to nowhere
    if (S_ISREG(status.st_mode)) return LinkFile(from, to);
    if (!S_ISDIR(status.st_mode)) return {};
    if (mkdir(to.c_str(), 0777) != 0) return Fail(PathError(to, "cannot create the folder", errno));
    return LinkFolder(from, to, relative);
  }

  [[nodiscard]] std::size_t files() const { return files_; }
  [[nodiscard]] std::size_t linked() const { return linked_; }

 private:
  Result<void> LinkFile(const fs::path& from, const fs::path& to) {
    ++files_;
    if (may_link_ && linkat(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      ++linked_;
      return {};
    }
    // Another file system; too many links; or a file of somebody else (fs.protected_hardlinks).
    if (may_link_ && errno == EXDEV) may_link_ = false;
    std::error_code code;
    fs::copy_file(from, to, fs::copy_options::none, code);
    if (code) return Fail(PathError(to, "cannot copy " + from.string(), code.value()));
    return {};
  }

  std::function<bool(const std::string&)> skips_;
  std::size_t files_ = 0, linked_ = 0;
  bool may_link_ = true;
  int depth_ = 0;
};

Result<Materialised> Build(const fs::path& goroot, const fs::path& overlay, const Manifest& manifest,
                           const fs::path& fresh) {
  Linker linker([&](const std::string& path) { return manifest.replaced.contains(path) || path == kTreeMarker; });
  if (Result<void> tree = linker.LinkFolder(goroot, fresh, ""); !tree) return Fail(std::move(tree.error()));
  Materialised out{.files = linker.files(), .linked = linker.linked()};
  for (const auto& [path, by] : manifest.replaced) {
    if (by.empty()) continue;
    const fs::path from = overlay / by;
    std::error_code code;
    fs::create_directories((fresh / path).parent_path(), code);
    fs::copy_file(from, fresh / path, fs::copy_options::none, code);
    if (code) return Fail(PathError(fresh / path, "cannot copy " + from.string(), code.value()));
    ++out.files, ++out.replaced;
  }
  if (Result<void> marked = WriteFileAtomically(fresh / kTreeMarker, MarkerText(goroot, manifest)); !marked) {
    return Fail(std::move(marked.error()));
  }
  return out;
}

// What a tree of links was made of: every file with its size and time.
std::string LinksText(const fs::path& tree, const std::vector<std::string>& names, const std::vector<std::string>& without,
                      const fs::path& added) {
  std::vector<std::string> lines = {tree.string()};
  const auto add = [&](const fs::path& path) {
    struct stat status = {};
    if (stat(path.c_str(), &status) != 0) return;
    lines.push_back(path.string() + " " + std::to_string(status.st_size) + " " + std::to_string(status.st_mtim.tv_sec) +
                    "." + std::to_string(status.st_mtim.tv_nsec));
  };
  const auto add_all = [&](const fs::path& path) {
    add(path);
    std::error_code code;
    for (fs::recursive_directory_iterator it(path, code), end; !code && it != end; it.increment(code)) add(it->path());
  };
  for (const std::string& name : names) add_all(tree / name);
  add_all(added);
  std::sort(lines.begin() + 1, lines.end());
  for (const std::string& path : without) lines.push_back("without " + path);
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  Json root = Json::Object();
  root.Add("tree", Json::String(tree.string()));
  root.Add("files", Json::String(Fingerprint(all)));
  return root.Pretty() + "\n";
}

}  // namespace

Result<Materialised> Materialise(const fs::path& goroot, const fs::path& overlay, const fs::path& out) {
  Result<Goroot> tree = Goroot::Open(goroot);
  if (!tree) return Fail(std::move(tree.error()));
  Result<Manifest> manifest = ReadTreeManifest(overlay);
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
  Materialised made;
  Result<void> built = ReplaceFolder(out, kTreeMarker, [&](const fs::path& fresh) -> Result<void> {
    Result<Materialised> done = Build(goroot, overlay, *manifest, fresh);
    if (!done) return Fail(std::move(done.error()));
    made = *done;
    return {};
  });
  if (!built) return Fail(std::move(built.error()));
  return made;
}

bool IsMaterialised(const fs::path& goroot, const fs::path& overlay, const fs::path& out) {
  const Result<Manifest> manifest = ReadManifest(overlay);
  const Result<std::string> marker = ReadFile(out / kTreeMarker);
  return manifest && marker && *marker == MarkerText(goroot, *manifest);
}

Result<fs::path> KeepMaterialised(const fs::path& goroot, const fs::path& home, bool changed) {
  fs::path tree = home / "goroot";
  if (!changed && IsMaterialised(goroot, home / "overlay", tree)) return tree;
  Progress progress;
  progress.Step("materialising " + goroot.string());
  const Result<Materialised> made = Materialise(goroot, home / "overlay", tree);
  if (!made) return Fail(made.error());
  return tree;
}

Result<void> KeepLinked(const fs::path& tree, const std::vector<std::string>& names, const std::vector<std::string>& without,
                        const fs::path& added, const fs::path& out) {
  const std::string text = LinksText(tree, names, without, added);
  const Result<std::string> marker = ReadFile(out / kTreeMarker);
  if (marker && *marker == text) return {};
  Linker linker([&](const std::string& path) { return std::find(without.begin(), without.end(), path) != without.end(); });
  return ReplaceFolder(out, kTreeMarker, [&](const fs::path& fresh) -> Result<void> {
    for (const std::string& name : names) {
      if (Result<void> done = linker.Link(tree / name, fresh / name, name); !done) return done;
    }
    std::error_code code;
    fs::copy(added, fresh, fs::copy_options::recursive, code);
    if (code) return Fail(PathError(fresh, "cannot copy " + added.string(), code.value()));
    return WriteFileAtomically(fresh / kTreeMarker, text);
  });
}

}  // namespace libcify
