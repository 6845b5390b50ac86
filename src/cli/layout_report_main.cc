// What CompareLayouts says of every port of a Go tree, for scripts/layouts; not installed.
//
//   layout_report DATA GOROOT    a line per row: port, libc, verdict, how, call, argument, Go's type, C's, the reason; by
//   tabs
//
// Exit 0: done; 1: errors, which are printed; 2: usage, rules, facts or the tree.
#include <cstdio>
#include <string>

#include "cli/forms.h"
#include "cli/layouts.h"

namespace {

std::string Joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : "; ") + line;
  return out;
}

int Wrong(const libcify::Errors& errors) {
  std::fputs(Format(errors).c_str(), stderr);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: layout_report DATA GOROOT\n", stderr);
    return 2;
  }
  const libcify::Selection selection{.data = argv[1], .goroot = argv[2], .target = "all"};
  auto named = libcify::FindNamed(selection);
  if (!named) return Wrong(named.error());
  auto places = WithAllLibraries(selection, named->places);
  if (!places) return Wrong(places.error());
  std::erase_if(*places, [&](const libcify::PortAndTarget& place) {
    const auto baseline = place.port.libcs.find(place.target.libc);
    return baseline == place.port.libcs.end() || baseline->second != place.target.libc_version ||
           !WhyNoOutput(selection, place).empty();
  });
  named->places = std::move(*places);
  libcify::Progress progress;
  const auto sources = libcify::OpenSources(selection, std::move(*named), 0, progress);
  if (!sources) return Wrong(sources.error());
  bool failed = false;
  for (std::size_t i = 0; i < sources->places.size(); ++i) {
    const libcify::Target& target = sources->places[i].target;
    const auto bound = libcify::BindOne(*sources, i, {}, progress);
    if (!bound) return Wrong(bound.error());
    const auto report = libcify::LayoutsOf(*sources, i, *bound);
    if (!report) return Wrong(report.error());
    for (const libcify::LayoutRow& row : report->rows) {
      std::printf("%s\t%s\t%s\t%s\t%s\t%d\t%s\t%s\t%s\n", target.Name().c_str(), target.libc.c_str(), Name(row.verdict),
                  Name(row.how), row.pointer.made_of.empty() ? row.pointer.symbol.c_str() : "-", row.pointer.word + 1,
                  row.go.c_str(), row.c.c_str(), Joined(row.why).c_str());
    }
    failed |= !report->errors.empty();
    std::fputs(Format(report->errors).c_str(), stderr);
  }
  return failed ? 1 : 0;
}
