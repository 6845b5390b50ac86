// Prototypes of arm's own system calls, which include/linux/syscalls.h does not declare; see linux-amd64.h.
#line 1 "arch/arm/include/asm/syscalls.h"
asmlinkage long sys_arm_fadvise64_64(int fd, int advice, loff_t offset, loff_t len);
// Each of these changes a size of 88 to 84 or makes room, and goes on in the call whose parameters are given here.
#line 1 "arch/arm/kernel/entry-common.S"
asmlinkage long sys_mmap2(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd,
                          unsigned long pgoff);
asmlinkage long sys_statfs64_wrapper(const char __user* path, size_t sz, struct statfs64 __user* buf);
asmlinkage long sys_fstatfs64_wrapper(unsigned int fd, size_t sz, struct statfs64 __user* buf);
asmlinkage long sys_sigreturn_wrapper(void);
asmlinkage long sys_rt_sigreturn_wrapper(void);
