// +build linux,amd64 plan9

package mixed
