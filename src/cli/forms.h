// Everything that libcify makes of a tree, as check judges it: each port with each of its C libraries, in each dialect and
// form.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bind/go_calls.h"
#include "bind/layouts.h"
#include "cli/pipeline.h"
#include "upgrade/record.h"

namespace libcify {

struct FormReport {
  PortAndTarget place;
  std::string name;             // "glibc-2.31 llgo patch"; "glibc-2.36": what is bound with the newest version that is known
  std::string fingerprint;      // of all that is written, but for what says who wrote it and where
  std::set<std::string> rules;  // that did something
  std::vector<Artifact> units;  // C++ to compile
  std::size_t places = 0;       // that are accounted for
  std::optional<Record>
      record;  // of the form and library that generate takes unless told otherwise; also where it writes none
  std::optional<GoCallReport> go_calls;  // likewise, where Go calls a library by name
  std::optional<LayoutReport> layouts;   // of the port's own dialect, with each library
};

struct AllForms {
  std::vector<FormReport> forms;
  std::vector<PortAndTarget> none;  // for which nothing is written
  Errors errors;                    // each once
};

// The places of a selection with all their C libraries, unless the selection names one.
[[nodiscard]] Result<std::vector<PortAndTarget>> WithAllLibraries(const Selection& selection,
                                                                  const std::vector<PortAndTarget>& places);

// Rules that did something in any of the forms.
[[nodiscard]] std::set<std::string> UsedRules(const AllForms& all);

// Of each place of the sources. The result keeps nothing of them.
[[nodiscard]] AllForms MakeAllForms(const Sources& sources, int jobs, Progress& progress);

}  // namespace libcify
