/* A comment of
   several lines. */
//go:build !cgo

package mixed
