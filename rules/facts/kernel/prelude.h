// Kernel types that include/linux/syscalls.h needs and that the uapi headers do not give.
//
// libcify feeds libclang with this text, then with include/linux/syscalls.h of the linux-headers package less its #include
// lines, then with <goos>-<goarch>.h. Everything else comes from the uapi headers of the same package. Each type carries the
// kernel file that defines it. libcify supplies an empty <linux/compiler.h> and
// <linux/compiler_types.h> (what they define is below), and an empty <unistd.h>, of which linux/shm.h wants getpagesize only.
#define BITS_PER_LONG __BITS_PER_LONG  // include/asm-generic/bitsperlong.h
#define __user
#define __force
#define __iomem
#define __counted_by(member)
#define __attribute_const__
#define asmlinkage
#define __inline__ inline

// Silences the warning of include/uapi/linux/types.h about uapi headers that were not installed.
#define __EXPORTED_HEADERS__
#include <generated/autoconf.h>

// A wrapper of the architecture's own would hide the prototypes (include/linux/syscalls.h, CONFIG_ARCH_HAS_SYSCALL_WRAPPER).
#undef CONFIG_ARCH_HAS_SYSCALL_WRAPPER
#undef CONFIG_FTRACE_SYSCALLS  // tables of the tracer, no prototypes

#include <linux/types.h>

// include/linux/types.h
typedef __u8 u8;
typedef __s8 s8;
typedef __u16 u16;
typedef __s16 s16;
typedef __u32 u32;
typedef __s32 s32;
typedef __u64 u64;
typedef __s64 s64;
typedef unsigned int uint;
typedef unsigned long uintptr_t;
typedef __u32 uint32_t;
typedef __s32 int32_t;
typedef __u64 uint64_t;
typedef unsigned short umode_t;
typedef __kernel_size_t size_t;
typedef __kernel_ssize_t ssize_t;
typedef __kernel_off_t off_t;
typedef __kernel_loff_t loff_t;
typedef __kernel_pid_t pid_t;
typedef __kernel_key_t key_t;
typedef __kernel_timer_t timer_t;
typedef __kernel_clockid_t clockid_t;
typedef __kernel_mqd_t mqd_t;
typedef __kernel_fd_set fd_set;
typedef __kernel_uid32_t uid_t;
typedef __kernel_gid32_t gid_t;
typedef __kernel_old_uid_t old_uid_t;
typedef __kernel_old_gid_t old_gid_t;
// include/linux/quota.h
typedef __kernel_uid32_t qid_t;
// include/linux/key.h
typedef int32_t key_serial_t;
// include/vdso/time32.h
typedef s32 old_time32_t;
struct old_timespec32 {
  old_time32_t tv_sec;
  s32 tv_nsec;
};
struct old_timeval32 {
  old_time32_t tv_sec;
  s32 tv_usec;
};
// include/linux/time32.h
struct old_itimerspec32 {
  struct old_timespec32 it_interval, it_value;
};
struct old_utimbuf32 {
  old_time32_t actime, modtime;
};
struct old_timex32 {
  u32 modes;
  s32 offset, freq, maxerror, esterror, status, constant, precision, tolerance;
  struct old_timeval32 time;
  s32 tick, ppsfreq, jitter, shift, stabil, jitcnt, calcnt, errcnt, stbcnt, tai;
  s32 padding[11];
};

#if defined(__i386__) || defined(__arm__)
// The uapi headers of these two still show the signals of Linux 2.0, with a set of 32 bits (asm/signal.h, "Here we must cater
// to libcs that poke about in kernel headers"). What follows is what the kernel itself uses.
#define sigset_t libcify_uapi_sigset_t
#define sigaction libcify_uapi_sigaction
#include <asm/signal.h>
#undef sigset_t
#undef sigaction
#undef sa_handler  // macros for members of the old form
#undef sa_sigaction
// arch/x86/include/asm/signal.h, arch/arm/include/asm/signal.h
typedef struct {
  unsigned long sig[2];
} sigset_t;
// include/linux/signal_types.h
struct sigaction {
  __sighandler_t sa_handler;
  unsigned long sa_flags;
  __sigrestore_t sa_restorer;
  sigset_t sa_mask;
};
#else
#include <asm/signal.h>
#undef sa_handler
#undef sa_sigaction
#endif
#include <asm/siginfo.h>
#include <asm/stat.h>
#include <asm/statfs.h>
#include <linux/aio_abi.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/eventpoll.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <linux/io_uring.h>
#include <linux/kexec.h>
#include <linux/landlock.h>
#include <linux/lsm.h>
#include <linux/mman.h>
#include <linux/mount.h>
#include <linux/mqueue.h>
#include <linux/msg.h>
#include <linux/openat2.h>
#include <linux/perf_event.h>
#include <linux/poll.h>
#include <linux/resource.h>
#include <linux/rseq.h>
#include <linux/sched.h>
#include <linux/sched/types.h>
#include <linux/sem.h>
#include <linux/shm.h>
#include <linux/socket.h>
#include <linux/stat.h>
#include <linux/sysinfo.h>
#include <linux/time.h>
#include <linux/time_types.h>
#include <linux/times.h>
#include <linux/timex.h>
#include <linux/uio.h>
#include <linux/utime.h>
#include <linux/utsname.h>

