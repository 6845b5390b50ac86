// The command line: parses argv, runs one subcommand, prints findings, gives the exit code.
#pragma once

namespace libcify {

// 0: done; 1: findings; 2: usage or environment.
[[nodiscard]] int Main(int argc, char** argv);

}  // namespace libcify
