package libcify

import "unsafe"

var _ unsafe.Pointer

// What the linker binds, by the program's table of imports: Windows has put the address of each function here before the
// program begins. A program imports those of which some code that it holds asks for the variable.

// libcify:insert imports
