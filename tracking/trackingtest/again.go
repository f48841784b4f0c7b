package trackingtest

import (
	"fmt"
	"iter"
	"slices"
)

// wantAgain checks that every range over a list begins anew, also after one that was
// broken off.
func wantAgain[T comparable](what string, list iter.Seq2[T, error]) error {
	for _, err := range list {
		if err != nil {
			return err
		}
		break
	}
	first, err := all(list)
	if err != nil {
		return err
	}
	second, err := all(list)
	if err != nil {
		return err
	}
	if len(first) == 0 || !slices.Equal(first, second) {
		return fmt.Errorf("%s yields %v, and then %v", what, first, second)
	}
	return nil
}

func all[T any](list iter.Seq2[T, error]) (values []T, err error) {
	for value, err := range list {
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}
