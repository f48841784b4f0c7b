package tracking

import "time"

// Policy holds the values that an integrator may change.
type Policy struct {
	// ReuseMonths is for how many months a number belongs to one piece. A scan later than
	// that is one of another piece: see Pieces.
	ReuseMonths int
	// EarlyDays is how many days before the day on which a piece was mailed, as it is on
	// file, its scans may begin: labels are announced early. See LatestOf.
	EarlyDays int
	// SameDelivery is how far apart two delivery scans at one place may be and still tell
	// of one delivery. A scan without a place may be at any.
	SameDelivery time.Duration
	// QuietDays is after how many calendar days without a scan a piece on its way is
	// raised for attention (TR-7).
	QuietDays int
	// AddressDigits is how many leading digits of the ZIP codes of a delivery and of the
	// address on file must agree, from 1 to 5 (TR-7).
	AddressDigits int
}

// DefaultPolicy takes a number for another piece after six months, as the USPS does, looks
// for a piece from a week before its mailing on, and takes delivery scans of one place
// within ten minutes for one delivery. It raises seven days
// without a scan, and a delivery whose five-digit ZIP code is not that of the address.
func DefaultPolicy() Policy {
	return Policy{ReuseMonths: 6, EarlyDays: 7, SameDelivery: 10 * time.Minute, QuietDays: 7, AddressDigits: 5}
}
