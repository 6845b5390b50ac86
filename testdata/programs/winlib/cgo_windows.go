// With cgo another linker than Go's makes the table of imports.
package main

import "C"
