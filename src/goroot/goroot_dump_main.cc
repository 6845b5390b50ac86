// Test tool: prints what Goroot says of a tree as JSON lines, for scripts/test/golist to compare with the go command.
//
//   goroot_dump GOROOT                       ports, one per line
//   goroot_dump GOROOT GOOS/GOARCH… [--time] one line for each port and each of CGO_ENABLED=0 and 1
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "goroot/goroot.h"

namespace {

using libcify::GoPackage;
using libcify::Goroot;
using libcify::Target;

// Names in a Go tree need no more escaping than this; others are reported.
std::string Quote(const std::string& text) {
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string List(const std::vector<std::string>& items) {
  std::string text = "[";
  for (const std::string& item : items) text += (text.size() > 1 ? "," : "") + Quote(item);
  return text + "]";
}

std::string Package(const GoPackage& package) {
  return "{\"ImportPath\":" + Quote(package.import_path) + ",\"GoFiles\":" + List(package.go_files) +
         ",\"CgoFiles\":" + List(package.cgo_files) + ",\"SFiles\":" + List(package.s_files) +
         ",\"HFiles\":" + List(package.h_files) + ",\"CFiles\":" + List(package.c_files) +
         ",\"CXXFiles\":" + List(package.cxx_files) + "}";
}

int Report(const libcify::Errors& errors) {
  std::fputs(libcify::Format(errors).c_str(), stderr);
  return 1;
}

int Dump(const Goroot& tree, const std::string& port, bool cgo, bool time) {
  Target target;
  target.goos = port.substr(0, port.find('/'));
  target.goarch = port.substr(std::min(port.find('/') + 1, port.size()));
  const auto begin = std::chrono::steady_clock::now();
  const auto packages = tree.Packages(target, cgo);
  if (!packages) {
    std::fprintf(stderr, "%s cgo=%d:\n", port.c_str(), cgo);
    return Report(packages.error());
  }
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
  if (time) {
    std::printf("%s cgo=%d: %zu packages, %.2f ms\n", port.c_str(), cgo, packages->size(), taken.count());
    return 0;
  }
  const auto tags = tree.Tags(target, cgo);
  const auto defines = tree.AssemblerDefines(target);
  if (!tags) return Report(tags.error());
  if (!defines) return Report(defines.error());
  std::vector<std::string> tag_names, define_names;
  for (const auto& [tag, holds] : *tags) {
    if (holds) tag_names.push_back(tag);
  }
  for (const auto& [define, value] : *defines) define_names.push_back(define + "=" + value);
  std::string text;
  for (const GoPackage& package : *packages) text += (text.empty() ? "" : ",") + Package(package);
  std::printf("{\"port\":%s,\"cgo\":%d,\"tags\":%s,\"defines\":%s,\"packages\":[%s]}\n", Quote(port).c_str(), cgo,
              List(tag_names).c_str(), List(define_names).c_str(), text.c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: goroot_dump GOROOT [GOOS/GOARCH…] [--time]\n", stderr);
    return 2;
  }
  const auto tree = Goroot::Open(argv[1]);
  if (!tree) return Report(tree.error());
  std::vector<std::string> ports(argv + 2, argv + argc);
  const bool time = !ports.empty() && ports.back() == "--time";
  if (time) ports.pop_back();
  if (argc == 2) {
    const auto all = tree->Ports();
    if (!all) return Report(all.error());
    for (const std::string& port : *all) std::printf("%s\n", port.c_str());
    return 0;
  }
  int status = 0;
  for (const std::string& port : ports) {
    for (bool cgo : {false, true}) status |= Dump(*tree, port, cgo, time);
  }
  return status;
}
