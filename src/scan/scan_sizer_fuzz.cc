// Go text as a package: every structure that it declares is laid out, or an error says where it is not understood.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "scan/go_sizer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace libcify::scan;
  SourceTree tree;
  tree.files.push_back(
      {"unsafe/a.go", "unsafe", FileKind::kGo, std::string_view(reinterpret_cast<const char*>(data), size)});
  libcify::Port port;
  port.goarch = "386";
  port.word_bits = 32;
  GoSizer sizer(tree, port);
  for (const std::string& name : sizer.StructuresOf("unsafe")) {
    const auto laid = sizer.Lay(0, name);
    if (laid ? laid->places.size() != laid->layout.fields.size() : laid.error().empty()) __builtin_trap();
  }
  return 0;
}
