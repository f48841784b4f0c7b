package cris

// edition is a text that is in force for some days, after which another takes its place.
type edition interface {
	InForce(day Date) bool
	since() Date
}

// latestInForce returns, of the editions in force on the day, the one that came into force last,
// or an error that matches ErrNotFound if none is.
func latestInForce[E edition](all []E, day Date) (latest E, err error) {
	err = ErrNotFound
	for _, e := range all {
		if e.InForce(day) && (err != nil || e.since().After(latest.since())) {
			latest, err = e, nil
		}
	}
	return latest, err
}
