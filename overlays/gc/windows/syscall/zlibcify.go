package syscall

const libcifyIdentityText =
	// libcify:insert identity

var libcifyIdentity string

// In a function, so that the linker keeps it: libcify version reads it in the program, up to the NUL.
func init() { libcifyIdentity = libcifyIdentityText + "\x00" }
