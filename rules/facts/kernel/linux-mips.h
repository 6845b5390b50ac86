// Prototypes of the own system calls of mips, both ABIs, which include/linux/syscalls.h does not declare; see linux-amd64.h.
// sys_syscall, which makes another call, has none: it takes the arguments of that call.
#line 1 "arch/mips/kernel/syscall.c"
asmlinkage long sys_mips_mmap(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags,
                              unsigned long fd, off_t offset);
asmlinkage long sys_mips_mmap2(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags,
                               unsigned long fd, unsigned long pgoff);
asmlinkage long sys_set_thread_area(unsigned long addr);
asmlinkage long sys_cachectl(char* addr, int nbytes, int op);
// The second descriptor is the second result.
asmlinkage int sysm_pipe(void);
// save_static_function: registers are saved, then the call whose parameters are given here is made.
asmlinkage long __sys_fork(void);
asmlinkage long __sys_clone(unsigned long, unsigned long, int __user*, unsigned long, int __user*);
asmlinkage long __sys_clone3(struct clone_args __user* uargs, size_t size);
asmlinkage long __sys_sysmips(long cmd, long arg1, long arg2);
#line 1 "arch/mips/kernel/signal.c"
asmlinkage long sys_sigsuspend(sigset_t __user* uset);
asmlinkage long sys_sigaction(int sig, const struct sigaction __user* act, struct sigaction __user* oact);
asmlinkage void sys_sigreturn(void);
asmlinkage void sys_rt_sigreturn(void);
#line 1 "arch/mips/mm/cache.c"
asmlinkage long sys_cacheflush(unsigned long addr, unsigned long bytes, unsigned int cache);
