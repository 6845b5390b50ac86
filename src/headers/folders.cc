// See folders.h. A folder that cannot be read counts as empty: the caller says what it misses.
#include "headers/folders.h"

#include <algorithm>
#include <cctype>
#include <system_error>

namespace libcify {
namespace {

namespace fs = std::filesystem;

// Runs of digits compare as numbers: "6.9.1" before "6.12.0".
bool NaturalLess(std::string_view a, std::string_view b) {
  auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (!digit(a[i]) || !digit(b[j])) {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i, ++j;
      continue;
    }
    std::size_t m = i, n = j;
    while (m < a.size() && digit(a[m])) ++m;
    while (n < b.size() && digit(b[n])) ++n;
    std::string_view x = a.substr(i, m - i), y = b.substr(j, n - j);
    x.remove_prefix(std::min(x.find_first_not_of('0'), x.size()));
    y.remove_prefix(std::min(y.find_first_not_of('0'), y.size()));
    if (x.size() != y.size()) return x.size() < y.size();
    if (x != y) return x < y;
    i = m, j = n;
  }
  return a.size() - i < b.size() - j;
}

}  // namespace

std::vector<fs::path> SortedFolders(const fs::path& parent) {
  std::vector<fs::path> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(parent, error)) {
    if (entry.is_directory(error)) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

fs::path NewestFolder(const fs::path& parent, std::string_view prefix, std::string_view suffix) {
  fs::path best;
  for (const fs::path& folder : SortedFolders(parent)) {
    std::string name = folder.filename().string();
    if (!name.starts_with(prefix) || !name.ends_with(suffix) || name.size() <= prefix.size() + suffix.size()) continue;
    if (suffix.empty() && name.ends_with("-common")) continue;
    if (best.empty() || NaturalLess(best.filename().string(), name)) best = folder;
  }
  return best;
}

std::string PackageVersion(const fs::path& folder, std::string_view prefix, std::string_view suffix) {
  std::string name = folder.filename().string();
  if (name.starts_with(prefix)) name.erase(0, prefix.size());
  if (name.ends_with(suffix)) name.resize(name.size() - suffix.size());
  return name;
}

std::vector<fs::path> IncludeFolders(const std::vector<std::string>& arguments) {
  std::vector<fs::path> out;
  for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
    if (arguments[i] == "-isystem") out.emplace_back(arguments[i + 1]);
  }
  return out;
}

std::string RelativeTo(const std::vector<fs::path>& folders, const std::string& file) {
  std::string best;
  for (const fs::path& folder : folders) {
    std::string prefix = folder.string();
    if (!prefix.ends_with('/')) prefix += '/';
    if (file.starts_with(prefix) && prefix.size() > best.size()) best = prefix;
  }
  return file.substr(best.size());
}

}  // namespace libcify
