// Format: "libcify stamp 2", the request, the state of the inputs, the length of the note and the note, then a line "SIZE
// SECONDS NANOSECONDS INODE PATH" per file or folder of the output. Of a folder only its modification time counts: it
// changes when an entry comes or goes.
#include "cli/stamp.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <system_error>

#include "base/file_descriptor.h"
#include "base/parallel.h"
#include "cli/places.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead = "libcify stamp 2\n";
// A file system's clock ticks every 4 ms or so (CONFIG_HZ), some count in whole seconds; a change within the tick in which
// we read is not seen. Such inputs get no stamp, nor does what changed since the run began.
constexpr std::int64_t kYoungNanoseconds = 50'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;
// As long as the go command keeps what nobody uses in its build cache.
constexpr std::chrono::hours kKeep = std::chrono::days(5);

std::string Describe(const struct stat& status, const std::string& path) {
  const std::int64_t size = S_ISDIR(status.st_mode) ? 0 : status.st_size;
  return std::to_string(size) + ' ' + std::to_string(status.st_mtim.tv_sec) + ' ' + std::to_string(status.st_mtim.tv_nsec) +
         ' ' + std::to_string(status.st_ino) + ' ' + path + '\n';
}

// Whether a file may change after `begin` without another time.
bool IsYoung(const struct stat& status, const timespec& begin) {
  const std::int64_t age = (begin.tv_sec - status.st_mtim.tv_sec) * kSecond + (begin.tv_nsec - status.st_mtim.tv_nsec);
  return age < (status.st_mtim.tv_nsec == 0 ? kSecond : kYoungNanoseconds);
}

// One line of a stamp against the disk.
bool StillHolds(std::string_view line) {
  std::int64_t values[4] = {};
  for (std::int64_t& value : values) {
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (error != std::errc() || end == line.data() + line.size()) return false;
    line.remove_prefix(static_cast<std::size_t>(end - line.data()) + 1);
  }
  struct stat status = {};
  if (stat(std::string(line).c_str(), &status) != 0) return false;
  const std::int64_t size = S_ISDIR(status.st_mode) ? 0 : status.st_size;
  return size == values[0] && status.st_mtim.tv_sec == values[1] && status.st_mtim.tv_nsec == values[2] &&
         static_cast<std::int64_t>(status.st_ino) == values[3];
}

bool IsGoSource(std::string_view name) {
  if (name.ends_with("_test.go")) return false;
  for (const char* ending : {".go", ".s", ".S", ".h", ".c", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".syso"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

// Walks folders by their descriptors: the kernel looks up one name per file, not a path.
class InputWalk {
 public:
  InputWalk() { clock_gettime(CLOCK_REALTIME, &begin_); }

  void AddFile(const fs::path& file) { AddFile(AT_FDCWD, file.string()); }

  // Of what is below a folder all that is `wanted` (folder or not, name, depth below the folder: 0 for its own entries, name
  // of the folder). Links to folders are left out, as everywhere.
  template <class Wanted>
  void AddFolder(const fs::path& folder, const Wanted& wanted) {
    AddFolder(AT_FDCWD, folder.string(), 0, wanted);
  }

  [[nodiscard]] std::string State() const { return complete_ ? Fingerprint(entries_) : std::string(); }

 private:
  struct Entry {
    std::string name;
    bool is_folder = false;
  };

  explicit InputWalk(const timespec& begin) : begin_(begin) {}

  void AddFile(int folder, const std::string& name) {
    struct stat status = {};
    const bool found = fstatat(folder, name.c_str(), &status, 0) == 0;
    if (found && S_ISDIR(status.st_mode)) return;
    complete_ = complete_ && found && !IsYoung(status, begin_);  // what cannot be watched gets no stamp
    entries_ += Describe(status, name);
  }

  template <class Wanted>
  void AddFolder(int parent, const std::string& name, int depth, const Wanted& wanted) {
    const int fd = openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
      complete_ = false;
      return;
    }
    const FileDescriptor closer(fd);
    std::vector<Entry> entries;
    // Not readdir(3), which asks the kernel about the descriptor first, for each of 650 folders.
    alignas(dirent64) char buffer[32768];
    ssize_t filled = 0;
    while ((filled = getdents64(fd, buffer, sizeof buffer)) > 0) {
      for (ssize_t at = 0; at < filled;) {
        const auto* const entry = reinterpret_cast<const dirent64*>(buffer + at);
        at += entry->d_reclen;
        const std::string_view found = entry->d_name;
        if (found == "." || found == "..") continue;
        struct stat status = {};
        const bool is_folder = entry->d_type == DT_UNKNOWN
                                   ? fstatat(fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode)
                                   : entry->d_type == DT_DIR;
        if (wanted(is_folder, found, depth, name)) entries.push_back({std::string(found), is_folder});
      }
    }
    complete_ = complete_ && filled == 0;
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    // The first level's folders are walked side by side: the kernel is what takes the time.
    std::vector<InputWalk> parts(depth == 0 ? entries.size() : 0, InputWalk(begin_));
    ForEach(parts.size(), 0, [&](std::size_t i) {
      if (entries[i].is_folder) parts[i].AddFolder(fd, entries[i].name, depth + 1, wanted);
    });
    entries_ += name + " {\n";
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (!entries[i].is_folder) {
        AddFile(fd, entries[i].name);
      } else if (depth == 0) {
        entries_ += parts[i].entries_;
        complete_ = complete_ && parts[i].complete_;
      } else {
        AddFolder(fd, entries[i].name, depth + 1, wanted);
      }
    }
    entries_ += "}\n";
  }

  timespec begin_ = {};
  std::string entries_;
  bool complete_ = true;
};

fs::path StampsFolder() {
  const Result<fs::path> cache = CacheFolder();
  return cache ? *cache / "stamps" : fs::path();
}

}  // namespace

