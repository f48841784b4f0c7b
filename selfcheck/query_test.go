package selfcheck_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// fullI9 has every field filled in, correctly, and no status and document.
func fullI9() selfcheck.I9 {
	return selfcheck.I9{
		ANumber:        cris.NewPersonal("A087-654-321"),
		PassportNumber: cris.NewPersonal("p12803467"),
		Country:        cris.NewPersonal("swe"),
		I94Number:      cris.NewPersonal("123456789a1"),
		VisaNumber:     cris.NewPersonal("k 1234567"),
		SEVISNumber:    cris.NewPersonal("0012345678"),
		CardNumber:     cris.NewPersonal("ioe*123456789"),
		DocumentNumber: cris.NewPersonal("DL-99*1"),
		State:          cris.NewPersonal("oh"),
		ExpirationDate: cris.NewPersonal(today),
	}
}

// with returns an I9 of that choice in which only the given fields are filled in.
func with(status selfcheck.CitizenshipStatus, a, b, c selfcheck.Document, fields ...selfcheck.Field) selfcheck.I9 {
	full := fullI9()
	entered := selfcheck.I9{Status: status, ListA: a, ListB: b, ListC: c}
	for _, field := range fields {
		switch field {
		case selfcheck.FieldSSN, selfcheck.FieldName, selfcheck.FieldBirthDate: // the proofing brought it
		case selfcheck.FieldANumber:
			entered.ANumber = full.ANumber
		case selfcheck.FieldPassportNumber:
			entered.PassportNumber = full.PassportNumber
		case selfcheck.FieldCountry:
			entered.Country = full.Country
		case selfcheck.FieldI94Number:
			entered.I94Number = full.I94Number
		case selfcheck.FieldVisaNumber:
			entered.VisaNumber = full.VisaNumber
		case selfcheck.FieldSEVISNumber:
			entered.SEVISNumber = full.SEVISNumber
		case selfcheck.FieldCardNumber:
			entered.CardNumber = full.CardNumber
		case selfcheck.FieldDocumentNumber:
			entered.DocumentNumber = full.DocumentNumber
		case selfcheck.FieldState:
			entered.State = full.State
		case selfcheck.FieldExpirationDate:
			entered.ExpirationDate = full.ExpirationDate
		}
	}
	return entered
}

const (
	aNumber  = selfcheck.FieldANumber
	passport = selfcheck.FieldPassportNumber
	country  = selfcheck.FieldCountry
	i94      = selfcheck.FieldI94Number
	visa     = selfcheck.FieldVisaNumber
	sevis    = selfcheck.FieldSEVISNumber
	card     = selfcheck.FieldCardNumber
	number   = selfcheck.FieldDocumentNumber
	state    = selfcheck.FieldState
	expires  = selfcheck.FieldExpirationDate
)

// allFields are the fields beside the Social Security number, in the order of reasons.
var allFields = []selfcheck.Field{aNumber, passport, country, i94, visa, sevis, card, number, state, expires}

