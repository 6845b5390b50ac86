// bcryptprimitives.dll for a Wine that has none (before 9.0): Windows 10 has it, and Go takes its random numbers from it.
#include <windows.h>
//
#include <ntsecapi.h>  // RtlGenRandom

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T count) { return RtlGenRandom(data, (ULONG)count); }
