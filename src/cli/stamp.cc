// Format: "libcify stamp 1", the request, the length of the note and the note, then a line "SIZE SECONDS NANOSECONDS INODE
// PATH" per file or folder. Of a folder only its modification time counts: it changes when
// an entry comes or goes.
#include "cli/stamp.h"

#include <sys/stat.h>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <system_error>

#include "cli/places.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead = "libcify stamp 1\n";
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

bool IsGoSource(const std::string& name) {
  if (name.ends_with("_test.go")) return false;
  for (const char* ending : {".go", ".s", ".S", ".h", ".c", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".syso"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

// Removes the stamps that nobody used for long. Their outputs may be gone; and to lose a stamp costs nothing but time.
void Trim(const fs::path& folder) {
  std::error_code code;
  for (fs::directory_iterator it(folder, code), end; !code && it != end; it.increment(code)) {
    std::error_code ignored;
    if (fs::last_write_time(it->path(), ignored) < fs::file_time_type::clock::now() - kKeep) fs::remove(it->path(), ignored);
  }
}

}  // namespace

Stamp::Stamp(const fs::path& out, std::string request) : name_(Fingerprint(out.string())), request_(std::move(request)) {
  clock_gettime(CLOCK_REALTIME, &begin_);
  request_ += " out " + out.string();
  for (char& c : request_) {
    if (c == '\n') c = ' ';
  }
}

fs::path Stamp::File() const {
  const auto cache = CacheFolder();
  return cache ? *cache / "stamps" / name_ : fs::path();
}

std::optional<std::string> Stamp::Current() const {
  const fs::path file = File();
  if (file.empty()) return std::nullopt;
  const Result<std::string> text = ReadFile(file);
  const std::string head = std::string(kHead) + request_ + '\n';
  if (!text || !text->starts_with(head)) return std::nullopt;
  std::string_view rest = std::string_view(*text).substr(head.size());
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), length);
  if (error != std::errc()) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  if (rest.size() < length + 1 || rest.front() != '\n') return std::nullopt;
  std::string note(rest.substr(1, length));
  rest.remove_prefix(length + 1);
  if (rest.empty()) return std::nullopt;  // a stamp always has entries
  while (!rest.empty()) {
    const std::size_t line = rest.find('\n');
    if (line == std::string_view::npos || !StillHolds(rest.substr(0, line))) return std::nullopt;
    rest.remove_prefix(line + 1);
  }
  std::error_code ignored;
  fs::last_write_time(file, fs::file_time_type::clock::now(), ignored);  // it was used, see Trim
  return note;
}

void Stamp::AddFile(const std::string& file) {
  struct stat status = {};
  if (stat(file.c_str(), &status) != 0 || IsYoung(status, begin_) || file.find('\n') != std::string::npos) {
    too_young_ = true;  // what cannot be watched gets no stamp
    return;
  }
  entries_ += Describe(status, file);
}

void Stamp::AddFolder(const std::string& folder, const std::function<bool(const std::string&, const FolderEntry&)>& wanted) {
  AddFile(folder);
  const Result<std::vector<FolderEntry>> entries = ListFolder(folder);
  if (!entries) too_young_ = true;
  if (!entries) return;
  for (const FolderEntry& entry : *entries) {
    if (!wanted(folder, entry)) continue;
    const std::string path = folder + "/" + entry.name;
    entry.is_folder ? AddFolder(path, wanted) : AddFile(path);
  }
}

void Stamp::AddTree(const fs::path& folder) {
  AddFolder(folder.string(), [](const std::string&, const FolderEntry&) { return true; });
}

void Stamp::AddGoSources(const fs::path& goroot) {
  std::error_code code;
  if (fs::exists(goroot / "VERSION", code)) AddFile(goroot / "VERSION");
  AddFile(goroot);
  const fs::path work = goroot / "src/cmd/go/internal/work/gc.go";  // tells what the assembler is given
  if (fs::exists(work, code)) AddFile(work);
  const std::string src = goroot / "src", cmd = goroot / "src/cmd";
  AddFolder(src, [&](const std::string& folder, const FolderEntry& entry) {
    if (!entry.is_folder) return IsGoSource(entry.name);
    // Of cmd only what tells the tree's ports and defaults.
    return entry.name != "testdata" && (folder != cmd || entry.name == "dist");
  });
}

void Stamp::Write(const fs::path& out, const std::vector<TreeEntry>& files, const std::string& note) {
  const fs::path file = File();
  if (too_young_ || file.empty()) return;
  std::error_code code;
  fs::create_directories(file.parent_path(), code);
  std::string entries = entries_;
  // The output is ours and young: we know what we wrote.
  const auto add = [&](const fs::path& path) {
    struct stat status = {};
    if (stat(path.c_str(), &status) == 0) entries += Describe(status, path.string());
  };
  add(out);
  for (fs::recursive_directory_iterator it(out, code), end; !code && it != end; it.increment(code)) add(it->path());
  if (code) return;
  // Read after the times were noted: a change from here on is one that Current sees.
  for (const TreeEntry& wanted : files) {
    const Result<std::string> found = ReadFile(out / wanted.path);
    if (!found || *found != wanted.text) return;
  }
  const std::string text = std::string(kHead) + request_ + '\n' + std::to_string(note.size()) + '\n' + note + entries;
  if (!WriteFileAtomically(file, text)) fs::remove(file, code);
  Trim(file.parent_path());
}

}  // namespace libcify
