package cgo

// int x;
import "C"
