// Address space: mappings, their protection, locks and contents. Both runs start from the same one, so addresses are
// compared.
#pragma once

#include <sys/mman.h>
#include <sys/uio.h>

#include "differential.h"

namespace {
using namespace differential;

const unsigned long kPage = 4096;

unsigned long Unit() { return static_cast<unsigned long>(sysconf(_SC_PAGESIZE)); }
// Four pages with a byte in each.
char* Pages(int flags = MAP_PRIVATE | MAP_ANONYMOUS) {
  char* const pages = static_cast<char*>(mmap(nullptr, 4 * Unit(), PROT_READ | PROT_WRITE, flags, -1, 0));
  if (pages == MAP_FAILED) Broken("mmap");
  for (unsigned i = 0; i < 4; ++i) pages[i * Unit()] = static_cast<char>('a' + i);
  return pages;
}
// Which of the four pages can be read and written, asked of the kernel: a pipe refuses bytes of unreadable memory.
void Protection(const char* pages) {
  int ends[2];
  MUST(pipe(ends));
  for (unsigned i = 0; i < 4; ++i) {
    const bool readable = write(ends[1], pages + i * Unit(), 1) == 1;
    const bool writable = readable && read(ends[0], const_cast<char*>(pages) + i * Unit(), 1) == 1;
    Seen(readable);
    Seen(writable);
    if (readable) See(pages + i * Unit(), 1);
  }
  close(ends[0]);
  close(ends[1]);
}
}  // namespace

