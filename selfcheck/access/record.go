package access

import (
	"cmp"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// FromRecord returns the document of everything that is on record of one transaction, with the
// accounting of its disclosures and the trail of its amendments, in the order in which they are
// given.
func FromRecord(record selfcheck.Record, entries []disclosure.Entry, trail []Step) Document {
	document := Document{Title: cris.Message{Code: "access.document"}}
	add := func(title cris.Code, values []Labeled) {
		document.Sections = append(document.Sections, Section{cris.Message{Code: title}, values})
	}
	if record.Failure != (selfcheck.Failure{}) {
		add("access.section_failure", ofFailure(record.Failure))
	}
	if record.Pass != (selfcheck.PassedProofing{}) {
		add("access.section_identity", ofPass(record.Pass))
	}
	if record.Query != (selfcheck.QueryRecord{}) {
		add("access.section_query", ofQuery(record.Query))
	}
	for _, entry := range entries {
		add("access.section_disclosure", ofEntry(entry))
	}
	for _, step := range trail {
		add("access.section_step", ofStep(step))
	}
	return document
}

func labeled(label cris.Code, value Value) Labeled { return Labeled{cris.Message{Code: label}, value} }

func ofFailure(failure selfcheck.Failure) []Labeled {
	return []Labeled{
		labeled("access.at", Instant(failure.At)),
		labeled("access.transaction", Text(string(failure.Transaction))),
		labeled("access.idp_transaction", Text(string(failure.IdPTransaction))),
		labeled("access.reason", said(failure.Reason)),
		labeled("access.error_code", Text(string(failure.ErrorCode))),
	}
}

func ofPass(pass selfcheck.PassedProofing) []Labeled {
	name := pass.Name.Reveal()
	return []Labeled{
		labeled("access.at", Instant(pass.At)),
		labeled("access.transaction", Text(string(pass.Transaction))),
		labeled("access.idp_transaction", Text(string(pass.IdPTransaction))),
		labeled("access.statement", Text(pass.Statement)),
		labeled("access.family_name", Text(name.Family)),
		labeled("access.given_name", Text(name.Given)),
		labeled("access.middle_name", Text(name.Middle)),
		labeled("access.maiden_name", Text(name.Maiden)),
		{disclosure.BirthDate.Message(), Day(pass.BirthDate.Reveal())},
		{disclosure.SSN.Message(), Text(pass.SSN.Reveal())},
	}
}

func ofQuery(record selfcheck.QueryRecord) []Labeled {
	query := record.Query
	var documents []cris.Message
	for _, document := range []selfcheck.Document{query.ListA, query.ListB, query.ListC} {
		if document != "" {
			documents = append(documents, document.Message())
		}
	}
	card := ""
	if !query.CardNumber.IsZero() {
		card = query.CardNumber.Reveal().String()
	}
	return []Labeled{
		labeled("access.at", Instant(record.Submitted)),
		{disclosure.CitizenshipStatus.Message(), said(query.Status)},
		{disclosure.Documents.Message(), Said(documents...)},
		{selfcheck.FieldSSN.Message(), Text(query.SSN.Reveal())},
		{selfcheck.FieldANumber.Message(), Text(query.ANumber.Reveal())},
		{selfcheck.FieldPassportNumber.Message(), Text(query.PassportNumber.Reveal())},
		{selfcheck.FieldCountry.Message(), Text(string(query.Country.Reveal()))},
		{selfcheck.FieldI94Number.Message(), Text(query.I94Number.Reveal())},
		{selfcheck.FieldCardNumber.Message(), Text(card)},
		{selfcheck.FieldDocumentNumber.Message(), Text(query.DocumentNumber.Reveal())},
		{selfcheck.FieldState.Message(), Text(string(query.State.Reveal()))},
		{selfcheck.FieldExpirationDate.Message(), Day(query.ExpirationDate.Reveal())},
		{disclosure.CaseNumber.Message(), Text(string(record.Case))},
		{disclosure.QueryResult.Message(), said(record.Result)},
		{disclosure.Resolution.Message(), said(record.Choice)},
		labeled("access.closed_at", Instant(record.Closed)),
		labeled("access.reason", said(record.Closure)),
	}
}

// ofEntry returns what the individual may know of a disclosure: the date, nature and purpose,
// and the recipient (5 U.S.C. 552a(c)(3)).
func ofEntry(entry disclosure.Entry) []Labeled {
	recipient := strings.Trim(entry.Recipient.Name+", "+entry.Recipient.Address, ", ")
	return []Labeled{
		labeled("access.at", Instant(entry.At)),
		labeled("access.use", said(entry.Use)),
		labeled("access.purpose", said(entry.Purpose)),
		labeled("access.authority", Text(entry.Authority)),
		labeled("access.recipient", said(entry.Recipient.Kind)),
		labeled("access.recipient_address", Text(cmp.Or(recipient, entry.Recipient.File))),
		labeled("access.classes", Said(classMessages(entry.Classes)...)),
	}
}

func ofStep(step Step) []Labeled {
	return []Labeled{
		labeled("access.at", Instant(step.At)),
		labeled("access.step", said(step.Kind)),
		labeled("access.classes", Said(classMessages(step.Classes)...)),
		labeled("access.reason", said(step.Finding)),
	}
}

func classMessages(classes []disclosure.Class) []cris.Message {
	messages := make([]cris.Message, len(classes))
	for i, class := range classes {
		messages[i] = class.Message()
	}
	return messages
}

// said returns the value of an enumeration, the zero Value for "".
func said[T interface {
	~string
	Message() cris.Message
}](value T) Value {
	if value == "" {
		return Value{}
	}
	return Said(value.Message())
}
