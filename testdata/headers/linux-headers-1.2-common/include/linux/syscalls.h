#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H
#include <linux/not_in_the_package.h>
asmlinkage long sys_ni_syscall(void);
asmlinkage long sys_read(unsigned int fd, char __user *buf, unsigned long count);
asmlinkage long sys_newstat(const char __user *filename,
			    struct kstat __user *statbuf);
#ifdef __ARCH_WANT_SYS_OLD
asmlinkage long sys_old(int, void __user *);
#endif
#ifdef CONFIG_NOT_SET
asmlinkage long sys_read(int);
#endif
#endif
