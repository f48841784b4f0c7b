package casestatus

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// EligibilityOutcome says how a case stands to the posted processing time.
type EligibilityOutcome string

// The outcomes of DecideEligibility.
const (
	Within     EligibilityOutcome = "within"
	Outside    EligibilityOutcome = "outside"
	Decided    EligibilityOutcome = "decided"    // the case is no longer pending (CS-10)
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
// for it: the zero ProcessingTime if nothing is posted. FindPosted finds it. A publication
// for another form, type or office does not count, nor does one that was read only after
// that day. Nil tables are DefaultTables. For many cases see PostedTable. The caller may keep
// and change what it gets.
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

// notPosted returns why the publication does not count for this case on this day.
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
