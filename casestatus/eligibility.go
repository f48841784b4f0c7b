package casestatus

import (
	"context"
	"errors"

	"github.com/seed28e20331/cris"
)

// EligibilityOutcome says how a case stands to the posted processing time.
type EligibilityOutcome string

// The outcomes of DecideEligibility.
const (
	Within     EligibilityOutcome = "within"
	Outside    EligibilityOutcome = "outside"
	NotPosted  EligibilityOutcome = "not posted" // nothing is posted for the case (CS-7)
	Suppressed EligibilityOutcome = "suppressed" // something is posted, without figures (CS-7)
	Undecided  EligibilityOutcome = "undecided"  // the dates of the case allow no answer
)

// Basis names the figures that a decision rests on, in the order in which they are
// trusted.
type Basis string

// The bases of a decision.
const (
	ByInquiryDate  Basis = "inquiry date"   // the published inquiry date and the day it was read
	ByRange        Basis = "range"          // the first bound of the published range
	ByAsOfDate     Basis = "as-of date"     // the date that the pages of 2013 printed
	ByUnlistedTime Basis = "unlisted forms" // Policy.Unlisted: nothing is posted
)

// Eligibility is the decision whether a case is outside the posted processing time,
// and so whether an inquiry about it may be made.
type Eligibility struct {
	Outcome EligibilityOutcome
	On      cris.Date // the day of asking
	Basis   Basis     // "" unless Within or Outside
	K       int       // days from the inquiry date to the day of asking; 0 by an as-of date
	// InquiryDate is the one in force on the day of asking: a case filed strictly
	// before it is outside.
	InquiryDate cris.Date
	// OutsideFrom is the first day on which the case is outside if nothing else is
	// published, whether it has come or not: date filed + K + 1. It is zero if the
	// calendar alone changes nothing: by an as-of date, and where nothing was decided.
	OutsideFrom cris.Date

	// The publication that was used; zero if none was. Office is the heading if the
	// time was posted under one.
	Office      OfficeCode
	PublishedOn cris.Date
	ReadOn      cris.Date

	Reasons []cris.Reason
}

// DecideEligibility says how the case stands on a day to the processing time posted
// for it, the zero ProcessingTime if none is. FindPosted finds it. A publication for
// another form, type or office, and one that was read only after that day, count as
// none. The caller may keep and change what it gets.
func DecideEligibility(c Case, posted ProcessingTime, on cris.Date, policy Policy) Eligibility {
	if reasons := undecided(c.Filed, on); len(reasons) > 0 {
		return Eligibility{Outcome: Undecided, On: on, Reasons: reasons}
	}
	if reasons := notPosted(c, posted, on, policy.Offices); len(reasons) > 0 {
		// CS-7: unless the policy knows a time for what is not posted, nothing is guessed.
		if days, ok := policy.Unlisted.Days(policy.DaysPerMonth); ok {
			return Eligibility{On: on, Basis: ByUnlistedTime}.byDays(c.Filed, days)
		}
		return Eligibility{Outcome: NotPosted, On: on, Reasons: reasons}
	}
	decision := Eligibility{On: on, Office: posted.Office, PublishedOn: posted.PublishedOn, ReadOn: posted.ReadOn}
	if days, ok := posted.K(); ok {
		decision.Basis = ByInquiryDate
		return decision.byDays(c.Filed, days)
	}
	if days, ok := posted.Threshold.Days(policy.DaysPerMonth); ok {
		decision.Basis = ByRange
		return decision.byDays(c.Filed, days)
	}
	if !posted.AsOf.IsZero() {
		decision.Basis, decision.InquiryDate = ByAsOfDate, posted.AsOf
		return decision.byInquiryDate(c.Filed)
	}
	decision.Outcome = Suppressed
	decision.Reasons = []cris.Reason{{Rule: "CS-7", Text: "the processing time is posted without a figure that decides"}}
	return decision
}

// undecided returns why the dates allow no answer.
func undecided(filed, on cris.Date) (reasons []cris.Reason) {
	if filed.IsZero() {
		reasons = append(reasons, cris.Reason{Rule: "CS-6", Text: "the case on file has no date filed"})
	}
	if on.IsZero() {
		reasons = append(reasons, cris.Reason{Rule: "CS-6", Text: "the day of asking is no date"})
	} else if filed.After(on) {
		reasons = append(reasons, cris.Reason{Rule: "CS-6", Text: "the date filed is after the day of asking"})
	}
	return reasons
}

// notPosted returns why the publication is none for this case on this day.
func notPosted(c Case, posted ProcessingTime, on cris.Date, offices OfficeTable) (reasons []cris.Reason) {
	if posted.IsZero() {
		return []cris.Reason{{Rule: "CS-7", Text: "no processing time is posted for this form, type and office"}}
	}
	if posted.Form != c.Form || posted.FormType != c.FormType {
		reasons = append(reasons, cris.Reason{Rule: "CS-7", Text: "the processing time is posted for another form or type"})
	}
	if posted.Office != c.Office && (posted.Office == "" || posted.Office != offices.heading(c.Office)) {
		reasons = append(reasons, cris.Reason{Rule: "CS-7", Text: "the processing time is posted for another office"})
	}
	if posted.ReadOn.After(on) {
		reasons = append(reasons, cris.Reason{Rule: "CS-7", Text: "the processing time was read after the day of asking"})
	}
	return reasons
}

func (e Eligibility) byDays(filed cris.Date, days int) Eligibility {
	e.K = days
	e.InquiryDate = e.On.AddDays(-days)
	e.OutsideFrom = filed.AddDays(days + 1)
	return e.byInquiryDate(filed)
}

func (e Eligibility) byInquiryDate(filed cris.Date) Eligibility {
	// CS-6: strictly before; a case filed on the inquiry date itself is within.
	if filed.Before(e.InquiryDate) {
		e.Outcome = Outside
		e.Reasons = []cris.Reason{{Rule: "CS-6", Text: "filed before the inquiry date of the day of asking"}}
		return e
	}
	e.Outcome = Within
	e.Reasons = []cris.Reason{{Rule: "CS-6", Text: "filed on or after the inquiry date of the day of asking"}}
	return e
}

// FindPosted returns the processing time that counts for the case on that day: the
// one posted for its office or the one posted for the heading of the office,
// whichever was read later; its own if both were read on one day. It returns the
// zero ProcessingTime and no error if neither is posted.
func FindPosted(ctx context.Context, times ProcessingTimes, c Case, on cris.Date, offices OfficeTable) (ProcessingTime, error) {
	var found ProcessingTime
	for _, office := range []OfficeCode{c.Office, offices.heading(c.Office)} {
		if office == "" {
			continue
		}
		under := c.PostedUnder()
		under.Office = office
		posted, err := times.Posted(ctx, under, on)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return ProcessingTime{}, err
		}
		if found.IsZero() || posted.ReadOn.After(found.ReadOn) {
			found = posted
		}
	}
	return found, nil
}
