package tracking

import "time"

// Policy holds the values that an integrator may change. A value of zero or less, and
// AddressDigits above 5, mean the default.
type Policy struct {
	// ReuseMonths is for how many months a number belongs to one piece. A scan later than
	// that is one of another piece: see Pieces.
	ReuseMonths int
	// EarlyDays is how many days before the day of mailing on file the last scan of the
	// piece may be, and the first one that confirms a delivery: what is on file may be late.
	// See DecideDelivery.
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

// DefaultPolicy takes a number for another piece after six months, as the USPS does, takes
// a piece whose last scan is up to a week before its mailing on file, and delivery scans of
// one place within ten minutes for one delivery. It raises seven days without a scan, and a
// delivery whose five-digit ZIP code is not that of the address.
func DefaultPolicy() Policy {
	return Policy{ReuseMonths: 6, EarlyDays: 7, SameDelivery: 10 * time.Minute, QuietDays: 7, AddressDigits: 5}
}

func (p Policy) withDefaults() Policy {
	standard := DefaultPolicy()
	if p.ReuseMonths <= 0 {
		p.ReuseMonths = standard.ReuseMonths
	}
	if p.EarlyDays <= 0 {
		p.EarlyDays = standard.EarlyDays
	}
	if p.SameDelivery <= 0 {
		p.SameDelivery = standard.SameDelivery
	}
	if p.QuietDays <= 0 {
		p.QuietDays = standard.QuietDays
	}
	if p.AddressDigits <= 0 || p.AddressDigits > standard.AddressDigits {
		p.AddressDigits = standard.AddressDigits
	}
	return p
}
