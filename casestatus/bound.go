package casestatus

import "github.com/shopspring/decimal"

// Unit is the unit of a published bound.
type Unit string

// The units in which processing times are published.
const (
	Days   Unit = "days"
	Weeks  Unit = "weeks"
	Months Unit = "months"
)

// Units lists the units in which processing times are published.
func Units() []Unit { return []Unit{Days, Weeks, Months} }

// Bound is one end of a published range, such as 14.5 months. Its zero value is no
// bound.
type Bound struct {
	Value decimal.Decimal
	Unit  Unit
}

// IsZero reports whether b is no bound.
func (b Bound) IsZero() bool { return b.Unit == "" }

// Equal reports whether both bounds have the same unit and the same number.
func (b Bound) Equal(other Bound) bool { return b.Unit == other.Unit && b.Value.Equal(other.Value) }

// identity is the same text for bounds that are Equal; a number without a unit counts.
func (b Bound) identity() string { return b.Value.String() + " " + string(b.Unit) }

// String returns the number and the unit, "14.5 months"; "" for no bound.
func (b Bound) String() string {
	if b.IsZero() {
		return ""
	}
	return b.Value.String() + " " + string(b.Unit)
}

var (
	one         = decimal.NewFromInt(1)
	daysPerWeek = decimal.NewFromInt(7)
	// mostDays keeps every length of time within the years that cris.Date can hold.
	mostDays = decimal.NewFromInt(9999 * 365)
)

// Days returns the bound in whole days, a part of a day counted as a day;
// daysPerMonth is how many days a month of the publication has. It is false for no
// bound, an unknown unit, a negative number and one that no calendar holds.
//
// A published month is a number of days and no month of the calendar, so neither the
// ends of months nor leap days play a part: the product is exact, in decimals, and is
// rounded up once. The published months are the days behind them divided by daysPerMonth
// and rounded up to half a month, so what Days returns is the most that can have been
// meant: a case that is within by the inquiry date is within by the range too, and may
// stay so too long. That held for all 1,231 rows with figures of the files of 2018 and
// 2022 but one, which was a day short.
func (b Bound) Days(daysPerMonth decimal.Decimal) (days int, ok bool) {
	unit := one
	switch b.Unit {
	case Days:
	case Weeks:
		unit = daysPerWeek
	case Months:
		unit = daysPerMonth
	default:
		return 0, false
	}
	if b.Value.IsNegative() || !unit.IsPositive() {
		return 0, false
	}
	if days, ok := fastProduct(b.Value, unit); ok {
		return days, true
	}
	product := b.Value.Mul(unit)
	if product.GreaterThan(mostDays) {
		return 0, false
	}
	return int(product.Ceil().IntPart()), true
}

// fastProduct returns the product of two numbers that are not negative, rounded up, if
// both are such as are published: a few digits, and no more than nine after the point
// taken together. It allocates nothing.
func fastProduct(a, b decimal.Decimal) (days int, ok bool) {
	const mostDigits = 6
	places := -(a.Exponent() + b.Exponent())
	if a.Exponent() > 0 || b.Exponent() > 0 || places > 9 || a.NumDigits() > mostDigits || b.NumDigits() > mostDigits {
		return 0, false
	}
	product, unit := a.CoefficientInt64()*b.CoefficientInt64(), int64(1)
	for range places {
		unit *= 10
	}
	product = (product + unit - 1) / unit
	if product > mostDays.IntPart() {
		return 0, false
	}
	return int(product), true
}
