module libcify.test/llgoclosures

go 1.24
