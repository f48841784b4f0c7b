package access_test

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// An individual wants the date of birth corrected, and nothing shows that it is wrong.
func ExampleService_Amend() {
	service := access.NewService(memory.New().Trails(), nil)
	field := func(value string) []access.Field {
		return []access.Field{{Class: disclosure.BirthDate, Value: cris.NewPersonal(value)}}
	}
	decision, err := service.Amend(context.Background(), access.AmendmentFacts{
		By:      selfcheck.Official{ID: "privacy-1", Duties: []selfcheck.Duty{selfcheck.DutyAmendment}},
		Handle:  selfcheck.NewHandle(), // in truth the one that is kept in the record
		Current: field("1980-02-29"),
		Asked:   field("1980-02-28"),
		Finding: access.EvidenceMissing,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	words := cris.NewWords(access.Words()...)
	for _, message := range decision.Answer() {
		fmt.Println(words.Say(cris.English, message))
	}
	// Output:
	// We did not correct your record.
	// Nothing that you sent us or that we found shows that the record is wrong.
	// You may appeal. Write to the DHS Office of the General Counsel or its designee, Department of Homeland Security, Washington, DC 20528. Your appeal must arrive within 60 days after the date of this answer. Say which answer you appeal, and write "Privacy Act Appeal" on the letter and on the envelope.
}

// What an individual gets says what is on record, in the individual's language.
func ExampleDocument_RevealText() {
	document := access.Document{
		Title: cris.Message{Code: "access.document"},
		Sections: []access.Section{{
			Title: cris.Message{Code: "access.section_identity"},
			Values: []access.Labeled{
				{Label: disclosure.Name.Message(), Value: access.Text("Erika Muster")},
				{Label: disclosure.BirthDate.Message(), Value: access.Day(cris.MustParseDate("1980-02-29"))},
			},
		}},
	}
	fmt.Println(document.Sections[0].Values[0].Value)
	fmt.Print(document.RevealText(cris.Spanish, allWords()))
	// Output:
	// [redacted]
	// Sus registros de E-Verify Self Check
	//
	// Confirmamos su identidad
	//   Nombre: Erika Muster
	//   Fecha de nacimiento: 29 de febrero de 1980
}
