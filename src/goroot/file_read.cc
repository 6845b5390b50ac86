// Reading: just enough of a file for its head, or all of it. Only regular files are read, so that a FIFO or a device in a
// hostile tree cannot block, and only up to a size that no source file has.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "goroot/file_head.h"

namespace libcify {
namespace {

constexpr std::size_t kFirstRead = 8 * 1024;  // holds the head of nearly every file of std
constexpr std::size_t kMaxSize = 64 * 1024 * 1024;

Error Unreadable(const std::string& path, const std::string& why) {
  return {{path}, "cannot read: " + why, "", "", ErrorClass::kEnvironment};
}

class File {
 public:
  explicit File(const std::string& path) : path_(path) {
    fd_ = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  }
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] std::optional<Error> Check() {
    if (fd_ < 0) return Unreadable(path_, std::strerror(errno));
    struct stat status = {};
    if (fstat(fd_, &status) != 0) return Unreadable(path_, std::strerror(errno));
    if (!S_ISREG(status.st_mode)) return Unreadable(path_, "not a regular file");
    size_ = static_cast<std::size_t>(status.st_size);
    return std::nullopt;
  }

  // Appends until text has `size` bytes or the file ends; `ended` says which.
  [[nodiscard]] std::optional<Error> ReadUntil(std::size_t size, std::string& text, bool& ended) const {
    std::size_t have = text.size();
    size = std::min(size, size_);  // saves the read that would say "end of file"
    text.resize(size);
    while (have < size) {
      const ssize_t got = read(fd_, text.data() + have, size - have);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return Unreadable(path_, std::strerror(errno));
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
    }
    ended = have < size || size == size_;
    text.resize(have);
    return std::nullopt;
  }

 private:
  const std::string& path_;
  int fd_ = -1;
  std::size_t size_ = 0;
};

FileHead Broken(Error error) {
  FileHead head;
  head.broken.push_back(std::move(error));
  return head;
}

}  // namespace

FileHead ReadHead(const std::string& path, bool is_go) {
  File file(path);
  if (auto error = file.Check()) return Broken(std::move(*error));
  std::string text;
  bool ended = false;
  for (std::size_t size = kFirstRead; size <= kMaxSize; size *= 4) {
    if (auto error = file.ReadUntil(size, text, ended)) return Broken(std::move(*error));
    if (auto head = ParseHead(path, text, ended, is_go)) return std::move(*head);
  }
  return Broken(Unreadable(path, "comments and imports take more than 32 MiB"));
}

Result<std::string> ReadWhole(const std::string& path, std::size_t limit) {
  File file(path);
  if (auto error = file.Check()) return Fail(std::move(*error));
  std::string text;
  bool ended = false;
  for (std::size_t size = 4 * kFirstRead; !ended; size *= 4) {
    if (text.size() > limit) return Fail(Unreadable(path, "larger than " + std::to_string(limit) + " bytes"));
    if (auto error = file.ReadUntil(size, text, ended)) return Fail(std::move(*error));
  }
  if (text.size() > limit) return Fail(Unreadable(path, "larger than " + std::to_string(limit) + " bytes"));
  return text;
}

}  // namespace libcify
