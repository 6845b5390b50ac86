//go:build unix && !arm

TEXT ·unix(SB),0,$0
