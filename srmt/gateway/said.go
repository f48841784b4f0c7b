package gateway

import (
	"cmp"

	"github.com/seed28e20331/cris/erequest"
)

// Said is what a caller said, in the fields of a service request. It is comparable with ==.
// What is zero was not said. It prints without its personal values.
type Said struct {
	Screening erequest.Screening // by which the case is found
	Details   erequest.Details   // the person, and the issue
}

// and returns what was said up to now: of each field what was said of it last.
func (s Said) and(later Said) Said {
	a, b := s.Screening, later.Screening
	c, d := s.Details, later.Details
	return Said{
		Screening: erequest.Screening{
			Receipt:    cmp.Or(b.Receipt, a.Receipt),
			Form:       cmp.Or(b.Form, a.Form),
			FormType:   cmp.Or(b.FormType, a.FormType),
			DateFiled:  cmp.Or(b.DateFiled, a.DateFiled),
			MailingZIP: cmp.Or(b.MailingZIP, a.MailingZIP),
		},
		Details: erequest.Details{
			Name:                 cmp.Or(d.Name, c.Name),
			DateOfBirth:          cmp.Or(d.DateOfBirth, c.DateOfBirth),
			CountryOfBirth:       cmp.Or(d.CountryOfBirth, c.CountryOfBirth),
			CountryOfCitizenship: cmp.Or(d.CountryOfCitizenship, c.CountryOfCitizenship),
			ANumber:              cmp.Or(d.ANumber, c.ANumber),
			Contact:              cmp.Or(d.Contact, c.Contact),
			Representative:       cmp.Or(d.Representative, c.Representative),
			Document:             cmp.Or(d.Document, c.Document),
			Corrections:          cmp.Or(d.Corrections, c.Corrections),
			Mailed:               cmp.Or(d.Mailed, c.Mailed),
		},
	}
}
