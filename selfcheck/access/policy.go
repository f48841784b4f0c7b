package access

import (
	"cmp"
	"time"

	"github.com/seed28e20331/cris"
)

// Policy is what a host program may change. A field left at zero means its default.
type Policy struct {
	Appeal       Appeal         // what the individual is told with a refusal
	MaxStatement int            // the most characters in a statement of disagreement, which must be concise by law
	KeepMonths   int            // how long a step of the trail is kept at least, in months
	Zone         *time.Location // whose calendar says which day it is; nil is cris.AgencyZone()
}

// Appeal is the way of appeal from a refusal.
type Appeal struct {
	To         cris.Phrase // the official who decides, with the address; its code does not matter
	WithinDays int         // from the date of the refusal
}

// DefaultPolicy returns the way of appeal that 6 CFR 5.25 and 5.26 gave when the notice was
// published: 60 days, to the Office of the General Counsel. The rules have changed since, so a
// host program states its own. A statement has at most 5,000 characters, and the trail is kept as
// long as the accounting of disclosures: five years.
func DefaultPolicy() Policy {
	return Policy{
		Appeal: Appeal{
			To: cris.Phrase{
				English: "the DHS Office of the General Counsel or its designee, Department of Homeland Security, Washington, DC 20528",
				Spanish: "la Oficina del Asesor Jurídico General del DHS o a quien esta designe (DHS Office of the General Counsel, Department of Homeland Security, Washington, DC 20528)",
			},
			WithinDays: 60,
		},
		MaxStatement: 5000,
		KeepMonths:   60,
		Zone:         cris.AgencyZone(),
	}
}

func (p Policy) withDefaults() Policy {
	standard := DefaultPolicy()
	if p.Appeal == (Appeal{}) {
		p.Appeal = standard.Appeal
	}
	p.MaxStatement = cmp.Or(p.MaxStatement, standard.MaxStatement)
	p.KeepMonths = cmp.Or(p.KeepMonths, standard.KeepMonths)
	if p.Zone == nil {
		p.Zone = standard.Zone
	}
	return p
}
