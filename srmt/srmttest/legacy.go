package srmttest

import (
	"strconv"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
)

// NewLegacy returns the n-th request of another system, as an import gets it: filed on the day before
// [Start] about a case of its own, with the history of [NewHistory]. The customer writes in English, has
// no representative, and can be reached by every means. The edits change it before it is returned.
func NewLegacy(n int, edits ...func(*srmt.Legacy)) srmt.Legacy {
	receipt := casestatustest.Receipt(n)
	legacy := srmt.Legacy{
		From: srmt.LegacyID{Source: "tracker", ID: strconv.Itoa(n)},
		Request: erequesttest.NewRequest(receipt, n, func(r *erequest.Request) {
			r.Entry = erequest.Entry{Issue: r.Issue, Channel: erequest.Telephone}
			r.FiledAt = Start().AddDate(0, 0, -1)
			r.Filed = cris.DateOf(r.FiledAt, cris.AgencyZone())
			r.RespondBy = r.Filed.AddDays(30)
			r.Language, r.Details.Representative = cris.English, erequest.Representative{}
		}),
		History: NewHistory(""),
	}
	for i := range legacy.History {
		legacy.History[i].Seq, legacy.History[i].Origin = 0, srmt.Origin{}
	}
	for _, edit := range edits {
		edit(&legacy)
	}
	return legacy
}

// UpTo keeps the first n steps of the history of a request of another system.
func UpTo(n int) func(*srmt.Legacy) {
	return func(l *srmt.Legacy) { l.History = l.History[:n] }
}

// ReceivedAt has a request of another system come in at the office.
func ReceivedAt(office casestatus.OfficeCode) func(*srmt.Legacy) {
	return func(l *srmt.Legacy) { l.History[0].Office = office }
}

// fromElsewhere makes a history one that was imported.
func fromElsewhere(n int) func([]srmt.Step) {
	return func(history []srmt.Step) {
		history[0].Origin.Provenance = srmt.Provenance{
			LegacyID: srmt.LegacyID{Source: "tracker", ID: strconv.Itoa(n)}, Steps: len(history), Imported: cris.MustParseDate("2013-08-17"),
		}
	}
}
