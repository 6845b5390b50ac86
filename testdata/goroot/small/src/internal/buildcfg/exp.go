package buildcfg

func ParseGOEXPERIMENT(goos, goarch, goexp string) (*ExperimentFlags, error) {
	var wide bool
	switch goarch {
	case "amd64", "arm64":
		wide = true
	}
	baseline := goexperiment.Flags{
		Always: true,
		Wide:   wide && goos != "plan9",
	}
	flags := &ExperimentFlags{Flags: baseline, baseline: baseline}
	if goexp != "" {
		names["pair"] = func(v bool) {
			flags.PairA = v
			flags.PairB = v
		}
	}
	if goarch == "arm" {
		flags.PairB = false
	}
	return flags, nil
}
