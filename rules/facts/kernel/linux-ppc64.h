// Prototypes of ppc64's own system calls, which include/linux/syscalls.h does not declare; see linux-amd64.h.
#line 1 "arch/powerpc/include/asm/syscalls.h"
asmlinkage long sys_mmap(unsigned long addr, size_t len, unsigned long prot, unsigned long flags, unsigned long fd,
                         off_t offset);
asmlinkage long sys_ppc64_personality(unsigned long personality);
asmlinkage long sys_rt_sigreturn(void);
asmlinkage long sys_swapcontext(struct ucontext __user* old_ctx, struct ucontext __user* new_ctx, long ctx_size);
asmlinkage long sys_rtas(struct rtas_args __user* uargs);
asmlinkage long sys_subpage_prot(unsigned long addr, unsigned long len, u32 __user* map);
asmlinkage long sys_switch_endian(void);
