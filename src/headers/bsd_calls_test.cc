// The texts that tell of the BSDs' system calls, in the forms that each system has.
#include "headers/bsd_calls.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

TEST(BsdCalls, NumbersAndComments) {
  const std::string text =
      "/* $NetBSD: syscall.h $ */\n"
      "#define\tSYS_MAXSYSARGS\t8\n"
      "/* syscall: \"fork\" ret: \"int\" args: */\n"
      "#define\tSYS_fork\t2\n"
      "\n"
      "/* syscall: \"read\" ret: \"ssize_t\" args: \"int\" \"void *\" \"size_t\" */\n"
      "#define\tSYS_read\t3\n"
      "/* syscall: \"open\" ret: \"int\" args: \"const char *\" \"int\" \"...\" */\n"
      "#define\tSYS_open\t5\n"
      "/* syscall: \"openat\" ret: \"int\" args: \"int\" \"const char *\" \"int\" \"...\" \"mode_t\" */\n"
      "#define\tSYS_openat\t321\n"
      "\t\t\t\t/* 8 is old creat */\n"
      "#define \tSYS_exit\tSYS__exit\n"
      "#define\tSYS__exit\t1\n";
  Result<std::map<int, CallText>> calls = ParseCallHeader("h", text);
  ASSERT_TRUE(calls) << Format(calls.error());
  EXPECT_EQ(*calls, (std::map<int, CallText>{{1, {"_exit", "", "", ""}},
                                             {2, {"fork", "int", "void", "h:3"}},
                                             {3, {"read", "ssize_t", "int, void *, size_t", "h:6"}},
                                             // What follows "..." is not known, so the parameters are not.
                                             {5, {"open", "int", "", "h:8"}},
                                             {321, {"openat", "int", "int, const char *, int, mode_t", "h:10"}}}));
  EXPECT_EQ(Format(ParseCallHeader("h", "int x;\n").error()), "h: error: no line such as \"#define SYS_read 3\"\n");
}

TEST(BsdCalls, PrototypesOfFreeBsd) {
  const std::string text =
      "typedef int (__sys_fork_t)(void);\n"
      "_Noreturn void __sys__exit(int rval);\n"
      "int __sys_fork(void);\n"
      "void * __sys_mmap(void * addr, size_t len);\n"
      "ssize_t __sys_read(int fd,\n";
  EXPECT_EQ(ParseLibsys("l", text),
            (std::map<std::string, CallText>{{"_exit", {"_exit", "void", "int rval", "l:2"}},
                                             {"fork", {"fork", "int", "void", "l:3"}},
                                             {"mmap", {"mmap", "void *", "void * addr, size_t len", "l:4"}}}));
}

TEST(BsdCalls, ArgumentsOfFreeBsd) {
  const std::string text =
      "struct fork_args {\n\tsyscallarg_t dummy;\n};\n"
      "struct read_args {\n"
      "\tchar fd_l_[PADL_(int)]; int fd; char fd_r_[PADR_(int)];\n"
      "\tchar buf_l_[PADL_(void *)]; void * buf; char buf_r_[PADR_(void *)];\n"
      "};\n"
      "int\tsys_read(struct thread *, struct read_args *);\n";
  EXPECT_EQ(ParseSysproto("p", text),
            (std::map<std::string, CallText>{{"fork", {"fork", "", "void", "p:1"}},
                                             {"read", {"read", "", "int fd, void * buf", "p:4"}}}));
}

TEST(BsdCalls, CommentsOfGo) {
  const std::string text =
      "\tSYS_READ   = 3   // { ssize_t read(int fd, void *buf, \\\n"
      "\tSYS_OPEN   = 5   // { int|sys||open(const char *path, int flags, ... mode_t mode); }\n"
      "\tSYS_STAT   = 439 // { int|sys|50|stat(const char *path, struct stat *ub); }\n"
      "\tSYS_MMAP   = 197 // { void *|sys||mmap(void *addr, size_t len); }\n"
      "\tSYS_YIELD  = 331 // { int sched_yield (void); }\n"
      "\tSYS_SBRK   = 69  // { char *sys_sbrk(int incr); }\n"
      "\tSYS_PLAIN  = 7\n";
  EXPECT_EQ(ParseGoNumbers("g", text),
            (std::map<int, CallText>{{3, {"read", "ssize_t", "", "g:1"}},
                                     {5, {"open", "int", "const char *path, int flags, mode_t mode", "g:2"}},
                                     {439, {"stat", "int", "const char *path, struct stat *ub", "g:3"}},
                                     {197, {"mmap", "void *", "void *addr, size_t len", "g:4"}},
                                     {331, {"yield", "int", "void", "g:5"}},
                                     {69, {"sbrk", "char *", "int incr", "g:6"}}}));
}

}  // namespace
}  // namespace libcify
