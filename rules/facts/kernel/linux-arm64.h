// Prototypes of arm64's own system calls, which include/linux/syscalls.h does not declare; see linux-amd64.h.
#line 1 "arch/arm64/kernel/sys.c"
asmlinkage long sys_mmap(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd,
                         unsigned long off);
#line 1 "arch/arm64/kernel/signal.c"
asmlinkage long sys_rt_sigreturn(void);
