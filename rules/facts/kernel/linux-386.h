// Prototypes of 386's own system calls, which include/linux/syscalls.h does not declare; see linux-amd64.h.
// A 64-bit argument comes as two words, the low one first.
struct user_desc;
struct vm86_struct;
#line 1 "arch/x86/kernel/sys_ia32.c"
asmlinkage long sys_ia32_truncate64(const char __user* filename, unsigned long offset_low, unsigned long offset_high);
asmlinkage long sys_ia32_ftruncate64(unsigned int fd, unsigned long offset_low, unsigned long offset_high);
asmlinkage long sys_ia32_pread64(unsigned int fd, char __user* ubuf, u32 count, u32 poslo, u32 poshi);
asmlinkage long sys_ia32_pwrite64(unsigned int fd, const char __user* ubuf, u32 count, u32 poslo, u32 poshi);
asmlinkage long sys_ia32_fadvise64_64(int fd, __u32 offset_low, __u32 offset_high, __u32 len_low, __u32 len_high, int advice);
asmlinkage long sys_ia32_readahead(int fd, unsigned int off_lo, unsigned int off_hi, size_t count);
asmlinkage long sys_ia32_sync_file_range(int fd, unsigned int off_low, unsigned int off_hi, unsigned int n_low,
                                         unsigned int n_hi, int flags);
asmlinkage long sys_ia32_fadvise64(int fd, unsigned int offset_lo, unsigned int offset_hi, size_t len, int advice);
asmlinkage long sys_ia32_fallocate(int fd, int mode, unsigned int offset_lo, unsigned int offset_hi, unsigned int len_lo,
                                   unsigned int len_hi);
#line 1 "arch/x86/kernel/process_32.c"
asmlinkage long sys_arch_prctl(int option, unsigned long arg2);
#line 1 "arch/x86/kernel/signal_32.c"
asmlinkage long sys_sigreturn(void);
asmlinkage long sys_rt_sigreturn(void);
#line 1 "arch/x86/kernel/ldt.c"
asmlinkage long sys_modify_ldt(int func, void __user* ptr, unsigned long bytecount);
#line 1 "arch/x86/kernel/ioport.c"
asmlinkage long sys_iopl(unsigned int level);
#line 1 "arch/x86/kernel/tls.c"
asmlinkage long sys_set_thread_area(struct user_desc __user* u_info);
asmlinkage long sys_get_thread_area(struct user_desc __user* u_info);
#line 1 "arch/x86/kernel/vm86_32.c"
asmlinkage long sys_vm86old(struct vm86_struct __user* user_vm86);
asmlinkage long sys_vm86(unsigned long cmd, unsigned long arg);
