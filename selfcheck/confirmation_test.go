package selfcheck_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// unconfirmed is the record of a query whose data E-Verify asks to confirm, and what was
// entered for it.
func unconfirmed(t *testing.T) (selfcheck.Record, selfcheck.I9) {
	t.Helper()
	entered := fullI9()
	entered.Status, entered.ListA = selfcheck.LawfulPermanentResident, selfcheck.ForeignPassportWithI551Stamp
	entered.I94Number, entered.CardNumber = cris.Personal[string]{}, cris.Personal[string]{}
	entered.VisaNumber, entered.SEVISNumber = cris.Personal[string]{}, cris.Personal[string]{}
	entered.DocumentNumber, entered.State = cris.Personal[string]{}, cris.Personal[string]{}
	pass := selfchecktest.NewPassedProofing(id)
	decision := selfcheck.DecideQuery(pass.Identity(), entered, today)
	require.Equal(t, selfcheck.QueryAccepted, decision.Outcome, "%v", decision.Reasons)
	return selfcheck.Record{Pass: pass, Query: selfcheck.QueryRecord{
		Query: decision.Query, Submitted: selfchecktest.Start(), Case: selfchecktest.CaseNumber(1), Stage: selfcheck.StageUnconfirmed,
	}}, entered
}

func TestSC9_OnlyWhatIsAskedIsMended(t *testing.T) {
	record, entered := unconfirmed(t)
	mendings := map[selfcheck.Field]func(*selfcheck.I9){
		selfcheck.FieldANumber:        func(e *selfcheck.I9) { e.ANumber = cris.NewPersonal("A087-654-322") },
		selfcheck.FieldPassportNumber: func(e *selfcheck.I9) { e.PassportNumber = cris.NewPersonal("p12803468") },
		selfcheck.FieldCountry:        func(e *selfcheck.I9) { e.Country = cris.NewPersonal("nor") },
		selfcheck.FieldExpirationDate: func(e *selfcheck.I9) { e.ExpirationDate = cris.NewPersonal(today.AddDays(1)) },
	}
	for mended, mend := range mendings {
		changed := entered
		mend(&changed)
		for asked := range mendings {
			decision := selfcheck.DecideConfirmation(record, []selfcheck.Field{asked, selfcheck.FieldName}, changed, selfcheck.Policy{})
			if asked == mended {
				require.Equal(t, selfcheck.QueryAccepted, decision.Outcome, "%v", decision.Reasons)
				require.NotEqual(t, record.Query.Query, decision.Query)
				require.Equal(t, record.Pass.Identity(), decision.Query.Identity, "SC-7")
				continue
			}
			require.Equal(t, selfcheck.ConfirmationDecision{Outcome: selfcheck.QueryRefused, Reasons: reasons("field_not_to_confirm")}, decision)
		}
	}
	same := selfcheck.DecideConfirmation(record, nil, entered, selfcheck.Policy{})
	require.Equal(t, record.Query.Query, same.Query, "confirmed as it is")

	everything := append(selfcheck.Fields(), selfcheck.IdentityFields()...)
	for name, change := range map[string]func(*selfcheck.I9){
		"field_not_to_confirm": func(e *selfcheck.I9) { // another document
			e.ListA, e.ListB, e.ListC = "", selfcheck.USMilitaryCard, selfcheck.SocialSecurityCard
			e.PassportNumber, e.Country = cris.Personal[string]{}, cris.Personal[string]{}
		},
		"ssn_proved_already":        func(e *selfcheck.I9) { e.SSN = selfchecktest.NewApplicant().SSN },
		"passport_number_malformed": func(e *selfcheck.I9) { e.PassportNumber = cris.NewPersonal("?") },
	} {
		changed := entered
		change(&changed)
		require.Equal(t, reasons(cris.Code(name)), selfcheck.DecideConfirmation(record, everything, changed, selfcheck.Policy{}).Reasons)
	}
}

// Each field of a query that can be entered can be mended: none is forgotten.
func TestSC9_EveryEnteredFieldCanBeMended(t *testing.T) {
	record, entered := unconfirmed(t)
	fixed := []string{"Identity", "Status", "ListA", "ListB", "ListC"}
	require.Equal(t, len(fixed)+len(selfcheck.Fields()), reflect.TypeFor[selfcheck.Query]().NumField(), "a new field of a query is one of those that are mended")
	for _, stage := range selfcheck.Stages() {
		record.Query.Stage = stage
		decision := selfcheck.DecideConfirmation(record, nil, entered, selfcheck.Policy{})
		require.Equal(t, stage == selfcheck.StageUnconfirmed, decision.Outcome == selfcheck.QueryAccepted, stage)
	}
}
