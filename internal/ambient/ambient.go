// Package ambient is the one place that reaches for the wall clock and for
// randomness. Services take both as options; these are the defaults.
package ambient

import (
	"time"

	"github.com/google/uuid"

	"github.com/seed28e20331/cris/internal/sentinel"
)

// IDs returns newID, or a source of UUIDs of version 7 if newID is nil.
func IDs(newID func() string) func() string {
	if newID != nil {
		return newID
	}
	return func() string { return uuid.Must(uuid.NewV7()).String() }
}

// Time returns a clock over now, or over the wall clock if now is nil: in UTC and truncated
// to the microsecond, which is what every store can hold. It fails with cris.ErrClock at a
// time that cannot be now: before 1971, where a clock stands that was never set, and from
// 9900 on, where deadlines leave the calendar.
func Time(now func() time.Time) func() (time.Time, error) {
	if now == nil {
		now = time.Now
	}
	return func() (time.Time, error) {
		at := now().UTC().Truncate(time.Microsecond)
		if at.Year() < 1971 || at.Year() >= 9900 {
			return time.Time{}, sentinel.ErrClock
		}
		return at, nil
	}
}
