// The C++ of this package: calls that libc's functions do not serve as they are (clang compiles it, see LLGoFiles).

package syscall

const LLGoFiles = "_libcify/adapters.cpp; _libcify/fork.cpp; _libcify/closures.cpp"
