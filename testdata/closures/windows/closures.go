// Closures that LLGo compiles, here and for this machine; what comes of it is then compiled for Windows (scripts/test/closures,
// windows). Each maker gives a func value by its last argument.
package main

type state struct{ sum, calls uintptr }

// A callback of EnumSystemLocalesW: one word, and it counts.
func makeLocale(s *state, f *func(name *uint16) uintptr) {
	*f = func(name *uint16) uintptr {
		s.calls++
		s.sum += uintptr(*name)
		return 1
	}
}

// Of EnumWindows and its kin: two words, the second is the caller's; it ends at the third call.
func makeEnum(s *state, f *func(handle, parameter uintptr) uintptr) {
	*f = func(handle, parameter uintptr) uintptr {
		s.sum += parameter
		s.calls++
		if s.calls == 3 {
			return 0
		}
		return 1
	}
}

// The start of a thread.
func makeThread(s *state, f *func(parameter uintptr) uintptr) {
	*f = func(parameter uintptr) uintptr {
		s.sum += parameter
		return s.sum + 1
	}
}

// Ten words, six of which lie on the stack.
func makeMany(s *state, f *func(a, b, c, d, e, f, g, h, i, j uintptr) uintptr) {
	*f = func(a, b, c, d, e, f, g, h, i, j uintptr) uintptr {
		s.calls++
		return s.sum + a + 2*b + 3*c + 4*d + 5*e + 6*f + 7*g + 8*h + 9*i + 10*j
	}
}

// What Go's runtime refuses.
func makeFloats(s *state, f *func(a float64, b uintptr, c float32) float64) {
	*f = func(a float64, b uintptr, c float32) float64 { return float64(s.sum) + a*float64(b) + float64(c) }
}

// Without a context.
func plain(parameter uintptr) uintptr { return parameter + 5 }

func makePlain(f *func(parameter uintptr) uintptr) { *f = plain }

func main() {
	var s state
	makeLocale(&s, new(func(*uint16) uintptr))
	makeEnum(&s, new(func(uintptr, uintptr) uintptr))
	makeThread(&s, new(func(uintptr) uintptr))
	makeMany(&s, new(func(a, b, c, d, e, f, g, h, i, j uintptr) uintptr))
	makeFloats(&s, new(func(float64, uintptr, float32) float64))
	makePlain(new(func(uintptr) uintptr))
}
