package casestatustest

import "github.com/seed28e20331/cris/internal/contract"

// Clock is a clock for tests that stands still until it is set or advanced; its Now goes
// into casestatus.Options. It is safe for concurrent use.
type Clock = contract.Clock

// NewClock returns a clock that shows the time, in the form 2006-01-02T15:04:05Z07:00. It
// panics on any other text.
func NewClock(at string) *Clock { return contract.NewClock(at) }

// IDs returns a source of identifiers: the prefix and 1, 2, 3 and so on. It is safe for
// concurrent use.
func IDs(prefix string) func() string { return contract.IDs(prefix) }
