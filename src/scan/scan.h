// Scanner: all places where a Go tree reaches the operating system, each explained by a rule; what no rule explains is an
// error.
#pragma once

#include <future>
#include <memory>
#include <vector>

#include "base/result.h"
#include "goroot/goroot.h"
#include "model/go_memory.h"
#include "model/port.h"
#include "model/rule.h"
#include "model/source.h"

namespace libcify {

struct ScanOptions {
  int jobs = 0;  // 0: as many as there are processors; the result does not depend on it
};

// A tree that is scanned for some targets. What they share is done once: rules are compiled and each Go file is searched
// for what all the rules want to know of it.
class Scanner {
 public:
  // The rules may still be on their way: the tree is listed meanwhile.
  [[nodiscard]] static Result<Scanner> Open(const Goroot& goroot, std::future<Result<RuleSet>> rules,
                                            const std::vector<Target>& targets, const ScanOptions& options);
  Scanner(Scanner&&) noexcept;
  Scanner& operator=(Scanner&&) noexcept;
  ~Scanner();

  [[nodiscard]] const RuleSet& rules() const;
  // Packages of std for a target, by its place among the targets; with cgo, because the bridge lives in runtime/cgo, so that
  // a program that it serves is always built that way.
  [[nodiscard]] const Result<std::vector<GoPackage>>& Packages(std::size_t target) const;
  // What the files hold that a target compiles. Fails with all unexplained places at once. Safe to use from several threads.
  [[nodiscard]] Result<Inventory> Scan(std::size_t target, const Port& port, const ScanOptions& options) const;
  // What the calls of an inventory, which is this target's, hand over by pointers. Fails where the assembly cannot be read.
  [[nodiscard]] Result<GoMemory> Memory(std::size_t target, const Port& port, const Inventory& inventory) const;

 private:
  struct State;
  explicit Scanner(std::unique_ptr<const State> state);
  std::unique_ptr<const State> state_;
};

}  // namespace libcify
