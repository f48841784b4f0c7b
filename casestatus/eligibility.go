package casestatus

import (
	"context"
	"errors"
	"slices"

	"github.com/seed28e20331/cris"
)

// EligibilityOutcome says how a case stands to the posted processing time.
type EligibilityOutcome string

// The outcomes of DecideEligibility.
const (
	Within     EligibilityOutcome = "within"
	Outside    EligibilityOutcome = "outside"
	Decided    EligibilityOutcome = "decided"    // the case is not pending any more (CS-10)
	NotKnown   EligibilityOutcome = "not_known"  // no table has the form, its type or the office of the case (CS-7)
	NotPosted  EligibilityOutcome = "not_posted" // nothing is posted for the case (CS-7)
	Suppressed EligibilityOutcome = "suppressed" // something is posted, without a figure that decides (CS-7)
	Undecided  EligibilityOutcome = "undecided"  // the dates of the case allow no answer
)

// EligibilityOutcomes lists the outcomes of DecideEligibility.
func EligibilityOutcomes() []EligibilityOutcome {
	return []EligibilityOutcome{Within, Outside, Decided, NotKnown, NotPosted, Suppressed, Undecided}
}

// Basis names the figures that a decision rests on, in the order in which they are
// trusted.
type Basis string

// The bases of a decision.
const (
	ByInquiryDate  Basis = "inquiry_date"  // the published inquiry date and the day it was read
	ByStatedDays   Basis = "stated_days"   // the days between them, stated by themselves
	ByRange        Basis = "range"         // the first bound of the published range
	ByAsOfDate     Basis = "as_of_date"    // the date that the pages of 2013 printed
	ByUnlistedTime Basis = "unlisted_time" // Policy.Unlisted: nothing is posted
)

// Bases lists the bases of a decision, the most trusted first.
func Bases() []Basis {
	return []Basis{ByInquiryDate, ByStatedDays, ByRange, ByAsOfDate, ByUnlistedTime}
}

// Eligibility is the decision whether a case is outside the posted processing time,
// and so whether an inquiry about it may be made.
type Eligibility struct {
	Outcome EligibilityOutcome
	On      cris.Date // the day of asking
	Basis   Basis     // "" unless Within or Outside
	Days    int       // from the inquiry date to the day of asking: the posted time in days; 0 by an as-of date
	// InquiryDate is the one in force on the day of asking: a case filed strictly
	// before it is outside.
	InquiryDate cris.Date
	// OutsideFrom is the first day on which the case is outside if nothing else is
	// published, whether it has come or not: date filed + Days + 1. It is zero if the
	// calendar alone changes nothing: by an as-of date, and where nothing was decided.
	OutsideFrom cris.Date

	// Posted is the publication that was used, as it was posted; zero if none was. Its
	// Office is the heading, or the successor, if the time was posted under one.
	Posted ProcessingTime

	Reasons []cris.Reason
}

// DecideEligibility says how the case stands on a day to the processing time posted
// for it, the zero ProcessingTime if none is. FindPosted finds it. A publication for
// another form, type or office, and one that was read only after that day, count as
// none. Nil tables are DefaultTables. For many cases see PostedTable. The caller may keep and change what it gets.
func DecideEligibility(c Case, posted ProcessingTime, on cris.Date, tables *Tables, policy Policy) Eligibility {
	tables, policy = tables.orDefault(), policy.withDefaults()
	// CS-10: processing times are about pending cases.
	if !c.Pending() {
		return Eligibility{Outcome: Decided, On: on, Reasons: []cris.Reason{caseDecided}}
	}
	if reasons := undecided(c.Filed, on, policy.Earliest); len(reasons) > 0 {
		return Eligibility{Outcome: Undecided, On: on, Reasons: reasons}
	}
	if reasons := notPosted(c, posted, on, tables, policy); len(reasons) > 0 {
		terms := unlisted(on, policy)
		return terms.decideUnlisted(&c, reasons, tables)
	}
	terms := termsOf(posted, on, policy)
	return terms.decide(c.Filed)
}

// undecided returns why the dates allow no answer.
func undecided(filed, on, earliest cris.Date) (reasons []cris.Reason) {
	if filed.IsZero() {
		reasons = append(reasons, noDateFiled)
	} else if filed.Before(earliest) {
		reasons = append(reasons, filedTooEarly)
	}
	if on.IsZero() {
		reasons = append(reasons, noDayOfAsking)
	} else if filed.After(on) {
		reasons = append(reasons, filedAfterAsking)
	}
	return reasons
}

// notPosted returns why the publication is none for this case on this day.
func notPosted(c Case, posted ProcessingTime, on cris.Date, tables *Tables, policy Policy) (reasons []cris.Reason) {
	if posted.IsZero() {
		return []cris.Reason{nothingPosted}
	}
	if posted.Form != c.Form || !sameType(c, posted, tables.Forms) {
		reasons = append(reasons, postedForAnotherForm)
	}
	if posted.Office == "" || !postedFor(c.Office, posted.Office, on, tables.Offices) {
		reasons = append(reasons, postedForAnotherOffice)
	}
	if posted.ReadOn.After(on) {
		reasons = append(reasons, readAfterAsking)
	}
	if isStale(posted.ReadOn, on, policy.StaleAfter) {
		reasons = append(reasons, readingTooOld)
	}
	return reasons
}

// isStale reports whether nobody has read the publication for so long that it may have
// disappeared from the site. On which day it was read may not be known.
func isStale(readOn, on cris.Date, staleAfter int) bool {
	return staleAfter > 0 && !readOn.IsZero() && on.DaysSince(readOn) > staleAfter
}

func sameType(c Case, posted ProcessingTime, forms FormTable) bool {
	return posted.FormType == c.FormType ||
		forms.Published(posted.Form, posted.FormType) == forms.Published(c.Form, c.FormType)
}

func postedFor(office, under OfficeCode, on cris.Date, offices OfficeTable) bool {
	if under == office {
		return true
	}
	codes := offices.postedUnder(office, on)
	return slices.Contains(codes[:], under)
}

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

// FindPosted returns the processing time that counts for the case on that day. It may be
// posted for its office, for the one that does its work now, or for the heading of the
// office, and under the type of its form or the key. Of several, one with a figure that
// decides counts before one without, then the one that was read last, then the first in
// this order. It returns the zero ProcessingTime and no error if none is posted.
func FindPosted(ctx context.Context, times ProcessingTimes, c Case, on cris.Date, tables *Tables, policy Policy) (ProcessingTime, error) {
	tables, policy = tables.orDefault(), policy.withDefaults()
	var found *terms
	for _, office := range tables.Offices.postedUnder(c.Office, on) {
		if office == "" {
			continue
		}
		for _, name := range tables.Forms.names(c.Form, c.FormType) {
			posted, err := times.Posted(ctx, PostedUnder{Form: c.Form, FormType: name, Office: office}, on)
			if errors.Is(err, ErrNotFound) {
				continue
			}
			if err != nil {
				return ProcessingTime{}, err
			}
			if terms := termsOf(posted, on, policy); found == nil || terms.isPreferred(found) {
				found = &terms
			}
		}
	}
	if found == nil {
		return ProcessingTime{}, nil
	}
	return found.shared.Posted, nil
}
