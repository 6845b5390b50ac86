module libcify.test/closures

go 1.24
