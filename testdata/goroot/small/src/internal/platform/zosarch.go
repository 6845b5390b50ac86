package platform

var List = []OSArch{
	{"android", "arm"},
	{"illumos", "amd64"},
	{"linux", "amd64"},
	{"linux", "arm"},
	{"linux", "wasm"},
	{"plan9", "amd64"},
}

var distInfo = map[OSArch]osArchInfo{
	{"linux", "amd64"}: {CgoSupported: true, FirstClass: true},
	{"linux", "wasm"}:  {CgoSupported: true, Broken: true},
}
