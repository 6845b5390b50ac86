#pragma once
#include <bits/private.h>
#ifdef __cplusplus
extern "C"
#endif
int fstat(int fd, struct stat* out) __asm__("fstat64");
