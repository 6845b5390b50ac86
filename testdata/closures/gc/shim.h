// What the C++ of this program offers to its Go, and Go to it.
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
// Go's closures in C++. A func value is a word here: it comes from Go and goes back to it.
uintptr_t ShimCode(uintptr_t funcval);
long ShimCall(uintptr_t funcval, long word);
long ShimCallInThread(uintptr_t funcval, long word);
long ShimCallNested(uintptr_t funcval, long first, long second);
// C++'s closures for Go: one that adds to what it captured and counts its calls.
uintptr_t ShimMake(uintptr_t code, long captured);
long ShimCalls(uintptr_t funcval);
void ShimFree(uintptr_t funcval);
// The body of such a closure.
uintptr_t ShimBody(uintptr_t funcval, uintptr_t word);
#ifdef __cplusplus
}
#endif
