package addresschange

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

// Report is what a customer sends in who has moved.
type Report struct {
	Key       string           // made by the client, one per report it means to send, unlike any other; no secret
	Channel   erequest.Channel // set by the host program, never taken from the customer: it decides whether a protected case is found
	Statement string           // edition of the Privacy Act Statement that was shown before anything was asked (ER-7)
	Move
	// Cases are those that are to get the new address, each with the five elements of the
	// screening (ER-2). The mailing ZIP code is the one before the move, or the one after it
	// if that is on file already. There may be none: reporting the move is a duty of its own.
	Cases []erequest.Screening
}

// Move is what Form AR-11 asks of a person who has moved. It is comparable with ==.
type Move struct {
	Name        cris.PersonName
	DateOfBirth cris.Personal[cris.Date]
	ANumber     cris.ANumber // zero if the person has none
	Present     cris.Address // where the person lives now: no post office box
	Previous    cris.Address // where the person lived before; may be zero
	Mailing     cris.Address // where mail goes if not to Present; may be zero
	MovedOn     cris.Date    // the first day at Present
	Signature   Signature
}

// Signature is who signed a report, and when: the person, or whoever may act for the person,
// such as a parent. On the telephone, staff enters the name that the caller gives.
type Signature struct {
	Name cris.PersonName
	On   cris.Date
}

// MailTo returns the address to which mail goes from now on: Mailing, or Present if that is zero.
func (m Move) MailTo() cris.Address {
	if m.Mailing.IsZero() {
		return m.Present
	}
	return m.Mailing
}

// Field is one thing that a report is asked for.
type Field string

// The fields of Form AR-11; the day of the move, from which the days of the duty are counted; and
// the cases, which the electronic form asks for.
const (
	FieldName        Field = "name"
	FieldDateOfBirth Field = "date_of_birth"
	FieldANumber     Field = "a_number"
	FieldPresent     Field = "present_address"
	FieldPrevious    Field = "previous_address"
	FieldMailing     Field = "mailing_address"
	FieldMovedOn     Field = "moved_on"
	FieldSignature   Field = "signature"
	FieldCases       Field = "cases"
)

// Fields lists the fields. The caller may keep and change the slice.
func Fields() []Field {
	fields := make([]Field, len(fieldTable))
	for i, row := range fieldTable {
		fields[i] = row.Field
	}
	return fields
}

// Message returns what the field is called.
func (f Field) Message() cris.Message {
	return cris.Message{Code: "addresschange.field." + cris.Code(f)}
}

// Ask is a field that is asked for.
type Ask struct {
	Field    Field
	Required bool // or else optional
}

// Asks returns what a report is asked for, in the order in which faults are told. The caller
// may keep and change the slice.
func Asks() []Ask {
	asks := make([]Ask, len(fieldTable))
	for i, row := range fieldTable {
		asks[i] = row.Ask
	}
	return asks
}

// fieldRow is a row of the table of what is asked.
type fieldRow struct {
	Ask
	given   func(Report) bool
	missing cris.Reason // what is said if a required field is not filled in
	// faults are what is wrong with a field that is filled in; nil if its type has seen to it.
	faults func(r Report, on cris.Date, policy Policy) []cris.Reason
}

// fieldTable is the field set of Form AR-11 (CA-1), from which the decision runs.
var fieldTable = []fieldRow{
	{Ask: Ask{FieldName, true}, given: func(r Report) bool { return !r.Name.IsZero() }, missing: nameMissing},
	{Ask: Ask{FieldDateOfBirth, true}, given: func(r Report) bool { return !r.DateOfBirth.IsZero() }, missing: birthDateMissing, faults: birthDateFaults},
	{Ask: Ask{FieldANumber, false}, given: func(r Report) bool { return !r.ANumber.IsZero() }},
	{Ask: Ask{FieldPresent, true}, given: func(r Report) bool { return !r.Present.IsZero() }, missing: presentMissing, faults: presentFaults},
	{Ask: Ask{FieldPrevious, false}, given: func(r Report) bool { return !r.Previous.IsZero() }, faults: previousFaults},
	{Ask: Ask{FieldMailing, false}, given: func(r Report) bool { return !r.Mailing.IsZero() }, faults: mailingFaults},
	{Ask: Ask{FieldMovedOn, true}, given: func(r Report) bool { return !r.MovedOn.IsZero() }, missing: movedOnMissing, faults: movedOnFaults},
	{Ask: Ask{FieldSignature, true}, given: func(r Report) bool { return r.Signature != Signature{} }, missing: signatureMissing, faults: signatureFaults},
	{Ask: Ask{FieldCases, false}, given: func(r Report) bool { return len(r.Cases) > 0 }, faults: caseFaults},
}

// sameAs reports whether the record is of this very report.
func (r Report) sameAs(earlier Record) bool {
	return earlier.Channel == r.Channel && earlier.Statement == r.Statement && earlier.Move == r.Move &&
		slices.EqualFunc(earlier.Cases, r.Cases, func(c CaseRecord, s erequest.Screening) bool { return c.Screening == s })
}
