// Calls the Go library of this folder. Exit 0 when the answer is right.
#include "libgreet.h"

int main(void) { return Greet("C", 6) == 7 ? 0 : 1; }
