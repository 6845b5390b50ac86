package runtime

func sigFetchGSafe() *g // want: go.bodyless.sigfetchg

func sigFetchG() *g {
	if GOARCH == "386" {
		return sigFetchGSafe()
	}
	return nil
}
