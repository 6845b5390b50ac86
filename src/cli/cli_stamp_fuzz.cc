// Fuzzes the stamps of the cache: any bytes as the stamp of an output are believed or not, and never when the output is gone
// or the inputs are others.
//
// The bits of the first byte: is the rest the whole file, or what lies behind the head and the request of a stamp; and do
// the lines of an output that is as it was follow.
#include <stdlib.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>

#include "cli/stamp.h"

namespace {

namespace fs = std::filesystem;

void Check(bool holds) {
  if (!holds) std::abort();
}

// A cache and an output of its own, for as long as the process runs.
class Place {
 public:
  Place() {
    std::string name = (fs::temp_directory_path() / "libcify-stamp-fuzz-XXXXXX").string();
    Check(mkdtemp(name.data()) != nullptr);
    folder_ = name;
    setenv("LIBCIFY_CACHE", (folder_ / "cache").c_str(), 1);
    Check(fs::create_directory(out()) && libcify::WriteFileAtomically(out() / "file", "text").has_value());
    // A stamp as it should be tells where it lies and how it begins.
    libcify::Stamp(out(), "request").Write("inputs", {{.path = "file", .text = "text"}}, "note");
    for (const auto& entry : fs::directory_iterator(folder_ / "cache/stamps")) file_ = entry.path();
    const libcify::Result<std::string> text = libcify::ReadFile(file_);
    Check(text.has_value() && text->find("inputs\n") != std::string::npos);
    head_ = text->substr(0, text->find("inputs\n"));
    tail_ = text->substr(text->find("note") + 4);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  [[nodiscard]] fs::path out() const { return folder_ / "out"; }
  void Put(std::string_view text, bool whole, bool as_it_was) const {
    std::ofstream(file_, std::ios::binary) << (whole ? "" : head_) << text << (as_it_was ? tail_ : "");
  }

 private:
  fs::path folder_;
  fs::path file_;
  std::string head_;
  std::string tail_;
};

std::shared_future<std::string> Ready(const std::string& inputs) {
  std::promise<std::string> promise;
  promise.set_value(inputs);
  return promise.get_future().share();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Place place;
  if (size == 0) return 0;
  place.Put({reinterpret_cast<const char*>(data) + 1, size - 1}, (data[0] & 1) != 0, (data[0] & 2) != 0);
  libcify::Stamp stamp(place.out(), "request");
  const std::optional<std::string> note = stamp.Current(Ready("inputs"));
  Check(!note || (stamp.Exists() && !stamp.output().empty()));
  Check(!libcify::Stamp(place.out(), "request").Current(Ready("other inputs")) || !note);
  Check(!libcify::Stamp(place.out(), "another request").Exists());
  return 0;
}
