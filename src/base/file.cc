// Reading and writing of single files, see file.h. Trees are in replace_tree.cc.
#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "base/file_io.h"

namespace libcify {

Error SystemError(const std::filesystem::path& path, const std::string& what, int number) {
  return {.where = {path.string()}, .what = what + ": " + std::strerror(number), .cls = ErrorClass::kEnvironment};
}

Result<std::string> ReadFile(const std::filesystem::path& path) {
  // O_NONBLOCK: a named pipe without a writer would hang the run.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return Fail(SystemError(path, "cannot open the file", errno));
  const FileDescriptor closer(fd);
  struct stat status = {};
  if (fstat(fd, &status) != 0) return Fail(SystemError(path, "cannot read the file", errno));
  if (S_ISDIR(status.st_mode)) return Fail(SystemError(path, "cannot read the file", EISDIR));
  if (!S_ISREG(status.st_mode)) {
    return Fail({.where = {path.string()}, .what = "is not a regular file", .cls = ErrorClass::kEnvironment});
  }
  std::string text;
  // The size is a guess (0 for files of /proc); the loop reads to the end. One byte more shows the end without a second
  // growth.
  text.resize(static_cast<std::size_t>(status.st_size) + 1);
  std::size_t used = 0;
  while (true) {
    if (used == text.size()) text.resize(text.size() * 2);
    const ssize_t got = read(fd, text.data() + used, text.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Fail(SystemError(path, "cannot read the file", errno));
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  text.resize(used);
  return text;
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
