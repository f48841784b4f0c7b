// Package ambient is the one place that reaches for the wall clock and for
// randomness. Services take both as options; these are the defaults.
package ambient

import (
	"time"

	"github.com/google/uuid"
)

// Clock returns now, or the wall clock if now is nil; either way in UTC and
// truncated to the microsecond, which is what every store can hold.
func Clock(now func() time.Time) func() time.Time {
	if now == nil {
		now = time.Now
	}
	return func() time.Time { return now().UTC().Truncate(time.Microsecond) }
}

// IDs returns newID, or a source of UUIDs of version 7 if newID is nil.
func IDs(newID func() string) func() string {
	if newID != nil {
		return newID
	}
	return func() string { return uuid.Must(uuid.NewV7()).String() }
}
