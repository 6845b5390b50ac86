package syscall

import "internal/syscall/windows/sysdll"

var (
	modkernel32 = NewLazyDLL(sysdll.Add("kernel32.dll")) // want: dll.constant.library

	procCloseHandle = modkernel32.NewProc("CloseHandle") // want: dll.constant.procedure
)

func NewLazyDLL(name string) *LazyDLL { // want: dll.constant.definition
	return nil
}

func (d *LazyDLL) NewProc(name string) *LazyProc { // want: dll.constant.definition
	return nil
}

func SyscallN(trap uintptr, args ...uintptr) (r1, r2 uintptr, err Errno) // want: dll.entry.syscall

func Syscall6(trap, nargs, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno) { // want: dll.entry.counted
	return SyscallN(trap, a1, a2, a3, a4, a5, a6) // want: dll.request.call
}

func CloseHandle(handle Handle) error {
	if err := procCloseHandle.Find(); err != nil { // want: dll.constant.find
		return err
	}
	SyscallN(procCloseHandle.Addr(), uintptr(handle))                   // want: dll.request.call
	Syscall6(procCloseHandle.Addr(), 1, uintptr(handle), 0, 0, 0, 0, 0) // want: dll.request.call
	return nil
}
