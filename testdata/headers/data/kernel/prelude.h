#define __user
#define asmlinkage
#include <generated/autoconf.h>
#include <linux/compiler.h>
#include <linux/types.h>
struct kstat {
  unsigned long st_dev;
  __s64 st_size;
};
