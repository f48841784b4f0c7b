package selfcheck

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// ConfirmationDecision is the decision on what was entered to confirm the data of a query.
type ConfirmationDecision struct {
	Outcome QueryOutcome // QueryAccepted or QueryRefused
	Query   Query        // zero if refused
	Reasons []cris.Reason
}

// DecideConfirmation decides on what the individual enters when E-Verify asks to confirm the
// data: the whole query once more, in which only the fields that E-Verify asks about may differ
// from those on record. What was proved stays as it is (SC-7). What was entered is judged as of
// the day of the submission.
func DecideConfirmation(record Record, asked []Field, entered I9, policy Policy) ConfirmationDecision {
	policy = policy.withDefaults()
	refused := func(reasons ...cris.Reason) ConfirmationDecision {
		return ConfirmationDecision{Outcome: QueryRefused, Reasons: reasons}
	}
	if record.Query.Stage != StageUnconfirmed || !record.Query.IsOpen() {
		return refused(nothingToConfirm)
	}
	decision := DecideQuery(record.Pass.Identity(), entered, cris.DateOf(record.Query.Submitted, policy.Zone))
	if decision.Outcome != QueryAccepted {
		return refused(decision.Reasons...)
	}
	// SC-9: this is a chance to correct a typing error, and not another query.
	unasked := record.Query.Query
	for _, row := range confirmable {
		if slices.Contains(asked, row.field) {
			row.take(&unasked, decision.Query)
		}
	}
	if unasked != decision.Query {
		return refused(fieldNotToConfirm)
	}
	return ConfirmationDecision{Outcome: QueryAccepted, Query: decision.Query, Reasons: decision.Reasons}
}

// confirmable says how each field that can be corrected is taken from one query into another.
var confirmable = []struct {
	field Field
	take  func(to *Query, from Query)
}{
	{FieldSSN, func(to *Query, from Query) { to.SSN = from.SSN }},
	{FieldANumber, func(to *Query, from Query) { to.ANumber = from.ANumber }},
	{FieldPassportNumber, func(to *Query, from Query) { to.PassportNumber = from.PassportNumber }},
	{FieldCountry, func(to *Query, from Query) { to.Country = from.Country }},
	{FieldI94Number, func(to *Query, from Query) { to.I94Number = from.I94Number }},
	{FieldVisaNumber, func(to *Query, from Query) { to.VisaNumber = from.VisaNumber }},
	{FieldSEVISNumber, func(to *Query, from Query) { to.SEVISNumber = from.SEVISNumber }},
	{FieldCardNumber, func(to *Query, from Query) { to.CardNumber = from.CardNumber }},
	{FieldDocumentNumber, func(to *Query, from Query) { to.DocumentNumber = from.DocumentNumber }},
	{FieldState, func(to *Query, from Query) { to.State = from.State }},
	{FieldExpirationDate, func(to *Query, from Query) { to.ExpirationDate = from.ExpirationDate }},
}
