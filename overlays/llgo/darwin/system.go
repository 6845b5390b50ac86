// What is libc's own way on Darwin.

package syscall

import _ "unsafe" // for go:linkname

// The error number of the calling thread (errno(2)).
//
//go:linkname libcify_errno C.__error
func libcify_errno() *int32
