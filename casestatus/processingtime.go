package casestatus

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
)

// ProcessingTime is one published estimate of how long cases of a form take at an
// office (CS-6), together with the day on which it was read. Several publications
// of the same estimate are several values. Compare with Equal, not with ==. The zero
// value stands for: nothing is posted.
type ProcessingTime struct {
	Form     FormNumber
	FormType FormType
	Office   OfficeCode // an office, or the aggregate that stands for several (see Office.Heading)

	PublishedOn cris.Date // as printed; often weeks before ReadOn
	ReadOn      cris.Date // the day on which the publication was read, in the agency's zone; zero if not known

	// InquiryDate is the "receipt date for a case inquiry" as served on ReadOn; zero
	// if none was. It moves on by one day each day: see Days.
	InquiryDate cris.Date
	// StatedDays is what Days returns, where it is known and the dates that give it are
	// not; 0 if it is not known. The dates are trusted more.
	StatedDays int
	// Threshold is the bound that was published first, after which an inquiry may be
	// made. It is usually the larger one, not always.
	Threshold Bound
	// Other is the second bound of the published range; nothing is decided by it.
	Other Bound
	// AsOf is the date that the pages of 2013 printed instead of a duration: cases
	// filed before it should have been processed. It does not move until it is
	// published anew. Zero if there is none.
	AsOf cris.Date

	FormNote Notes // the remark on the form at this office
	Note     Notes // the remark on this subtype of it
}

// Notes are a published remark in the languages in which it was given, each as it was
// given; "" where it was not. The English and the Spanish of one remark have been seen to
// disagree, so neither is taken for a translation of the other, and nothing is decided by
// them: what they grant is in the published inquiry date already.
type Notes struct {
	English, Spanish string
}

// In returns the remark in the language, or in the other one if it was given in that alone.
func (n Notes) In(l cris.Language) string { return l.Pick(n.English, n.Spanish) }

// PostedUnder is where a processing time stands in the publications.
type PostedUnder struct {
	Form     FormNumber
	FormType FormType
	Office   OfficeCode
}

// PostedUnder returns where p stands in the publications.
func (p ProcessingTime) PostedUnder() PostedUnder { return PostedUnder{p.Form, p.FormType, p.Office} }

// IsZero reports whether p stands for nothing posted: it names no form.
func (p ProcessingTime) IsZero() bool { return p.Form == "" }

// Suppressed reports whether p was published without a figure that decides anything,
// as happens where a note refers the reader to another page.
func (p ProcessingTime) Suppressed() bool {
	return p.InquiryDate.IsZero() && p.StatedDays <= 0 && p.Threshold.IsZero() && p.AsOf.IsZero()
}

// Days returns the posted time in days: those between the inquiry date and the day on which
// it was read. They stay the same for as long as the publication stands, so the inquiry
// date of any day is that many days before it. It is false if either date is missing or
// the inquiry date is the later one.
func (p ProcessingTime) Days() (days int, ok bool) {
	if p.InquiryDate.IsZero() || p.ReadOn.IsZero() || p.InquiryDate.After(p.ReadOn) {
		return 0, false
	}
	return p.ReadOn.DaysSince(p.InquiryDate), true
}

// Equal reports whether both say the same. Values are compared as numbers: 14.5
// months equal 14.50 months.
func (p ProcessingTime) Equal(other ProcessingTime) bool {
	if !p.Threshold.Equal(other.Threshold) || !p.Other.Equal(other.Other) {
		return false
	}
	p.Threshold, p.Other = Bound{}, Bound{}
	other.Threshold, other.Other = Bound{}, Bound{}
	return p == other
}

// PublicationID identifies a publication by all that it says and the day on which it was
// read: 32 hexadecimal digits. Estimates are replaced silently, sometimes several times a
// day, so the dates alone do not tell publications apart.
type PublicationID string

// ID returns the same for two publications exactly if they are Equal. It is made for
// records of decisions, not for speed.
func (p ProcessingTime) ID() PublicationID {
	var content []byte
	for _, part := range []string{
		string(p.Form), string(p.FormType), string(p.Office),
		p.PublishedOn.String(), p.ReadOn.String(), p.InquiryDate.String(), strconv.Itoa(p.StatedDays),
		p.Threshold.identity(), p.Other.identity(), p.AsOf.String(),
		p.FormNote.English, p.FormNote.Spanish, p.Note.English, p.Note.Spanish,
	} {
		content = binary.AppendUvarint(content, uint64(len(part))) // so that parts do not run together
		content = append(content, part...)
	}
	sum := sha256.Sum256(content)
	return PublicationID(hex.EncodeToString(sum[:16]))
}

// Unit is the unit of a published bound.
type Unit string

// The units in which processing times are published.
const (
	Days   Unit = "days"
	Weeks  Unit = "weeks"
	Months Unit = "months"
)

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

// ProcessingTimes is the port to the publications, each kept as it was read.
type ProcessingTimes interface {
	// Posted returns the publication that was read last, on or before the day on, or
	// an error that matches ErrNotFound if there is none. Of several read on one
	// day, the one that was posted last counts.
	Posted(ctx context.Context, under PostedUnder, on cris.Date) (ProcessingTime, error)
	// Post keeps publications in the order given, all or none, and forgets no earlier
	// one. A publication that is kept already, equal in everything and read on the same
	// day, is kept once, and is the one posted last if another was posted since: a file
	// may be imported twice, and what was served again in the evening counts again.
	Post(ctx context.Context, times ...ProcessingTime) error
}
