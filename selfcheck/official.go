package selfcheck

import (
	"errors"
	"slices"

	"github.com/seed28e20331/cris/internal/text"
)

// ErrDenied means that the member of staff does not have the duty that the act needs.
var ErrDenied = errors.New("selfcheck: not open to this member of staff")

// Duty is something that a member of staff may do with the records of Self Check.
type Duty string

// The duties.
const (
	DutySettle     Duty = "settle"     // settle queries whose case is not known
	DutyRecords    Duty = "records"    // find, read and count records, and read the accounting of one (SC-15, SC-16)
	DutyAmendment  Duty = "amendment"  // decide on requests for amendment (PV-5)
	DutyDisclosure Duty = "disclosure" // disclose records (SC-18)
)

// Duties lists the duties. The caller may keep and change the slice.
func Duties() []Duty {
	return []Duty{DutySettle, DutyRecords, DutyAmendment, DutyDisclosure}
}

// Official is who acts, as the host program has signed them in: a member of staff, or a program
// that acts on its own. The zero Official may do nothing (PV-3).
type Official struct {
	ID     string // one line of at most 90 bytes; it goes on record
	Duties []Duty
}

// May reports whether the official has the duty and an ID that can go on record.
func (o Official) May(duty Duty) bool {
	const maxLength = 90
	return text.IsLine(o.ID, maxLength) && slices.Contains(o.Duties, duty)
}
