#include "goroot/file_name.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

TEST(FileName, TagsOfName) {
  const KnownSystems known = {{"linux", "windows", "zos"}, {"amd64", "arm"}, {"linux"}};
  const struct {
    const char* name;
    NameTags tags;
  } kCases[] = {
      {"file.go", {"", ""}},
      {"file_linux.go", {"linux", ""}},
      {"file_amd64.s", {"", "amd64"}},
      {"file_linux_amd64.go", {"linux", "amd64"}},
      {"file_amd64_linux.go", {"linux", ""}},  // only this order
      {"file_linux_test.go", {"linux", ""}},
      {"file_linux_arm_test.go", {"linux", "arm"}},
      {"file_test_linux.go", {"linux", ""}},
      {"linux.go", {"", ""}},  // nothing before the first '_'
      {"linux_test.go", {"", ""}},
      {"linux_amd64.go", {"", "amd64"}},
      {"linux_linux.go", {"linux", ""}},
      {"_linux.go", {"linux", ""}},
      {"file_linux_foo.go", {"", ""}},      // only at the end
      {"file_linux.pb.go", {"linux", ""}},  // up to the first dot
      {"file_zos.go", {"zos", ""}},         // known, whatever the ports are
      {"file_Linux.go", {"", ""}},
      {"file_unix.go", {"", ""}},  // "unix" is no suffix
      {"file__linux.go", {"linux", ""}},
      {"file_windows_linux_amd64.go", {"linux", "amd64"}},
      {"_test.go", {"", ""}},
      {"_", {"", ""}},
      {"", {"", ""}},
  };
  for (const auto& c : kCases) {
    const NameTags tags = TagsOfName(c.name, known);
    EXPECT_EQ(tags.os, c.tags.os) << c.name;
    EXPECT_EQ(tags.arch, c.tags.arch) << c.name;
  }
}

TEST(FileName, KindOfName) {
  const struct {
    const char* name;
    SourceKind kind;
  } kCases[] = {
      {"a.go", SourceKind::kGo},           {"a_test.go", SourceKind::kGoTest},
      {"a_test.s", SourceKind::kAssembly}, {"a.S", SourceKind::kCppAssembly},
      {"a.sx", SourceKind::kCppAssembly},  {"a.h", SourceKind::kHeader},
      {"a.hpp", SourceKind::kHeader},      {"a.c", SourceKind::kC},
      {"a.cc", SourceKind::kCxx},          {"a.cpp", SourceKind::kCxx},
      {"_a.go", SourceKind::kOther},       {".a.go", SourceKind::kOther},
      {"a.syso", SourceKind::kOther},      {"a.go.bak", SourceKind::kOther},
      {"go", SourceKind::kOther},          {"", SourceKind::kOther},
  };
  for (const auto& c : kCases) EXPECT_EQ(KindOfName(c.name), c.kind) << c.name;
}

}  // namespace
}  // namespace libcify
