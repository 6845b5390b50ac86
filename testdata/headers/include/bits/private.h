#pragma once
struct stat {
  unsigned long st_dev;
  long st_size;
};
#ifdef __cplusplus
extern "C" int stat(const char* __path, struct stat* __out);
#else
int stat(const char* __path, struct stat* __out);
#endif
