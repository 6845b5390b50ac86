//go:build go1.3 && !go1.4 && goexperiment.paira && gc

package mixed
