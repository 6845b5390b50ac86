package buildcfg

func gogoarchTags() []string {
	switch GOARCH {
	case "amd64":
		return levels()
	case "arm":
		return levels()
	case "wasm":
		list = append(list, GOARCH+".basic")
		if asked {
			list = append(list, GOARCH+".extra")
		}
		return list
	}
	return nil
}
