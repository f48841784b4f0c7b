package tracking

// meaning is what a class says about a piece.
type meaning struct {
	rank     int
	standing standing
	tells    bool // there must be a piece, or the label of one, for the event to happen
	begins   bool // announces or accepts a piece
	goesBack bool // tells of a return or a loss
	ends     bool // ends the journey: nothing but a mistake follows
}

// standing is how much a scan counts: of the scans of a piece, one with the highest
// standing decides (TR-4).
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

// meaningOf is the table of the classes. TR-3: a class that is not in it says no more than
// an unknown code.
func meaningOf(class Class) meaning {
	switch class {
	case NoScan:
		return meaning{rank: 0, standing: unknownEvent}
	case Informational:
		return meaning{rank: 2, standing: information}
	case PreShipment:
		return meaning{rank: 3, standing: announcement, tells: true, begins: true}
	case Accepted:
		return meaning{rank: 4, standing: onTheWay, tells: true, begins: true}
	case InNetwork:
		return meaning{rank: 5, standing: onTheWay, tells: true}
	case AtUnit:
		return meaning{rank: 6, standing: onTheWay, tells: true}
	case OutForDelivery:
		return meaning{rank: 7, standing: onTheWay, tells: true}
	case Attempted:
		return meaning{rank: 8, standing: onTheWay, tells: true}
	case HeldForPickup:
		return meaning{rank: 9, standing: onTheWay, tells: true}
	case Forwarded:
		return meaning{rank: 10, standing: onTheWay, tells: true}
	case Delivered:
		return meaning{rank: 11, standing: endOfJourney, tells: true, ends: true}
	case Lost:
		return meaning{rank: 12, standing: endOfJourney, tells: true, goesBack: true, ends: true}
	case ReturnStarted:
		return meaning{rank: 13, standing: endOfJourney, tells: true, goesBack: true}
	case ReturnCompleted:
		return meaning{rank: 14, standing: completedReturn, tells: true, goesBack: true, ends: true}
	default: // Unknown
		return meaning{rank: 1, standing: unknownEvent}
	}
}

// Class returns what the scan meant on its day: the class of its code, except that a
// delivery to the original sender completes a return.
func (s Scan) Class() Class {
	class := s.Code.ClassOn(s.At.Date())
	if class == Delivered && s.ToSender {
		return ReturnCompleted
	}
	return class
}

// computed reports whether the USPS worked the event out and nobody scanned the piece.
func (s Scan) computed() bool {
	info := s.Code.on(s.At.Date())
	return info != nil && info.Computed
}

// disputed reports whether a delivery may not be one.
func (s Scan) disputed() bool {
	info := s.Code.on(s.At.Date())
	return info != nil && info.Disputed
}

// standing returns how much the scan counts. It depends on the scan alone, and so the
// status of a piece depends on the set of its scans (TR-4).
func (s Scan) standing() standing {
	standing := meaningOf(s.Class()).standing
	if standing == onTheWay && s.computed() {
		return computedEvent
	}
	return standing
}

// tellsOfPiece reports whether there must be a piece, or the label of one, for the event
// to happen.
func (s Scan) tellsOfPiece() bool { return meaningOf(s.Class()).tells && !s.computed() }

// isPhysical reports whether somebody had the piece at hand, and not only its label.
func (s Scan) isPhysical() bool { return s.tellsOfPiece() && s.Class() != PreShipment }

// isSeen reports whether somebody had the piece at hand, as far as is known.
func (s Scan) isSeen() bool { return s.isPhysical() || s.Class() == Unknown }

// begins reports whether the scan announces or accepts a piece.
func (s Scan) begins() bool { return meaningOf(s.Class()).begins }

// goesBack reports whether the scan tells of a return or a loss.
func (s Scan) goesBack() bool { return meaningOf(s.Class()).goesBack }

// isOver reports whether the journey to the addressee is over with the scan.
func (s Scan) isOver() bool { return s.standing() >= endOfJourney }

// isBack reports whether the sender has the piece again.
func (s Scan) isBack() bool { return s.standing() == completedReturn }
