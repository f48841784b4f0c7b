package selfcheck

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/text"
)

// I9 is what the individual enters for the query, as entered: DecideQuery reads the numbers and
// says what is wrong with them. A field that is not filled in is zero or has no visible
// character.
type I9 struct {
	Status CitizenshipStatus

	// Either one document of list A, or one of list B and one of list C.
	ListA, ListB, ListC Document

	// SSN is parsed where it is entered, with ParseSSN or, in test environments, with
	// ParseSandboxSSN. It must be zero if the number was carried over from the proofing.
	SSN SSN

	ANumber        cris.Personal[string]
	PassportNumber cris.Personal[string]
	Country        cris.Personal[string] // that issued a foreign passport, three letters
	I94Number      cris.Personal[string]
	VisaNumber     cris.Personal[string] // of the visa in a foreign passport
	SEVISNumber    cris.Personal[string] // of a student or exchange visitor
	CardNumber     cris.Personal[string] // of a Form I-551 or I-766: a receipt number
	DocumentNumber cris.Personal[string] // of the document of list B
	State          cris.Personal[string] // that issued the document of list B, two letters
	ExpirationDate cris.Personal[cris.Date]
}

// isFilledIn reports whether the field has a visible character.
func isFilledIn(field cris.Personal[string]) bool { return text.IsVisible(field.Reveal()) }

// enteredFields says how each field of an I9 becomes one of a Query.
var enteredFields = []struct {
	field   Field
	isGiven func(I9) bool
	read    func(I9, *Query) error
}{
	{
		FieldANumber, func(e I9) bool { return isFilledIn(e.ANumber) },
		func(e I9, q *Query) (err error) {
			q.ANumber, err = cris.ParseANumber(e.ANumber.Reveal())
			return err
		},
	},
	{
		FieldPassportNumber, func(e I9) bool { return isFilledIn(e.PassportNumber) },
		func(e I9, q *Query) (err error) {
			if isUSPassport(e.ListA) {
				q.PassportNumber, err = ParseUSPassportNumber(e.PassportNumber.Reveal())
				return err
			}
			q.PassportNumber, err = ParseForeignPassportNumber(e.PassportNumber.Reveal())
			return err
		},
	},
	{
		FieldCountry, func(e I9) bool { return isFilledIn(e.Country) },
		func(e I9, q *Query) error {
			country, err := ParseCountryCode(e.Country.Reveal())
			q.Country = cris.NewPersonal(country)
			return err
		},
	},
	{
		FieldI94Number, func(e I9) bool { return isFilledIn(e.I94Number) },
		func(e I9, q *Query) (err error) {
			q.I94Number, err = ParseI94Number(e.I94Number.Reveal())
			return err
		},
	},
	{
		FieldVisaNumber, func(e I9) bool { return isFilledIn(e.VisaNumber) },
		func(e I9, q *Query) (err error) {
			q.VisaNumber, err = ParseVisaNumber(e.VisaNumber.Reveal())
			return err
		},
	},
	{
		FieldSEVISNumber, func(e I9) bool { return isFilledIn(e.SEVISNumber) },
		func(e I9, q *Query) (err error) {
			q.SEVISNumber, err = ParseSEVISNumber(e.SEVISNumber.Reveal())
			return err
		},
	},
	{
		FieldCardNumber, func(e I9) bool { return isFilledIn(e.CardNumber) },
		func(e I9, q *Query) error {
			card, err := casestatus.ParseReceiptNumber(e.CardNumber.Reveal())
			q.CardNumber = cris.NewPersonal(card)
			return err
		},
	},
	{
		FieldDocumentNumber, func(e I9) bool { return isFilledIn(e.DocumentNumber) },
		func(e I9, q *Query) (err error) {
			q.DocumentNumber, err = ParseDocumentNumber(e.DocumentNumber.Reveal())
			return err
		},
	},
	{
		FieldState, func(e I9) bool { return isFilledIn(e.State) },
		func(e I9, q *Query) error {
			state, err := ParseStateCode(e.State.Reveal())
			q.State = cris.NewPersonal(state)
			return err
		},
	},
	{
		FieldExpirationDate, func(e I9) bool { return !e.ExpirationDate.IsZero() },
		func(e I9, q *Query) error {
			q.ExpirationDate = e.ExpirationDate
			return nil
		},
	},
}
