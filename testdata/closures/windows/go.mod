module libcify.test/windowsclosures

go 1.24
