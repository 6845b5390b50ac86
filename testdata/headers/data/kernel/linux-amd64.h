#line 1 "arch/x86/kernel/own.c"
asmlinkage long sys_own(unsigned long addr);
