// The only file that includes cxxopts; what it throws ends here.
#include "cli/arguments.h"

#include <algorithm>
#include <cstdint>
#include <cxxopts.hpp>

namespace libcify {
namespace {

constexpr const char* kOperands = "operands";

Error UsageError(const Command& command, const std::string& what) {
  return {.what = what, .hint = "see libcify help " + command.name, .cls = ErrorClass::kUsage};
}

cxxopts::Options Describe(const Command& command) {
  cxxopts::Options options("libcify " + command.name, command.summary + "\n");
  options.set_width(100);
  auto add = options.add_options();
  for (const OptionSpec& option : command.options) {
    auto value = option.value.empty() ? cxxopts::value<bool>() : cxxopts::value<std::string>();
    if (!option.initial.empty()) value = value->default_value(option.initial);
    add(option.name, option.help, value, option.value);
  }
  add("h,help", "show this help");
  options.positional_help(command.operands);
  return options;
}

}  // namespace

Result<Arguments> Arguments::Parse(const Command& command, const std::vector<std::string>& words) {
  Arguments out;
  if (command.passes_all) {
    out.operands_ = words;
    return out;
  }
  try {
    cxxopts::Options options = Describe(command);
    options.add_options()(kOperands, "", cxxopts::value<std::vector<std::string>>());
    options.parse_positional(kOperands);
    std::vector<const char*> argv = {"libcify"};
    for (const std::string& word : words) argv.push_back(word.c_str());
    const cxxopts::ParseResult parsed = options.parse(static_cast<int>(argv.size()), argv.data());
    for (const OptionSpec& option : command.options) {
      out.given_[option.name] = parsed.count(option.name) > 0;
      if (parsed.count(option.name) > 1) return Fail(UsageError(command, "--" + option.name + " is given twice"));
      if (option.value.empty() || (parsed.count(option.name) == 0 && option.initial.empty())) continue;
      std::string value = parsed[option.name].as<std::string>();
      if (!option.allowed.empty() &&
          std::find(option.allowed.begin(), option.allowed.end(), value) == option.allowed.end()) {
        std::string list;
        for (const std::string& name : option.allowed) list += (list.empty() ? "" : ", ") + name;
        return Fail(UsageError(command, "--" + option.name + " must be one of " + list + ", not '" + value + "'"));
      }
      out.values_[option.name] = std::move(value);
    }
    out.given_["help"] = parsed.count("help") > 0;
    if (parsed.count(kOperands) > 0) out.operands_ = parsed[kOperands].as<std::vector<std::string>>();
    for (const std::string& word : parsed.unmatched()) out.operands_.push_back(word);
  } catch (const cxxopts::exceptions::exception& error) {
    return Fail(UsageError(command, error.what()));
  }
  if (out.operands_.size() > command.max_operands) {
    return Fail(UsageError(command, "unexpected argument '" + out.operands_[command.max_operands] + "'"));
  }
  return out;
}

const std::string& Arguments::Get(const std::string& name) const {
  static const std::string kNone;
  const auto found = values_.find(name);
  return found == values_.end() ? kNone : found->second;
}

bool Arguments::Has(const std::string& name) const {
  const auto found = given_.find(name);
  return found != given_.end() && found->second;
}

std::string HelpText(const Command& command) {
  std::string text;
  try {
    text = command.passes_all ? "libcify " + command.name + ": " + command.summary + "\nUsage:\n  libcify " + command.name +
                                    " " + command.operands + "\n"
                              : Describe(command).help();
  } catch (const cxxopts::exceptions::exception& error) {
    text = error.what();
  }
  if (!command.examples.empty()) text += "\nExamples:\n" + command.examples;
  return text;
}

}  // namespace libcify
