#pragma once
#include <bits/private.h>
#ifdef __cplusplus
extern "C" {
#endif
long read(int __fd, void* __buffer, unsigned long __count);
int missing_in_library(int fd);
int eight(int a, int b, int c, int d, int e, int f, int g, int h);
double half(double value);
#ifdef __cplusplus
}
#else
int only_in_c(int fd);
#endif
