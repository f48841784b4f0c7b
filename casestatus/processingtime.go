package casestatus

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"

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
