// Headers whose types sys/sysproto.h names. That header itself is read as text: it declares what the kernel takes.
#include <sys/param.h>
#include <sys/types.h>
#include <sys/_semaphore.h>
#include <sys/acl.h>
#include <sys/capsicum.h>
#include <sys/cpuset.h>
#include <sys/domainset.h>
#include <sys/event.h>
#include <sys/jail.h>
#include <sys/linker.h>
#include <sys/mac.h>
#include <sys/mman.h>
#include <sys/module.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/rtprio.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/thr.h>
#include <sys/time.h>
#include <sys/timeffc.h>
#include <sys/timex.h>
#include <sys/ucontext.h>
#include <sys/uio.h>
#include <sys/umtx.h>
#include <sys/utsname.h>
#include <sys/uuid.h>
#include <sys/wait.h>
#include <aio.h>
#include <mqueue.h>
#include <poll.h>
#include <semaphore.h>
#include <time.h>

// Results of calls that came after Go's list; sys/sysproto.h has the arguments only. Source: FreeBSD 15, sys/kern/syscalls.master
// (and the manual page of each, section 2).
typedef int libcify_result_clock_nanosleep;
typedef int libcify_result_ppoll;
typedef int libcify_result_futimens;
typedef int libcify_result_fdatasync;
typedef int libcify_result_fhstat;
typedef int libcify_result_fhstatfs;
typedef int libcify_result_kevent;
typedef ssize_t libcify_result_getrandom;
typedef ssize_t libcify_result_copy_file_range;
typedef int libcify_result___sysctlbyname;
typedef int libcify_result_close_range;
typedef int libcify_result_sched_getcpu;
typedef int libcify_result_swapoff;
typedef int libcify_result_timerfd_create;
typedef int libcify_result_timerfd_gettime;
typedef int libcify_result_timerfd_settime;
