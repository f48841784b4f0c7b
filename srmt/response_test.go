package srmt_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
	letters "github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

var letter = cris.NewPersonal("Dear Ana María, your card is on its way.")

// filed is a request of a customer who can be reached by every means, and onFile what is known of it.
var (
	filed  = erequesttest.NewDetails(erequest.CardNotReceived)
	onFile = srmt.OnFile{Filed: erequest.Request{Details: filed}}
)

// What the research has shown: of requests of srmttest.NewHistory, and of those of a desk.
const (
	mailedAgain = letters.MailedAgain
	found       = letters.Corrected
)

func TestSR7_OfficerAnswersByLetterEmailOrTelephone(t *testing.T) {
	assigned := stateAfter(t, 2)
	for _, means := range []erequest.Means{erequest.ByLetter, erequest.ByEmail, erequest.ByTelephone} {
		decision := srmt.DecideResponse(assigned, by(officer, assigned), onFile, srmt.Response{Means: means, Finding: mailedAgain, Text: letter}, srmt.Policy{})
		require.Equal(t, srmt.Decision{
			Outcome: srmt.Allowed,
			Step: srmt.Step{
				Seq: 3, Kind: srmt.StepResponded, At: srmttest.Start(), By: "iio-nsc-1", Finding: mailedAgain,
				Message: srmt.Message{Direction: srmt.ToCustomer, Means: means, Text: letter},
			},
			Reasons: []cris.Reason{reason("response_recorded")},
		}, decision)
		require.Equal(t, srmt.Closed, requireFollows(t, decision, 2).Status)
	}
}

// longest is how many bytes a text may have.
const longest = 20_000

func TestSR7_WhatIsNoResponse(t *testing.T) {
	assigned := stateAfter(t, 2)
	for name, test := range map[string]struct {
		means   erequest.Means
		finding letters.Finding
		text    string
		want    []cris.Code
	}{
		"to nobody":          {"", mailedAgain, "text", []cris.Code{"response_not_to_them"}},
		"other means":        {"fax", mailedAgain, "text", []cris.Code{"response_means_unknown"}},
		"no text":            {erequest.ByLetter, mailedAgain, "", []cris.Code{"response_unreadable"}},
		"blank text":         {erequest.ByLetter, mailedAgain, " \r\n\t ", []cris.Code{"response_unreadable"}},
		"not UTF-8":          {erequest.ByLetter, mailedAgain, "caf\xe9", []cris.Code{"response_unreadable"}},
		"NUL":                {erequest.ByLetter, mailedAgain, "a\x00b", []cris.Code{"response_unreadable"}},
		"too long":           {erequest.ByLetter, mailedAgain, strings.Repeat("x", longest+1), []cris.Code{"response_unreadable"}},
		"no finding":         {erequest.ByLetter, "", "text", []cris.Code{"finding_missing"}},
		"an unknown finding": {erequest.ByLetter, "perhaps", "text", []cris.Code{"finding_unsuited"}},
		"of another issue":   {erequest.ByLetter, letters.StillWithin, "text", []cris.Code{"finding_unsuited"}},
		"everything at once": {"fax", "", "\x00", []cris.Code{"response_means_unknown", "response_unreadable", "finding_missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			decision := srmt.DecideResponse(assigned, by(officer, assigned), onFile, srmt.Response{Means: test.means, Finding: test.finding, Text: cris.NewPersonal(test.text)}, srmt.Policy{})
			require.Equal(t, srmt.Refused, decision.Outcome)
			require.Equal(t, reasons(test.want...), decision.Reasons)
		})
	}
}

