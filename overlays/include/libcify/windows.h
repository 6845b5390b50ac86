// Windows' headers in an order in which they go together; those of rules/facts/libc/windows.json.
#pragma once

#ifndef _WIN32_WINNT
#define _WIN32_WINNT 0x0a00  // Windows 10, the oldest that Go serves
#endif
#define SECURITY_WIN32   // security.h wants to know for whom
#define WIN32_NO_STATUS  // winternl.h and ntstatus.h would define the same codes
// The import libraries have a way in for code that knows of no DLL. An address that is loaded at run time is no template
// argument.
#define DECLSPEC_IMPORT

#include <winsock2.h>
//
#include <windows.h>
//
#include <ws2tcpip.h>
//
#include <mswsock.h>
#include <winternl.h>
//
#include <aclapi.h>
#include <iphlpapi.h>
#include <lm.h>
#include <lmjoin.h>
#include <powrprof.h>
#include <psapi.h>
#include <sddl.h>
#include <security.h>
#include <shellapi.h>
#include <shlobj.h>
#include <timeapi.h>
#include <tlhelp32.h>
#include <userenv.h>
#include <werapi.h>
#include <wincrypt.h>
#include <windns.h>
#include <winioctl.h>
//
#include <ntsecapi.h>

#include "libcify/windows_undeclared.h"

// Passed by value, as the number that it holds.
template <>
struct libcify::Letter<LARGE_INTEGER, false> {
  static constexpr char value = 'r';
};
