// How a package calls functions of Windows, and how their answers become what Go's calls answer: first result, second result,
// error number. Which functions tell errors by which of these ways, rules/bind/windows-errors.json says.

package syscall

import "unsafe"

// libcify:insert imports

// What tells the scheduler that a call may block.
//
//go:linkname libcifyEnter runtime.entersyscall
func libcifyEnter()

//go:linkname libcifyExit runtime.exitsyscall
func libcifyExit()

// What a function gives; a pointer comes as uintptr.
type libcifyNumber interface {
	int8 | uint8 | int16 | uint16 | int32 | uint32 | int64 | uint64 | uintptr
}

// The result as the register has it: Go compares the whole word with uintptr(^uint32(0)) where a function gives an int, so
// nothing is extended by its sign.
func libcifyWord[T libcifyNumber](r T) uintptr {
	switch unsafe.Sizeof(r) {
	case 1:
		return uintptr(uint8(r))
	case 2:
		return uintptr(uint16(r))
	case 4:
		return uintptr(uint32(r))
	}
	return uintptr(r)
}

// No error.
func libcifyValue[T libcifyNumber](r T) (r1, r2, errno uintptr) {
	return libcifyWord(r), 0, 0
}

// -1 of its own width, and GetLastError: INVALID_HANDLE_VALUE, SOCKET_ERROR, WAIT_FAILED.
func libcifyMinusOne[T libcifyNumber](r T) (r1, r2, errno uintptr) {
	if r == ^T(0) {
		return libcifyWord(r), 0, uintptr(libcify_GetLastError())
	}
	return libcifyWord(r), 0, 0
}

// FALSE, NULL or 0, and GetLastError.
func libcifyZero[T libcifyNumber](r T) (r1, r2, errno uintptr) {
	if r == 0 {
		return 0, 0, uintptr(libcify_GetLastError())
	}
	return libcifyWord(r), 0, 0
}

// A code that is not 0, and GetLastError.
func libcifyNonzero[T libcifyNumber](r T) (r1, r2, errno uintptr) {
	if r != 0 {
		return libcifyWord(r), 0, uintptr(libcify_GetLastError())
	}
	return 0, 0, 0
}

// The error number itself, or 0.
func libcifyReturned[T libcifyNumber](r T) (r1, r2, errno uintptr) {
	return libcifyWord(r), 0, libcifyWord(r)
}

// A status (NTSTATUS, HRESULT), which is an error where it is negative.
func libcifyStatus(r int32) (r1, r2, errno uintptr) {
	if r < 0 {
		return libcifyWord(r), 0, libcifyWord(r)
	}
	return libcifyWord(r), 0, 0
}

// Where the result does not tell all, GetLastError does: it is cleared before the call, which is the argument behind this one.
func libcifyCleared() struct{} {
	libcify_SetLastError(0)
	return struct{}{}
}

func libcifyMinusOneValue[T libcifyNumber](_ struct{}, r T) (r1, r2, errno uintptr) {
	return libcifyMinusOne(r)
}

// GetLastError is the caller's to look at: it comes with success, too.
func libcifyTold[T libcifyNumber](_ struct{}, r T) (r1, r2, errno uintptr) {
	return libcifyWord(r), 0, uintptr(libcify_GetLastError())
}

// libcify:insert calls
