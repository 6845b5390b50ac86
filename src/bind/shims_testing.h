// What the tests of the shims share: running a command, a folder that goes with the test, and how shims are compiled.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace libcify {

namespace fs = std::filesystem;

inline const fs::path kSource = LIBCIFY_SOURCE_DIR;

struct Ran {
  int status;
  std::string output;
};

// Standard output and error together.
inline Ran Shell(const std::string& command) {
  Ran out{-1, {}};
  std::FILE* pipe = popen(("LC_ALL=C; export LC_ALL; " + command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return out;
  char text[4096];
  for (std::size_t got = 0; (got = fread(text, 1, sizeof text, pipe)) > 0;) out.output.append(text, got);
  out.status = pclose(pipe);
  return out;
}

// A folder that goes with the test.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "libcify-shims-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

inline std::string ReadText(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline void WriteText(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

inline std::string Flags() {
  return " -std=c++17 -Wall -Wextra -Werror -fno-exceptions -fno-rtti -I" + (kSource / "overlays/include").string() + " ";
}

// For flag_bridge_check.cc as each of the systems that say errors by a flag, up to the C half's path. Their own headers come
// first.
inline std::vector<std::string> FlagBridgeFlags() {
  const std::string own = " -iquote " + (kSource / "overlays/gc/bsd/include").string();
  std::vector<std::string> out;
  for (const char* system : {"", " -DLIBCIFY_AS_FREEBSD", " -DLIBCIFY_AS_NETBSD"}) {
    out.push_back(own + " -U__linux__" + system + " -x assembler-with-cpp ");
  }
  return out;
}

// bind_report COMMAND of the facts "linux-amd64-glibc.json=2.31 …".
inline std::string ReportOf(const std::string& command, const std::string& columns) {
  std::string facts;
  for (std::istringstream in(columns); in;) {
    std::string column;
    if (in >> column) facts += " " + (kSource / "rules/facts" / column).string();
  }
  return std::string(LIBCIFY_BIND_REPORT) + " " + (kSource / "rules").string() + " " + command + facts;
}

}  // namespace libcify
