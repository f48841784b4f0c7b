package access_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

const handle selfcheck.Handle = "ABCDEFGHIJKLMNOPQRSTUVWX23"

var official = selfcheck.Official{ID: "privacy-1", Duties: []selfcheck.Duty{selfcheck.DutyAmendment}}

func field(class disclosure.Class, value string) access.Field {
	return access.Field{Class: class, Value: cris.NewPersonal(value)}
}

// facts are those of a date of birth that was misread.
func facts() access.AmendmentFacts {
	return access.AmendmentFacts{
		By: official, Handle: handle,
		Current: []access.Field{field(disclosure.Name, "Erika Muster"), field(disclosure.BirthDate, "1980-02-29"), field(disclosure.ANumber, "A900000001")},
		Asked:   []access.Field{field(disclosure.BirthDate, "1980-02-28")},
		Finding: access.NotAccurate,
	}
}

func TestPV5_RecordThatIsNotRightIsAmended(t *testing.T) {
	for _, finding := range access.Findings()[:4] {
		f := facts()
		f.Finding = finding
		f.Asked = append(f.Asked, field(disclosure.Name, "Erika Muster"), access.Field{Class: disclosure.ANumber}) // one as it is, one to remove
		decision := access.DecideAmendment(f, access.Policy{})
		require.Equal(t, access.Amended, decision.Outcome)
		require.Equal(t, []disclosure.Class{disclosure.BirthDate, disclosure.ANumber}, decision.Classes)
		require.Equal(t, []access.Field{f.Asked[0], f.Asked[2]}, decision.Changes)
		require.Zero(t, decision.Appeal)
		require.Equal(t, []cris.Code{"access.record_amended"}, codes(decision.Reasons))
	}
}

func TestPV5_RefusalNamesTheReasonAndTheWayOfAppeal(t *testing.T) {
	words := cris.NewWords(access.Words()...)
	for finding, code := range map[access.Finding]cris.Code{
		access.RecordIsRight: "access.record_right", access.EvidenceMissing: "access.no_evidence", access.OtherAgencysData: "access.kept_by_other_agency",
	} {
		f := facts()
		f.Finding = finding
		decision := access.DecideAmendment(f, access.Policy{})
		require.Equal(t, access.Refused, decision.Outcome)
		require.Equal(t, []cris.Code{code}, codes(decision.Reasons))
		require.Nil(t, decision.Changes)
		require.Equal(t, access.DefaultPolicy().Appeal, decision.Appeal)
		answer := say(words, cris.English, decision.Answer())
		require.Contains(t, answer, "Write to the DHS Office of the General Counsel or its designee")
		require.Contains(t, answer, "within 60 days")
		require.Contains(t, say(words, cris.Spanish, decision.Answer()), "Oficina del Asesor Jurídico")

		own := access.Appeal{To: cris.Phrase{English: "the Appeals Officer, 1 Example Street"}, WithinDays: 90}
		decision = access.DecideAmendment(f, access.Policy{Appeal: own})
		require.Contains(t, say(words, cris.English, decision.Answer()), "the Appeals Officer, 1 Example Street. Your appeal must arrive within 90 days")

		f.OnAppeal = true
		decision = access.DecideAmendment(f, access.Policy{})
		require.Equal(t, access.Upheld, decision.Outcome)
		require.Zero(t, decision.Appeal)
		require.Equal(t, []cris.Code{code, "access.refusal_final"}, codes(decision.Reasons))
		answer = say(words, cris.English, decision.Answer())
		require.Contains(t, answer, "short statement that says why you disagree")
		require.Contains(t, answer, "court")
	}
}

func say(words cris.Words, language cris.Language, messages []cris.Message) string {
	var said []string
	for _, message := range messages {
		said = append(said, words.Say(language, message))
	}
	return strings.Join(said, "\n")
}

