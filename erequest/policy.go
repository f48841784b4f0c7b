package erequest

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// WaitScope says which earlier requests the 30-day rule looks at (ER-11).
type WaitScope string

// The scopes of the 30-day rule.
const (
	SameCase         WaitScope = "same_case"
	SameCaseAndIssue WaitScope = "same_case_and_issue"
)

// WaitScopes lists the scopes of the 30-day rule.
func WaitScopes() []WaitScope { return []WaitScope{SameCase, SameCaseAndIssue} }

// Policy holds the figures that an integrator may change. A field that is left at zero
// means its default; a negative number of days means no wait, or a response on the same day.
type Policy struct {
	Zone         *time.Location  // whose calendar counts
	WaitDays     int             // calendar days from filing until a new inquiry may be made (ER-9)
	ResponseDays int             // calendar days from filing within which the agency intends to respond (ER-8)
	WaitScope    WaitScope       // which earlier requests the wait looks at (ER-11)
	OverlapDays  int             // for how many days after a change of address the ZIP code before it counts too (CA-1); negative: none
	Online       []Offer         // what online requests are open for; nil: every form and every issue but AppointmentAccommodation
	ReportAfter  []ReportDelay   // when mail that did not come may be reported: the first row that fits counts; 30 days without one
	Places       Places          // where the other ways lead
	Notices      cris.Templates  // the confirmation notices, those of past days among them, made by NewNotice (ER-8)
	StaffNotices cris.Templates  // those for requests that staff took, made by NewStaffNotice
	Statements   cris.Statements // the Privacy Act Statements, those of past days among them (ER-7)
}

// Offer opens online requests for a form and an issue.
type Offer struct {
	Form  casestatus.FormNumber // "": any form
	Issue Issue                 // "": any issue but AppointmentAccommodation, which has to be named
}

// Offers reports whether online requests about the issue are open for the form, which is read
// with casestatus.ParseFormNumber. They are never open for an issue that is not among Issues.
func (p Policy) Offers(issue Issue, form casestatus.FormNumber) bool {
	offers := p.Online
	if offers == nil {
		offers = []Offer{{}}
	}
	return slices.Contains(Issues(), issue) && slices.ContainsFunc(offers, func(o Offer) bool {
		isForm := o.Form == "" || canonicalForm(o.Form) == canonicalForm(form)
		return isForm && (o.Issue == issue || o.Issue == "" && issue != AppointmentAccommodation)
	})
}

// takes reports whether requests about the issue are taken on the channel. Staff take every
// request except about an issue that the policy has to open first.
func (p Policy) takes(issue Issue, form casestatus.FormNumber, channel Channel) bool {
	return channel != Online && issue != AppointmentAccommodation || p.Offers(issue, form)
}

// ReportDelay says after how many days mail that did not come may be reported.
type ReportDelay struct {
	Document casestatus.Document // "": any document
	Issue    Issue               // "": any issue
	Days     int                 // calendar days from the mailing; zero means 30, a negative number no wait
}

// reportDays returns after how many days it may be reported that the document did not come.
func (p Policy) reportDays(issue Issue, document casestatus.Document) int {
	for _, row := range p.ReportAfter {
		if (row.Document == "" || row.Document == document) && (row.Issue == "" || row.Issue == issue) {
			return min(max(0, cmp.Or(row.Days, standardReportDays)), mostDays)
		}
	}
	return standardReportDays
}

// standardReportDays is after how many days a notice, a card or a document that was mailed may
// be reported as not received.
const standardReportDays = 30

// DefaultPolicy is the policy of the documents: a wait of 30 days and a response within 30 days,
// whatever the issue, in the agency's zone, with the statements, notices and places of this package.
func DefaultPolicy() Policy { return Policy{}.withDefaults() }

// clone returns a copy that shares nothing with p.
func (p Policy) clone() Policy {
	p.Online, p.ReportAfter, p.Statements = slices.Clone(p.Online), slices.Clone(p.ReportAfter), slices.Clone(p.Statements)
	p.Notices, p.StaffNotices = slices.Clone(p.Notices), slices.Clone(p.StaffNotices)
	p.Places = maps.Clone(p.Places)
	for way, place := range p.Places {
		place.Address = slices.Clone(place.Address)
		p.Places[way] = place
	}
	return p
}

// mostDays is the longest that any of the days may be: for good, since no case is that old.
const mostDays = 100 * 366

// withDefaults puts the default in place of every field that is zero. A negative number of
// days stays what it is: a service and the rules that it calls both do this. More days than a
// century has count as a century.
func (p Policy) withDefaults() Policy {
	if p.Zone == nil {
		p.Zone = cris.AgencyZone()
	}
	p.WaitDays = min(cmp.Or(p.WaitDays, 30), mostDays)
	p.ResponseDays = min(cmp.Or(p.ResponseDays, 30), mostDays)
	p.WaitScope = cmp.Or(p.WaitScope, SameCase)
	p.OverlapDays = min(cmp.Or(p.OverlapDays, 30), mostDays)
	if p.Places == nil {
		p.Places = DefaultPlaces()
	}
	if p.Notices == nil {
		p.Notices = Notices()
	}
	if p.StaffNotices == nil {
		p.StaffNotices = StaffNotices()
	}
	if p.Statements == nil {
		p.Statements = Statements()
	}
	return p
}
