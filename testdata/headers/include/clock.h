#pragma once
// As glibc's headers of a 32-bit port: the program chooses the width of its times.
#ifdef __cplusplus
extern "C" {
#endif
#if _TIME_BITS == 64
struct moment {
  long long seconds;
};
long long tick(struct moment* now) __asm__("__tick64");
#else
struct moment {
  long seconds;
};
long tick(struct moment* now);
#endif
int hibernate(struct moment* until);
#ifdef __cplusplus
}
#endif
