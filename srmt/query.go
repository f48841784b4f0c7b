package srmt

import (
	"cmp"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Query says which requests to list. A zero field does not restrict.
type Query struct {
	Office    casestatus.OfficeCode
	Status    Status
	Officer   StaffID   // who holds a request, or held it when it was closed
	OverdueOn cris.Date // those overdue on that day (SR-9)
	Page      Page
}

// Matches reports whether the request belongs to the list, on whatever page.
func (q Query) Matches(r ServiceRequest) bool {
	return (q.Office == "" || q.Office == r.Office) &&
		(q.Status == "" || q.Status == r.Status) &&
		(q.Officer == "" || q.Officer == r.Officer) &&
		(q.OverdueOn.IsZero() || r.Overdue(q.OverdueOn))
}

// Page is a part of a list. The zero Page is the whole list, and a Limit of zero or less
// is no limit.
type Page = cris.Page[Key]

// Key is the place of a request in every list. Customers who need an accommodation for a disability
// come first (SR-6). Within each kind, what is due first comes first; of what is
// due on one day, what was filed first; of what was filed on one day, the lower ID in the
// order of bytes. Requests have 30 days each (SR-9), so the order is that of filing. Where
// a host program gives some of them less time, those that are due sooner come sooner.
type Key struct {
	Standard bool // whether the customer needs no accommodation
	Due      cris.Date
	Filed    cris.Date
	ID       string
}

// Key returns the place of the request in every list. Transfers do not move its dates (SR-9a); it
// changes once, if the customer turns out to need an accommodation. A reader who has passed its new
// place by then finds the request when the list begins anew.
func (r ServiceRequest) Key() Key { return Key{!r.Accommodation, r.Due, r.Filed, r.ID} }

// Compare returns -1, 0 or +1 as k comes before other, is the same, or comes after it. The
// zero Key comes first.
func (k Key) Compare(other Key) int {
	if k.Standard != other.Standard {
		if k.Standard {
			return 1
		}
		return -1
	}
	return cmp.Or(k.Due.Compare(other.Due), k.Filed.Compare(other.Filed), cmp.Compare(k.ID, other.ID))
}
