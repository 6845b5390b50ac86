// Prototypes of s390x's own system calls, which include/linux/syscalls.h does not declare; see linux-amd64.h.
struct gs_cb;
#line 1 "arch/s390/kernel/syscall.c"
asmlinkage long sys_s390_ipc(unsigned int call, int first, unsigned long second, unsigned long third, void __user* ptr);
asmlinkage long sys_s390_personality(unsigned int personality);
#line 1 "arch/s390/kernel/entry.h"
asmlinkage long sys_rt_sigreturn(void);
asmlinkage long sys_sigreturn(void);
asmlinkage long sys_s390_runtime_instr(int command, int signum);
asmlinkage long sys_s390_guarded_storage(int command, struct gs_cb __user* gs_cb);
asmlinkage long sys_s390_pci_mmio_write(unsigned long mmio_addr, const void __user* user_buffer, size_t length);
asmlinkage long sys_s390_pci_mmio_read(unsigned long mmio_addr, void __user* user_buffer, size_t length);
asmlinkage long sys_s390_sthyi(unsigned long function_code, void __user* buffer, u64 __user* return_code,
                               unsigned long flags);
