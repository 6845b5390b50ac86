// The shims that libcify generates for Windows, called against the system that runs them (Wine, or Windows): every way in
// which a function reports an error, with the error and without, and what is not to be seen in a type: garbage above an
// argument of 32 bits, a number passed as a union, a handle of -1.
//
// Compiled with the folder of libcify_shims.cc and has.h, which has a macro per shim, among the include paths, linked with the
// import libraries. Prints "N of N good".
#include "libcify_shims.cc"
//
#include <string.h>

#include "has.h"
#include "named_check.h"

static LibcifyWord Word(const void* pointer) { return reinterpret_cast<LibcifyWord>(pointer); }

// A 32-bit argument in a word whose upper half means nothing.
static LibcifyWord Dirty(unsigned value) {
  return sizeof(LibcifyWord) == 8 ? value | 0xdeadbeefULL << (sizeof(LibcifyWord) * 4) : value;
}

static const LibcifyWord kInvalid = ~LibcifyWord{0};
static const LibcifyWord kMinusOne32 = 0xffffffff;  // a DWORD is not extended by its sign

static LibcifyAnswer Open(const wchar_t* name, unsigned access, unsigned how) {
  return libcify_CreateFileW(Word(name), Dirty(access), Dirty(0), 0, Dirty(how), Dirty(FILE_ATTRIBUTE_NORMAL), 0);
}

#if __SIZEOF_POINTER__ == 8
static LibcifyAnswer Seek(LibcifyWord file, long long to, LARGE_INTEGER* at) {
  return libcify_SetFilePointerEx(file, static_cast<LibcifyWord>(to), Word(at), FILE_BEGIN);
}
#else
static LibcifyAnswer Seek(LibcifyWord file, long long to, LARGE_INTEGER* at) {
  return libcify_SetFilePointerEx(file, static_cast<LibcifyWord>(to), static_cast<LibcifyWord>(to >> 32), Word(at),
                                  FILE_BEGIN);
}
#endif

static void Files(const wchar_t* path) {
  LibcifyAnswer answer = Open(L"C:\\no such folder\\file", GENERIC_READ, OPEN_EXISTING);
  Check("a file that is not there", answer.result == kInvalid && answer.error == ERROR_PATH_NOT_FOUND, answer);
  SetLastError(ERROR_GEN_FAILURE);
  answer = Open(path, GENERIC_READ | GENERIC_WRITE, CREATE_ALWAYS);
  Check("a new file, after another error", answer.result != kInvalid && answer.error == 0, answer);
  const LibcifyWord file = answer.result;
  DWORD done = 0;
  answer = libcify_WriteFile(file, Word("written"), Dirty(7), Word(&done), 0);
  Check("write", answer.result != 0 && answer.error == 0 && done == 7, answer);
  LARGE_INTEGER at = {};
  answer = Seek(file, 0x100000003LL, &at);
  Check("seek, by a number of 64 bits", answer.result != 0 && at.QuadPart == 0x100000003LL, answer);
  answer = Seek(file, 3, &at);
  char text[8] = {};
  answer = libcify_ReadFile(file, Word(text), Dirty(sizeof text), Word(&done), 0);
  Check("read", answer.result != 0 && done == 4 && memcmp(text, "tten", 4) == 0, answer);
  SetLastError(ERROR_GEN_FAILURE);
  answer = libcify_GetFileType(file);
  Check("the type of a file, after another error", answer.result == FILE_TYPE_DISK && answer.error == 0, answer);
  answer = libcify_CloseHandle(file);
  Check("close", answer.result == 1 && answer.error == 0, answer);
  answer = Open(path, GENERIC_READ, OPEN_ALWAYS);
  Check("success that tells more", answer.result != kInvalid && answer.error == ERROR_ALREADY_EXISTS, answer);
  libcify_CloseHandle(answer.result);
  answer = libcify_DeleteFileW(Word(path));
  Check("delete", answer.result == 1 && answer.error == 0, answer);
  answer = libcify_DeleteFileW(Word(path));
  Check("delete again", answer.result == 0 && answer.error == ERROR_FILE_NOT_FOUND, answer);
  answer = libcify_GetFileAttributesW(Word(path));
  Check("attributes of nothing", answer.result == kMinusOne32 && answer.error == ERROR_FILE_NOT_FOUND, answer);
  answer = libcify_CloseHandle(0x7ffffff0);
  Check("close of no handle", answer.result == 0 && answer.error == ERROR_INVALID_HANDLE, answer);
}

