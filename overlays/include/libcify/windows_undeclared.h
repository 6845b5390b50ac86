// Functions of Windows that Go calls and mingw-w64's headers do not declare, or hide behind a macro of the same name.
//
// To be included behind windows.h, winternl.h, psapi.h and windns.h. Sources: Microsoft Learn, the pages of these names
// (Win32 API reference; for Nt… and Rtl… "Windows drivers" and "Developer notes"); RtlGetNtVersionNumbers and
// RtlIsDosDeviceName_U have no page there: ReactOS, sdk/include/ndk/rtlfuncs.h.
#ifndef LIBCIFY_WINDOWS_UNDECLARED_H
#define LIBCIFY_WINDOWS_UNDECLARED_H

#ifdef __cplusplus
extern "C" {
#endif

NTSTATUS NTAPI NtCreateWaitCompletionPacket(PHANDLE WaitCompletionPacketHandle, ACCESS_MASK DesiredAccess,
                                            POBJECT_ATTRIBUTES ObjectAttributes);
NTSTATUS NTAPI NtAssociateWaitCompletionPacket(HANDLE WaitCompletionPacketHandle, HANDLE IoCompletionHandle,
                                               HANDLE TargetObjectHandle, PVOID KeyContext, PVOID ApcContext,
                                               NTSTATUS IoStatus, ULONG_PTR IoStatusInformation, PBOOLEAN AlreadySignaled);
NTSTATUS NTAPI NtCancelWaitCompletionPacket(HANDLE WaitCompletionPacketHandle, BOOLEAN RemoveSignaledPacket);
BOOL WINAPI ProcessPrng(PBYTE pbData, SIZE_T cbData);
PPEB NTAPI RtlGetCurrentPeb(void);
void NTAPI RtlGetNtVersionNumbers(PULONG pMajorVersion, PULONG pMinorVersion, PULONG pBuildNumber);
NTSTATUS NTAPI RtlGetVersion(PRTL_OSVERSIONINFOW lpVersionInformation);
ULONG NTAPI RtlIsDosDeviceName_U(PWSTR Name);
ULONG NTAPI RtlNtStatusToDosErrorNoTeb(NTSTATUS Status);

#undef GetProcessMemoryInfo /* psapi.h: the same of kernel32.dll, under another name */
BOOL WINAPI GetProcessMemoryInfo(HANDLE Process, PPROCESS_MEMORY_COUNTERS ppsmemCounters, DWORD cb);
#undef DnsRecordListFree /* windns.h: DnsFree */
void WINAPI DnsRecordListFree(PDNS_RECORD p, DNS_FREE_TYPE t);

#ifdef __cplusplus
}
#endif

#endif
