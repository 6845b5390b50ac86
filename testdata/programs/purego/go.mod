module libcify.test/purego

go 1.19

require (
	github.com/ebitengine/purego v0.8.4
	libcify.test/programs v0.0.0
)

replace libcify.test/programs => ../
