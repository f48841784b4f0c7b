package tracking

import "time"

// deliveries returns the first scan of each delivery to the addressee: those that tell of
// the same delivery as no other before them. A scan without a ZIP code is one of a
// delivery whose place is known, even if that comes after it.
func deliveries(timeline []Scan, policy Policy) (first []Scan) {
	var all []Scan
	for _, scan := range timeline {
		if scan.Class() == Delivered {
			all = append(all, scan)
		}
	}
	for i, scan := range all {
		known := false
		for j, other := range all {
			decides := j < i
			if other.Place.ZIP.IsZero() != scan.Place.ZIP.IsZero() {
				decides = scan.Place.ZIP.IsZero()
			}
			known = known || decides && isSameDelivery(other, scan, policy)
		}
		if !known {
			first = append(first, scan)
		}
	}
	return first
}

// clocksAreSet is the most by which a clock is set at one time.
const clocksAreSet = time.Hour

// isSameDelivery reports whether two delivery scans may be of one place and are at most
// policy.SameDelivery apart, on one clock or in truth, where it was set between them.
func isSameDelivery(a, b Scan, policy Policy) bool {
	if !mayBeOnePlace(a.Place, b.Place) {
		return false
	}
	apart := a.At.asUTC().Sub(b.At.asUTC()).Abs()
	if apart <= policy.SameDelivery || apart > policy.SameDelivery+clocksAreSet {
		return apart <= policy.SameDelivery
	}
	if !isOneClock(a.Place, b.Place) {
		return false
	}
	for _, zone := range a.Place.zones() {
		for _, first := range readings(locations()[zone], a.At.asUTC()) {
			for _, second := range readings(locations()[zone], b.At.asUTC()) {
				if first.Sub(second).Abs() <= policy.SameDelivery {
					return true
				}
			}
		}
	}
	return false
}

// isOneClock reports whether both places are known and the same: they then have one clock,
// whatever its zone.
func isOneClock(a, b Place) bool {
	return !a.ZIP.IsZero() && a.ZIP.Five() == b.ZIP.Five() && a.Country == b.Country
}

// mayBeOnePlace reports whether nothing that both places tell differs.
func mayBeOnePlace(a, b Place) bool {
	sameZIP := a.ZIP.IsZero() || b.ZIP.IsZero() || a.ZIP.Five() == b.ZIP.Five()
	return sameZIP && (a.Country == "" || b.Country == "" || a.Country == b.Country)
}
