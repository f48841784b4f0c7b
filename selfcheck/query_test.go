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
		CardNumber:     cris.NewPersonal("ioe*123456789"),
		DocumentNumber: cris.NewPersonal("DL-99*1"),
		State:          cris.NewPersonal("oh"),
		Expires:        cris.NewPersonal(today),
	}
}

// with returns an I9 of that choice in which only the given fields are filled in.
func with(status selfcheck.CitizenshipStatus, a, b, c selfcheck.Document, fields ...selfcheck.Field) selfcheck.I9 {
	full := fullI9()
	entered := selfcheck.I9{Status: status, ListA: a, ListB: b, ListC: c}
	for _, field := range fields {
		switch field {
		case selfcheck.FieldSSN: // the proofing brought it
		case selfcheck.FieldANumber:
			entered.ANumber = full.ANumber
		case selfcheck.FieldPassportNumber:
			entered.PassportNumber = full.PassportNumber
		case selfcheck.FieldCountry:
			entered.Country = full.Country
		case selfcheck.FieldI94Number:
			entered.I94Number = full.I94Number
		case selfcheck.FieldCardNumber:
			entered.CardNumber = full.CardNumber
		case selfcheck.FieldDocumentNumber:
			entered.DocumentNumber = full.DocumentNumber
		case selfcheck.FieldState:
			entered.State = full.State
		case selfcheck.FieldExpires:
			entered.Expires = full.Expires
		}
	}
	return entered
}

const (
	aNumber  = selfcheck.FieldANumber
	passport = selfcheck.FieldPassportNumber
	country  = selfcheck.FieldCountry
	i94      = selfcheck.FieldI94Number
	card     = selfcheck.FieldCardNumber
	number   = selfcheck.FieldDocumentNumber
	state    = selfcheck.FieldState
	expires  = selfcheck.FieldExpires
)

// allFields are the fields beside the Social Security number, in the order of reasons.
var allFields = []selfcheck.Field{aNumber, passport, country, i94, card, number, state, expires}

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
	{selfcheck.AlienAuthorizedToWork, selfcheck.EmploymentAuthorizationDocument, "", "", []selfcheck.Field{aNumber, card, expires}, nil, nil},
	{selfcheck.AlienAuthorizedToWork, selfcheck.ForeignPassportWithI94, "", "", []selfcheck.Field{passport, country, i94, expires}, []selfcheck.Field{aNumber}, nil},
	{selfcheck.AlienAuthorizedToWork, selfcheck.FormI94, "", "", []selfcheck.Field{i94, expires}, []selfcheck.Field{aNumber}, nil},
	{selfcheck.AlienAuthorizedToWork, "", selfcheck.SchoolIDCard, selfcheck.SocialSecurityCard, nil, []selfcheck.Field{expires}, []selfcheck.Field{aNumber, i94}},
}

func TestSC9_AsksForWhatTheFormAsksFor(t *testing.T) {
	locked := passed("check-1").Lock()
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
			var missing []string
			for _, field := range allFields {
				if slices.Contains(choice.required, field) {
					missing = append(missing, string(field)+": missing (SC-9)")
				}
			}
			if len(choice.oneOf) > 0 {
				missing = append(missing, "A-Number or I-94 number: missing (SC-9)")
			}
			if len(missing) == 0 {
				missing = complete
			}
			require.Equal(t, missing, texts(entered().Reasons))
			// Everything that is superfluous, at once and in order.
			var superfluous []string
			for _, field := range allFields {
				if !slices.Contains(slices.Concat(choice.required, choice.optional, choice.oneOf), field) {
					superfluous = append(superfluous, string(field)+": not asked for with this status and document (SC-9)")
				}
			}
			require.Equal(t, superfluous, texts(entered(allFields...).Reasons))
		})
	}
}

