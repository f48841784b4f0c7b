package disclosure

import "slices"

// Official is who acts: a member of the staff, or a program that acts by itself. The host
// program says who that is and which duties they have (PV-3).
type Official struct {
	ID     string // for the accounting; no name of a person
	Duties []Duty
}

// Duty is something that an official may do.
type Duty string

// The duties.
const (
	Discloses       Duty = "discloses"        // makes disclosures, and tells those who got them of corrections
	ReadsAccounting Duty = "reads_accounting" // reads the accounting of a record
	AmendsRecords   Duty = "amends_records"   // decides on requests for amendment
)

// Duties lists the duties. The caller may keep and change the slice.
func Duties() []Duty { return []Duty{Discloses, ReadsAccounting, AmendsRecords} }

// Has reports whether the official has the duty, and an ID to be named by.
func (o Official) Has(duty Duty) bool { return o.ID != "" && slices.Contains(o.Duties, duty) }
