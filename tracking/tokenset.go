package tracking

import (
	"strings"

	"github.com/seed28e20331/cris"
)

// tokenSet names the members of a set, by the bits that stand for them. A set is written as
// the tokens of its members, in this order and with a plus sign between them; the empty set
// as "".
type tokenSet []string

func (names tokenSet) format(set uint8) string {
	var members []string
	for i, name := range names {
		if set&(1<<i) != 0 {
			members = append(members, name)
		}
	}
	return strings.Join(members, "+")
}

// parse reads what format wrote, in any order. Its error is a *cris.ParseError.
func (names tokenSet) parse(what string, text []byte) (set uint8, err error) {
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
