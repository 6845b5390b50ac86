package unix

const fooTrap uintptr = 7

var numbers = []uintptr{fooTrap}
