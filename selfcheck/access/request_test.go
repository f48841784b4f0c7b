package access_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/access"
)

var today = cris.MustParseDate("2026-03-02")

// complete returns a request with everything that a requester must and should give.
func complete(t *testing.T) access.Request {
	t.Helper()
	name, err := cris.NewPersonName(cris.NameParts{Family: "Muster", Given: "Erika"})
	require.NoError(t, err)
	text := cris.NewPersonal[string]
	return access.Request{
		Kind: access.Amendment, Name: name, Address: text("1 Example Street, Springfield"), BirthDate: cris.NewPersonal(cris.MustParseDate("1980-02-29")),
		BirthPlace: text("Example Town"), Signature: access.Signature{Form: access.Notarized, On: today},
		AboutAnother: true, Consent: access.Signature{Form: access.UnderPenaltyOfPerjury, On: today},
		WhyOnFile: text("I used Self Check."), Components: text("USCIS"), WhenCreated: text("in 2025"),
		Change: text("the date of birth, to read 1980-02-28"), Why: text("It was misread."),
	}
}

func codes(reasons []cris.Reason) (found []cris.Code) {
	for _, reason := range reasons {
		found = append(found, reason.Code)
	}
	return found
}

func TestPV5_CompleteRequest(t *testing.T) {
	for _, kind := range access.Kinds() {
		request := complete(t)
		request.Kind = kind
		decision := access.DecideRequest(request, today)
		require.Equal(t, access.Complete, decision.Outcome)
		require.Equal(t, []cris.Code{"access.request_complete"}, codes(decision.Reasons))
		require.Empty(t, decision.Advice)
	}
}

func TestPV5_WhatARequesterMustGive(t *testing.T) {
	for _, test := range []struct {
		code   cris.Code
		change func(*access.Request)
	}{
		{"access.kind_unknown", func(r *access.Request) { r.Kind = "deletion" }},
		{"access.name_missing", func(r *access.Request) { r.Name = cris.PersonName{} }},
		{"access.address_missing", func(r *access.Request) { r.Address = cris.NewPersonal(" \t") }},
		{"access.birth_date_missing", func(r *access.Request) { r.BirthDate = cris.Personal[cris.Date]{} }},
		{"access.birth_date_impossible", func(r *access.Request) { r.BirthDate = cris.NewPersonal(today.AddDays(1)) }},
		{"access.birth_place_missing", func(r *access.Request) { r.BirthPlace = cris.Personal[string]{} }},
		{"access.signature_missing", func(r *access.Request) { r.Signature.Form = "" }},
		{"access.signature_missing", func(r *access.Request) { r.Signature.Form = "typed" }},
		{"access.signature_undated", func(r *access.Request) { r.Signature.On = cris.Date{} }},
		{"access.signed_ahead", func(r *access.Request) { r.Signature.On = today.AddDays(1) }},
		{"access.consent_missing", func(r *access.Request) { r.Consent = access.Signature{} }},
		{"access.consent_undated", func(r *access.Request) { r.Consent.On = cris.Date{} }},
		{"access.consent_ahead", func(r *access.Request) { r.Consent.On = today.AddDays(1) }},
		{"access.change_missing", func(r *access.Request) { r.Change = cris.Personal[string]{} }},
		{"access.why_missing", func(r *access.Request) { r.Why = cris.Personal[string]{} }},
	} {
		request := complete(t)
		test.change(&request)
		decision := access.DecideRequest(request, today)
		require.Equal(t, access.Incomplete, decision.Outcome, test.code)
		if test.code != "access.kind_unknown" {
			require.Equal(t, []cris.Code{test.code}, codes(decision.Reasons))
		}
		require.Contains(t, codes(decision.Reasons), test.code)
	}
}

func TestPV5_EverythingMissingIsNamedAtOnce(t *testing.T) {
	decision := access.DecideRequest(access.Request{Kind: access.Amendment, AboutAnother: true}, today)
	require.Equal(t, []cris.Code{
		"access.name_missing", "access.address_missing", "access.birth_date_missing", "access.birth_place_missing",
		"access.signature_missing", "access.consent_missing", "access.change_missing", "access.why_missing",
	}, codes(decision.Reasons))
}

// What a requester should give is told, and is no reason to refuse outright.
func TestPV5_WhatHelpsTheSearchIsAdvice(t *testing.T) {
	request := complete(t)
	request.WhyOnFile, request.Components, request.WhenCreated = cris.Personal[string]{}, cris.Personal[string]{}, cris.Personal[string]{}
	decision := access.DecideRequest(request, today)
	require.Equal(t, access.Complete, decision.Outcome)
	require.Equal(t, []cris.Code{"access.why_on_file_missing", "access.components_missing", "access.when_created_missing"}, codes(decision.Advice))
}

func TestPV5_ConsentIsForTheRecordsOfAnotherPerson(t *testing.T) {
	request := complete(t)
	request.AboutAnother, request.Consent = false, access.Signature{}
	request.Kind, request.Change, request.Why = access.RecordAccess, cris.Personal[string]{}, cris.Personal[string]{}
	require.Equal(t, access.Complete, access.DecideRequest(request, today).Outcome)
}
