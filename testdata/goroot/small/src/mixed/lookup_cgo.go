//go:build linux || solaris

package mixed

import (
	"unsafe"

	// a comment in between
	`C`
)
