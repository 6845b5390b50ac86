#include "textflag.h"

#ifdef GOARCH_ppc64le
TEXT runtime·callCgoSigaction(SB),NOSPLIT,$0
	RET
#endif

DESCRIPTOR(runtime·cgoSigtramp, cgoSigtramp<>)
