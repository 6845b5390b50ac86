#include "cli/selection.h"

#include <algorithm>
#include <cstdlib>

#include "cli/places.h"

namespace libcify {
namespace {

Error UsageError(const std::string& what, const std::string& hint) {
  return {.what = what, .hint = hint, .cls = ErrorClass::kUsage};
}

Result<std::map<std::string, std::string>> AskGo(const std::vector<std::string>& names) {
  Result<std::filesystem::path> go = FindGo();
  if (!go) return Fail(std::move(go.error()));
  return GoEnv(*go, names, "");
}

Result<PortAndTarget> WithLibc(const Port& port, const std::string& wanted) {
  if (port.libcs.empty() && wanted.empty()) return PortAndTarget{port, {port.goos, port.goarch, "", "", port.triple}};
  // "glibc-2.31"; "wasi-libc" has a dash of its own.
  const std::size_t dash = port.libcs.contains(wanted) ? std::string::npos : wanted.rfind('-');
  const std::string name = wanted.empty() ? port.default_libc : wanted.substr(0, dash);
  const auto libc = port.libcs.find(name);
  if (libc == port.libcs.end()) {
    std::string known;
    for (const auto& [other, version] : port.libcs) known += (known.empty() ? "" : ", ") + other + "-" + version;
    return Fail(UsageError("no facts about " + wanted + " on " + port.Name(), "known: " + known));
  }
  PortAndTarget out{port, {port.goos, port.goarch, name, libc->second, port.triple}};
  if (dash != std::string::npos) out.target.libc_version = wanted.substr(dash + 1);
  const std::string& version = out.target.libc_version;
  if (version.empty() || version.find_first_not_of("0123456789.") != std::string::npos) {
    return Fail(UsageError("'" + wanted + "' has no version", "write it like " + name + "-" + libc->second));
  }
  return out;
}

}  // namespace

std::vector<OptionSpec> SelectionOptions() {
  return {{"goroot", "DIR", "the Go tree (default: go env GOROOT)"},
          {"target", "GOOS/GOARCH", "default: go env GOOS and GOARCH"},
          {"libc", "NAME[-VERSION]", "the C library and its oldest version (default: as rules/ports.json says)"},
          {"data", "DIR", "folder of rules/ and overlays/ (default: where libcify is installed)"}};
}

OptionSpec SelectionOption(const std::string& name) {
  const std::vector<OptionSpec> all = SelectionOptions();
  return *std::find_if(all.begin(), all.end(), [&](const OptionSpec& option) { return option.name == name; });
}

OptionSpec DialectOption() {
  return {"dialect",
          "NAME",
          "gc: the ordinary Go compiler; llgo: LLGo; shims: any that lives on libc (default: the port's)",
          "",
          {"gc", "llgo", "shims"}};
}

OptionSpec FormOption() {
  return {"as",
          "FORM",
          "tree: files of the Go tree; patch: files that join LLGo's own tree (runtime/_patch)",
          "tree",
          {"tree", "patch"}};
}

OptionSpec FormatOption() { return {"format", "FORMAT", "text or json", "text", {"text", "json"}}; }

Result<std::filesystem::path> SelectGoroot(const std::string& given) {
  std::filesystem::path root = given;
  if (given.empty()) {
    Result<std::map<std::string, std::string>> env = AskGo({"GOROOT"});
    if (!env) return Fail(std::move(env.error()));
    root = (*env)["GOROOT"];
  }
  return AbsoluteFolder(root);
}

Result<Selection> Select(const Arguments& arguments) {
  Result<std::filesystem::path> data = DataFolder(arguments.Get("data"));
  if (!data) return Fail(std::move(data.error()));
  std::string goroot = arguments.Get("goroot"), target = arguments.Get("target");
  // Without the go command its environment variable counts, not what `go env -w` has noted.
  const char* set = std::getenv("GOEXPERIMENT");
  std::string experiments = set == nullptr ? "" : set;
  if (goroot.empty() || target.empty()) {
    Result<std::map<std::string, std::string>> env = AskGo({"GOROOT", "GOOS", "GOARCH", "GOEXPERIMENT"});
    if (!env) return Fail(std::move(env.error()));
    experiments = (*env)["GOEXPERIMENT"];
    if (goroot.empty()) goroot = (*env)["GOROOT"];
    if (target.empty()) target = (*env)["GOOS"] + "/" + (*env)["GOARCH"];
  }
  Result<std::filesystem::path> root = SelectGoroot(goroot);
  if (!root) return Fail(std::move(root.error()));
  return Selection{*data, *root, target, arguments.Get("libc"), experiments};
}

Result<std::vector<PortAndTarget>> FindTargets(const Selection& selection, const std::vector<Port>& ports) {
  std::vector<PortAndTarget> out;
  std::string known;
  for (const Port& port : ports) {
    known += (known.empty() ? "" : ", ") + port.Name();
    if (selection.target != "all" && selection.target != port.Name()) continue;
    Result<PortAndTarget> found = WithLibc(port, selection.libc);
    if (!found) return Fail(std::move(found.error()));
    found->target.experiments = selection.experiments;
    out.push_back(std::move(*found));
  }
  if (!out.empty()) return out;
  return Fail(UsageError("no rules for the target '" + selection.target + "'", "there are rules for " + known));
}

}  // namespace libcify
