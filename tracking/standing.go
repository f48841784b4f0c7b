package tracking

import "github.com/seed28e20331/cris"

// standing is how much a scan counts.
type standing uint8

const (
	unknownEvent standing = iota
	information
	announcement
	computedEvent
	onTheWay
	endOfJourney
	completedReturn
)

// TR-4: the standing of a scan depends on the scan alone, and so the status on the set.
func standingOf(s Scan) standing {
	switch s.Class() {
	case NoScan, Unknown:
		return unknownEvent
	case Informational:
		return information
	case PreShipment:
		return announcement
	case Delivered, Lost, ReturnStarted:
		return endOfJourney
	case ReturnCompleted:
		return completedReturn
	default:
		if s.computed() {
			return computedEvent
		}
		return onTheWay
	}
}

// computed reports whether the USPS worked the event out and nobody scanned the piece.
func (s Scan) computed() bool {
	info, _ := s.Code.InfoOn(s.At.Date())
	return info.Computed
}

// superseded says why a scan does not decide, if someone might think it does: it comes
// later than the deciding scan, or may, or counts as the end of the journey.
func superseded(s, deciding Scan, later bool, policy Policy) (cris.Reason, bool) {
	own, decided := standingOf(s), standingOf(deciding)
	switch {
	case mayBeLater(s, deciding):
		return mayBeTheLater, true
	case !later && own < endOfJourney:
		return cris.Reason{}, false // the way the piece came
	case s.Class() == Delivered && deciding.Class() == Delivered && isSameDelivery(s, deciding, policy):
		return sameDelivery, true
	case !later && s.Class() == deciding.Class():
		return repeated, true
	case own == unknownEvent:
		// TR-3: an unknown code is shown as such, and no meaning is guessed.
		return unknownCode, true
	case own == information:
		return saysNothing, true
	case decided == completedReturn && own == endOfJourney:
		return returned, true
	case own == endOfJourney:
		return overruled, true
	case decided >= endOfJourney:
		return journeyOver, true
	case own == computedEvent:
		return notScanned, true
	default:
		return underWay, true
	}
}

// mayBeLater reports whether a scan that counts as much as the deciding one and says
// something else may have been the later of the two.
func mayBeLater(s, deciding Scan) bool {
	if s.Class() == deciding.Class() || standingOf(s) != standingOf(deciding) {
		return false
	}
	a, b := s.Moment(), deciding.Moment()
	wasSet := a.Doubts&b.Doubts&SetBack != 0 || (a.Doubts|b.Doubts)&SetForward != 0
	if !isOneClock(s.Place, deciding.Place) || wasSet {
		return !a.certainlyBefore(b)
	}
	ahead := s.At.asUTC().Sub(deciding.At.asUTC())
	if a.Doubts&NoZone != 0 {
		return ahead > -clocksAreSet // nobody knows when
	}
	return ahead >= 0
}
