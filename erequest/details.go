package erequest

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Details are what a customer tells of the person and of the issue once screening
// has passed. It is comparable with ==.
type Details struct {
	Name                 cris.PersonName
	DateOfBirth          cris.Personal[cris.Date]
	CountryOfBirth       cris.Personal[string] // ISO 3166-1 alpha-2, in capitals, or a code of ISO 3166-3
	CountryOfCitizenship cris.Personal[string] // ISO 3166-1 alpha-2, in capitals
	ANumber              cris.ANumber          // zero if the person has none
	Contact              Contact
	Representative       Representative // who places the request on the person's behalf; zero if nobody does
	Document             Document       // the misprinted one, for a TypographicalError; "" otherwise
	Corrections          Corrections    // for a TypographicalError or a BeneficiaryChange; zero otherwise
	Mailed               cris.Date      // for mail that did not come: the day on which it was mailed, as far as the customer knows; may be zero
}

// tidied returns the details as they are kept.
func (d Details) tidied() Details {
	d.Contact = d.Contact.tidied()
	d.Representative.Contact = d.Representative.Contact.tidied()
	d.Representative.Firm = tidied(d.Representative.Firm)
	d.Corrections = d.Corrections.tidied()
	return d
}

// Free text is one line of UTF-8 without control characters, so that every store
// can hold it and none has to complain with a part of it in the error.
const (
	maxKeyBytes  = 200
	maxCodeBytes = 100 // of a form number or a form type
	maxTextBytes = 500
)

// DecideDetails returns what is wrong with the details for a request about the issue and the
// form that is filed on the day: every fault in the order of the rules, those of one rule in
// the order of the fields, and nothing if they will do. What is asked for is what Asks says.
func DecideDetails(issue Issue, form casestatus.FormNumber, d Details, on cris.Date) []cris.Reason {
	var faults []cris.Reason
	asks := Asks(issue, form)
	for _, row := range detailTable {
		i := slices.IndexFunc(asks, func(a Ask) bool { return a.Field == row.field })
		given := row.given(d)
		switch {
		case given && i < 0:
			// ER-6: what is not asked for is refused, not silently stored.
			faults = append(faults, row.notAsked)
		case !given && i >= 0 && asks[i].Required:
			faults = append(faults, row.missing)
		case given && row.faults != nil:
			faults = append(faults, row.faults(d, issue, on)...)
		}
	}
	return inRuleOrder(faults)
}

// detailRow says of a field when it is filled in, and what is wrong with it.
type detailRow struct {
	field    Field
	given    func(Details) bool
	missing  cris.Reason
	notAsked cris.Reason                                              // for a field that askTable leaves out
	faults   func(d Details, issue Issue, on cris.Date) []cris.Reason // of what is filled in; nil if its type has seen to it
}

// detailTable has the fields in the order of Fields.
var detailTable = []detailRow{
	{field: FieldName, given: func(d Details) bool { return !d.Name.IsZero() }, missing: nameMissing},
	{
		field: FieldDateOfBirth, given: func(d Details) bool { return !d.DateOfBirth.IsZero() }, missing: birthDateMissing,
		faults: func(d Details, _ Issue, on cris.Date) []cris.Reason {
			return unless(cris.IsBirthDate(d.DateOfBirth.Reveal(), on), birthDateImpossible)
		},
	},
	{
		field: FieldCountryOfBirth, given: func(d Details) bool { return !d.CountryOfBirth.IsZero() }, missing: birthCountryUnknown,
		faults: func(d Details, _ Issue, _ cris.Date) []cris.Reason {
			return unless(isBirthCountry(d.CountryOfBirth.Reveal()), birthCountryUnknown)
		},
	},
	{
		field: FieldCountryOfCitizenship, given: func(d Details) bool { return !d.CountryOfCitizenship.IsZero() }, missing: citizenshipUnknown,
		faults: func(d Details, _ Issue, _ cris.Date) []cris.Reason {
			return unless(isCountry(d.CountryOfCitizenship.Reveal()), citizenshipUnknown)
		},
	},
	{field: FieldANumber, given: func(d Details) bool { return !d.ANumber.IsZero() }, missing: aNumberMissing},
	{field: FieldContact, given: Details.canBeAnswered, missing: contactMissing, faults: contactFaults},
	{
		field: FieldRepresentative, given: func(d Details) bool { return d.Representative != Representative{} },
		faults: func(d Details, _ Issue, _ cris.Date) []cris.Reason { return d.Representative.faults() },
	},
	{
		field: FieldDocument, given: func(d Details) bool { return d.Document != "" }, missing: documentUnknown, notAsked: documentNotAsked,
		faults: func(d Details, _ Issue, _ cris.Date) []cris.Reason {
			return unless(slices.Contains(Documents(), d.Document), documentUnknown)
		},
	},
	{
		field: FieldCorrections, given: func(d Details) bool { return d.Corrections != Corrections{} }, missing: correctionMissing, notAsked: correctionNotAsked,
		faults: func(d Details, issue Issue, on cris.Date) []cris.Reason {
			return d.Corrections.faults(issue == TypographicalError, on)
		},
	},
	{
		field: FieldMailed, given: func(d Details) bool { return !d.Mailed.IsZero() }, notAsked: mailedNotAsked,
		faults: func(d Details, _ Issue, on cris.Date) []cris.Reason {
			return unless(!d.Mailed.After(on) && !d.Mailed.Before(on.AddDays(-mostDays)), mailedImpossible)
		},
	},
}

// canBeAnswered reports whether there is a contact, or the response goes to the representative
// alone.
func (d Details) canBeAnswered() bool {
	return d.Contact != Contact{} || d.Representative.RespondTo == ToRepresentative
}

func contactFaults(d Details, _ Issue, _ cris.Date) []cris.Reason {
	if d.Contact == (Contact{}) {
		return nil // the response goes to somebody else
	}
	return d.Contact.faults()
}

func unless(good bool, fault cris.Reason) []cris.Reason {
	if good {
		return nil
	}
	return []cris.Reason{fault}
}
