// libcify_vfork on linux/arm64: see zlibcify_linux_amd64.s, and docs/bridge.md, "vfork".

#include "go_asm.h"
#include "textflag.h"

// Hands over, with R10 to R13 of the site saved from -32(R10) on:
//   R10 top of the free part of g0's stack, R11 its end, R12 &m.vdsoSP, R13 &g0.sched.sp
TEXT runtime·libcify_vfork(SB),NOSPLIT|NOFRAME,$0-0
	MOVD	g_m(g), R16
	MOVD	m_g0(R16), R17
	CMP	R17, g
	BEQ	ong0	// forkAndExecInChild runs on a goroutine only
	MOVD	(g_sched+gobuf_sp)(R17), R27
	AND	$~15, R27
	STP	(R10, R11), -32(R27)
	STP	(R12, R13), -16(R27)
	MOVD	R27, R10
	MOVD	(g_stack+stack_lo)(R17), R11
	ADD	$m_vdsoSP, R16, R12
	ADD	$(g_sched+gobuf_sp), R17, R13
	B	libcify_call_vfork(SB)
ong0:
	BRK	$1
