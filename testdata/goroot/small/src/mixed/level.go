//go:build (amd64.v2 && !amd64.v3) || arm.7 || wasm.basic && !wasm.extra

package mixed