void TrimStamps() {
  std::error_code code;
  for (fs::directory_iterator it(StampsFolder(), code), end; !code && it != end; it.increment(code)) {
    std::error_code ignored;
    if (fs::last_write_time(it->path(), ignored) < fs::file_time_type::clock::now() - kKeep) fs::remove(it->path(), ignored);
  }
}

std::string StateOfInputs(const fs::path& data, const fs::path& goroot) {
  InputWalk walk;
  std::error_code code;
  walk.AddFile(ThisExecutable());
  const auto any = [](bool, std::string_view, int, const std::string&) { return true; };
  walk.AddFolder(data / "rules", any);
  walk.AddFolder(data / "overlays", any);
  // VERSION; and what tells what the assembler is given.
  for (const fs::path& file : {goroot / "VERSION", goroot / "src/cmd/go/internal/work/gc.go"}) {
    if (fs::exists(file, code)) walk.AddFile(file);
  }
  walk.AddFolder(goroot / "src", [](bool is_folder, std::string_view name, int depth, const std::string& folder) {
    if (!is_folder) return IsGoSource(name);
    // Of cmd only what tells the tree's ports and defaults; and none that the go command does not look into either.
    return name != "testdata" && name.front() != '_' && name.front() != '.' &&
           (depth != 1 || folder != "cmd" || name == "dist");
  });
  return walk.State();
}

Stamp::Stamp(const fs::path& out, std::string request) : out_(out), request_(std::move(request)) {
  request_ += " out " + out.string();
  for (char& c : request_) {
    if (c == '\n') c = ' ';
  }
  const fs::path folder = StampsFolder();
  if (folder.empty()) return;
  file_ = folder / Fingerprint(out.string());
  Result<std::string> text = ReadFile(file_);
  const std::string head = std::string(kHead) + request_ + '\n';
  if (text && text->starts_with(head)) rest_ = text->substr(head.size());
}

std::optional<std::string> Stamp::Current(const std::shared_future<std::string>& inputs) {
  std::string_view rest = rest_;
  const std::string_view noted = rest.substr(0, rest.find('\n'));
  if (noted.empty() || noted.size() == rest.size()) return std::nullopt;
  rest.remove_prefix(noted.size() + 1);
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), length);
  if (error != std::errc()) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  if (rest.size() < length + 1 || rest.front() != '\n') return std::nullopt;
  std::string note(rest.substr(1, length));
  rest.remove_prefix(length + 1);
  if (rest.empty()) return std::nullopt;  // an output always has entries
  for (std::string_view lines = rest; !lines.empty();) {
    const std::size_t line = lines.find('\n');
    if (line == std::string_view::npos || !StillHolds(lines.substr(0, line))) return std::nullopt;
    lines.remove_prefix(line + 1);
  }
  if (noted != inputs.get()) return std::nullopt;
  output_ = rest;
  std::error_code ignored;
  fs::last_write_time(file_, fs::file_time_type::clock::now(), ignored);  // it was used, see TrimStamps
  return note;
}

void Stamp::Write(const std::string& inputs, const std::vector<TreeEntry>& files, const std::string& note) {
  if (inputs.empty() || file_.empty()) return;
  std::string output;
  // The output is ours and young: we know what we wrote.
  const auto add = [&](const fs::path& path) {
    struct stat status = {};
    if (stat(path.c_str(), &status) == 0) output += Describe(status, path.string());
  };
  add(out_);
  std::error_code code;
  for (fs::recursive_directory_iterator it(out_, code), end; !code && it != end; it.increment(code)) add(it->path());
  if (code) return;
  // Read after the times were noted: a change from here on is one that Current sees.
  for (const TreeEntry& wanted : files) {
    const Result<std::string> found = ReadFile(out_ / wanted.path);
    if (!found || *found != wanted.text) return;
  }
  WriteOf(inputs, output, note);
}

void Stamp::WriteOf(const std::string& inputs, const std::string& outputs, const std::string& note) {
  if (inputs.empty() || file_.empty()) return;
  std::error_code code;
  fs::create_directories(file_.parent_path(), code);
  const std::string text =
      std::string(kHead) + request_ + '\n' + inputs + '\n' + std::to_string(note.size()) + '\n' + note + outputs;
  output_ = outputs;
  if (!WriteFileAtomically(file_, text)) fs::remove(file_, code);
}

}  // namespace libcify