// include/linux/fs.h: the type of `flags` in preadv2 and pwritev2.
typedef __kernel_rwf_t rwf_t;

// arch/*/include/asm/signal.h
typedef unsigned long old_sigset_t;
#ifdef CONFIG_OLD_SIGACTION
// include/linux/signal_types.h
struct old_sigaction {
  __sighandler_t sa_handler;
  old_sigset_t sa_mask;
  unsigned long sa_flags;
  __sigrestore_t sa_restorer;
};
#endif

// mm/mmap.c
struct mmap_arg_struct {
  unsigned long addr, len, prot, flags, fd, offset;
};
// fs/select.c
struct sel_arg_struct {
  unsigned long n;
  fd_set *inp, *outp, *exp;
  struct __kernel_old_timeval* tvp;
};

// include/linux/socket.h
struct sockaddr {
  __kernel_sa_family_t sa_family;
  union {
    char sa_data_min[14];
    __DECLARE_FLEX_ARRAY(char, sa_data);
  };
};
struct user_msghdr {
  void* msg_name;
  int msg_namelen;
  struct iovec* msg_iov;
  __kernel_size_t msg_iovlen;
  void* msg_control;
  __kernel_size_t msg_controllen;
  unsigned int msg_flags;
};
struct mmsghdr {
  struct user_msghdr msg_hdr;
  unsigned int msg_len;
};

// include/linux/sched.h
struct sched_param {
  int sched_priority;
};

// include/linux/dirent.h
struct linux_dirent64 {
  u64 d_ino;
  s64 d_off;
  unsigned short d_reclen;
  unsigned char d_type;
  char d_name[];
};
// fs/readdir.c
struct old_linux_dirent {
  unsigned long d_ino;
  unsigned long d_offset;
  unsigned short d_namlen;
  char d_name[];
};
struct linux_dirent {
  unsigned long d_ino;
  unsigned long d_off;
  unsigned short d_reclen;
  char d_name[];
};

// include/linux/fs.h
struct file_handle {
  __u32 handle_bytes;
  int handle_type;
  unsigned char f_handle[];
};

// fs/aio.c
struct __aio_sigset {
  const sigset_t* sigmask;
  size_t sigsetsize;
};

// include/linux/getcpu.h
struct getcpu_cache {
  unsigned long blob[128 / sizeof(long)];
};

// include/linux/types.h
struct ustat {
  __kernel_daddr_t f_tfree;
#ifdef CONFIG_ARCH_32BIT_USTAT_F_TINODE
  unsigned int f_tinode;
#else
  unsigned long f_tinode;
#endif
  char f_fname[6];
  char f_fpack[6];
};

// The prototypes still name the structures of the first System V calls. What the kernel copies are the 64-bit forms:
// sys_shmctl and sys_msgctl always do (ipc/shm.c copy_shmid_to_user, ipc/msg.c copy_msqid_to_user); sys_old_shmctl,
// sys_old_msgctl and sys_ipc where ipc_parse_version does not look (ipc/util.h, CONFIG_ARCH_WANT_IPC_PARSE_VERSION) or finds
// IPC_64 in `cmd`, which libc always sets.
#define shmid_ds shmid64_ds
#define msqid_ds msqid64_ds

// Structures behind an `unsigned long` or a `void *`: their layouts are wanted too. fcntl(2), ioctl(2), semctl(2), shmctl(2),
// msgctl(2), ipc(2).
void libcify_also(struct flock*, struct flock64*, struct f_owner_ex*, struct winsize*, struct semid64_ds*, struct seminfo*,
                  struct shminfo64*, struct shm_info*, struct msginfo*, struct ipc_kludge*, struct __kernel_old_timeval*);
