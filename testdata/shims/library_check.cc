// Shims of library functions (libcify/library.h), run here on functions of this file: they answer and take arguments in
// every way in which a shim could be wrong.
//
// Exits 0 and prints "ok"; otherwise says what was wrong. Compiled by src/bind/shims_test.cc and ports_test.cc.
#include "libcify/entry.h"
//
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
//
#include "libcify/library.h"

extern "C" {
// The upper half of an int's register is what the C ABI allows: anything.
int dirty_five();
int clean_minus_one();  // 0x00000000ffffffff
int dirty_minus_one();
int fails() {
  errno = EBADF;
  return -1;
}
int minus_five() { return -5; }
int may_be_minus_one(int fails) {
  if (fails) errno = EACCES;
  return -1;
}
long half_of_minus_one() { return 0xffffffffL; }
long long fails_wide() {
  errno = EOVERFLOW;
  return -1;
}
unsigned int nobody() { return 0xffffffffU; }
void* high_pointer() { return (void*)-4096L; }
void* low_half_is_minus_one() { return (void*)((unsigned long)-1 >> 17); }
void* map_failed() {
  errno = ENOMEM;
  return (void*)-1L;
}
void* null() {
  errno = ENOENT;
  return nullptr;
}
int error_number() { return EAGAIN; }
int code_of_its_own(int errno_too) {
  if (errno_too) errno = EMFILE;
  return 11;
}
void nothing() {}
int opens(const char*, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const int mode = va_arg(more, int);
  va_end(more);
  return flags == 7 ? mode : -2;
}
// What the narrow parameters of a prototype leave of the words.
long narrow(unsigned short mode, int fd, unsigned int id, signed char c) {
  return mode == 0xbeef && fd == -2 && id == 0xfffffffeU && c == -3 ? 1 : 0;
}
long long offset(int fd, long long at, int whence) { return fd == 3 && whence == 1 ? at : 0; }
}
#if defined(__x86_64__)
asm(".text\n"
    ".globl dirty_five\ndirty_five: movabsq $0x7bad0bad00000005, %rax; ret\n"
    ".globl clean_minus_one\nclean_minus_one: movl $-1, %eax; ret\n"
    ".globl dirty_minus_one\ndirty_minus_one: movabsq $0x12345678ffffffff, %rax; ret\n");
#elif defined(__aarch64__)
asm(".text\n"
    ".globl dirty_five\ndirty_five: movz x0, #5; movk x0, #0x7bad, lsl #48; ret\n"
    ".globl clean_minus_one\nclean_minus_one: mov w0, #-1; ret\n"
    ".globl dirty_minus_one\ndirty_minus_one: mov w0, #-1; movk x0, #0x1234, lsl #48; ret\n");
#else
int dirty_five() { return 5; }
int clean_minus_one() { return -1; }
int dirty_minus_one() { return -1; }
#endif

#if __SIZEOF_POINTER__ == 8
#define WIDE "l"
LIBCIFY_SHIM(offset, "l=ili", kMinusOne, 3)
#elif defined(__arm__)
#define WIDE "i"
LIBCIFY_SHIM(offset, "l=ili", kMinusOne, 5)
#else
#define WIDE "i"
LIBCIFY_SHIM(offset, "l=ili", kMinusOne, 4)
#endif
LIBCIFY_SHIM(dirty_five, "i=", kMinusOne, 0)
LIBCIFY_SHIM(clean_minus_one, "i=", kMinusOne, 0)
LIBCIFY_SHIM(dirty_minus_one, "i=", kMinusOne, 0)
LIBCIFY_SHIM(fails, "i=", kMinusOne, 0)
LIBCIFY_SHIM(minus_five, "i=", kMinusOne, 0)
LIBCIFY_SHIM(may_be_minus_one, "i=i", kValue, 1)
LIBCIFY_SHIM(half_of_minus_one, WIDE "=", kMinusOne, 0)
LIBCIFY_SHIM(fails_wide, "l=", kMinusOne, 0)
LIBCIFY_SHIM(nobody, "u=", kNever, 0)
LIBCIFY_SHIM(high_pointer, "p=", kNull, 0)
LIBCIFY_SHIM(low_half_is_minus_one, "p=", kMinusOne, 0)
LIBCIFY_SHIM(map_failed, "p=", kMinusOne, 0)
LIBCIFY_SHIM(null, "p=", kNull, 0)
LIBCIFY_SHIM(error_number, "i=", kReturned, 0)
LIBCIFY_SHIM(code_of_its_own, "i=i", kNonzero, 1)
LIBCIFY_SHIM(nothing, "v=", kNever, 0)
LIBCIFY_SHIM(opens, "i=pi.", kMinusOne, 3)
LIBCIFY_SHIM(narrow, WIDE "=Hiuc", kNever, 4)

