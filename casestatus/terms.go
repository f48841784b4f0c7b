package casestatus

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// terms are what a publication comes to on one day: the same for every case it is for.
type terms struct {
	stale  bool        // counts as not posted
	shared Eligibility // what the decisions have in common, without outcome and reasons; no Basis if nothing can be decided
}

// decides reports whether a case comes out as within or outside by the terms.
func (t *terms) decides() bool { return t.shared.Basis != "" && !t.stale }

// isPreferred reports whether the terms count rather than others that may stand for the
// same case: those that decide before those that do not, then those that were read later.
func (t *terms) isPreferred(others *terms) bool {
	if t.decides() != others.decides() {
		return t.decides()
	}
	return t.shared.Posted.ReadOn.After(others.shared.Posted.ReadOn)
}

// termsOf takes the figures that are trusted most.
func termsOf(posted ProcessingTime, on cris.Date, policy Policy) terms {
	t := terms{isStale(posted.ReadOn, on, policy.StaleAfter), Eligibility{On: on, Posted: posted}}
	if days, ok := posted.Days(); ok {
		t.byDays(ByInquiryDate, days)
	} else if posted.StatedDays > 0 {
		t.byDays(ByStatedDays, posted.StatedDays)
	} else if days, ok := posted.Threshold.Days(policy.DaysPerMonth); ok {
		t.byDays(ByRange, days)
	} else if !posted.AsOf.IsZero() {
		t.shared.Basis, t.shared.InquiryDate = ByAsOfDate, posted.AsOf
	}
	return t
}

// isStale reports whether nobody has read the publication for so long that it may have
// disappeared from the site. On which day it was read may not be known.
func isStale(readOn, on cris.Date, staleAfter int) bool {
	return staleAfter > 0 && !readOn.IsZero() && on.DaysSince(readOn) > staleAfter
}

// unlisted are the terms where nothing is posted: CS-7, unless the policy knows a time
// for it, nothing is guessed.
func unlisted(on cris.Date, policy Policy) terms {
	t := terms{shared: Eligibility{On: on}}
	if days, ok := policy.Unlisted.Days(policy.DaysPerMonth); ok {
		t.byDays(ByUnlistedTime, days)
	}
	return t
}

// byDays leaves the terms undecided if the calendar does not go back as far.
func (t *terms) byDays(basis Basis, days int) {
	if inquiryDate := t.shared.On.AddDays(-days); !inquiryDate.IsZero() {
		t.shared.Basis, t.shared.Days, t.shared.InquiryDate = basis, days, inquiryDate
	}
}

// undecided says why the terms decide nothing.
func (t *terms) undecided() []cris.Reason {
	switch posted := t.shared.Posted; {
	case posted.StatedDays > 0 || !posted.Threshold.IsZero():
		return becauseOffTheCalendar
	case !posted.InquiryDate.IsZero():
		return becauseUndated
	default:
		return becauseNoFigure
	}
}

// decideUnlisted applies the terms of a policy to a case for which nothing is posted, and
// says why not if there are none.
func (t *terms) decideUnlisted(c *Case, notPosted []cris.Reason, tables *Tables) Eligibility {
	if t.shared.Basis != "" {
		return t.decide(c.Filed)
	}
	// CS-7: a form or an office that no table has is told from one without a posted time.
	if unknown := tables.unknown(c); len(unknown) > 0 {
		return Eligibility{Outcome: NotKnown, On: t.shared.On, Reasons: unknown}
	}
	return Eligibility{Outcome: NotPosted, On: t.shared.On, Reasons: notPosted}
}

// decide applies the terms to a case that was filed on that day.
func (t *terms) decide(filed cris.Date) (e Eligibility) {
	t.decideInto(&e, filed)
	e.Reasons = slices.Clone(e.Reasons)
	return e
}

// decideInto is decide for many cases: the decision is not copied, and its reasons are shared.
func (t *terms) decideInto(e *Eligibility, filed cris.Date) {
	*e = t.shared
	if e.Basis == "" {
		e.Outcome, e.Reasons = Suppressed, t.undecided()
		return
	}
	if e.Basis != ByAsOfDate {
		e.OutsideFrom = filed.AddDays(e.Days + 1)
	}
	// CS-6: strictly before; a case filed on the inquiry date itself is within.
	if filed.Before(e.InquiryDate) {
		e.Outcome, e.Reasons = Outside, becauseBefore
		return
	}
	e.Outcome, e.Reasons = Within, becauseNotBefore
}

// The reasons that the decisions of all tables share, so that a docket does not allocate
// each by itself. Nobody changes them.
var (
	becauseBefore         = []cris.Reason{filedBeforeInquiryDate}
	becauseNotBefore      = []cris.Reason{notFiledBeforeInquiryDate}
	becauseNothingPosted  = []cris.Reason{nothingPosted}
	becauseTooOld         = []cris.Reason{readingTooOld}
	becauseNoFigure       = []cris.Reason{noDecidingFigure}
	becauseUndated        = []cris.Reason{undatedInquiryDate}
	becauseOffTheCalendar = []cris.Reason{offTheCalendar}
	becauseDecided        = []cris.Reason{caseDecided}
)
