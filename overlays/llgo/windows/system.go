// What is Windows' own way.

package syscall

import _ "unsafe" // for go:linkname

// The error number of the calling thread.
//
//go:linkname libcify_GetLastError C.GetLastError
func libcify_GetLastError() uint32

//go:linkname libcify_SetLastError C.SetLastError
func libcify_SetLastError(_ uint32)
