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
}

// tidied returns the details as they are kept. A contact is kept as it was entered.
func (d Details) tidied() Details {
	d.Representative.Firm = tidied(d.Representative.Firm)
	d.Corrections = d.Corrections.tidied()
	return d
}

// Free text is one line of UTF-8 without control characters, so that every store
// can hold it and none has to complain with a part of it in the error.
const (
	maxKeyBytes  = 200
	maxTextBytes = 500
)

// DecideDetails returns what is wrong with the details for a request about the issue and the
// form that is filed on the day: every fault in the order of the fields, nothing if they will
// do. What is asked for is what Asks says.
func DecideDetails(issue Issue, form casestatus.FormNumber, d Details, on cris.Date) []cris.Reason {
	var faults []cris.Reason
	asks := Asks(issue, form)
	for _, field := range Fields() {
		i := slices.IndexFunc(asks, func(a Ask) bool { return a.Field == field })
		given := d.gives(field)
		switch {
		case i < 0 && given:
			// ER-6: what is not asked for is refused, not silently stored.
			faults = append(faults, field.notAsked())
		case given || i >= 0 && asks[i].Required:
			faults = append(faults, d.faults(field, issue, on)...)
		}
	}
	return faults
}

// gives reports whether the field is filled in.
func (d Details) gives(field Field) bool {
	switch field {
	case FieldName:
		return !d.Name.IsZero()
	case FieldDateOfBirth:
		return !d.DateOfBirth.IsZero()
	case FieldCountryOfBirth:
		return !d.CountryOfBirth.IsZero()
	case FieldCountryOfCitizenship:
		return !d.CountryOfCitizenship.IsZero()
	case FieldANumber:
		return !d.ANumber.IsZero()
	case FieldContact:
		return d.Contact != Contact{}
	case FieldRepresentative:
		return d.Representative != Representative{}
	case FieldDocument:
		return d.Document != ""
	case FieldCorrections:
		return d.Corrections != Corrections{}
	}
	return false
}

// faults returns what is wrong with a field that is filled in or has to be.
func (d Details) faults(field Field, issue Issue, on cris.Date) []cris.Reason {
	unless := func(good bool, fault cris.Reason) []cris.Reason {
		if good {
			return nil
		}
		return []cris.Reason{fault}
	}
	switch field {
	case FieldName:
		return unless(d.gives(field), nameMissing)
	case FieldDateOfBirth:
		if !d.gives(field) {
			return []cris.Reason{birthDateMissing}
		}
		return unless(cris.IsBirthDate(d.DateOfBirth.Reveal(), on), birthDateImpossible)
	case FieldCountryOfBirth:
		return unless(isBirthCountry(d.CountryOfBirth.Reveal()), birthCountryUnknown)
	case FieldCountryOfCitizenship:
		return unless(isCountry(d.CountryOfCitizenship.Reveal()), citizenshipUnknown)
	case FieldANumber:
		return unless(d.gives(field), aNumberMissing)
	case FieldContact:
		if !d.gives(field) && d.Representative.Respond == ToRepresentative {
			return nil // the response goes to somebody else
		}
		return d.Contact.faults()
	case FieldRepresentative:
		return d.Representative.faults()
	case FieldDocument:
		return unless(slices.Contains(Documents(), d.Document), documentUnknown)
	case FieldCorrections:
		return d.Corrections.faults(issue == TypographicalError, on)
	}
	return nil
}

// notAsked is the fault of a field that is filled in though it is not asked for.
func (f Field) notAsked() cris.Reason {
	if f == FieldDocument {
		return documentNotAsked
	}
	return correctionNotAsked
}