namespace {
// The offset in the unit of the call: bytes, or pages of 4096 bytes.
void Map(unsigned long second_page) {
  const int fd = MUST(open("file", O_RDWR | O_CREAT, 0644));
  MUST(ftruncate(fd, static_cast<long>(2 * Unit())));
  MUST(pwrite(fd, "second", 6, static_cast<long>(Unit())));
  const long at = Call(nullptr, 4 * Unit(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0UL);
  if (at > 0 || at < -4096) Protection(reinterpret_cast<char*>(at));
  const long file = Call(nullptr, Unit(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, second_page);
  if (file > 0 || file < -4096) {
    See(reinterpret_cast<char*>(file), 8);
    *reinterpret_cast<char*>(file) = 'S';
    char text[6] = {};
    MUST(pread(fd, text, 6, static_cast<long>(Unit())));
    Seen(text);
  }
  Call(at, Unit(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0UL);
  Call(nullptr, 0UL, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0UL);
  Call(nullptr, Unit(), PROT_READ, MAP_PRIVATE, -1, 0UL);
  Call(nullptr, Unit(), PROT_READ, 0, fd, 0UL);
}
}  // namespace
#if !defined(__i386__) && !defined(__s390x__) && !defined(__arm__)
SCENARIO(mmap, 3, 3) { Map(Unit()); }
#elif !defined(__arm__)
// One pointer to six words.
SCENARIO(mmap, 2, 2) {
  const unsigned long words[6] = {0, 4 * Unit(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, ~0UL, 0};
  const long at = Call(words);
  if (at > 0 || at < -4096) Protection(reinterpret_cast<char*>(at));
  const int fd = File();
  const unsigned long file[6] = {0, Unit(), PROT_READ, MAP_SHARED, static_cast<unsigned long>(fd), 0};
  const long mapped = Call(file);
  if (mapped > 0 || mapped < -4096) See(reinterpret_cast<char*>(mapped), 10);
  const unsigned long none[6] = {0, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, ~0UL, 0};
  Call(none);
  const unsigned long bad[6] = {0, Unit(), PROT_READ, MAP_PRIVATE, ~0UL, 0};
  Call(bad);
}
#endif
SCENARIO(mmap2, 3, 3) { Map(Unit() / kPage); }
SCENARIO(munmap, 1, 2) {
  char* const pages = Pages();
  Call(pages + Unit(), Unit());
  Protection(pages);
  Call(pages + 1, Unit());
  Call(pages, 0UL);
}
SCENARIO(mprotect, 2, 3) {
  char* const pages = Pages();
  Call(pages + Unit(), Unit(), PROT_READ);
  Call(pages + 2 * Unit(), Unit(), PROT_NONE);
  Protection(pages);
  Call(pages + 1, Unit(), PROT_READ);
  Call(pages, Unit(), 0x777777);
  munmap(pages, 4 * Unit());
  Call(pages, Unit(), PROT_READ);
}
SCENARIO(mremap, 3, 3) {
  char* const pages = Pages();
  char* const other = Pages();
  Call(pages, 4 * Unit(), 2 * Unit(), 0UL);
  Protection(pages);
  Call(pages, 2 * Unit(), 8 * Unit(), 1UL);                            // MREMAP_MAYMOVE
  const long moved = Call(other, 4 * Unit(), 4 * Unit(), 3UL, pages);  // and MREMAP_FIXED
  if (moved > 0 || moved < -4096) Protection(reinterpret_cast<char*>(moved));
  Call(pages + 1, Unit(), Unit(), 0UL);
  Call(pages, Unit(), 0UL, 0UL);
  Call(pages, Unit(), Unit(), 0x777UL);
}
SCENARIO(msync, 1, 3) {
  char* const pages = Pages(MAP_SHARED | MAP_ANONYMOUS);
  Call(pages, 4 * Unit(), MS_SYNC);
  Call(pages + 1, Unit(), MS_SYNC);
  Call(pages, Unit(), 0x777);
  munmap(pages, 4 * Unit());
  Call(pages, Unit(), MS_SYNC);
}
SCENARIO(mincore, 1, 3) {
  char* const pages = Pages();
  unsigned char in[8] = {};
  Call(pages, 4 * Unit(), in);
  Seen(in);
  Call(pages + 1, Unit(), in);
  Call(pages, Unit(), Nowhere());
  munmap(pages, 4 * Unit());
  Call(pages, Unit(), in);
}
SCENARIO(madvise, 2, 3) {
  char* const pages = Pages();
  Call(pages + Unit(), 2 * Unit(), MADV_DONTNEED);
  Protection(pages);
  Call(pages, Unit(), MADV_WILLNEED);
  Call(pages + 1, Unit(), MADV_DONTNEED);
  Call(pages, Unit(), 0x777);
  munmap(pages, 4 * Unit());
  Call(pages, Unit(), MADV_DONTNEED);
}
namespace {
// The memory that is locked, from the process's own status.
void Locked() {
  char text[4096] = {};
  const int fd = MUST(open("/proc/self/status", O_RDONLY));
  MUST(read(fd, text, sizeof text - 1));
  close(fd);
  char* const line = strstr(text, "VmLck:");
  See(line != nullptr ? line : text, 20);
}
}  // namespace
SCENARIO(mlock, 1, 1) {
  char* const pages = Pages();
  Call(pages, Unit());
  Locked();
  munmap(pages, 4 * Unit());
  Call(pages, Unit());
}
SCENARIO(mlock2, 2, 2) {
  char* const pages = Pages();
  Call(pages, Unit(), 0);
  Call(pages + Unit(), Unit(), 1);
  Locked();
  Call(pages, Unit(), 0x777);
  munmap(pages, 4 * Unit());
  Call(pages, Unit(), 0);
}
SCENARIO(munlock, 1, 1) {
  char* const pages = Pages();
  MUST(mlock(pages, 4 * Unit()));
  Call(pages, Unit());
  Locked();
  munmap(pages, 4 * Unit());
  Call(pages, Unit());
}
SCENARIO(mlockall, 1, 2) {
  Call(MCL_FUTURE);
  Call(0);
  Call(0x777);
  Pages();
  Locked();
}
SCENARIO(munlockall, 1, 0) {
  MUST(mlock(Pages(), 4 * Unit()));
  Call();
  Locked();
}
SCENARIO(remap_file_pages, 1, 2) {
  const int fd = MUST(open("file", O_RDWR | O_CREAT, 0644));
  MUST(ftruncate(fd, static_cast<long>(4 * Unit())));
  char* const pages = static_cast<char*>(mmap(nullptr, 4 * Unit(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
  for (unsigned i = 0; i < 4; ++i) pages[i * Unit()] = static_cast<char>('a' + i);
  Call(pages, Unit(), 0, 2UL, 0);
  Protection(pages);
  Call(pages, Unit(), 1, 2UL, 0);
  Call(Pages(), Unit(), 0, 0UL, 0);
}
SCENARIO(brk, 2, 0) {
  const long end = Call(0UL);
  Call(end + 0x10000L);
  *reinterpret_cast<char*>(end) = 'b';
}
SCENARIO(pkey_alloc, 0, 1) {
  Call(0U, 0U);
  Call(0U, 0x777U);
  Call(1U, 0U);
}
SCENARIO(pkey_free, 0, 1) {
  Call(-1);
  Call(14);
}
SCENARIO(pkey_mprotect, 1, 2) {
  char* const pages = Pages();
  Call(pages, Unit(), PROT_READ, -1);
  Protection(pages);
  Call(pages + 1, Unit(), PROT_READ, -1);
  Call(pages, Unit(), PROT_READ, 77);
}
SCENARIO(process_vm_readv, 1, 3) {
  char from[] = "abcdefgh", to[16] = {};
  const iovec local[] = {{to, 3}, {to + 8, 3}}, remote[] = {{from + 1, 6}};
  Call(getpid(), local, 2UL, remote, 1UL, 0UL);
  Seen(to);
  Call(getpid(), local, 2UL, remote, 1UL, 7UL);
  Call(-1, local, 2UL, remote, 1UL, 0UL);
  const iovec nowhere[] = {{Nowhere(), 6}};
  Call(getpid(), local, 2UL, nowhere, 1UL, 0UL);
}
SCENARIO(process_vm_writev, 1, 3) {
  char from[] = "abcdefgh", to[16] = {};
  const iovec local[] = {{from, 3}, {from + 4, 3}}, remote[] = {{to + 1, 6}};
  Call(getpid(), local, 2UL, remote, 1UL, 0UL);
  Seen(to);
  Call(getpid(), local, 2UL, remote, 1UL, 7UL);
  Call(-1, local, 2UL, remote, 1UL, 0UL);
  const iovec nowhere[] = {{Nowhere(), 6}};
  Call(getpid(), local, 2UL, nowhere, 1UL, 0UL);
}
