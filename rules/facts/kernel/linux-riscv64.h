// Prototypes of riscv64's own system calls, which include/linux/syscalls.h does not declare; see linux-amd64.h.
struct riscv_hwprobe;
#line 1 "arch/riscv/kernel/sys_riscv.c"
asmlinkage long sys_mmap(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd,
                         unsigned long offset);
asmlinkage long sys_riscv_flush_icache(unsigned long start, unsigned long end, unsigned long flags);
#line 1 "arch/riscv/kernel/sys_hwprobe.c"
asmlinkage long sys_riscv_hwprobe(struct riscv_hwprobe __user* pairs, size_t pair_count, size_t cpusetsize,
                                  unsigned long __user* cpus, unsigned int flags);
#line 1 "arch/riscv/kernel/signal.c"
asmlinkage long sys_rt_sigreturn(void);