static void Others() {
  LibcifyAnswer answer = libcify_VirtualAlloc(0, 65536, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
  Check("memory", answer.result != 0 && answer.error == 0, answer);
  answer = libcify_VirtualFree(answer.result, 0, MEM_RELEASE);
  Check("no memory", answer.result == 1 && answer.error == 0, answer);
  HKEY key = nullptr;
  answer = libcify_RegOpenKeyExW(Word(HKEY_CURRENT_USER), Word(L"no such key"), 0, KEY_READ, Word(&key));
  Check("a key that is not there", answer.result == ERROR_FILE_NOT_FOUND && answer.error == ERROR_FILE_NOT_FOUND, answer);
  answer = libcify_RegOpenKeyExW(Word(HKEY_CURRENT_USER), Word(L"Software"), 0, KEY_READ, Word(&key));
  Check("a key", answer.result == 0 && answer.error == 0, answer);
  answer = libcify_RegCloseKey(Word(key));
  Check("close of a key", answer.error == 0, answer);
#ifdef HAS_NtQueryInformationFile
  IO_STATUS_BLOCK status = {};
  char information[64];
  answer = libcify_NtQueryInformationFile(0x7ffffff0, Word(&status), Word(information), Dirty(64), Dirty(5));
  const bool negative = static_cast<unsigned>(answer.result) == 0xc0000008 && answer.error == 0xc0000008;
  Check("a negative status, extended", negative && static_cast<INT_PTR>(answer.result) < 0, answer);
#endif
#ifdef HAS_RtlGetVersion
  OSVERSIONINFOW version = {};
  version.dwOSVersionInfoSize = sizeof version;
  answer = libcify_RtlGetVersion(Word(&version));
  Check("the version", answer.error == 0 && version.dwMajorVersion >= 6, answer);
#endif
  answer = libcify_closesocket(1);
  Check("no sockets yet", answer.result == kInvalid && (answer.error == WSANOTINITIALISED || answer.error == WSAENOTSOCK),
        answer);
  WSADATA data;
  answer = libcify_WSAStartup(Dirty(0x202), Word(&data));
  Check("sockets", answer.result == 0 && answer.error == 0, answer);
  answer = libcify_socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  Check("a socket", answer.result != kInvalid && answer.error == 0, answer);
  answer = libcify_closesocket(answer.result);
  Check("close of a socket", answer.result == 0 && answer.error == 0, answer);
  answer = libcify_socket(4711, 0, 0);
  Check("no socket", answer.result == kInvalid && (answer.error == WSAEAFNOSUPPORT || answer.error == WSAESOCKTNOSUPPORT),
        answer);
  answer = libcify_GetProcAddress(Word(GetModuleHandleW(L"kernel32.dll")), Word("NoSuchFunction"));
  Check("a function that is not there", answer.result == 0 && answer.error == ERROR_PROC_NOT_FOUND, answer);
  answer = libcify_GetCurrentProcess();
  Check("a handle of -1 that is none", answer.result == kInvalid && answer.error == 0, answer);
  answer = libcify_GetCurrentProcessId();
  Check("a number", answer.result == GetCurrentProcessId() && answer.error == 0, answer);
}

int main() {
  wchar_t path[MAX_PATH + 16] = {};
  const LibcifyAnswer answer = libcify_GetTempPathW(Dirty(MAX_PATH), Word(path));
  Check("the folder for temporary files", answer.result != 0 && answer.result < MAX_PATH, answer);
  Files(lstrcatW(path, L"libcify-check"));
  Others();
  return Done();
}
