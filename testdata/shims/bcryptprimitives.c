// bcryptprimitives.dll for a Wine that has none (before 9.0): Windows 10 has it, and Go takes its random numbers from it.
#include <windows.h>
//
#include <ntsecapi.h>  // RtlGenRandom

// GetProcAddress is asked for the name alone, which on 386 linkers know with the bytes of the arguments behind it.
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T count)
#ifdef __i386__
    __asm__("_ProcessPrng")
#endif
        ;

BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T count) { return RtlGenRandom(data, (ULONG)count); }