// choices are what Form I-9 asks for by status and document.
var choices = []struct {
	status              selfcheck.CitizenshipStatus
	listA, listB, listC selfcheck.Document
	required, optional  []selfcheck.Field
	oneOf               []selfcheck.Field
}{
	{selfcheck.USCitizen, selfcheck.USPassport, "", "", []selfcheck.Field{passport, expires}, nil, nil},
	{selfcheck.USCitizen, "", selfcheck.DriversLicense, selfcheck.SocialSecurityCard, []selfcheck.Field{number, state}, []selfcheck.Field{expires}, nil},
	{selfcheck.USCitizen, "", selfcheck.SchoolRecord, selfcheck.USBirthCertificate, nil, nil, nil},
	{selfcheck.USCitizen, "", selfcheck.NativeAmericanTribalDocument, selfcheck.NativeAmericanTribalDocument, nil, []selfcheck.Field{expires}, nil},
	{selfcheck.NoncitizenNational, selfcheck.USPassport, "", "", []selfcheck.Field{passport, expires}, nil, nil},
	{selfcheck.NoncitizenNational, "", selfcheck.StateIDCard, selfcheck.FormI197, []selfcheck.Field{number, state}, []selfcheck.Field{expires}, nil},
	{selfcheck.LawfulPermanentResident, selfcheck.PermanentResidentCard, "", "", []selfcheck.Field{aNumber, card}, []selfcheck.Field{expires}, nil},
	{selfcheck.LawfulPermanentResident, selfcheck.ForeignPassportWithI551Stamp, "", "", []selfcheck.Field{aNumber, passport, country, expires}, nil, nil},
	{selfcheck.LawfulPermanentResident, "", selfcheck.USMilitaryCard, selfcheck.SocialSecurityCard, []selfcheck.Field{aNumber}, []selfcheck.Field{expires}, nil},
	{selfcheck.NoncitizenAuthorizedToWork, selfcheck.EmploymentAuthorizationDocument, "", "", []selfcheck.Field{aNumber, card, expires}, nil, nil},
	{selfcheck.NoncitizenAuthorizedToWork, selfcheck.ForeignPassportWithI94, "", "", []selfcheck.Field{passport, country, i94, expires}, []selfcheck.Field{aNumber, visa, sevis}, nil},
	{selfcheck.NoncitizenAuthorizedToWork, selfcheck.FormI94, "", "", []selfcheck.Field{i94, expires}, []selfcheck.Field{aNumber, passport, country}, nil},
	{selfcheck.USCitizen, selfcheck.USPassportReceipt, "", "", nil, []selfcheck.Field{passport, expires}, nil},
	{selfcheck.NoncitizenNational, selfcheck.USPassportReceipt, "", "", nil, []selfcheck.Field{passport, expires}, nil},
	{selfcheck.LawfulPermanentResident, selfcheck.FormI94Receipt, "", "", []selfcheck.Field{aNumber}, []selfcheck.Field{i94, expires}, nil},
	{selfcheck.NoncitizenAuthorizedToWork, selfcheck.FormI94Receipt, "", "", []selfcheck.Field{i94}, []selfcheck.Field{aNumber, expires}, nil},
	{selfcheck.NoncitizenAuthorizedToWork, "", selfcheck.SchoolIDCard, selfcheck.SocialSecurityCard, nil, []selfcheck.Field{expires}, []selfcheck.Field{aNumber, i94}},
}

func TestSC9_AsksForWhatTheFormAsksFor(t *testing.T) {
	locked := passed("check-1").Identity()
	for _, choice := range choices {
		t.Run(string(choice.status)+"/"+string(choice.listA+choice.listB+choice.listC), func(t *testing.T) {
			entered := func(fields ...selfcheck.Field) selfcheck.QueryDecision {
				return selfcheck.DecideQuery(locked, with(choice.status, choice.listA, choice.listB, choice.listC, fields...), today)
			}
			oneOf := choice.oneOf
			if len(oneOf) == 0 {
				oneOf = []selfcheck.Field{""}
			}
			for _, one := range oneOf {
				enough := append([]selfcheck.Field{one}, choice.required...)
				require.Equal(t, selfcheck.QueryAccepted, entered(enough...).Outcome, "with %q", one)
				require.Equal(t, selfcheck.QueryAccepted, entered(append(enough, choice.optional...)...).Outcome, "with everything optional")
			}
			// Everything that is missing, at once and in order.
			var missing []cris.Reason
			for _, field := range allFields {
				if slices.Contains(choice.required, field) {
					missing = append(missing, reason(cris.Code(field)+"_missing"))
				}
			}
			if len(choice.oneOf) > 0 {
				missing = append(missing, reason("a_number_or_i94_number_missing"))
			}
			if len(missing) == 0 {
				missing = complete
			}
			require.Equal(t, missing, entered().Reasons)
			// Everything that is not asked for, at once and in order.
			var notAsked []cris.Reason
			for _, field := range allFields {
				if !slices.Contains(slices.Concat(choice.required, choice.optional, choice.oneOf), field) {
					notAsked = append(notAsked, reason(cris.Code(field)+"_not_asked"))
				}
			}
			require.Equal(t, notAsked, entered(allFields...).Reasons)
		})
	}
}

