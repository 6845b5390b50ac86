#define __NR_read 0
#define __NR3264_stat 4
#define __NR_stat __NR3264_stat
#define __NR_own 9
#define __NR_old (__NR_own + 1)
#define __NR_gone 11
#define __NR_undeclared 12
#define __NR_syscalls 13
