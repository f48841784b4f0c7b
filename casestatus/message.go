package casestatus

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// Message returns what customers are told of the decision and, where the calendar changes
// it, from which day on.
func (e Eligibility) Message() cris.Message {
	if e.Outcome == Within && !e.OutsideFrom.IsZero() {
		return cris.Message{Code: "casestatus.eligibility_outcome.within_until", Args: []any{e.OutsideFrom}}
	}
	return e.Outcome.Message()
}

// Message returns what customers are told of the outcome.
func (o EligibilityOutcome) Message() cris.Message {
	return cris.Message{Code: "casestatus.eligibility_outcome." + cris.Code(o)}
}

// Message returns what customers are told. It is the same for an unknown number and a
// withheld case (CS-9).
func (s Status) Message() cris.Message { return s.Outcome.Message() }

// Message returns what customers are told of the outcome.
func (o StatusOutcome) Message() cris.Message {
	return cris.Message{Code: "casestatus.status_outcome." + cris.Code(o)}
}

// Message returns the name of the document, as it was given if it is not one of those that
// are typically tracked (CS-8).
func (d Document) Message() cris.Message {
	if !slices.Contains(Documents(), d) {
		return cris.Message{Otherwise: cris.Phrase{English: string(d)}}
	}
	return cris.Message{Code: "casestatus.document." + cris.Code(d)}
}

// Message returns what is said of the alert, by its kind.
func (a MailAlert) Message() cris.Message { return a.Kind.Message() }

// Message returns what the kind of office is called.
func (k OfficeKind) Message() cris.Message {
	return cris.Message{Code: "casestatus.office_kind." + cris.Code(k)}
}

// Message returns the title of the status: as the agency gave it in both languages, or
// what the words have for it, or else as the agency gave it in English.
func (e StatusEntry) Message() cris.Message {
	given := cris.Phrase{English: e.Title, Spanish: e.Spanish}
	if e.Spanish != "" {
		return cris.Message{Otherwise: given}
	}
	return cris.Message{Code: titleCode(e.Title), Otherwise: given}
}
