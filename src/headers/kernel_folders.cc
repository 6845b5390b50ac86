// See kernel_folders.h.
#include "headers/kernel_folders.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/json.h"
#include "headers/folders.h"

namespace libcify {
namespace {

namespace fs = std::filesystem;

// A folder that exists only in a run of libclang. Searched last, so that files on disk win.
constexpr const char* kVirtual = "/libcify/kernel";

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> out;
  while (true) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
    if (line.empty()) return out;
    std::size_t end = std::min(line.find_first_of(" \t\r"), line.size());
    out.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

Result<KernelPort> FindPort(const fs::path& data, const std::string& goarch) {
  fs::path file = data / "kernel/ports.json";
  Result<std::string> text = ReadFile(file);
  if (!text) return Fail(text.error());
  Result<std::vector<KernelPort>> ports = ParseKernelPorts(file.string(), *text);
  if (!ports) return Fail(ports.error());
  for (KernelPort& port : *ports) {
    if (port.goarch == goarch) return std::move(port);
  }
  return Fail(Error{.where = {file.string()}, .what = "no row for " + goarch});
}

// "6.12.115" of the first lines of the source's Makefile.
std::string SourceVersion(const fs::path& makefile) {
  std::string text = ReadFile(makefile).value_or("");
  std::string out;
  for (const char* key : {"VERSION = ", "PATCHLEVEL = ", "SUBLEVEL = "}) {
    std::size_t at = ("\n" + text).find(std::string("\n") + key);
    if (at == std::string::npos) return "";
    at += std::string_view(key).size();
    out += (out.empty() ? "" : ".") + text.substr(at, text.find('\n', at) - at);
  }
  return out;
}

Result<KernelFolders> Packages(const HeaderSource& source, KernelFolders out) {
  std::string stem = out.common.filename().string();
  if (stem.ends_with("-common")) stem.resize(stem.size() - std::string_view("common").size());
  out.arch = source.kernel_arch.empty() ? NewestFolder(out.common.parent_path(), stem, "") : source.kernel_arch;
  // The package of one architecture holds generated headers of that architecture only.
  for (const fs::path& folder : SortedFolders(out.arch / "arch")) {
    if (fs::exists(folder / "include/generated/uapi/asm")) out.name = folder.filename().string();
  }
  if (out.name.empty()) {
    return Fail(Error{.where = {out.arch.string()},
                      .what = "no generated headers of an architecture (arch/*/include/generated)",
                      .hint = "unpack linux-headers-*-<arch> and name its folder",
                      .cls = ErrorClass::kEnvironment});
  }
  if (!out.port.arch.empty() && out.port.arch != out.name) {
    return Fail(Error{.where = {out.arch.string()},
                      .what = "headers of the kernel's " + out.name + ", expected " + out.port.arch,
                      .cls = ErrorClass::kEnvironment});
  }
  out.version = "linux-headers " + PackageVersion(out.common, "linux-headers-", "-common");
  return out;
}

}  // namespace

Result<std::vector<KernelPort>> ParseKernelPorts(const std::string& file, std::string_view text) {
  Result<Json> json = Json::Parse(file, text);
  if (!json) return Fail(json.error());
  Errors errors;
  ObjectReader reader(*json, errors);
  reader.Ignore("doc");
  std::vector<KernelPort> out;
  for (const Json& item : reader.Array("ports")) {
    ObjectReader row(item, errors);
    KernelPort port{.goarch = row.String("goarch"),
                    .arch = row.String("arch"),
                    .table = row.String("table"),
                    .abis = row.Strings("abis"),
                    .other_abis = row.Strings("other_abis"),
                    .base = static_cast<int>(row.Integer("base", 0)),
                    .aligned_pairs = row.Bool("aligned_pairs", false),
                    .config = row.Strings("config"),
                    .prototypes = row.String("prototypes")};
    if (row.String("source").empty()) row.Complain("source", "expected where the kernel says so");
    if (port.abis.empty()) row.Complain("abis", "no row of the table counts");
    row.Finish();
    out.push_back(std::move(port));
  }
  reader.Finish();
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

Result<KernelFolders> FindKernelFolders(const Target& target, const HeaderSource& source) {
  KernelFolders out;
  out.common = source.kernel_headers.empty() ? NewestFolder("/usr/src", "linux-headers-", "-common") : source.kernel_headers;
  if (out.common.empty() || !fs::exists(out.common / kKernelPrototypes)) {
    return Fail(Error{.where = {out.common.string()},
                      .what = "no kernel headers with " + std::string(kKernelPrototypes),
                      .hint = "install linux-headers-*-common or name its folder",
                      .cls = ErrorClass::kEnvironment});
  }
  Result<KernelPort> port = FindPort(source.data, target.goarch);
  if (!port) return Fail(port.error());
  out.port = std::move(*port);
  if (!fs::exists(out.common / out.port.table)) return Packages(source, std::move(out));
  out.name = out.port.arch;
  out.version = "linux-source " + SourceVersion(out.common / "Makefile");
  return out;
}

std::vector<std::string> KernelIncludes(const KernelFolders& folders) {
  fs::path arch = fs::path("arch") / folders.name / "include";
  std::vector<fs::path> paths = {folders.common / arch / "uapi", folders.common / "include/uapi"};
  if (!folders.IsSource()) {
    paths.insert(paths.begin(), folders.arch / arch / "generated/uapi");
    paths.insert(paths.end(), {folders.arch / "include/generated/uapi", folders.arch / "include"});
  }
  paths.emplace_back(kVirtual);
  std::vector<std::string> out;
  for (const fs::path& path : paths) out.insert(out.end(), {"-isystem", path.string()});
  return out;
}

std::vector<VirtualFile> KernelVirtualFiles(const KernelFolders& folders) {
  std::vector<VirtualFile> out;
  auto add = [&](const std::string& name, std::string text) { out.push_back({kVirtual + ("/" + name), std::move(text)}); };
  // What prelude.h says is supplied empty.
  for (const char* name : {"linux/compiler.h", "linux/compiler_types.h", "unistd.h"}) add(name, "\n");
  if (!folders.IsSource()) return out;
  // asm/unistd.h reads the numbers from generated files; here they come from the table.
  for (const char* name : {"32", "64", "x32", "n32", "n64", "o32"}) add("asm/unistd_" + std::string(name) + ".h", "\n");
  for (const char* name : {"common", "eabi", "oabi"}) add("asm/unistd-" + std::string(name) + ".h", "\n");
  std::string config;
  for (const std::string& name : folders.port.config) config += "#define CONFIG_" + name + " 1\n";
  add("generated/autoconf.h", config + "\n");
  // scripts/Makefile.asm-headers: where an architecture has no header of its own, the generic one serves.
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folders.common / "include/uapi/asm-generic", error)) {
    std::string name = entry.path().filename().string();
    if (name.ends_with(".h")) add("asm/" + name, "#include <asm-generic/" + name + ">\n");
  }
  std::sort(out.begin(), out.end(), [](const VirtualFile& a, const VirtualFile& b) { return a.path < b.path; });
  return out;
}

