module libcify.test/programs

go 1.19
