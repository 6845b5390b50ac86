package syslist

var KnownOS = map[string]bool{
	"android": true,
	"illumos": true,
	"linux":   true,
	"plan9":   true,
	"solaris": true,
	"gone":    true, // no port has it any more
}

var UnixOS = map[string]bool{"android": true, "illumos": true, "linux": true, "solaris": true}

var KnownArch = map[string]bool{"amd64": true, "arm": true, "wasm": true}
