// nosyscall imports nothing, so package syscall is not part of the program.
package main

func main() { println("no syscall") }