func TestSC9_DocumentsGoTogetherAndWithTheStatus(t *testing.T) {
	const wrong = "these documents cannot be chosen together, or not with this citizenship status (SC-9)"
	for _, tc := range []struct {
		name    string
		status  selfcheck.CitizenshipStatus
		a, b, c selfcheck.Document
	}{
		{"no status", "", selfcheck.USPassport, "", ""},
		{"unknown status", "CITIZEN", selfcheck.USPassport, "", ""},
		{"no document", selfcheck.USCitizen, "", "", ""},
		{"unknown document", selfcheck.USCitizen, "LIBRARY_CARD", "", ""},
		{"list A and B", selfcheck.USCitizen, selfcheck.USPassport, selfcheck.DriversLicense, ""},
		{"list A and C", selfcheck.USCitizen, selfcheck.USPassport, "", selfcheck.SocialSecurityCard},
		{"all three lists", selfcheck.USCitizen, selfcheck.USPassport, selfcheck.DriversLicense, selfcheck.SocialSecurityCard},
		{"list B alone", selfcheck.USCitizen, "", selfcheck.DriversLicense, ""},
		{"list C alone", selfcheck.USCitizen, "", "", selfcheck.SocialSecurityCard},
		{"list B in place of C", selfcheck.USCitizen, "", selfcheck.DriversLicense, selfcheck.DriversLicense},
		{"list C in place of B", selfcheck.USCitizen, "", selfcheck.SocialSecurityCard, selfcheck.SocialSecurityCard},
		{"citizen with a permanent resident card", selfcheck.USCitizen, selfcheck.PermanentResidentCard, "", ""},
		{"permanent resident with a U.S. passport", selfcheck.LawfulPermanentResident, selfcheck.USPassport, "", ""},
		{"permanent resident with an EAD", selfcheck.LawfulPermanentResident, selfcheck.EmploymentAuthorizationDocument, "", ""},
		{"alien with a permanent resident card", selfcheck.AlienAuthorizedToWork, selfcheck.PermanentResidentCard, "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			decision := selfcheck.DecideQuery(passed("check-1").Lock(), with(tc.status, tc.a, tc.b, tc.c, allFields...), today)
			require.Equal(t, selfcheck.QueryRefused, decision.Outcome)
			require.Equal(t, []string{wrong}, texts(decision.Reasons))
			require.Zero(t, decision.Query)
			_, ok := selfcheck.AskedFor(tc.status, tc.a, tc.b, tc.c)
			require.False(t, ok)
		})
	}
}

func TestSC9_MalformedFields(t *testing.T) {
	for _, tc := range []struct {
		a, b, c selfcheck.Document
		status  selfcheck.CitizenshipStatus
		change  func(*selfcheck.I9)
		want    []string
	}{
		{status: selfcheck.AlienAuthorizedToWork, a: selfcheck.ForeignPassportWithI94, change: func(e *selfcheck.I9) {
			e.ANumber, e.PassportNumber = cris.NewPersonal("A12"), cris.NewPersonal("p-1")
			e.Country, e.I94Number = cris.NewPersonal("Sweden"), cris.NewPersonal("123")
		}, want: []string{
			"A-Number: malformed (SC-9)", "passport number: malformed (SC-9)",
			"country of issuance: malformed (SC-9)", "I-94 number: malformed (SC-9)",
		}},
		{status: selfcheck.LawfulPermanentResident, a: selfcheck.PermanentResidentCard, change: func(e *selfcheck.I9) {
			e.CardNumber = cris.NewPersonal("IOE12345")
		}, want: []string{"card number: malformed (SC-9)"}},
		{status: selfcheck.USCitizen, a: selfcheck.USPassport, change: func(e *selfcheck.I9) {
			e.PassportNumber = cris.NewPersonal("1234567890") // good for a foreign passport only
		}, want: []string{"passport number: malformed (SC-9)"}},
		{status: selfcheck.USCitizen, b: selfcheck.DriversLicense, c: selfcheck.SocialSecurityCard, change: func(e *selfcheck.I9) {
			e.DocumentNumber, e.State = cris.NewPersonal("  "), cris.NewPersonal("Ohio")
		}, want: []string{"document number: malformed (SC-9)", "issuing state: malformed (SC-9)"}},
	} {
		asked, ok := selfcheck.AskedFor(tc.status, tc.a, tc.b, tc.c)
		require.True(t, ok)
		entered := with(tc.status, tc.a, tc.b, tc.c, slices.Concat(asked.Required, asked.Optional)...)
		tc.change(&entered)
		require.Equal(t, tc.want, texts(selfcheck.DecideQuery(passed("check-1").Lock(), entered, today).Reasons))
	}
}

// complete is the reason of an accepted query.
var complete = []string{"what was entered is what the status and the documents ask for (SC-9)"}