func TestPV5_EverythingThatKeepsAnAmendmentFromBeingDecided(t *testing.T) {
	for code, change := range map[cris.Code]func(*access.AmendmentFacts){
		"access.duty_missing":        func(f *access.AmendmentFacts) { f.By.Duties = []selfcheck.Duty{selfcheck.DutyDisclosure} },
		"access.handle_missing":      func(f *access.AmendmentFacts) { f.Handle = "x" },
		"access.class_not_on_record": func(f *access.AmendmentFacts) { f.Asked = append(f.Asked, field(disclosure.SSN, "900-00-0001")) },
		"access.class_twice":         func(f *access.AmendmentFacts) { f.Asked = append(f.Asked, field(disclosure.BirthDate, "1980-02-27")) },
		"access.nothing_changes":     func(f *access.AmendmentFacts) { f.Asked = f.Current[:1] },
		"access.finding_missing":     func(f *access.AmendmentFacts) { f.Finding = "" },
		"access.locked_before_query": func(f *access.AmendmentFacts) { f.BeforeQuery = true },
	} {
		f := facts()
		change(&f)
		decision := access.DecideAmendment(f, access.Policy{})
		require.Equal(t, access.NotDecided, decision.Outcome, code)
		require.Equal(t, []cris.Code{code}, codes(decision.Reasons))
		require.Nil(t, decision.Classes)
		require.Nil(t, decision.Changes)
		require.Len(t, decision.Answer(), 2)
	}
	require.Equal(t, []cris.Code{"access.duty_missing", "access.handle_missing", "access.nothing_changes", "access.finding_missing"},
		codes(access.DecideAmendment(access.AmendmentFacts{}, access.Policy{}).Reasons))
}

func TestSC7_WhatWasProvedIsNotAmendedBeforeTheQuery(t *testing.T) {
	for _, class := range []disclosure.Class{disclosure.Name, disclosure.BirthDate, disclosure.SSN} {
		f := facts()
		f.BeforeQuery = true
		f.Current, f.Asked = []access.Field{field(class, "a")}, []access.Field{field(class, "b")}
		require.Equal(t, access.NotDecided, access.DecideAmendment(f, access.Policy{}).Outcome)
		f.BeforeQuery = false
		require.Equal(t, access.Amended, access.DecideAmendment(f, access.Policy{}).Outcome)
	}
	f := facts()
	f.BeforeQuery = true
	f.Asked = []access.Field{field(disclosure.ANumber, "A900000002")}
	require.Equal(t, access.Amended, access.DecideAmendment(f, access.Policy{}).Outcome)
}

// Whatever is asked, only what was asked, was on record and differs is amended, and a decision
// prints no value.
func TestPV5_NothingElseIsAmended(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 2011)) // the same facts each time
	draw := func() (fields []access.Field) {
		for range random.IntN(4) {
			class := disclosure.Classes()[random.IntN(5)]
			fields = append(fields, field(class, fmt.Sprintf("planted-%d", random.IntN(3))))
		}
		return fields
	}
	amended := 0
	for range 20_000 {
		f := facts()
		f.Current, f.Asked = draw(), draw()
		f.Finding = access.Findings()[random.IntN(len(access.Findings()))]
		f.OnAppeal, f.BeforeQuery = random.IntN(2) == 0, random.IntN(4) == 0
		decision := access.DecideAmendment(f, access.Policy{})
		require.NotContains(t, fmt.Sprintf("%+v %#v", decision, decision), "planted")
		require.Equal(t, decision.Outcome == access.Amended, len(decision.Changes) > 0)
		require.NotEmpty(t, decision.Reasons)
		for _, change := range decision.Changes {
			amended++
			require.Contains(t, f.Asked, change)
			require.NotContains(t, f.Current, change)
			require.True(t, slices.ContainsFunc(f.Current, func(c access.Field) bool { return c.Class == change.Class }))
			require.Contains(t, decision.Classes, change.Class)
			require.True(t, f.Finding.Amends())
		}
	}
	require.NotZero(t, amended)
}