func TestSC9_DocumentsGoTogetherAndWithTheStatus(t *testing.T) {
	together, unknown := reasons("documents_do_not_go_together"), reasons("document_unknown")
	for _, tc := range []struct {
		name    string
		status  selfcheck.CitizenshipStatus
		a, b, c selfcheck.Document
		want    []cris.Reason
	}{
		{"no status", "", selfcheck.USPassport, "", "", reasons("status_unknown")},
		{"unknown status", "CITIZEN", selfcheck.USPassport, "", "", reasons("status_unknown")},
		{"status in small letters", "us_citizen", selfcheck.USPassport, "", "", reasons("status_unknown")},
		{"neither status nor document", "", "", "", "", reasons("status_unknown", "document_unknown")},
		{"no document", selfcheck.USCitizen, "", "", "", unknown},
		{"unknown document", selfcheck.USCitizen, "LIBRARY_CARD", "", "", unknown},
		{"unknown document of list B", selfcheck.USCitizen, "", "LIBRARY_CARD", selfcheck.SocialSecurityCard, unknown},
		{"unknown document of list C", selfcheck.USCitizen, "", selfcheck.DriversLicense, "LIBRARY_CARD", unknown},
		{"list A and B", selfcheck.USCitizen, selfcheck.USPassport, selfcheck.DriversLicense, "", together},
		{"list A and C", selfcheck.USCitizen, selfcheck.USPassport, "", selfcheck.SocialSecurityCard, together},
		{"all three lists", selfcheck.USCitizen, selfcheck.USPassport, selfcheck.DriversLicense, selfcheck.SocialSecurityCard, together},
		{"list B alone", selfcheck.USCitizen, "", selfcheck.DriversLicense, "", together},
		{"list C alone", selfcheck.USCitizen, "", "", selfcheck.SocialSecurityCard, together},
		{"list B in place of A", selfcheck.USCitizen, selfcheck.DriversLicense, "", "", unknown},
		{"list B in place of C", selfcheck.USCitizen, "", selfcheck.DriversLicense, selfcheck.DriversLicense, unknown},
		{"list C in place of B", selfcheck.USCitizen, "", selfcheck.SocialSecurityCard, selfcheck.SocialSecurityCard, unknown},
		{"citizen with a permanent resident card", selfcheck.USCitizen, selfcheck.PermanentResidentCard, "", "", together},
		{"permanent resident with a U.S. passport", selfcheck.LawfulPermanentResident, selfcheck.USPassport, "", "", together},
		{"permanent resident with an EAD", selfcheck.LawfulPermanentResident, selfcheck.EmploymentAuthorizationDocument, "", "", together},
		{"citizen with a receipt for Form I-94", selfcheck.USCitizen, selfcheck.FormI94Receipt, "", "", together},
		{"permanent resident with a receipt for a passport", selfcheck.LawfulPermanentResident, selfcheck.USPassportReceipt, "", "", together},
		{"noncitizen with a permanent resident card", selfcheck.NoncitizenAuthorizedToWork, selfcheck.PermanentResidentCard, "", "", together},
	} {
		t.Run(tc.name, func(t *testing.T) {
			decision := selfcheck.DecideQuery(passed("check-1").Identity(), with(tc.status, tc.a, tc.b, tc.c, allFields...), today)
			require.Equal(t, selfcheck.QueryDecision{Outcome: selfcheck.QueryRefused, Reasons: tc.want}, decision)
			_, ok := selfcheck.FieldsFor(tc.status, tc.a, tc.b, tc.c)
			require.False(t, ok)
		})
	}
}

