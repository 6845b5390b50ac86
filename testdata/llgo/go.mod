module llgo_calls

go 1.21
