// What <errno.h> of macOS says of errno.
#pragma once

extern "C" int* __error(void);
#define errno (*__error())