func TestSC9_FieldsForEachChoice(t *testing.T) {
	pair := []selfcheck.Field{aNumber, i94}
	chosen := 0
	for _, status := range selfcheck.CitizenshipStatuses() {
		for _, a := range append(selfcheck.ListA(), "") {
			for _, b := range append(selfcheck.ListB(), "") {
				for _, c := range append(selfcheck.ListC(), "") {
					fields, ok := selfcheck.FieldsFor(status, a, b, c)
					if !ok {
						continue
					}
					chosen++
					if fields.OneOf != nil {
						require.Equal(t, pair, fields.OneOf, "the only pair for which there is a reason")
					}
					seen := map[selfcheck.Field]bool{}
					for _, field := range slices.Concat(fields.Required, fields.OneOf, fields.Optional) {
						require.False(t, seen[field], "%s twice for %s %s %s %s", field, status, a, b, c)
						require.Contains(t, allFields, field)
						seen[field] = true
					}
				}
			}
		}
	}
	require.Equal(t, 11+len(selfcheck.CitizenshipStatuses())*len(selfcheck.ListB())*len(selfcheck.ListC()), chosen)
}

func TestSC9_NumbersThatNobodyHas(t *testing.T) {
	for _, tc := range []struct {
		a, b, c selfcheck.Document
		status  selfcheck.CitizenshipStatus
		change  func(*selfcheck.I9)
		want    []cris.Reason
	}{
		{status: selfcheck.NoncitizenAuthorizedToWork, a: selfcheck.ForeignPassportWithI94, change: func(e *selfcheck.I9) {
			e.ANumber, e.PassportNumber = cris.NewPersonal("A12"), cris.NewPersonal("p?1")
			e.Country, e.I94Number = cris.NewPersonal("Sweden"), cris.NewPersonal("123")
		}, want: reasons("a_number_malformed", "passport_number_malformed", "country_malformed", "i94_number_malformed")},
		{status: selfcheck.NoncitizenAuthorizedToWork, a: selfcheck.ForeignPassportWithI94, change: func(e *selfcheck.I9) {
			e.ANumber, e.PassportNumber = cris.NewPersonal("A000000000"), cris.NewPersonal("P0000000")
			e.Country, e.I94Number = cris.NewPersonal("ZZZ"), cris.NewPersonal("00000000000")
		}, want: reasons("a_number_malformed", "passport_number_malformed", "country_malformed", "i94_number_malformed")},
		{status: selfcheck.NoncitizenAuthorizedToWork, a: selfcheck.ForeignPassportWithI94, change: func(e *selfcheck.I9) {
			e.Country = cris.NewPersonal("usa")
		}, want: reasons("country_not_foreign")},
		{status: selfcheck.LawfulPermanentResident, a: selfcheck.ForeignPassportWithI551Stamp, change: func(e *selfcheck.I9) {
			e.Country = cris.NewPersonal("USA")
		}, want: reasons("country_not_foreign")},
		{status: selfcheck.LawfulPermanentResident, a: selfcheck.PermanentResidentCard, change: func(e *selfcheck.I9) {
			e.CardNumber = cris.NewPersonal("IOE12345")
		}, want: reasons("card_number_malformed")},
		{status: selfcheck.USCitizen, a: selfcheck.USPassport, change: func(e *selfcheck.I9) {
			e.PassportNumber = cris.NewPersonal("1234567890") // good for a foreign passport only
		}, want: reasons("passport_number_malformed")},
		{status: selfcheck.USCitizen, b: selfcheck.DriversLicense, c: selfcheck.SocialSecurityCard, change: func(e *selfcheck.I9) {
			e.DocumentNumber, e.State = cris.NewPersonal("***-000"), cris.NewPersonal("Ohio")
		}, want: reasons("document_number_malformed", "state_malformed")},
		{status: selfcheck.USCitizen, b: selfcheck.StateIDCard, c: selfcheck.SocialSecurityCard, change: func(e *selfcheck.I9) {
			e.State = cris.NewPersonal("AE") // military post, which is not a state
		}, want: reasons("state_malformed")},
		{status: selfcheck.NoncitizenAuthorizedToWork, a: selfcheck.ForeignPassportWithI94, change: func(e *selfcheck.I9) {
			e.VisaNumber, e.SEVISNumber = cris.NewPersonal("K123456"), cris.NewPersonal("M0012345678")
		}, want: reasons("visa_number_malformed", "sevis_number_malformed")},
		{status: selfcheck.USCitizen, a: selfcheck.USPassportReceipt, change: func(e *selfcheck.I9) {
			e.PassportNumber = cris.NewPersonal("AB123456") // good for a foreign passport only
		}, want: reasons("passport_number_malformed")},
	} {
		asked, ok := selfcheck.FieldsFor(tc.status, tc.a, tc.b, tc.c)
		require.True(t, ok)
		entered := with(tc.status, tc.a, tc.b, tc.c, slices.Concat(asked.Required, asked.Optional)...)
		tc.change(&entered)
		require.Equal(t, tc.want, selfcheck.DecideQuery(passed("check-1").Identity(), entered, today).Reasons)
	}
}