// SR-7, ER-14: a response goes to whom the request says, to each of them and to nobody else, by a
// means that each of them gave.
func TestSR7_AResponseGoesToWhomTheRequestSaysByAMeansTheyGave(t *testing.T) {
	const letter, email, phone = erequest.ByLetter, erequest.ByEmail, erequest.ByTelephone
	all := append(erequest.AllMeans(), "", "fax")
	assigned := stateAfter(t, 2)
	contact := func(given ...erequest.Means) (c erequest.Contact) {
		full := filed.Contact
		for _, means := range given {
			switch means {
			case letter:
				c.Address = full.Address
			case email:
				c.Email = full.Email
			case phone:
				c.Phone = full.Phone
			}
		}
		return c
	}
	for _, to := range append(erequest.Recipients(), "") {
		for _, ofCustomer := range [][]erequest.Means{{letter}, {email, phone}, {letter, email, phone}} {
			for _, ofRepresentative := range [][]erequest.Means{{email}, {letter, phone}} {
				details := erequest.Details{Contact: contact(ofCustomer...), Representative: erequest.Representative{RespondTo: to, Contact: contact(ofRepresentative...)}}
				for _, means := range all {
					for _, toRepresentative := range all {
						fits := func(by erequest.Means, given []erequest.Means, isToGet bool) bool {
							return isToGet && slices.Contains(given, by) || !isToGet && by == ""
						}
						want := fits(means, ofCustomer, to != erequest.ToRepresentative) &&
							fits(toRepresentative, ofRepresentative, to == erequest.ToRepresentative || to == erequest.ToBoth)
						response := srmt.Response{Means: means, ToRepresentative: toRepresentative, Finding: mailedAgain, Text: cris.NewPersonal("text")}
						decision := srmt.DecideResponse(assigned, by(officer, assigned), srmt.OnFile{Filed: erequest.Request{Details: details}}, response, srmt.Policy{})
						require.Equal(t, want, decision.Outcome == srmt.Allowed, "%s: %v %v by %q %q: %v", to, ofCustomer, ofRepresentative, means, toRepresentative, decision.Reasons)
						if !want {
							require.Equal(t, cris.RuleID("SR-7"), decision.Reasons[0].Rule)
							continue
						}
						require.Equal(t, srmt.Message{Direction: srmt.ToCustomer, Means: means, ToRepresentative: toRepresentative, Text: response.Text}, decision.Step.Message)
						requireFollows(t, decision, 2)
					}
				}
			}
		}
	}
}

func TestSR4_OnlyWhoHoldsTheRequestResponds(t *testing.T) {
	unassigned, assigned, closed := stateAfter(t, 1), stateAfter(t, 2), stateAfter(t, 7)
	moved := srmt.NewStaff(officer.ID, srmt.IIO, "SSC")
	for name, test := range map[string]struct {
		state  srmt.ServiceRequest
		author srmt.Staff
		want   []cris.RuleID
	}{
		"another officer":               {assigned, otherOfficer, []cris.RuleID{"SR-4"}},
		"a supervisor":                  {assigned, supervisor, []cris.RuleID{"SR-4"}},
		"an officer elsewhere":          {assigned, farOfficer, []cris.RuleID{"SR-4"}},
		"who held it and moved away":    {assigned, moved, []cris.RuleID{"SR-4"}},
		"who held it before":            {stateAfter(t, 4), officer, []cris.RuleID{"SR-4"}},
		"an officer, while unassigned":  {unassigned, officer, []cris.RuleID{"SR-4"}},
		"who answered already":          {closed, farOfficer, []cris.RuleID{"SR-1"}},
		"someone else, after the close": {closed, officer, []cris.RuleID{"SR-4"}},
		"PV-3: someone unknown":         {assigned, nobody, []cris.RuleID{"PV-3"}},
		"PV-3: unknown and unassigned":  {unassigned, nobody, []cris.RuleID{"PV-3"}},
	} {
		t.Run(name, func(t *testing.T) {
			requireRefused(t, srmt.DecideResponse(test.state, by(test.author, test.state), onFile, srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Text: letter}, srmt.Policy{}), test.want...)
		})
	}
	// A supervisor to whom it was reassigned holds it.
	reassigned := stateAfter(t, 4)
	require.Equal(t, srmt.Allowed, srmt.DecideResponse(reassigned, by(supervisor, reassigned), onFile, srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Text: letter}, srmt.Policy{}).Outcome)
}
