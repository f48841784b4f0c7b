package addresschange

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/text"
)

const (
	maxKeyBytes  = 200
	maxCodeBytes = 100 // of a form number or a form type
)

// faults returns what is wrong with a report that is received on the day: the statement, the
// key, the channel, and then the fields in the order of the table. It looks at no case.
func faults(r Report, on cris.Date, policy Policy) []cris.Reason {
	faults := policy.Statements.Faults(r.Statement, on, statementNotShown, statementNotInForce)
	if isKeyless(r) {
		faults = append(faults, keyMissing)
	}
	if !slices.Contains(erequest.Channels(), r.Channel) {
		faults = append(faults, notAChannel)
	}
	for _, row := range fieldTable {
		switch {
		case !row.given(r) && row.Required:
			faults = append(faults, row.missing)
		case row.given(r) && row.faults != nil:
			faults = append(faults, row.faults(r, on, policy)...)
		}
	}
	return faults
}

func birthDateFaults(r Report, on cris.Date, _ Policy) []cris.Reason {
	return unless(cris.IsBirthDate(r.DateOfBirth.Reveal(), on), birthDateImpossible)
}

func presentFaults(r Report, _ cris.Date, _ Policy) []cris.Reason {
	return append(unless(!isPostOfficeBox(r.Present), presentIsBox), unless(r.Present.StateHasZIP(), presentZIPElsewhere)...)
}

func previousFaults(r Report, _ cris.Date, _ Policy) []cris.Reason {
	return append(unless(r.Previous != r.Present, previousIsPresent), unless(r.Previous.StateHasZIP(), previousZIPElsewhere)...)
}

func mailingFaults(r Report, _ cris.Date, _ Policy) []cris.Reason {
	return unless(r.Mailing.StateHasZIP(), mailingZIPElsewhere)
}

// movedOnFaults: nobody moves before being born. How long ago it was does not matter: a late
// report is taken.
func movedOnFaults(r Report, on cris.Date, policy Policy) (faults []cris.Reason) {
	if r.MovedOn.After(on.AddDays(max(0, policy.AheadDays))) {
		faults = append(faults, movedOnAhead)
	}
	if r.MovedOn.Before(r.DateOfBirth.Reveal()) {
		faults = append(faults, movedOnBeforeBirth)
	}
	return faults
}

func signatureFaults(r Report, on cris.Date, policy Policy) (faults []cris.Reason) {
	if r.Signature.Name.IsZero() || r.Signature.On.IsZero() {
		return []cris.Reason{signatureMissing}
	}
	return unless(!r.Signature.On.After(on.AddDays(max(0, policy.AheadDays))), signedAhead)
}

// caseFaults looks at the form of what was entered, and so tells nothing about any case.
func caseFaults(r Report, _ cris.Date, policy Policy) (faults []cris.Reason) {
	if len(r.Cases) > policy.MostCases {
		return []cris.Reason{tooManyCases}
	}
	seen := map[casestatus.ReceiptNumber]bool{}
	var incomplete, twice bool
	for _, named := range r.Cases {
		incomplete = incomplete || !isComplete(named)
		twice = twice || seen[named.Receipt] && !named.Receipt.IsZero()
		seen[named.Receipt] = true
	}
	return append(unless(!incomplete, caseIncomplete), unless(!twice, caseTwice)...)
}

// isComplete reports whether the five elements are there and can be what they should. Only
// the type may be empty, for a form that has but one.
func isComplete(named erequest.Screening) bool {
	_, err := casestatus.ParseFormNumber(string(named.Form))
	isCode := func(s string) bool { return len(s) <= maxCodeBytes && text.IsPlain(s) }
	return err == nil && isCode(string(named.Form)) && (named.FormType == "" || isCode(string(named.FormType))) &&
		!named.Receipt.IsZero() && !named.DateFiled.IsZero() && !named.MailingZIP.IsZero()
}

func unless(good bool, fault cris.Reason) []cris.Reason {
	if good {
		return nil
	}
	return []cris.Reason{fault}
}

// isKeyless reports whether a report has no key under which anything could be on file.
func isKeyless(r Report) bool { return len(r.Key) > maxKeyBytes || !text.IsPlain(r.Key) }