// complete is the reason of an accepted query.
var complete = reasons("query_complete")

func TestSC9_WhatCannotBeSeenIsNotFilledIn(t *testing.T) {
	for _, nothing := range []string{"", " ", "\t\n", "\u00a0", "\u200b", "\u00ad", "\u061c", "\u034f", "\u2800"} {
		hidden := cris.NewPersonal(nothing)
		entered := selfchecktest.NewI9(func(e *selfcheck.I9) {
			e.PassportNumber = hidden // asked for
			e.ANumber, e.Country, e.I94Number, e.CardNumber, e.DocumentNumber, e.State = hidden, hidden, hidden, hidden, hidden, hidden
			e.VisaNumber, e.SEVISNumber = hidden, hidden
		})
		require.Equal(t, reasons("passport_number_missing"),
			selfcheck.DecideQuery(passed("check-1").Identity(), entered, today).Reasons, "%q", nothing)
	}
}

func TestSC9_DocumentIsGoodToTheEndOfItsLastDay(t *testing.T) {
	for _, tc := range []struct {
		expires cris.Date
		want    []cris.Reason
	}{
		{today.AddDays(-1), reasons("document_expired")},
		{today, complete},
		{today.AddDays(1), complete},
	} {
		entered := selfchecktest.NewI9(func(e *selfcheck.I9) { e.ExpirationDate = cris.NewPersonal(tc.expires) })
		require.Equal(t, tc.want, selfcheck.DecideQuery(passed("check-1").Identity(), entered, today).Reasons)
	}
	// A date that is not asked for is not judged.
	entered := with(selfcheck.USCitizen, "", selfcheck.SchoolRecord, selfcheck.USBirthCertificate)
	entered.ExpirationDate = cris.NewPersonal(today.AddDays(-1))
	require.Equal(t, reasons("expiration_date_not_asked"), selfcheck.DecideQuery(passed("check-1").Identity(), entered, today).Reasons)
}

func TestSC9_DocumentOfListBWithoutExpirationDate(t *testing.T) {
	locked := passed("check-1").Identity()
	for _, tc := range []struct {
		entered selfcheck.I9
		want    bool
	}{
		{with(selfcheck.USCitizen, "", selfcheck.SchoolIDCard, selfcheck.SocialSecurityCard), true},
		{with(selfcheck.USCitizen, "", selfcheck.SchoolRecord, selfcheck.SocialSecurityCard), true},
		{with(selfcheck.USCitizen, "", selfcheck.SchoolIDCard, selfcheck.SocialSecurityCard, expires), false},
		{with(selfcheck.LawfulPermanentResident, selfcheck.PermanentResidentCard, "", "", aNumber, card), false}, // E-Verify refuses it there
		{with(selfcheck.USCitizen, selfcheck.USPassport, "", "", passport, expires), false},
		{with(selfcheck.USCitizen, selfcheck.USPassportReceipt, "", ""), false},
	} {
		decision := selfcheck.DecideQuery(locked, tc.entered, today)
		require.Equal(t, selfcheck.QueryAccepted, decision.Outcome)
		require.Equal(t, tc.want, decision.Query.HasNoExpirationDate())
	}
	require.False(t, new(selfcheck.Query).HasNoExpirationDate())
}

