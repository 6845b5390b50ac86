package windows

import "internal/abi"

func StdCall(fn *StdCallInfo) uint32 // want: dll.entry.code

func asmstdcall(fn *StdCallInfo) // want: dll.entry.code

func AsmStdCallAddr() uintptr {
	return abi.FuncPCABI0(asmstdcall) // want: dll.constant.code
}
