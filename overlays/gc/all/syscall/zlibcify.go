package syscall

// Whoever can make a system call links runtime/cgo, where libc is, also when linking internally.
import _ "runtime/cgo"
