package selfcheck

import (
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// I9 is what the individual enters for the query, as entered: DecideQuery reads the
// numbers and says what is wrong with them. A field that is not filled in is zero.
type I9 struct {
	Status CitizenshipStatus

	// Either one document of list A, or one of list B and one of list C.
	ListA, ListB, ListC Document

	// SSN is read where it is entered, with ParseSSN or, in test environments, with
	// ParseSandboxSSN. It is zero if the proofing brought it.
	SSN SSN

	ANumber        cris.Personal[string]
	PassportNumber cris.Personal[string]
	Country        cris.Personal[string] // of issuance of a foreign passport, three letters
	I94Number      cris.Personal[string]
	CardNumber     cris.Personal[string] // of a Form I-551 or I-766: a receipt number
	DocumentNumber cris.Personal[string] // of the document of list B
	State          cris.Personal[string] // that issued the document of list B, two letters
	Expires        cris.Personal[cris.Date]
}

// Query is the E-Verify query: the locked identity and what was added to it. It has
// no address (SC-6). It is comparable with ==; its zero value is no query.
type Query struct {
	Identity LockedIdentity

	Status              CitizenshipStatus
	ListA, ListB, ListC Document

	SSN            SSN // from the proofing, or as entered
	ANumber        cris.ANumber
	PassportNumber PassportNumber
	Country        cris.Personal[CountryCode]
	I94Number      I94Number
	CardNumber     cris.Personal[casestatus.ReceiptNumber]
	DocumentNumber DocumentNumber
	State          cris.Personal[StateCode]
	Expires        cris.Personal[cris.Date]
}

// QueryOutcome is whether a query may be, or was, submitted.
type QueryOutcome string

// The outcomes.
const (
	QueryAccepted   QueryOutcome = "accepted"
	QueryRefused    QueryOutcome = "refused"
	QueryUnanswered QueryOutcome = "unanswered" // submitted before; E-Verify has not answered yet, or its answer was lost
)

// QueryDecision is the decision on what was entered for the query.
type QueryDecision struct {
	Outcome QueryOutcome
	Query   Query // zero if refused
	Reasons []cris.Reason
}

// DecideQuery makes the query of the locked identity and what was entered, or says
// everything that is wrong with it: fields missing, superfluous or malformed, a
// document that has expired or does not go with the status. today is the day in the
// agency's zone; a document is good to the end of its last day.
func DecideQuery(locked LockedIdentity, entered I9, today cris.Date) QueryDecision {
	query := Query{
		Identity: locked, // SC-7: as it was proved
		Status:   entered.Status,
		ListA:    entered.ListA, ListB: entered.ListB, ListC: entered.ListC,
	}
	var reasons []cris.Reason
	if locked.IsZero() {
		// SC-1: the query follows the proofing.
		reasons = append(reasons, cris.Reason{Rule: "SC-1", Text: "there is no passed proofing"})
	}
	reasons = append(reasons, query.takeSSN(entered)...)
	reasons = append(reasons, query.takeFields(entered)...)
	if expires := entered.Expires.Reveal(); !expires.IsZero() && expires.Before(today) {
		reasons = append(reasons, cris.Reason{Rule: "SC-9", Text: "the document has expired"})
	}
	if len(reasons) > 0 {
		return QueryDecision{Outcome: QueryRefused, Reasons: reasons}
	}
	return QueryDecision{Outcome: QueryAccepted, Query: query, Reasons: []cris.Reason{
		{Rule: "SC-9", Text: "what was entered is what the status and the documents ask for"},
	}}
}

// takeSSN sets the Social Security number of the query.
//
// SC-7: the number of the proofing cannot be replaced, not even by itself.
// SC-9: without one from the proofing it is asked for.
func (q *Query) takeSSN(entered I9) []cris.Reason {
	proved := q.Identity.SSN()
	switch {
	case proved.IsZero() && entered.SSN.IsZero():
		return []cris.Reason{{Rule: "SC-9", Text: string(FieldSSN) + ": missing"}}
	case proved.IsZero():
		q.SSN = entered.SSN
	case entered.SSN.IsZero():
		q.SSN = proved
	default:
		return []cris.Reason{{Rule: "SC-7", Text: "the Social Security number was carried over from the proofing and cannot be entered again"}}
	}
	return nil
}

// takeFields reads the entered fields into the query.
//
// SC-9: what the Form I-9 process asks for, by status and document: no less, no more.
func (q *Query) takeFields(entered I9) []cris.Reason {
	asked, ok := AskedFor(q.Status, q.ListA, q.ListB, q.ListC)
	if !ok {
		return []cris.Reason{{Rule: "SC-9", Text: "these documents cannot be chosen together, or not with this citizenship status"}}
	}
	var reasons []cris.Reason
	violated := func(text string) { reasons = append(reasons, cris.Reason{Rule: "SC-9", Text: text}) }
	oneOfGiven := len(asked.OneOf) == 0
	for _, row := range enteredFields {
		isGiven := row.isGiven(entered)
		switch isAsked := asked.asksFor(row.field); {
		case isGiven && !isAsked:
			violated(string(row.field) + ": not asked for with this status and document")
		case isGiven && row.read(entered, q) != nil:
			violated(string(row.field) + ": malformed")
		case !isGiven && slices.Contains(asked.Required, row.field):
			violated(string(row.field) + ": missing")
		}
		oneOfGiven = oneOfGiven || isGiven && slices.Contains(asked.OneOf, row.field)
	}
	if !oneOfGiven {
		violated(fieldList(asked.OneOf) + ": missing")
	}
	return reasons
}

// fieldList writes "A-Number or I-94 number".
func fieldList(fields []Field) string {
	var text strings.Builder
	for i, field := range fields {
		if i > 0 {
			text.WriteString(" or ")
		}
		text.WriteString(string(field))
	}
	return text.String()
}

// enteredFields says how each field of an I9 becomes one of a Query, in the order
// in which reasons are given.
var enteredFields = []struct {
	field   Field
	isGiven func(I9) bool
	read    func(I9, *Query) error
}{
	{
		FieldANumber, func(e I9) bool { return !e.ANumber.IsZero() },
		func(e I9, q *Query) (err error) {
			q.ANumber, err = cris.ParseANumber(e.ANumber.Reveal())
			return err
		},
	},
	{
		FieldPassportNumber, func(e I9) bool { return !e.PassportNumber.IsZero() },
		func(e I9, q *Query) (err error) {
			if e.ListA == USPassport {
				q.PassportNumber, err = ParseUSPassportNumber(e.PassportNumber.Reveal())
				return err
			}
			q.PassportNumber, err = ParseForeignPassportNumber(e.PassportNumber.Reveal())
			return err
		},
	},
	{
		FieldCountry, func(e I9) bool { return !e.Country.IsZero() },
		func(e I9, q *Query) error {
			country, err := ParseCountryCode(e.Country.Reveal())
			q.Country = cris.NewPersonal(country)
			return err
		},
	},
	{
		FieldI94Number, func(e I9) bool { return !e.I94Number.IsZero() },
		func(e I9, q *Query) (err error) {
			q.I94Number, err = ParseI94Number(e.I94Number.Reveal())
			return err
		},
	},
	{
		FieldCardNumber, func(e I9) bool { return !e.CardNumber.IsZero() },
		func(e I9, q *Query) error {
			card, err := casestatus.ParseReceiptNumber(e.CardNumber.Reveal())
			q.CardNumber = cris.NewPersonal(card)
			return err
		},
	},
	{
		FieldDocumentNumber, func(e I9) bool { return !e.DocumentNumber.IsZero() },
		func(e I9, q *Query) (err error) {
			q.DocumentNumber, err = ParseDocumentNumber(e.DocumentNumber.Reveal())
			return err
		},
	},
	{
		FieldState, func(e I9) bool { return !e.State.IsZero() },
		func(e I9, q *Query) error {
			state, err := ParseStateCode(e.State.Reveal())
			q.State = cris.NewPersonal(state)
			return err
		},
	},
	{
		FieldExpires, func(e I9) bool { return !e.Expires.IsZero() },
		func(e I9, q *Query) error {
			q.Expires = e.Expires
			return nil
		},
	},
}
