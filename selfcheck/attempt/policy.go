package attempt

import (
	"cmp"
	"time"

	"github.com/seed28e20331/cris"
)

// Policy holds what an integrator may change. The zero Policy has no limit. If Quizzes is set,
// any other field that is left at zero means its value in MyEVerifyPolicy.
type Policy struct {
	// Quizzes is how many may be taken before the wait. Zero or less means that there is no
	// limit; more than 200 means 200.
	Quizzes int
	// Wait is how many whole days after its own day an attempt still counts. A negative number
	// means none, so that it counts on its own day alone; more than 366 means 366.
	Wait int
	// Daily is how many attempts are expected on a day. Each row of the sketch gets at least 16
	// counters for each of them, up to 2^24. A person is then charged with an attempt of
	// strangers in fewer than one of 70,000 cases on a day. Fewer counters charge more strangers
	// and say less about those who failed.
	Daily int
	// Zone is whose calendar says which day it is; nil is cris.AgencyZone().
	Zone *time.Location
}

// MyEVerifyPolicy returns the limit of myE-Verify, which followed Self Check: two quizzes at once,
// then a wait of three days, then two more. NIST SP 800-63A-3 allows two attempts as well. The
// days are whole days of the calendar, three of them between the last attempt and the next: after
// two quizzes on a Monday, the next may be taken on the Friday.
func MyEVerifyPolicy() Policy {
	return Policy{Quizzes: 2, Wait: 3, Daily: 50_000, Zone: cris.AgencyZone()}
}

// IsOff reports whether the policy has no limit.
func (p Policy) IsOff() bool { return p.Quizzes <= 0 }

// withDefaults puts the default in place of every field that is zero. A negative value stays
// negative, so that withDefaults may be called again.
func (p Policy) withDefaults() Policy {
	const mostQuizzes, mostDays = 200, 366 // a counter holds 255
	standard := MyEVerifyPolicy()
	p.Quizzes = min(p.Quizzes, mostQuizzes)
	p.Wait = min(cmp.Or(p.Wait, standard.Wait), mostDays)
	p.Daily = cmp.Or(p.Daily, standard.Daily)
	if p.Zone == nil {
		p.Zone = standard.Zone
	}
	return p
}

// Since returns the first day whose attempts count on the given day.
func (p Policy) Since(today cris.Date) cris.Date { return today.AddDays(1).AddDays(-p.counts()) }

// counts returns the number of days on which an attempt counts, including its own.
func (p Policy) counts() int { return 1 + max(0, p.withDefaults().Wait) }

// width returns how many counters a row has: a power of two.
func (p Policy) width() int {
	const least, most, each = 1 << 10, 1 << 24, 16
	width := least
	for width < most && width/each < p.withDefaults().Daily {
		width *= 2
	}
	return width
}
