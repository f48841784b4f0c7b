package cris

// edition is a text that is in force for some days, after which another takes its place.
type edition interface {
	InForce(day Date) bool
	since() Date
}

// latestInForce returns the edition that is in force on the day since the latest day, or an error
// that matches ErrNotFound if none is.
func latestInForce[E edition](all []E, day Date) (latest E, err error) {
	err = ErrNotFound
	for _, e := range all {
		if e.InForce(day) && (err != nil || e.since().After(latest.since())) {
			latest, err = e, nil
		}
	}
	return latest, err
}

// isWithin reports whether the day is one of those from the first until the day before the
// end, which is zero if there is none.
func isWithin(day, from, until Date) bool {
	return !day.Before(from) && (until.IsZero() || day.Before(until))
}
