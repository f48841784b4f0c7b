package access

import (
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
)

// Kind is what an individual asks for.
type Kind string

// The kinds of requests.
const (
	Notification Kind = "notification" // whether there are records
	RecordAccess Kind = "access"       // what they are
	Amendment    Kind = "amendment"    // to change them
)

// Kinds lists the kinds of requests. The caller may keep and change the slice.
func Kinds() []Kind { return []Kind{Notification, RecordAccess, Amendment} }

// Message returns what is asked for, in words.
func (k Kind) Message() cris.Message { return message("kind", k) }

// SignatureForm is how a signature proves who signed.
type SignatureForm string

// The forms that count.
const (
	Notarized             SignatureForm = "notarized"
	UnderPenaltyOfPerjury SignatureForm = "under_penalty_of_perjury" // 28 U.S.C. 1746
)

// SignatureForms lists the forms of signatures. The caller may keep and change the slice.
func SignatureForms() []SignatureForm { return []SignatureForm{Notarized, UnderPenaltyOfPerjury} }

// Message returns the form in words.
func (f SignatureForm) Message() cris.Message { return message("signature_form", f) }

// Signature is how and when something was signed.
type Signature struct {
	Form SignatureForm
	On   cris.Date
}

// Request is what an individual sends in. It is comparable with ==.
type Request struct {
	Kind       Kind
	Name       cris.PersonName       // in full
	Address    cris.Personal[string] // where the requester lives now, in any country
	BirthDate  cris.Personal[cris.Date]
	BirthPlace cris.Personal[string]
	Signature  Signature

	AboutAnother bool      // the records are those of another living person
	Consent      Signature // of that person, under a statement that agrees to this request

	// What the requester should give.
	WhyOnFile   cris.Personal[string] // why the department would have the records
	Components  cris.Personal[string] // which components may have them
	WhenCreated cris.Personal[string] // when they would have been made
	Other       cris.Personal[string] // anything else that helps; may be left out

	// Of a request for amendment.
	Change cris.Personal[string] // which record, and how it should read
	Why    cris.Personal[string] // why it is not accurate, relevant, timely or complete
}

// Outcome says whether a request can be worked on.
type Outcome string

// The outcomes.
const (
	Complete   Outcome = "complete"
	Incomplete Outcome = "incomplete"
)

// Outcomes lists the outcomes of DecideRequest. The caller may keep and change the slice.
func Outcomes() []Outcome { return []Outcome{Complete, Incomplete} }

// Message returns the outcome in words.
func (o Outcome) Message() cris.Message { return message("outcome", o) }

// Decision is the decision on a request.
type Decision struct {
	Outcome Outcome
	Reasons []cris.Reason // everything that the requester still must give, or that the request is complete
	Advice  []cris.Reason // what the requester should give, without which the request may be denied; nil if nothing
}

// DecideRequest decides whether a request can be worked on, and names everything that is missing.
// on is the day on which it was received, in the agency's zone; a signature dated later does not
// count.
func DecideRequest(request Request, on cris.Date) Decision {
	var missing []cris.Reason
	need := func(isThere bool, reason cris.Reason) {
		if !isThere {
			missing = append(missing, reason)
		}
	}
	// PV-5: a requester must first verify his or her identity.
	need(slices.Contains(Kinds(), request.Kind), kindUnknown)
	need(!request.Name.IsZero(), nameMissing)
	need(isGiven(request.Address), addressMissing)
	if birth := request.BirthDate.Reveal(); birth.IsZero() {
		missing = append(missing, birthDateMissing)
	} else {
		need(cris.IsBirthDate(birth, on), birthDateImpossible)
	}
	need(isGiven(request.BirthPlace), birthPlaceMissing)
	missing = append(missing, request.Signature.faults(on, signatureMissing, signatureUndated, signedAhead)...)
	if request.AboutAnother {
		missing = append(missing, request.Consent.faults(on, consentMissing, consentUndated, consentAhead)...)
	}
	if request.Kind == Amendment {
		need(isGiven(request.Change), changeMissing)
		need(isGiven(request.Why), whyMissing)
	}
	decision := Decision{Outcome: Complete, Reasons: []cris.Reason{requestComplete}, Advice: request.advice()}
	if len(missing) > 0 {
		decision.Outcome, decision.Reasons = Incomplete, missing
	}
	return decision
}

// advice names what the requester should give.
func (r Request) advice() (advice []cris.Reason) {
	for _, row := range []struct {
		given  cris.Personal[string]
		reason cris.Reason
	}{
		{r.WhyOnFile, whyOnFileMissing},
		{r.Components, componentsMissing},
		{r.WhenCreated, whenCreatedMissing},
	} {
		if !isGiven(row.given) {
			advice = append(advice, row.reason)
		}
	}
	return advice
}

// faults says what is wrong with a signature that was received on the day.
func (s Signature) faults(on cris.Date, missing, undated, ahead cris.Reason) []cris.Reason {
	switch {
	case !slices.Contains(SignatureForms(), s.Form):
		return []cris.Reason{missing}
	case s.On.IsZero():
		return []cris.Reason{undated}
	case s.On.After(on):
		return []cris.Reason{ahead}
	}
	return nil
}

func isGiven(text cris.Personal[string]) bool { return strings.TrimSpace(text.Reveal()) != "" }

// message returns the message of a value of an enumeration.
func message[T ~string](enumeration cris.Code, value T) cris.Message {
	return cris.Message{Code: "access." + enumeration + "." + cris.Code(value)}
}
