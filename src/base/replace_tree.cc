// ReplaceFolder and ReplaceTree, see file.h.
//
// In: a folder and what makes all that it shall hold. Out: the folder holds them, or holds what it held before. At no moment
// is it half-written: a sibling is filled, then one renameat2(2) exchanges the two. The sibling is locked (flock(2)) while
// its run lives, so that a later run knows the remains of a killed one and removes them.
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>
#include <system_error>

#include "base/file.h"
#include "base/file_io.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

bool IsInside(const std::string& path) {
  if (path.empty() || path.front() == '/' || path.back() == '/' || path.find('\0') != std::string::npos) return false;
  for (const fs::path& part : fs::path(path)) {
    if (part.empty() || part == "." || part == "..") return false;
  }
  return path.find("//") == std::string::npos;
}

Errors CheckEntries(const fs::path& folder, const std::vector<TreeEntry>& files, const std::string& marker) {
  Errors errors;
  std::set<std::string> paths;
  for (const TreeEntry& file : files) {
    if (!IsInside(file.path)) {
      errors.push_back(
          {{folder.string()}, "output path \"" + file.path + "\" leaves the folder", "", "", ErrorClass::kUsage});
    } else if (!paths.insert(file.path).second) {
      errors.push_back({{folder.string()}, "output path \"" + file.path + "\" is given twice", "", "", ErrorClass::kUsage});
    }
  }
  if (!paths.contains(marker)) {
    errors.push_back({{folder.string()}, "the output lacks its marker " + marker, "", "", ErrorClass::kUsage});
  }
  return errors;
}

// The old folder may be replaced only if it is empty or an earlier output.
Result<void> CheckOld(const fs::path& folder, const std::string& marker) {
  std::error_code code;
  const fs::file_status status = fs::status(folder, code);
  if (status.type() == fs::file_type::not_found) return {};
  if (status.type() == fs::file_type::none) return Fail(SystemError(folder, "cannot look at the folder", code.value()));
  const auto refuse = [&](const std::string& what) {
    return Fail({{folder.string()}, what, "", "name another folder, or remove it yourself", ErrorClass::kUsage});
  };
  if (status.type() != fs::file_type::directory) return refuse("is not a folder");
  const bool empty = fs::is_empty(folder, code);
  if (code) return Fail(SystemError(folder, "cannot look at the folder", code.value()));
  if (!empty && !fs::exists(folder / marker, code)) {
    return refuse("holds files that are not an earlier output (it has no " + marker + ")");
  }
  return {};
}

std::string SiblingPrefix(const fs::path& folder) { return "." + folder.filename().string() + ".libcify-new."; }

// Siblings of killed runs: nobody holds their lock.
void RemoveRemains(const fs::path& folder) {
  const std::string prefix = SiblingPrefix(folder);
  std::error_code code;
  for (fs::directory_iterator it(folder.parent_path(), code), end; !code && it != end; it.increment(code)) {
    if (!it->path().filename().string().starts_with(prefix)) continue;
    const int fd = open(it->path().c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) continue;
    const FileDescriptor closer(fd);
    std::error_code ignored;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) fs::remove_all(it->path(), ignored);
  }
}

// A new, locked sibling; gone again when it goes out of scope, with whatever it holds then.
class Sibling {
 public:
  Sibling() = default;
  Sibling(const Sibling&) = delete;
  Sibling& operator=(const Sibling&) = delete;
  ~Sibling() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
    if (fd_ >= 0) close(fd_);
  }

  // 0 or an error number. Another run may take a new folder for remains before it is locked; then the next name is tried.
  int Make(const fs::path& folder) {
    for (int attempt = 0; attempt < 100; ++attempt) {
      const fs::path path = folder.parent_path() / (SiblingPrefix(folder) + UniqueSuffix());
      if (mkdir(path.c_str(), 0777) != 0) {
        if (errno == EEXIST) continue;
        return errno;
      }
      const int fd = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
      if (fd < 0 && errno == ENOENT) continue;
      if (fd < 0) return errno;
      // File systems without locks answer ENOLCK or so: remains are then not told from work, and RemoveRemains leaves both.
      const bool taken = flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
      if (taken || access(path.c_str(), F_OK) != 0) {
        close(fd);
        continue;
      }
      path_ = path;
      fd_ = fd;
      return 0;
    }
    return EBUSY;
  }
  [[nodiscard]] const fs::path& path() const { return path_; }
  void Release() { path_.clear(); }

 private:
  fs::path path_;
  int fd_ = -1;
};

