// Reading and writing of single files, see file.h. Trees are in replace_tree.cc.
#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>

#include "base/file_io.h"

namespace libcify {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

enum class EntryKind { kFolder, kFile, kLinkToFolder };

// d_type saves a stat(2) per entry where the file system tells it, see readdir(3).
EntryKind KindOf(const std::string& folder, const dirent& entry) {
  if (entry.d_type == DT_DIR) return EntryKind::kFolder;
  if (entry.d_type != DT_LNK && entry.d_type != DT_UNKNOWN) return EntryKind::kFile;
  const std::string path = folder + "/" + entry.d_name;
  struct stat status = {};
  if (entry.d_type == DT_UNKNOWN && lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return EntryKind::kFolder;
  const bool to_folder = stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
  return to_folder ? EntryKind::kLinkToFolder : EntryKind::kFile;
}

}  // namespace

Error SystemError(const std::filesystem::path& path, const std::string& what, int number) {
  return {.where = {path.string()}, .what = what + ": " + std::strerror(number), .cls = ErrorClass::kEnvironment};
}

Result<std::string> ReadFile(const std::filesystem::path& path, std::size_t limit) {
  constexpr const char* kWhat = "cannot read";
  // O_NONBLOCK: a named pipe without a writer would hang the run.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) return Fail(SystemError(path, kWhat, errno));
  const FileDescriptor closer(fd);
  struct stat status = {};
  if (fstat(fd, &status) != 0) return Fail(SystemError(path, kWhat, errno));
  const auto refuse = [&](const std::string& why) {
    return Fail({.where = {path.string()}, .what = kWhat + (": " + why), .cls = ErrorClass::kEnvironment});
  };
  if (!S_ISREG(status.st_mode)) return refuse("not a regular file");
  const auto told = static_cast<std::size_t>(status.st_size);  // 0 for files of /proc
  std::string text;
  for (bool ended = false; !ended;) {
    const std::size_t used = text.size();
    if (std::max(used, told) > limit) return refuse("larger than " + std::to_string(limit) + " bytes");
    // A byte more than the file has shows its end.
    const std::size_t size = used > told ? 2 * used : std::max<std::size_t>(told + 1, 512);
    ssize_t got = 0;
    int number = 0;
    text.resize_and_overwrite(size, [&](char* data, std::size_t) {
      got = read(fd, data + used, size - used);
      number = errno;
      return used + static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    });
    if (got < 0 && number != EINTR) return Fail(SystemError(path, kWhat, number));
    ended = got == 0 || (told != 0 && text.size() == told);
  }
  return text;
}

Result<std::vector<FolderEntry>> ListFolder(const std::string& path) {
  const std::unique_ptr<DIR, CloseFolder> listed(opendir(path.c_str()));
  if (!listed) return Fail(SystemError(path, "cannot list", errno));
  std::vector<FolderEntry> out;
  errno = 0;
  for (const dirent* entry; (entry = readdir(listed.get())) != nullptr; errno = 0) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    const EntryKind kind = KindOf(path, *entry);
    if (kind != EntryKind::kLinkToFolder) out.push_back({std::string(name), kind == EntryKind::kFolder});
  }
  if (errno != 0) return Fail(SystemError(path, "cannot list", errno));
  return out;
}

int WriteNewFile(const std::filesystem::path& path, std::string_view text) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) return errno;
  FileDescriptor closer(fd);
  while (!text.empty()) {
    const ssize_t wrote = write(fd, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  // A full disk may be told only now (network file systems with delayed allocation).
  return closer.Close() == 0 ? 0 : errno;
}

Result<void> WriteFileAtomically(const std::filesystem::path& path, std::string_view text) {
  const DeferSignals defer;
  std::filesystem::path temporary;
  int number = EEXIST;
  for (int attempt = 0; number == EEXIST && attempt < 100; ++attempt) {
    temporary = path.parent_path() / ("." + path.filename().string() + ".libcify." + UniqueSuffix());
    number = WriteNewFile(temporary, text);
  }
  if (number == 0 && rename(temporary.c_str(), path.c_str()) != 0) number = errno;
  if (number == 0) return {};
  if (number != EEXIST) unlink(temporary.c_str());
  return Fail(SystemError(path, "cannot write the file", number));
}

std::string Fingerprint(std::string_view text) {
  // Offset basis and prime: RFC 9923, section 5 (64-bit FNV-1a).
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const unsigned char byte : text) hash = (hash ^ byte) * 0x100000001b3ULL;
  std::string out(16, '0');
  for (int i = 15; i >= 0; --i, hash >>= 4) out[static_cast<std::size_t>(i)] = "0123456789abcdef"[hash & 15];
  return out;
}

}  // namespace libcify
