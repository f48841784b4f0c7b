package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// start is when everything happens: at half past ten in the morning in the agency's zone.
func start() time.Time { return time.Date(2022, time.August, 15, 14, 30, 0, 123456000, time.UTC) }

// person is a made-up customer. Everything about the n-th person follows from n.
type person int

// mailed is the case of a document that was mailed, and about which the person writes.
func (p person) mailed() casestatus.Case {
	return casestatustest.NewPendingCase(2*int(p), func(c *casestatus.Case) { c.Addresses = nil })
}

// called is the case about which the person calls.
func (p person) called() casestatus.Case {
	return casestatustest.NewPendingCase(2*int(p)+1, func(c *casestatus.Case) { c.Addresses = nil })
}

// piece is the document in the mail: it is on its way, and went quiet.
func (p person) piece() casestatus.Piece {
	piece := casestatustest.NewPiece(int(p), 4)
	piece.Scans = piece.Scans[:3]
	return piece
}

// day is the file of scans that tells of the piece.
func (p person) day() tracking.Content {
	return tracking.Content{ID: trackingtest.FileID(int(p)), Name: "day.txt", Records: func(yield func(tracking.Record, error) bool) {
		for i, scan := range p.piece().Scans {
			if !yield(tracking.Record{Line: i + 2, Scan: scan}, nil) {
				return
			}
		}
	}}
}

func (p person) officer() srmt.Staff {
	return srmt.NewStaff(srmt.StaffID(fmt.Sprintf("iio-nsc-%d", int(p)+1)), srmt.IIO, "NSC")
}

// colleague gets the request later.
func (p person) colleague() srmt.Staff {
	return srmt.NewStaff(srmt.StaffID(fmt.Sprintf("iio-nsc-%d-b", int(p)+1)), srmt.IIO, "NSC")
}

// supervisor is the same for all.
func supervisor() srmt.Staff { return srmttest.Supervisor("NSC", 1) }

func (p person) token() selfcheck.Token { return selfchecktest.Token(int(p)) }

// firstBirth is the date of birth of the first person; the next was born a day later.
const firstBirth = "1971-01-01"

func (p person) applicant() selfcheck.Applicant {
	return selfchecktest.NewApplicant(func(a *selfcheck.Applicant) {
		a.BirthDate = cris.NewPersonal(cris.MustParseDate(firstBirth).AddDays(int(p)))
		a.SSN = selfcheck.MustParseSSN(p.ssn())
	})
}

func (p person) ssn() string {
	return fmt.Sprintf("%03d-%02d-%04d", 201+int(p)*7%90, 11+int(p)*13%80, 2001+int(p))
}

// isAuthorized reports whether the records of the agencies match: those of every other person do.
func (p person) isAuthorized() bool { return p%2 == 0 }

// finds is the result of the query.
func (p person) finds() selfcheck.Result {
	if p.isAuthorized() {
		return selfcheck.WorkAuthorizationConfirmed
	}
	return selfcheck.SSAMismatch
}

// resolves is what follows when the person declines to resolve a mismatch.
func (p person) resolves() selfcheck.ResolutionOutcome {
	if p.isAuthorized() {
		return selfcheck.NothingToResolve
	}
	return selfcheck.Declined
}

// newEVerify returns an E-Verify that knows so many people.
func newEVerify(now func() time.Time, people int) *everifytest.Server {
	server := everifytest.NewServer(everifytest.Config{Now: now})
	for n := range people {
		if p := person(n); !p.isAuthorized() {
			server.SetScript(p.ssn(), everifytest.Script{Submit: everifytest.SSAMismatch})
		}
	}
	return server
}

// numberOf returns the number that the provider gives to the proofing of a person.
func numberOf(a selfcheck.Applicant) selfcheck.IdPTransactionID {
	n := a.BirthDate.Reveal().DaysSince(cris.MustParseDate(firstBirth))
	return selfcheck.IdPTransactionID(fmt.Sprintf("IDP-%06d", n))
}

// applicantOf returns whom the provider has under a number of its own.
func applicantOf(number selfcheck.IdPTransactionID) selfcheck.Applicant {
	var n int
	if _, err := fmt.Sscanf(string(number), "IDP-%d", &n); err != nil {
		panic(err)
	}
	return person(n).applicant()
}

// secrets are texts that no error may repeat (PV-1), in lower case.
func secrets() []string {
	return []string{
		"lindstr", "okafor", "kiel ave", "kinnelon", "elm street", "oak lane", "evanston", "ana@example.org", "555 0143",
		"lindqvistson", "ottoline", "brackenbury", "512803467", "1984-02-29", "-2001", "-2002",
		strings.ToLower(selfchecktest.Token(0).Reveal()[:20]),
	}
}

// repeats reports whether a text has something of a person in it.
func repeats(text string) bool {
	text = strings.ToLower(text)
	for _, secret := range secrets() {
		if strings.Contains(text, secret) {
			return true
		}
	}
	return false
}
