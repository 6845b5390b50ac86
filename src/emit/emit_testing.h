// What the tests of the dialects share: small trees in memory, and the text of an artifact.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/artifact.h"

namespace libcify {

using Files = std::map<std::string, std::string>;

inline std::function<Result<std::string>(const std::string&)> ReaderOf(const Files& files) {
  return [files](const std::string& path) -> Result<std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return Fail(Error{.where = {path, 0, 0}, .what = "no such file"});
    return found->second;
  };
}

inline std::string TextOf(const Result<std::vector<Artifact>>& artifacts, const std::string& path) {
  if (!artifacts) return Format(artifacts.error());
  for (const Artifact& artifact : *artifacts) {
    if (artifact.path == path) return artifact.text;
  }
  return "(no artifact)";
}

}  // namespace libcify