Result<std::map<int, CallRow>> ParseSourceTable(const std::string& file, std::string_view text, const KernelPort& port) {
  std::map<int, CallRow> table, others;
  Errors errors;
  int line_number = 0;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::vector<std::string_view> words = Words(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line_number;
    if (words.empty() || words[0].starts_with('#')) continue;
    int number = -1;
    auto [stop, error] = std::from_chars(words[0].data(), words[0].data() + words[0].size(), number);
    if (error != std::errc() || stop != words[0].data() + words[0].size() || number < 0 || words.size() < 3) {
      errors.push_back(
          {.where = {file, line_number}, .what = "no row of a system-call table; expected \"0 common read sys_read\""});
      continue;
    }
    auto is_one_of = [&](const std::vector<std::string>& abis) {
      return std::find(abis.begin(), abis.end(), words[1]) != abis.end();
    };
    std::string name(words[2]);
    if (is_one_of(port.other_abis)) others.emplace(number + port.base, CallRow{.name = name});
    if (!is_one_of(port.abis)) continue;
    bool has_entry = words.size() > 3 && words[3] != "-";
    CallRow row{.name = name, .entry = has_entry ? std::string(words[3]) : ""};
    if (!table.emplace(number + port.base, std::move(row)).second) {
      errors.push_back(
          {.where = {file, line_number}, .what = "number " + std::to_string(number) + " has two rows of these ABIs"});
    }
  }
  if (table.empty() && errors.empty())
    errors.push_back({.where = {file}, .what = "the system-call table has no row for " + port.goarch});
  if (!errors.empty()) return Fail(std::move(errors));
  table.merge(others);
  return table;
}

}  // namespace libcify
