#include <uapi/asm/unistd.h>
# ifdef CONFIG_64BIT
#  include <asm/unistd_64_x32.h>
#  define __ARCH_WANT_SYS_OLD
# endif
