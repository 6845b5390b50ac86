// Everything that libcify makes of a tree, as check and diff judge it: each port with each of its C libraries, in each
// dialect and form.
#pragma once

#include <map>
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
  std::optional<GoCallReport> go_calls;  // of the form that generate takes unless told otherwise, where Go calls a library
  std::optional<LayoutReport> layouts;   // of the port's own dialect, with each library
};

struct AllForms {
  std::vector<FormReport> forms;
  // By port, of the library that generate takes unless told otherwise; its rules are those of all forms with that library.
  // Also of a port for which nothing is written, or not without an error.
  std::map<std::string, Record> records;
  std::vector<PortAndTarget> none;       // for which nothing is written
  std::map<std::string, Errors> errors;  // by port, each once
};

// The errors of all ports, one that several share once.
[[nodiscard]] Errors ErrorsOf(const std::map<std::string, Errors>& by_port);

// The places of a selection with all their C libraries, unless the selection names one.
[[nodiscard]] Result<std::vector<PortAndTarget>> WithAllLibraries(const Selection& selection,
                                                                  const std::vector<PortAndTarget>& places);

// Rules that did something in any of the forms.
[[nodiscard]] std::set<std::string> UsedRules(const AllForms& all);

// Of each place of the sources. The result keeps nothing of them.
[[nodiscard]] AllForms MakeAllForms(const Sources& sources, int jobs, Progress& progress);

}  // namespace libcify
