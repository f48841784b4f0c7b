package tracking

// Class is what an event, or the latest delivery status, means. The order of the
// constants is the documented rank: of two scans of one minute, the one with the
// higher class comes later on the timeline.
type Class uint8

// The classes.
const (
	// NoScan is the status of a piece of which no scan has arrived yet.
	NoScan Class = iota
	// Unknown: the code is not in the table. It is shown, and decides only where
	// nothing else does (TR-3).
	Unknown
	// Informational events do not say where the piece is: delays, alerts, paperwork.
	Informational
	// PreShipment: announced to the USPS, which does not have the piece.
	PreShipment
	// Accepted: picked up by USPS.
	Accepted
	// InNetwork: processed at a USPS facility, or under way between two.
	InNetwork
	// AtUnit: at the post office from which it is delivered.
	AtUnit
	// OutForDelivery: with the carrier.
	OutForDelivery
	// Attempted: the carrier was at the address and could not deliver.
	Attempted
	// HeldForPickup: waits for the addressee at a post office.
	HeldForPickup
	// Forwarded: on its way to another address.
	Forwarded
	// Delivered to addressee, or to someone who takes mail for the addressee.
	Delivered
	// Lost: destroyed, seized, or dead mail.
	Lost
	// ReturnStarted: refused, undeliverable or recalled, and on its way back.
	ReturnStarted
	// ReturnCompleted: returned to sender. The sender has it.
	ReturnCompleted
)

// String returns the class in the words of the Privacy Impact Assessment where it
// has words for it (TR-3).
func (c Class) String() string {
	switch c {
	case NoScan:
		return "no scan yet"
	case Informational:
		return "information"
	case PreShipment:
		return "announced to USPS"
	case Accepted:
		return "picked up by USPS"
	case InNetwork:
		return "processed at a USPS facility"
	case AtUnit:
		return "at the delivery unit"
	case OutForDelivery:
		return "out for delivery"
	case Attempted:
		return "delivery attempted"
	case HeldForPickup:
		return "held for pickup"
	case Forwarded:
		return "forwarded"
	case Delivered:
		return "delivered to addressee"
	case Lost:
		return "destroyed or dead mail"
	case ReturnStarted:
		return "being returned to sender"
	case ReturnCompleted:
		return "returned to sender"
	default:
		return "unknown event"
	}
}
