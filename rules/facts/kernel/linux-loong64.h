// Prototypes of loong64's own system calls, which include/linux/syscalls.h does not declare; see linux-amd64.h.
#line 1 "arch/loongarch/kernel/syscall.c"
asmlinkage long sys_mmap(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd,
                         unsigned long offset);
#line 1 "arch/loongarch/kernel/signal.c"
asmlinkage long sys_rt_sigreturn(void);
