// Folders of headers: finding the host's packages and saying where a header lies as C source would.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace libcify {

// Folders below `parent`, sorted by name; empty where there is none.
[[nodiscard]] std::vector<std::filesystem::path> SortedFolders(const std::filesystem::path& parent);

// The folder below `parent` named <prefix>…<suffix> with the highest version in between, "" without any. Those that end in
// "-common" count only if the suffix asks for them.
[[nodiscard]] std::filesystem::path NewestFolder(const std::filesystem::path& parent, std::string_view prefix,
                                                 std::string_view suffix);

// "6.12.115+deb12" of linux-headers-6.12.115+deb12-common.
[[nodiscard]] std::string PackageVersion(const std::filesystem::path& folder, std::string_view prefix,
                                         std::string_view suffix);

// The folders behind -isystem.
[[nodiscard]] std::vector<std::filesystem::path> IncludeFolders(const std::vector<std::string>& arguments);

// `file` relative to the longest of the folders that holds it, as #include <…> names it; unchanged if none does.
[[nodiscard]] std::string RelativeTo(const std::vector<std::filesystem::path>& folders, const std::string& file);

}  // namespace libcify
