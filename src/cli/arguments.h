// What a subcommand accepts, and what it was given. Knows no subcommand.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace libcify {

struct OptionSpec {
  std::string name;                       // "goroot"
  std::string value;                      // name of the value in the help: "DIR"; "" for a switch
  std::string help;                       // one line
  std::string initial = {};               // value where the option is not given
  std::vector<std::string> allowed = {};  // all values, where they can be listed
};

class Arguments;

// A subcommand: how it is called and what runs it.
struct Command {
  std::string name;
  std::string summary;                        // one line
  std::string operands;                       // "NAME|NUMBER|FILE:LINE", "" where there are none
  std::vector<std::string> first_words = {};  // what the first operand may be, where that can be listed
  std::vector<OptionSpec> options;
  std::string examples;                             // lines of the help
  Result<void> (*run)(const Arguments& arguments);  // a failure without errors: findings that it has printed itself
  std::size_t max_operands = 0;
  bool passes_all = false;  // everything behind the name is an operand (go)
};

class Arguments {
 public:
  // `words`: what stands behind the subcommand's name. Usage errors (kUsage) name the word and what to do.
  [[nodiscard]] static Result<Arguments> Parse(const Command& command, const std::vector<std::string>& words);

  [[nodiscard]] const std::string& Get(const std::string& name) const;  // "" or the initial value where it was not given
  [[nodiscard]] bool Has(const std::string& name) const;                // was given
  [[nodiscard]] const std::vector<std::string>& operands() const { return operands_; }
  [[nodiscard]] bool json() const { return Get("format") == "json"; }

 private:
  std::map<std::string, std::string> values_;
  std::map<std::string, bool> given_;
  std::vector<std::string> operands_;
};

// The help of one subcommand.
[[nodiscard]] std::string HelpText(const Command& command);

}  // namespace libcify
