// What <unistd.h> of macOS declares of lchown(2).
#pragma once

typedef unsigned int uid_t;
typedef unsigned int gid_t;
extern "C" int lchown(const char*, uid_t, gid_t);
