package trackingtest

import "iter"

// goingOn is a list of which each range goes on where the one before ended.
func goingOn[T any](list iter.Seq2[T, error]) iter.Seq2[T, error] {
	yielded := 0
	return func(yield func(T, error) bool) {
		at := 0
		for value, err := range list {
			if at++; at <= yielded {
				continue
			}
			yielded = at
			if !yield(value, err) {
				return
			}
		}
	}
}
