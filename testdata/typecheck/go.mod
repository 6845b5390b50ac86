module typecheck

go 1.21
