#include "emit/table.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace libcify {
namespace {

// Splits into lines without their newline.
std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return lines;
}

Errors Splice(const std::string& text, const Reader& read, std::set<std::string>& seen, std::string& out) {
  static constexpr std::string_view kInclude = "#include \"libcify/";
  for (const std::string_view line : Lines(text)) {
    if (!line.starts_with(kInclude)) {
      if (line != "#pragma once") out.append(line).append("\n");
      continue;
    }
    const std::size_t end = line.find('"', kInclude.size());
    const std::string name(line.substr(kInclude.size(), end - kInclude.size()));
    if (!seen.insert(name).second) continue;
    const Result<std::string> header = read("include/libcify/" + name);
    if (!header) return header.error();
    out += "// ---- libcify/" + name + "\n";
    Errors errors = Splice(*header, read, seen, out);
    if (!errors.empty()) return errors;
  }
  return {};
}

// LibcifyKind (libcify/entry.h) by result and error rule; the compiler checks that it fits the shape.
std::string Kind(const Binding& binding) {
  const char result = binding.shape.empty() ? '?' : binding.shape.front();
  const bool is_int = result == 'i' || result == 'u';
  if (binding.error_rule == ErrorRule::kNever) return is_int ? "kLibcifyUnsignedInt" : "kLibcifyKernel";
  return is_int ? "kLibcifyInt" : "kLibcifyWord";
}

std::string Row(const Binding& binding, bool typed) {
  const std::string number = std::to_string(binding.number);
  switch (binding.how) {
    case How::kDirect:
    case How::kVariadic: {
      return (typed ? "LIBCIFY_TYPED(" : "LIBCIFY_DIRECT(") + number + ", " + binding.cfunction + ", \"" + binding.shape +
             "\", " + Kind(binding) + ")";
    }
    case How::kAdapted:
    case How::kDemultiplexed:
      return "LIBCIFY_ADAPTED(" + number + ", " + binding.adapter + ")";
    case How::kFallback:
    case How::kKept:
    case How::kImported:
      break;
  }
  return "";
}

}  // namespace

std::string TableRows(const std::vector<Binding>& bindings, bool typed) {
  std::vector<const Binding*> sorted;
  for (const Binding& binding : bindings) sorted.push_back(&binding);
  std::sort(sorted.begin(), sorted.end(), [](const Binding* a, const Binding* b) { return a->number < b->number; });
  std::string out;
  for (const Binding* binding : sorted) {
    const std::string row = Row(*binding, typed);
    if (!row.empty()) out += row + "  // " + binding->call + "\n";
  }
  return out;
}

std::string TableIncludes(const std::vector<Binding>& bindings) {
  std::set<std::string> headers;
  for (const Binding& binding : bindings) {
    if (binding.how != How::kDirect && binding.how != How::kVariadic) continue;
    const bool ours = binding.header.starts_with("libcify/");  // the table splices these
    if (!binding.header.empty() && !ours) headers.insert(binding.header);
  }
  std::string out;
  for (const std::string& header : headers) out += "#include <" + header + ">\n";
  return out;
}

std::string TableLinkNames(const std::vector<Binding>& bindings) {
  std::set<std::string> lines;
  for (const Binding& binding : bindings) {
    if (binding.how == How::kFallback || binding.how == How::kKept) continue;
    if (binding.call != binding.link_name || binding.cfunction == binding.link_name) continue;
    lines.insert("extern \"C\" decltype(" + binding.cfunction + ") " + binding.cfunction + " __asm__(\"" +
                 binding.link_name + "\");\n");
  }
  if (lines.empty()) return "";
  // GCC's word for a symbol that is not the declared one is a warning.
  std::string out = "#pragma GCC diagnostic push\n#pragma GCC diagnostic error \"-Wpragmas\"\n";
  for (const std::string& line : lines) out += line;
  return out + "#pragma GCC diagnostic pop\n";
}

Result<std::string> FillInsertionPoints(const std::string& file, const std::string& text,
                                        const std::vector<std::pair<std::string, std::string>>& insertions) {
  static constexpr std::string_view kMark = "// libcify:insert ";
  std::string out;
  Errors errors;
  std::set<std::string> used;
  int number = 0;
  for (const std::string_view line : Lines(text)) {
    ++number;
    const std::size_t at = line.find(kMark);
    if (at == std::string_view::npos) {
      out.append(line).append("\n");
      continue;
    }
    const std::string name(line.substr(at + kMark.size()));
    const auto found =
        std::find_if(insertions.begin(), insertions.end(), [&](const auto& item) { return item.first == name; });
    if (found == insertions.end()) {
      errors.push_back(
          {.where = {file, number, static_cast<int>(at) + 1}, .what = "no insertion is named \"" + name + "\""});
      continue;
    }
    used.insert(name);
    out += found->second;
  }
  for (const auto& [name, unused] : insertions) {
    if (!used.contains(name)) {
      errors.push_back({.where = {file, 0, 0}, .what = "no line \"" + std::string(kMark) + name + "\""});
    }
  }
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

Reader OwnHeadersFirst(const std::string& source, const Reader& read_overlay) {
  const std::string own = source.substr(0, source.find('/', source.find('/') + 1) + 1);
  return [own, read_overlay](const std::string& header) {
    Result<std::string> text = read_overlay(own + header);
    return text ? text : read_overlay(header);
  };
}

Result<std::string> SpliceHeaders(const std::string& text, const Reader& read_overlay) {
  std::string out;
  std::set<std::string> seen;
  Errors errors = Splice(text, read_overlay, seen, out);
  if (!errors.empty()) return Fail(std::move(errors));
  return out;
}

}  // namespace libcify
