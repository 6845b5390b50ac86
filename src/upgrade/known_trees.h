// KnownTrees: what libcify made of each Go tree that somebody looked at, rules/trees.json (rules/schema/trees.schema.json).
// Fingerprints of what is written, for Go's text is never committed, and where each rule did something: so a change of a
// rule that nobody meant does not pass, and a rule that only an old tree needs is known to be needed.
#pragma once

#include <map>
#include <set>
#include <string>

#include "base/result.h"

namespace libcify {

// By "glibc-2.31 llgo patch": library, dialect, form.
using FormFingerprints = std::map<std::string, std::string>;

struct KnownTrees {
  std::map<std::string, std::map<std::string, FormFingerprints>> outputs;  // by "go1.27.3", then by "linux/amd64"
  std::map<std::string, std::set<std::string>> rules;                      // by id: the versions of Go that it serves
};

[[nodiscard]] Result<KnownTrees> ReadKnownTrees(const std::string& file, const std::string& text);
// One line for each port and each rule; ends with a newline.
[[nodiscard]] std::string KnownTreesText(const KnownTrees& trees);

}  // namespace libcify