func TestSC9_DocumentIsGoodToTheEndOfItsLastDay(t *testing.T) {
	for _, tc := range []struct {
		expires cris.Date
		want    []string
	}{
		{today.AddDays(-1), []string{"the document has expired (SC-9)"}},
		{today, complete},
		{today.AddDays(1), complete},
	} {
		entered := selfchecktest.CitizenI9()
		entered.Expires = cris.NewPersonal(tc.expires)
		require.Equal(t, tc.want, texts(selfcheck.DecideQuery(passed("check-1").Lock(), entered, today).Reasons))
	}
}

func TestSC9_SSNIsAskedForIfTheProofingBroughtNone(t *testing.T) {
	pass := passed("check-1")
	pass.SSN = selfcheck.SSN{}
	entered := selfchecktest.CitizenI9()
	require.Equal(t, []string{"Social Security number: missing (SC-9)"},
		texts(selfcheck.DecideQuery(pass.Lock(), entered, today).Reasons))

	entered.SSN = selfcheck.MustParseSSN("536-90-4399")
	decision := selfcheck.DecideQuery(pass.Lock(), entered, today)
	require.Equal(t, selfcheck.QueryAccepted, decision.Outcome)
	require.Equal(t, entered.SSN, decision.Query.SSN)
	require.Equal(t, pass.Lock(), decision.Query.Identity)
}

func TestSC9_QueryCarriesWhatWasEntered(t *testing.T) {
	locked := passed("check-1").Lock()
	entered := with(selfcheck.AlienAuthorizedToWork, selfcheck.ForeignPassportWithI94, "", "", aNumber, passport, country, i94, expires)
	query := selfcheck.DecideQuery(locked, entered, today).Query
	require.Equal(t, locked, query.Identity)
	require.Equal(t, locked.SSN(), query.SSN)
	require.Equal(t, "A087654321", query.ANumber.Reveal())
	require.Equal(t, "P12803467", query.PassportNumber.Reveal())
	require.Equal(t, selfcheck.CountryCode("SWE"), query.Country.Reveal())
	require.Equal(t, "123456789A1", query.I94Number.Reveal())
	require.Equal(t, today, query.Expires.Reveal())

	entered = with(selfcheck.LawfulPermanentResident, selfcheck.PermanentResidentCard, "", "", aNumber, card)
	require.Equal(t, "IOE*123456789", selfcheck.DecideQuery(locked, entered, today).Query.CardNumber.Reveal().String())

	entered = with(selfcheck.USCitizen, "", selfcheck.DriversLicense, selfcheck.SocialSecurityCard, number, state)
	query = selfcheck.DecideQuery(locked, entered, today).Query
	require.Equal(t, "DL-99*1", query.DocumentNumber.Reveal())
	require.Equal(t, selfcheck.StateCode("OH"), query.State.Reveal())
}

func TestSC7_ProvedSSNCannotBeReplaced(t *testing.T) {
	locked := passed("check-1").Lock()
	for _, ssn := range []selfcheck.SSN{selfcheck.MustParseSSN("536-90-4399"), locked.SSN()} {
		entered := selfchecktest.CitizenI9()
		entered.SSN = ssn
		decision := selfcheck.DecideQuery(locked, entered, today)
		require.Equal(t, selfcheck.QueryRefused, decision.Outcome)
		require.Equal(t, []string{"the Social Security number was carried over from the proofing and cannot be entered again (SC-7)"}, texts(decision.Reasons))
	}
}

func TestSC1_NobodyHasNoQuery(t *testing.T) {
	decision := selfcheck.DecideQuery(selfcheck.LockedIdentity{}, selfcheck.I9{}, today)
	require.Equal(t, selfcheck.QueryRefused, decision.Outcome)
	require.Zero(t, decision.Query)
	require.Equal(t, []string{
		"there is no passed proofing (SC-1)",
		"Social Security number: missing (SC-9)",
		"these documents cannot be chosen together, or not with this citizenship status (SC-9)",
	}, texts(decision.Reasons))
}

func TestAskedFor_GivesTheCallerItsOwnLists(t *testing.T) {
	asked, _ := selfcheck.AskedFor(selfcheck.USCitizen, selfcheck.USPassport, "", "")
	asked.Required[0] = "changed"
	again, _ := selfcheck.AskedFor(selfcheck.USCitizen, selfcheck.USPassport, "", "")
	require.Equal(t, passport, again.Required[0])
}
