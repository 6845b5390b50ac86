package goversion

const Version = 3
