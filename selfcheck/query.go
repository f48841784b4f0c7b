package selfcheck

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Query is the E-Verify query: the locked identity and what was added to it. It has
// no address (SC-6). It is comparable with ==; the zero Query is refused everywhere.
type Query struct {
	Identity LockedIdentity

	Status              CitizenshipStatus
	ListA, ListB, ListC Document

	SSN            SSN // from the proofing, or as entered
	ANumber        cris.ANumber
	PassportNumber PassportNumber
	Country        cris.Personal[CountryCode]
	I94Number      I94Number
	VisaNumber     VisaNumber
	SEVISNumber    SEVISNumber
	CardNumber     cris.Personal[casestatus.ReceiptNumber]
	DocumentNumber DocumentNumber
	State          cris.Personal[StateCode]
	ExpirationDate cris.Personal[cris.Date]
}

// QueryOutcome is whether a query may be, or was, submitted.
type QueryOutcome string

// The outcomes.
const (
	QueryAccepted    QueryOutcome = "accepted"
	QueryRefused     QueryOutcome = "refused"
	QueryUnconfirmed QueryOutcome = "unconfirmed" // E-Verify asks to confirm what was entered (Service.Confirm)
	QueryWaiting     QueryOutcome = "waiting"     // the agencies need more time (Service.Look)
	QueryUnanswered  QueryOutcome = "unanswered"  // E-Verify has not answered yet, or its answer was lost (Service.Look)
)

// QueryOutcomes lists the outcomes of a query. The caller may keep and change the slice.
func QueryOutcomes() []QueryOutcome {
	return []QueryOutcome{QueryAccepted, QueryRefused, QueryUnconfirmed, QueryWaiting, QueryUnanswered}
}

// QueryDecision is the decision on what was entered for the query.
type QueryDecision struct {
	Outcome QueryOutcome // QueryAccepted or QueryRefused
	Query   Query        // zero if refused
	Reasons []cris.Reason
}

// DecideQuery makes the query from the locked identity and what was entered, or names everything
// that is wrong: fields that are missing, not asked for or malformed, a document that has expired
// or does not go with the status. today is the day in the policy's zone; a document is good
// through its expiration date.
func DecideQuery(locked LockedIdentity, entered I9, today cris.Date) QueryDecision {
	query := Query{
		Identity: locked, // SC-7: as it was proved
		Status:   entered.Status,
		ListA:    entered.ListA, ListB: entered.ListB, ListC: entered.ListC,
	}
	var reasons []cris.Reason
	if locked.IsZero() {
		// SC-1: the query follows the proofing.
		reasons = append(reasons, noPassedProofing)
	}
	reasons = append(reasons, query.takeSSN(entered)...)
	reasons = append(reasons, query.takeFields(entered, today)...)
	if len(reasons) > 0 {
		return QueryDecision{Outcome: QueryRefused, Reasons: reasons}
	}
	return QueryDecision{Outcome: QueryAccepted, Query: query, Reasons: []cris.Reason{queryComplete}}
}

// takeSSN sets the Social Security number of the query.
//
// SC-7: the number of the proofing cannot be replaced, not even by itself.
// SC-9: if the proofing had none, it is asked for.
func (q *Query) takeSSN(entered I9) []cris.Reason {
	proved := q.Identity.SSN()
	switch {
	case proved.IsZero() && entered.SSN.IsZero():
		return []cris.Reason{ssnMissing}
	case proved.IsZero():
		q.SSN = entered.SSN
	case entered.SSN.IsZero():
		q.SSN = proved
	default:
		return []cris.Reason{ssnProvedAlready}
	}
	return nil
}

// takeFields reads the entered fields into the query.
//
// SC-9: what the Form I-9 process asks for, by status and document: no less, no more.
func (q *Query) takeFields(entered I9, today cris.Date) []cris.Reason {
	asked, ok := FieldsFor(q.Status, q.ListA, q.ListB, q.ListC)
	if !ok {
		return q.choiceFaults()
	}
	var reasons []cris.Reason
	oneOfGiven := len(asked.OneOf) == 0
	for _, row := range enteredFields {
		faults := faultsOf(row.field)
		isGiven := row.isGiven(entered)
		switch isAsked := asked.has(row.field); {
		case isGiven && !isAsked:
			reasons = append(reasons, faults.notAsked)
		case isGiven && row.read(entered, q) != nil:
			reasons = append(reasons, faults.malformed)
		case !isGiven && slices.Contains(asked.Required, row.field):
			reasons = append(reasons, faults.missing)
		}
		oneOfGiven = oneOfGiven || isGiven && slices.Contains(asked.OneOf, row.field)
	}
	if !oneOfGiven {
		reasons = append(reasons, aNumberOrI94NumberMissing)
	}
	if q.Country.Reveal() == unitedStates {
		reasons = append(reasons, countryNotForeign)
	}
	if expires := q.ExpirationDate.Reveal(); !expires.IsZero() && expires.Before(today) {
		reasons = append(reasons, documentExpired)
	}
	return reasons
}

// faultsOf returns the reasons about the field.
func faultsOf(field Field) faults {
	return fieldFaults[slices.IndexFunc(fieldFaults, func(row faults) bool { return row.field == field })]
}

// choiceFaults says what is wrong with a choice of status and documents for which there
// are no fields.
func (q *Query) choiceFaults() []cris.Reason {
	isOn := func(list []Document, chosen Document) bool { return chosen == "" || slices.Contains(list, chosen) }
	var reasons []cris.Reason
	if !slices.Contains(CitizenshipStatuses(), q.Status) {
		reasons = append(reasons, statusUnknown)
	}
	if q.ListA == "" && q.ListB == "" && q.ListC == "" ||
		!isOn(ListA(), q.ListA) || !isOn(ListB(), q.ListB) || !isOn(ListC(), q.ListC) {
		reasons = append(reasons, documentUnknown)
	}
	if len(reasons) == 0 {
		reasons = append(reasons, documentsDoNotGoTogether)
	}
	return reasons
}
