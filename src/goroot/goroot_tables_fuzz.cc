// Fuzz target: the tables and the function that tell of a tree's systems, ports, defaults and experiments. The input stands
// for each of these files in turn.
#include <cstddef>
#include <cstdint>
#include <string>

#include "goroot/arch_level.h"
#include "goroot/experiments.h"
#include "goroot/tree_facts.h"

namespace {

using libcify::GoText;
using libcify::Result;

// Every file of the tree has the same text.
class SameTree : public libcify::TreeReader {
 public:
  explicit SameTree(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] bool Exists(const std::string& /*path*/) const override { return true; }
  [[nodiscard]] Result<GoText> Read(const std::string& path) const override { return GoText::Parse(path, text_); }

 private:
  std::string text_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  if (auto facts = libcify::ReadTreeFacts(SameTree(input))) {
    for (const char* goarch : {"386", "amd64", "arm", "arm64", "mips", "ppc64le", "riscv64", "wasm"}) {
      (void)libcify::LevelTags(*facts, "linux", goarch);
      (void)libcify::LevelDefines(*facts, "linux", goarch);
    }
  }
  auto text = GoText::Parse("exp.go", input);
  auto flags = GoText::Parse("flags.go", "type Flags struct { One, Two bool }");
  if (!text || !flags) return 0;
  (void)libcify::ExperimentFields(*text);
  (void)libcify::EnabledExperiments(*text, *flags, "linux", "amd64", "");
  (void)libcify::EnabledExperiments(*text, *flags, "linux", "amd64", "one,notwo,none");
  return 0;
}
