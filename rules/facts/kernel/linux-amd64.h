// Prototypes of amd64's own system calls, which include/linux/syscalls.h does not declare. Each #line names the kernel file
// whose SYSCALL_DEFINE gives the parameters; `long` is the result of every SYSCALL_DEFINE (include/linux/syscalls.h).
#line 1 "arch/x86/kernel/sys_x86_64.c"
asmlinkage long sys_mmap(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd,
                         unsigned long off);
#line 1 "arch/x86/kernel/process_64.c"
asmlinkage long sys_arch_prctl(int option, unsigned long arg2);
#line 1 "arch/x86/kernel/signal_64.c"
asmlinkage long sys_rt_sigreturn(void);
#line 1 "arch/x86/kernel/ldt.c"
asmlinkage long sys_modify_ldt(int func, void __user* ptr, unsigned long bytecount);
#line 1 "arch/x86/kernel/ioport.c"
asmlinkage long sys_iopl(unsigned int level);
