// The C++ of patched packages: calls that libc's functions do not serve as they are (clang compiles it, see LLGoFiles).

package libcify

const (
	LLGoPackage = "link"
	LLGoFiles   = "_libcify/adapters_{tag}.cpp; _libcify/fork_{tag}.cpp; _libcify/closures_{tag}.cpp"
)