// Makes `to` from `text`: a hard link to `old` where that holds the same bytes, so that its modification time stays.
// 0 or an error number.
int Place(const fs::path& old, const fs::path& to, const std::string& text) {
  std::error_code code;
  if (fs::file_size(old, code) == text.size() && !code) {
    const Result<std::string> before = ReadFile(old);
    if (before && *before == text && link(old.c_str(), to.c_str()) == 0) return 0;
  }
  return WriteNewFile(to, text);
}

Result<void> Fill(const fs::path& sibling, const fs::path& folder, const std::vector<TreeEntry>& files) {
  std::set<fs::path> made;
  for (const TreeEntry& file : files) {
    const fs::path to = sibling / file.path;
    if (made.insert(to.parent_path()).second) {
      std::error_code code;
      fs::create_directories(to.parent_path(), code);
      if (code) return Fail(SystemError(folder / file.path, "cannot create the folder", code.value()));
    }
    if (const int number = Place(folder / file.path, to, file.text); number != 0) {
      return Fail(SystemError(folder / file.path, "cannot write the file", number));
    }
  }
  return {};
}

// Without renameat2's exchange (some network file systems): two renames, the second undone if it fails.
int SwapSlowly(const fs::path& sibling, const fs::path& folder) {
  const fs::path aside = sibling.string() + ".old";
  if (rename(folder.c_str(), aside.c_str()) != 0) return errno;
  if (rename(sibling.c_str(), folder.c_str()) != 0) {
    const int number = errno;
    if (rename(aside.c_str(), folder.c_str()) != 0) return errno;
    return number;
  }
  return rename(aside.c_str(), sibling.c_str()) == 0 ? 0 : errno;
}

// Puts the filled sibling where the folder is; the old folder has the sibling's name then. 0 or an error number.
int Swap(const fs::path& sibling, const fs::path& folder, bool& old_remains) {
  int number = 0;
  for (int attempt = 0; attempt < 100; ++attempt) {
    old_remains = true;
    if (renameat2(AT_FDCWD, sibling.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE) == 0) return 0;
    if (errno == EINVAL || errno == ENOSYS) return SwapSlowly(sibling, folder);
    if (errno != ENOENT) return errno;
    old_remains = false;
    if (rename(sibling.c_str(), folder.c_str()) == 0) return 0;
    // Another run may have made the folder since: then exchange after all.
    number = errno;
    if (number != ENOTEMPTY && number != EEXIST) return number;
  }
  return number;
}

}  // namespace

Result<void> ReplaceFolder(const fs::path& folder, const std::string& marker,
                           const std::function<Result<void>(const fs::path& fresh)>& fill) {
  std::error_code code;
  // A link to a folder stays a link; "." and "x/" get a name.
  fs::path real = fs::weakly_canonical(fs::absolute(folder, code), code);
  if (code) return Fail(SystemError(folder, "cannot look at the folder", code.value()));
  if (!real.has_filename()) real = real.parent_path();
  if (!real.has_filename()) return Fail({{folder.string()}, "cannot be an output folder", "", "", ErrorClass::kUsage});
  if (Result<void> old = CheckOld(real, marker); !old) return old;
  fs::create_directories(real.parent_path(), code);
  if (code) return Fail(SystemError(real.parent_path(), "cannot create the folder", code.value()));

  const DeferSignals defer;
  RemoveRemains(real);
  Sibling sibling;
  if (const int number = sibling.Make(real); number != 0) {
    return Fail(SystemError(real, "cannot create a folder beside it", number));
  }
  if (Result<void> filled = fill(sibling.path()); !filled) return filled;
  bool old_remains = true;
  if (const int number = Swap(sibling.path(), real, old_remains); number != 0) {
    return Fail(SystemError(real, "cannot replace the folder", number));
  }
  if (!old_remains) sibling.Release();
  return {};
}

Result<void> ReplaceTree(const fs::path& folder, const std::vector<TreeEntry>& files, const std::string& marker) {
  if (Errors errors = CheckEntries(folder, files, marker); !errors.empty()) return Fail(std::move(errors));
  return ReplaceFolder(folder, marker, [&](const fs::path& fresh) { return Fill(fresh, folder, files); });
}

}  // namespace libcify
