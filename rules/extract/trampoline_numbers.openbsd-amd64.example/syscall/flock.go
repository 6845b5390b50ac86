package syscall

var fcntl64Syscall uintptr = SYS_EXECVE // want: trampoline.number.var
var fcntls uintptr = 7                  // ok: no number of the table
