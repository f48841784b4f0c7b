package casestatus

import (
	"sync"

	"github.com/seed28e20331/cris"
)

// Tables are the facts about offices and forms that decisions go by. They do not change
// and are safe for concurrent use. A host program makes them once and hands the same ones
// to every service that needs them, so that an office that closed is closed for all.
type Tables struct {
	Offices OfficeTable // who does the work of an office, and under which heading its times are posted
	Forms   FormTable   // under which types the times of a form are posted
}

// DefaultTables returns the offices of [Offices] and the forms of [Forms]. The result is
// shared and must not be changed; to amend it, make Tables of your own:
//
//	tables := &casestatus.Tables{
//		Offices: casestatus.NewOfficeTable(append(casestatus.Offices(), closed)...),
//		Forms:   casestatus.DefaultTables().Forms,
//	}
func DefaultTables() *Tables { return defaultTables() }

var defaultTables = sync.OnceValue(func() *Tables {
	return &Tables{Offices: NewOfficeTable(Offices()...), Forms: NewFormTable(Forms()...)}
})

// orDefault returns the tables, or the default ones for nil.
func (t *Tables) orDefault() *Tables {
	if t == nil {
		return DefaultTables()
	}
	return t
}

// unknown says what of the case no table has: its form and type, its office.
func (t *Tables) unknown(c *Case) (reasons []cris.Reason) {
	if _, ok := t.Forms.Form(c.Form, c.FormType); !ok {
		reasons = append(reasons, formNotKnown)
	}
	if _, ok := t.Offices.Office(c.Office); !ok {
		reasons = append(reasons, officeNotKnown)
	}
	return reasons
}
