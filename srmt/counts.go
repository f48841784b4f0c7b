package srmt

import (
	"context"
	"iter"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// openOn is a day on which every request that has no response is overdue.
var openOn = cris.MustParseDate("9999-12-31")

// overdueAfter returns the day on which what is due within so many days is overdue. Less than none is
// none.
func overdueAfter(today cris.Date, days int) cris.Date {
	const longest = 100_000 // days, beyond which a sum may have no date
	if day := today.AddDays(min(max(days, 0), longest) + 1); !day.IsZero() {
		return day
	}
	return openOn
}

// AllOpen yields to the supervisors of an office its requests that have no response yet, in the order
// of their [Key]: by age, since each response is due thirty days after filing (SR-9). For anyone else
// it yields ErrDenied. Its errors are those of [Service.Unassigned].
func (s *Service) AllOpen(ctx context.Context, supervisor StaffID, office casestatus.OfficeCode, page Page) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, supervisor, page, func(by Staff, today cris.Date) (Query, bool) {
		return Query{Office: office, OverdueOn: openOn}, by.supervises(office, today)
	})
}

// DueWithin yields the requests of an office that have no response yet and are due within so many
// days, overdue ones included, to the supervisors of the office (SR-9). Days are counted from the
// day of the range in the policy's zone; 0 or less means by the end of that day. For anyone else
// it yields ErrDenied. Its errors are those of [Service.Overdue].
func (s *Service) DueWithin(
	ctx context.Context, supervisor StaffID, office casestatus.OfficeCode, days int, page Page,
) iter.Seq2[ServiceRequest, error] {
	return s.list(ctx, supervisor, page, func(by Staff, today cris.Date) (Query, bool) {
		return Query{Office: office, OverdueOn: overdueAfter(today, days)}, by.supervises(office, today)
	})
}

// Counts are how many requests an office has to respond to, all of them and some of them (SR-9).
type Counts struct {
	On         cris.Date // the day, in the policy's zone
	Open       int       // those without a response
	Unassigned int       // of them, those that wait for a supervisor
	Overdue    int       // of them, those that were due before today
	Waiting    int       // of them, those that wait for an answer from the customer
	Proposed   int       // of them, those with a response that waits for a review
	DueWithin  int       // of them, those that are due within the days that were asked for, overdue ones included
	ByOfficer  map[StaffID]int
	ByFiled    map[cris.Date]int // by the day on which they were filed, which tells their age
}

// Count counts, for the supervisors of an office, its requests that have no response yet, and of them
// those whose response is due within so many days, as [Service.DueWithin] lists them (SR-9). For
// anyone else it gives ErrDenied. It goes through the list of [Service.AllOpen], so that it costs
// what is open at the office, however much is on file; a request that changes meanwhile counts as
// it was before or after, and may not count if its customer turns out to need an accommodation
// then. Its errors are those of [Service.Overdue].
func (s *Service) Count(ctx context.Context, supervisor StaffID, office casestatus.OfficeCode, days int) (Counts, error) {
	counts := Counts{ByOfficer: map[StaffID]int{}, ByFiled: map[cris.Date]int{}}
	open := s.list(ctx, supervisor, Page{}, func(by Staff, today cris.Date) (Query, bool) {
		counts.On = today
		return Query{Office: office, OverdueOn: openOn}, by.supervises(office, today)
	})
	for request, err := range open {
		if err != nil {
			return Counts{}, err
		}
		counts.add(request, days)
	}
	return counts, nil
}

func (c *Counts) add(r ServiceRequest, days int) {
	c.Open++
	c.ByFiled[r.Filed]++
	if r.Status == Unassigned {
		c.Unassigned++
	} else {
		c.ByOfficer[r.Officer]++
	}
	if !r.Waiting.IsZero() {
		c.Waiting++
	}
	if r.Proposed > 0 {
		c.Proposed++
	}
	if r.Overdue(c.On) {
		c.Overdue++
	}
	if r.Overdue(overdueAfter(c.On, days)) {
		c.DueWithin++
	}
}