static int wrong = 0;

static void Expect(const char* what, LibcifyAnswer answer, long result, long error) {
  if ((long)answer.result == result && (long)answer.error == error) return;
  printf("%s: result %ld, error %ld instead of %ld, %ld\n", what, (long)answer.result, (long)answer.error, result, error);
  wrong = 1;
}

int main() {
  errno = EXDEV;  // of a call before
  Expect("an int with a dirty upper half", libcify_dirty_five(), 5, 0);
  Expect("-1 in 32 bits of the register", libcify_clean_minus_one(), -1, EXDEV);
  Expect("-1 with a dirty upper half", libcify_dirty_minus_one(), -1, EXDEV);
  Expect("-1 and errno", libcify_fails(), -1, EBADF);
  Expect("a negative value", libcify_minus_five(), -5, 0);
  Expect("-1 as a value, errno of a call before", libcify_may_be_minus_one(0), -1, 0);
  Expect("-1 as an error, where it may be a value", libcify_may_be_minus_one(1), -1, EACCES);
  Expect("an id of 32 ones", libcify_nobody(), (long)0xffffffffUL, 0);
  Expect("a pointer that looks negative", libcify_high_pointer(), -4096, 0);
  Expect("a pointer whose low half is -1", libcify_low_half_is_minus_one(), (long)((unsigned long)-1 >> 17), 0);
  Expect("a pointer of -1", libcify_map_failed(), -1, ENOMEM);
  Expect("NULL", libcify_null(), 0, ENOENT);
  Expect("an error number", libcify_error_number(), EAGAIN, EAGAIN);
  Expect("a code with errno", libcify_code_of_its_own(1), 11, EMFILE);
  Expect("a code without errno", libcify_code_of_its_own(0), 11, 0);
  Expect("no result", libcify_nothing(), 0, 0);
  Expect("a variadic mode", libcify_opens(0, 7, 0644), 0644, 0);
  // An int's word may hold anything above it, but the bits that Go passes.
  Expect("narrow parameters", libcify_narrow(0xdeadbeefUL, (LibcifyWord)-2, (LibcifyWord)-2, 0x1fdUL), 1, 0);
#if __SIZEOF_POINTER__ == 8
  Expect("a 64-bit value of which 32 bits are -1", libcify_half_of_minus_one(), 0xffffffffL, 0);
  Expect("a 64-bit -1", libcify_fails_wide(), -1, EOVERFLOW);
  Expect("an offset", libcify_offset(3, 0x123456789abcdefUL, 1), 0x123456789abcdefL, 0);
#else
#if defined(__arm__)
  const LibcifyAnswer at = libcify_offset(3, 0xbad, 0x89abcdefUL, 0x1234567UL, 1);  // an aligned pair
#else
  const LibcifyAnswer at = libcify_offset(3, 0x89abcdefUL, 0x1234567UL, 1);
#endif
  Expect("the low half of an offset", at, (long)0x89abcdefUL, 0);
  if (at.high != 0x1234567UL) wrong = printf("the high half of an offset: %lx\n", (unsigned long)at.high);
  const LibcifyAnswer failed = libcify_fails_wide();
  Expect("a 64-bit -1", failed, -1, EOVERFLOW);
  const LibcifyAnswer half = libcify_half_of_minus_one();
  Expect("a long of 32 ones is -1", half, -1, half.error);
#endif
  if (!wrong) puts("ok");
  return wrong;
}
