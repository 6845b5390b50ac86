// The C++ of this package (clang compiles it, see LLGoFiles).

package syscall

const LLGoFiles = "_libcify/closures.cpp"