func TestSC9_SSNIsAskedForIfTheProofingBroughtNone(t *testing.T) {
	pass := selfchecktest.NewPassedProofing("check-1", func(p *selfcheck.PassedProofing) { p.SSN = selfcheck.SSN{} })
	entered := selfchecktest.NewI9()
	require.Equal(t, reasons("ssn_missing"), selfcheck.DecideQuery(pass.Identity(), entered, today).Reasons)

	entered.SSN = selfcheck.MustParseSSN("536-90-4399")
	decision := selfcheck.DecideQuery(pass.Identity(), entered, today)
	require.Equal(t, selfcheck.QueryAccepted, decision.Outcome)
	require.Equal(t, entered.SSN, decision.Query.SSN)
	require.Equal(t, pass.Identity(), decision.Query.Identity)
}

func TestSC9_QueryCarriesWhatWasEntered(t *testing.T) {
	locked := passed("check-1").Identity()
	entered := with(selfcheck.NoncitizenAuthorizedToWork, selfcheck.ForeignPassportWithI94, "", "", aNumber, passport, country, i94, visa, sevis, expires)
	query := selfcheck.DecideQuery(locked, entered, today).Query
	require.Equal(t, locked, query.Identity)
	require.Equal(t, locked.SSN(), query.SSN)
	require.Equal(t, "A087654321", query.ANumber.Reveal())
	require.Equal(t, "P12803467", query.PassportNumber.Reveal())
	require.Equal(t, selfcheck.CountryCode("SWE"), query.Country.Reveal())
	require.Equal(t, "123456789A1", query.I94Number.Reveal())
	require.Equal(t, "K1234567", query.VisaNumber.Reveal())
	require.Equal(t, "N0012345678", query.SEVISNumber.Reveal())
	require.Equal(t, today, query.ExpirationDate.Reveal())

	entered = with(selfcheck.LawfulPermanentResident, selfcheck.PermanentResidentCard, "", "", aNumber, card)
	require.Equal(t, "IOE*123456789", selfcheck.DecideQuery(locked, entered, today).Query.CardNumber.Reveal().String())

	entered = with(selfcheck.USCitizen, "", selfcheck.DriversLicense, selfcheck.SocialSecurityCard, number, state)
	query = selfcheck.DecideQuery(locked, entered, today).Query
	require.Equal(t, "DL-99*1", query.DocumentNumber.Reveal())
	require.Equal(t, selfcheck.StateCode("OH"), query.State.Reveal())
}

func TestSC7_ProvedSSNCannotBeReplaced(t *testing.T) {
	locked := passed("check-1").Identity()
	for _, ssn := range []selfcheck.SSN{selfcheck.MustParseSSN("536-90-4399"), locked.SSN()} {
		entered := selfchecktest.NewI9()
		entered.SSN = ssn
		decision := selfcheck.DecideQuery(locked, entered, today)
		require.Equal(t, selfcheck.QueryRefused, decision.Outcome)
		require.Equal(t, reasons("ssn_proved_already"), decision.Reasons)
	}
}

func TestSC1_NobodyHasNoQuery(t *testing.T) {
	decision := selfcheck.DecideQuery(selfcheck.LockedIdentity{}, selfcheck.I9{}, today)
	require.Equal(t, selfcheck.QueryRefused, decision.Outcome)
	require.Zero(t, decision.Query)
	require.Equal(t, reasons("no_passed_proofing", "ssn_missing", "status_unknown", "document_unknown"), decision.Reasons)
}

func TestAskedFor_GivesTheCallerItsOwnLists(t *testing.T) {
	asked, _ := selfcheck.FieldsFor(selfcheck.USCitizen, selfcheck.USPassport, "", "")
	asked.Required[0] = "changed"
	again, _ := selfcheck.FieldsFor(selfcheck.USCitizen, selfcheck.USPassport, "", "")
	require.Equal(t, passport, again.Required[0])
}
