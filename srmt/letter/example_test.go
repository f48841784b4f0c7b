package letter_test

import (
	"fmt"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/letter"
)

// An officer had a card mailed again. The letter that says so needs the day on which the customer
// may ask again.
func ExampleCompose() {
	number, _ := erequest.NewConfirmationNumber(strings.NewReader("0123456789ab")) // in a program that of the request
	facts := letter.Facts{
		Issue: erequest.CardNotReceived, Finding: letter.MailedAgain,
		Confirmation: number, Receipt: casestatus.MustParseReceiptNumber("MSC2190000001"), Filed: cris.MustParseDate("2024-03-04"),
		Office: "Nebraska Service Center", Done: cris.MustParseDate("2024-03-11"),
	}
	today := cris.MustParseDate("2024-03-12")
	preview := letter.Compose(letter.DefaultLibrary(), facts, cris.English, today)
	fmt.Println(preview.Outcome, preview.Reasons)

	facts.AskAgain = cris.MustParseDate("2024-04-03")
	decision := letter.Compose(letter.DefaultLibrary(), facts, cris.English, today)
	fmt.Println(decision.Outcome, decision.Edition)
	fmt.Println(decision.Letter.Subject)
	fmt.Println(decision.Letter.Paragraphs[2])
	fmt.Println(decision.Letter.Paragraphs[3])
	// Output:
	// refused [the day on which the customer may ask again is missing (SR-7)]
	// composed response card_not_received mailed_again 2013-08-15
	// We mailed your card again
	// We are sorry that your card did not arrive. We mailed it again on March 11, 2024, to the mailing address that we have for you. Please allow a few days for it to arrive.
	// If it does not come, you may ask us again on or after April 3, 2024.
}

// A text of one's own is checked when it is loaded.
func ExampleNew() {
	_, err := letter.New(erequest.TypographicalError, letter.Corrected, cris.TemplateText{
		Edition: "correction 2024", From: cris.MustParseDate("2024-03-04"),
		Subject:    cris.Phrase{English: "Corrected", Spanish: "Corregido"},
		Paragraphs: []cris.Phrase{{English: "{office}: {number}, {receipt}, {filed}", Spanish: "{office}: {number}, {receipt}, {filed}"}},
	})
	fmt.Println(err)
	// Output:
	// letter: for "typographical_error" and "corrected": cris: template "correction 2024": variable "done_on" is not shown in en
}
