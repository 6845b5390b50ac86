package goexperiment

type Flags struct {
	Always       bool
	Wide         bool
	PairA, PairB bool
}
