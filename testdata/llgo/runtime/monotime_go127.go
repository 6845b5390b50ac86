//go:build go1.27 && !windows && !baremetal

// Go 1.27's runtime gives this function its body; LLGo's, which takes the place of that, has none, so that no test binary of
// Go 1.27 links. scripts/test/llgo adds this file to LLGo's runtime, on both sides of a comparison.
package runtime

import _ "unsafe" // for go:linkname

//go:linkname libcify_monoTime crypto/internal/fips140deps/time.monoTime
func libcify_monoTime() int64 { return runtimeNano() }
