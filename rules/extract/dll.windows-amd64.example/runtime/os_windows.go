package runtime

import "unsafe"

//go:cgo_import_dynamic runtime._CloseHandle CloseHandle%1 "kernel32.dll"
//go:cgo_import_dynamic runtime._SwitchToThread SwitchToThread%0 "kernel32.dll"
//go:cgo_import_dynamic runtime._LoadLibraryW LoadLibraryW%1 "kernel32.dll"

var (
	_CloseHandle, // want: dll.constant.declared
	_LoadLibraryW stdFunction // want: dll.constant.declared

	_RtlGetVersion stdFunction // want: dll.constant.declared
	handles        int         // ok: another type
)

func windowsFindfunc(lib uintptr, name []byte) stdFunction { // want: dll.constant.definition
	return nil
}

func loadOptionalSyscalls(n32, powrprof uintptr) {
	_RtlGetVersion = windowsFindfunc(n32, []byte("RtlGetVersion\000"))                   // want: dll.constant.runtime
	powerRegister := windowsFindfunc(powrprof, []byte("PowerRegisterSuspendResume\000")) // want: dll.constant.runtime
	if powerRegister == nil || _RtlGetVersion == nil {                                   // want: dll.constant.comparison
		return
	}
	if windowsFindfunc(n32, []byte("wine_get_version\000")) != nil { // want: dll.constant.probe
		return
	}
	stdcall1(powerRegister, 2)        // want: dll.request.call
	stdcall1(_CloseHandle, powrprof)  // want: dll.request.call
	println("stdcall1(_CloseHandle)") // ok: a string
}

func stdcall1(fn stdFunction, a0 uintptr) uintptr { // want: dll.entry.stdcall
	asmcgocall(nil, unsafe.Pointer(&fn)) // want: dll.request.call
	return 0
}

//go:linkname syscall_SyscallN syscall.SyscallN
func syscall_SyscallN(fn uintptr, args ...uintptr) (r1, r2, err uintptr) { // want: dll.entry.pushed
	cgocall(nil, unsafe.Pointer(&fn)) // want: dll.request.call
	return
}

func cgocall(fn, arg unsafe.Pointer) int32 { // want: dll.entry.cgocall
	return asmcgocall(fn, arg) // want: dll.request.call
}

func asmcgocall(fn, arg unsafe.Pointer) int32 // want: dll.entry.asmcgocall

func getLoadLibrary() uintptr {
	return uintptr(unsafe.Pointer(_LoadLibraryW)) // want: dll.constant.address
}
