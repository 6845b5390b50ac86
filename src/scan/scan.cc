// Reads a GOROOT and scans it, see scan.h and scan_tree.h.
#include "scan/scan.h"

#include <future>

#include "scan/compiled_rules.h"
#include "scan/scan_tree.h"
#include "scan/tree.h"

namespace libcify {

Result<Inventory> Scan(const Goroot& goroot, const Target& target, const Port& port, const RuleSet& rules,
                       const ScanOptions& options) {
  // Compiling queries takes as long as reading the tree.
  std::future<Result<scan::CompiledRules>> compiling = std::async([&] { return scan::Compile(rules, target); });
  Result<scan::SourceTree> tree = scan::ReadTree(goroot, target, options.jobs);
  if (!tree) return Fail(std::move(tree.error()));
  Result<std::map<std::string, std::string>> defines = goroot.AssemblerDefines(target);
  if (!defines) return Fail(std::move(defines.error()));
  Result<scan::CompiledRules> compiled = compiling.get();
  if (!compiled) return Fail(std::move(compiled.error()));
  Result<Inventory> out = scan::ScanTree(
      *tree, {.port = port, .target = target, .rules = *compiled, .defines = std::move(*defines), .jobs = options.jobs});
  if (out) out->go_version = goroot.version();
  return out;
}

}  // namespace libcify
