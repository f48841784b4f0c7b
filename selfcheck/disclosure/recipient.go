package disclosure

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/text"
)

// RecipientKind is the kind of person or body that gets records.
type RecipientKind string

// The kinds of recipients.
const (
	JusticeDepartment   RecipientKind = "justice_department" // with the offices of the U.S. Attorneys
	FederalAgency       RecipientKind = "federal_agency"     // any other
	OtherAgency         RecipientKind = "other_agency"       // of a state, a tribe, a local, foreign or international government
	CongressionalOffice RecipientKind = "congressional_office"
	NationalArchives    RecipientKind = "national_archives"
	EnforcingAuthority  RecipientKind = "enforcing_authority" // a law enforcement agency or another authority that investigates, prosecutes or enforces
	Contractor          RecipientKind = "contractor"          // with agents, grantees, experts, consultants and others who work for the department
	Organization        RecipientKind = "organization"
	Person              RecipientKind = "person"
	TheIndividual       RecipientKind = "individual" // to whom the record pertains
	IdentityProvider    RecipientKind = "identity_provider"
)

// RecipientKinds lists the kinds of recipients. The caller may keep and change the slice.
func RecipientKinds() []RecipientKind {
	return []RecipientKind{
		JusticeDepartment, FederalAgency, OtherAgency, CongressionalOffice, NationalArchives, EnforcingAuthority, Contractor,
		Organization, Person, TheIndividual, IdentityProvider,
	}
}

// Message returns the name of the kind.
func (k RecipientKind) Message() cris.Message { return message("recipient_kind", k) }

// isPersonal reports whether the name and the address of such a recipient are those of a
// person.
func (k RecipientKind) isPersonal() bool { return k == Person || k == TheIndividual }

// Recipient is who gets records. The accounting keeps the name and the address of an office or an
// organization. It keeps neither for a person, but names the agency's file that has them. A
// Recipient is comparable with ==.
type Recipient struct {
	Kind    RecipientKind
	Name    string // of the office or organization; "" if Kind is Person or TheIndividual
	Address string // its address in one line; "" in the same cases
	File    string // the agency's file on the matter; required if Kind is Person, and otherwise optional
}

// The longest texts of a recipient, in bytes.
const (
	maxName    = 200
	maxAddress = 300
	maxFile    = 40
)

// faults says everything that keeps the recipient from being entered in the accounting.
func (r Recipient) faults() (faults []cris.Reason) {
	switch isNamed := r.Name != "" || r.Address != ""; {
	case r.Kind.isPersonal() && isNamed:
		faults = append(faults, personNamed)
	case r.Kind.isPersonal():
	default:
		if !text.IsLine(r.Name, maxName) {
			faults = append(faults, recipientNameMissing)
		}
		if !text.IsLine(r.Address, maxAddress) {
			faults = append(faults, recipientAddressMissing)
		}
	}
	switch {
	case r.File == "" && r.Kind == Person:
		faults = append(faults, fileMissing)
	case r.File != "" && !isFileNumber(r.File):
		faults = append(faults, fileNumberMalformed)
	}
	return faults
}

// isFileNumber reports whether s can be the number of a file: letters, digits, hyphens, slashes
// and periods, and not a number of a person. Nine digits, however they are separated, are an
// A-Number or a Social Security number.
func isFileNumber(s string) bool {
	if len(s) > maxFile {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '/', c == '.':
		default:
			return false
		}
	}
	_, notANumber := cris.ParseANumber(s)
	_, notReceipt := casestatus.ParseReceiptNumber(s)
	return notANumber != nil && notReceipt != nil
}
