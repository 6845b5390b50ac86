// The machine as a whole: names, mounts, limits. What would change it for all is tried with words that the kernel refuses,
// in namespaces of the child's own, or not made at all.
#pragma once

#include <sched.h>
#include <sys/mount.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>

#include "differential.h"
#include "scenarios_processes.h"

SCENARIO(uname, 1, 1) {
  struct utsname name;
  memset(&name, 0, sizeof name);
  Call(&name);
  Seen(name);
  Call(Nowhere());
}
SCENARIO(sysinfo, 1, 1) {
  {
    Buffer info;
    Call(info.bytes);
  }
  Call(Nowhere());
}
SCENARIO(getrandom, 2, 2) {
  unsigned char bytes[64] = {};
  Call(bytes, 32UL, 0);
  bool any = false;
  for (unsigned i = 0; i < 32; ++i) any = any || bytes[i] != 0;
  Seen(any);
  See(bytes + 32, 32);
  Call(bytes, 0UL, 1);
  Call(bytes, 1UL, 0x777);
  Call(Nowhere(), 8UL, 0);
}
SCENARIO(syslog, 1, 2) {
  Call(10, nullptr, 0);
  Call(77, nullptr, 0);
  Call(3, nullptr, -1);
}
SCENARIO(sethostname, 1, 2) {
  MUST(unshare(CLONE_NEWUTS));
  Call("differential", 12UL);
  struct utsname name;
  MUST(uname(&name));
  Seen(name.nodename);
  Call("x", 7777UL);
  Call(Nowhere(), 7UL);
}
SCENARIO(setdomainname, 1, 2) {
  MUST(unshare(CLONE_NEWUTS));
  Call("differential", 12UL);
  struct utsname name;
  MUST(uname(&name));
  Seen(name.domainname);
  Call("x", 7777UL);
  Call(Nowhere(), 7UL);
}
SCENARIO(mount, 2, 3) {
  MUST(unshare(CLONE_NEWNS));
  MUST(mkdir("below", 0755));
  Call("none", "/", nullptr, static_cast<unsigned long>(MS_REC | MS_PRIVATE), nullptr);
  Call("tmpfs", "below", "tmpfs", static_cast<unsigned long>(MS_NOEXEC), "mode=711");
  Path("below");
  Call("none", "no", "tmpfs", 0UL, nullptr);
  Call("none", "below", "no-such-type", 0UL, nullptr);
  Call("none", Nowhere(), "tmpfs", 0UL, nullptr);
}
SCENARIO(umount2, 1, 3) {
  MUST(unshare(CLONE_NEWNS));
  MUST(mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr));
  MUST(mkdir("below", 0755));
  MUST(mount("tmpfs", "below", "tmpfs", 0, "mode=711"));
  Call("below", MNT_DETACH);
  Path("below");
  Call("below", 0);
  Call("no", 0);
  Call("below", 0x777777);
}
SCENARIO(umount, 1, 2) {
  MUST(unshare(CLONE_NEWNS));
  MUST(mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr));
  MUST(mkdir("below", 0755));
  MUST(mount("tmpfs", "below", "tmpfs", 0, "mode=711"));
  Call("below");
  Path("below");
  Call("below");
  Call("no");
}
// Mounts by descriptors. What glibc declares of them came after the oldest glibc of most ports (rules/ports.json).
namespace {
int NewFilesystem() { return static_cast<int>(raw_call(SYS_fsopen, check::Word("tmpfs"), 0, 0, 0, 0, 0)); }
void Create(int fs) { raw_call(SYS_fsconfig, static_cast<unsigned long>(fs), 6, 0, 0, 0, 0); }  // FSCONFIG_CMD_CREATE
}  // namespace
SCENARIO(fsopen, 1, 2) {
  Descriptor(Call("tmpfs", 1U));
  Call("no-such-type", 0U);
  Call("tmpfs", 0x777U);
}
SCENARIO(fsconfig, 2, 2) {
  const int fs = NewFilesystem();
  Call(fs, 1U, "mode", "711", 0);  // FSCONFIG_SET_STRING
  Call(fs, 6U, nullptr, nullptr, 0);
  Call(fs, 77U, nullptr, nullptr, 0);
  Call(-1, 6U, nullptr, nullptr, 0);
}
SCENARIO(fsmount, 1, 2) {
  const int fs = NewFilesystem();
  Create(fs);
  Descriptor(Call(fs, 1U, 0U));
  Call(fs, 0x777U, 0U);
  Call(-1, 0U, 0U);
}
SCENARIO(move_mount, 1, 2) {
  MUST(unshare(CLONE_NEWNS));
  MUST(mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr));
  MUST(mkdir("below", 0755));
  const int fs = NewFilesystem();
  Create(fs);
  const long tree = raw_call(SYS_fsmount, static_cast<unsigned long>(fs), 0, 0, 0, 0, 0);
  Call(tree, "", AT_FDCWD, "below", 4U);  // MOVE_MOUNT_F_EMPTY_PATH
  Path("below");
  Call(tree, "", AT_FDCWD, "no", 4U);
  Call(-1, "", AT_FDCWD, "below", 4U);
}
SCENARIO(open_tree, 1, 2) {
  Descriptor(Call(AT_FDCWD, "/", 0x80000U));
  Call(AT_FDCWD, "no", 0U);
  Call(AT_FDCWD, "/", 0x77777777U);
}
SCENARIO(fspick, 0, 2) {
  Call(AT_FDCWD, "no", 0U);
  Call(AT_FDCWD, "/", 0x7777U);
}
SCENARIO(mount_setattr, 0, 2) {
  const unsigned long long attributes[4] = {1, 0, 0, 0};
  Call(AT_FDCWD, "no", 0U, attributes, sizeof attributes);
  Call(AT_FDCWD, "/", 0U, attributes, 7UL);
}
SCENARIO(quotactl, 0, 2) {
  Buffer space;
  Call(0x80000700, "/no/such/device", 0, space.bytes);
  Call(0x77777777, "/", 0, space.bytes);
}
SCENARIO(swapon, 0, 2) {
  Call("no", 0);
  Call("no", 0x777777);
  close(File());
  Call("file", 0);
}
SCENARIO(swapoff, 0, 2) {
  Call("no");
  close(File());
  Call("file");
}
SCENARIO(acct, 0, 2) {
  Call("no");
  Call("/");
}
SCENARIO(vhangup, 0, 1) {
  MUST(setresuid(7, 7, 7));
  Call();
}
SCENARIO(iopl, 0, 1) {
  Call(77);
  Call(0);
}
SCENARIO(ioperm, 1, 1) {
  Call(0x3f8UL, 1UL, 0);
  Call(0x777777UL, 1UL, 1);
}
// Known of the arguments alone.
NOT_MADE(reboot) {
  Call(0xfee1dead, 672274793, 0x01234567, nullptr);
  Call(0xfee1dead, 672274793, 0, nullptr);
  Call(0x77777777, 1, 2, nullptr);
}
