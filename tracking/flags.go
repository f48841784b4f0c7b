package tracking

import (
	"strings"

	"github.com/seed28e20331/cris"
)

// appendFlags writes the names of the flags that are set, in the order of their bits, with
// a plus sign between them.
func appendFlags(b []byte, set uint8, names []string) []byte {
	first := true
	for i, name := range names {
		if set&(1<<i) == 0 {
			continue
		}
		if !first {
			b = append(b, '+')
		}
		first = false
		b = append(b, name...)
	}
	return b
}

// parseFlags reads what appendFlags wrote.
func parseFlags(what string, text []byte, names []string) (set uint8, err error) {
	if len(text) == 0 {
		return 0, nil
	}
	for name := range strings.SplitSeq(string(text), "+") {
		bit := uint8(0)
		for i := range names {
			if names[i] == name {
				bit = 1 << i
			}
		}
		if bit == 0 {
			return 0, &cris.ParseError{What: what, At: -1, Problem: "not one of them"}
		}
		set |= bit
	}
	return set, nil
}
