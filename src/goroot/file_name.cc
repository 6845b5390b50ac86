#include "goroot/file_name.h"

#include <array>
#include <utility>
#include <vector>

namespace libcify {

NameTags TagsOfName(std::string_view name, const KnownSystems& known) {
  name = name.substr(0, name.find('.'));
  const std::size_t first = name.find('_');
  if (first == std::string_view::npos) return {};
  name.remove_prefix(first);  // begins with '_', so every part below follows one
  if (name.ends_with("_test")) name.remove_suffix(5);
  const std::size_t last = name.rfind('_');
  if (last == std::string_view::npos) return {};
  const std::string_view tail = name.substr(last + 1);
  if (known.arch.contains(tail)) {
    const std::string_view before = name.substr(0, last);
    const std::size_t previous = before.rfind('_');
    const std::string_view os = previous == std::string_view::npos ? std::string_view() : before.substr(previous + 1);
    if (known.os.contains(os)) return {std::string(os), std::string(tail)};
    return {"", std::string(tail)};
  }
  if (known.os.contains(tail)) return {std::string(tail), ""};
  return {};
}

SourceKind KindOfName(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, SourceKind>, 12> kKinds = {{
      {".go", SourceKind::kGo},
      {".s", SourceKind::kAssembly},
      {".S", SourceKind::kCppAssembly},
      {".sx", SourceKind::kCppAssembly},
      {".h", SourceKind::kHeader},
      {".hh", SourceKind::kHeader},
      {".hpp", SourceKind::kHeader},
      {".hxx", SourceKind::kHeader},
      {".c", SourceKind::kC},
      {".cc", SourceKind::kCxx},
      {".cpp", SourceKind::kCxx},
      {".cxx", SourceKind::kCxx},
  }};
  if (name.starts_with('_') || name.starts_with('.')) return SourceKind::kOther;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return SourceKind::kOther;
  for (const auto& [extension, kind] : kKinds) {
    if (name.substr(dot) != extension) continue;
    return kind == SourceKind::kGo && name.ends_with("_test.go") ? SourceKind::kGoTest : kind;
  }
  return SourceKind::kOther;
}

}  // namespace libcify
