package platform

type OSArch struct{ GOOS, GOARCH string }

type osArchInfo struct{ CgoSupported, FirstClass, Broken bool }
