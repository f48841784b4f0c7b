package selfcheck

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/seed28e20331/cris"
)

// Instruction is one step that an individual is told to take to resolve a mismatch, or
// something to know about it.
type Instruction string

// The instructions of the form for SSA (SC-12).
const (
	VisitSSAOffice         Instruction = "visit_ssa_office"
	BringForm              Instruction = "bring_form"
	BringDocuments         Instruction = "bring_documents"
	HaveSSARecordCorrected Instruction = "have_ssa_record_corrected"
	CheckAgain             Instruction = "check_again"
)

// The instructions of the call to the E-Verify Customer Contact Office (SC-13).
const (
	CallContactOffice     Instruction = "call_contact_office"
	AskForRepresentative  Instruction = "ask_for_representative"
	HaveDocumentsAtHand   Instruction = "have_documents_at_hand"
	CorrectArrivalRecord  Instruction = "correct_arrival_record"
	CorrectUSCISDocument  Instruction = "correct_uscis_document"
	UpdateCitizenship     Instruction = "update_citizenship"
	RequestUSCISRecord    Instruction = "request_record"
	ResolvingIsVoluntary  Instruction = "resolving_is_voluntary" // of both
	MismatchMayOccurAgain Instruction = "mismatch_may_occur_again"
)

// Instructions lists all instructions. The caller may keep and change the slice.
func Instructions() []Instruction {
	return []Instruction{
		VisitSSAOffice, BringForm, BringDocuments, HaveSSARecordCorrected, CheckAgain, CallContactOffice,
		AskForRepresentative, HaveDocumentsAtHand, CorrectArrivalRecord, CorrectUSCISDocument, UpdateCitizenship,
		RequestUSCISRecord, ResolvingIsVoluntary, MismatchMayOccurAgain,
	}
}

// ownWords are the words of this package, for the texts that it composes.
var ownWords = sync.OnceValue(func() cris.Words { return cris.NewWords(Words()...) })

// sheet is a text for an individual as it is written: a title, labeled values, and
// numbered instructions under headings.
type sheet struct {
	language cris.Language
	text     strings.Builder
}

func (s *sheet) say(code cris.Code) string {
	return ownWords().Say(s.language, cris.Message{Code: code})
}

func (s *sheet) title(code cris.Code) { fmt.Fprintf(&s.text, "%s\n\n", s.say(code)) }

// labeled is a value with the code of its label.
type labeled struct {
	label cris.Code
	value string
}

// values writes the values under one another, in a column of their own.
func (s *sheet) values(rows ...labeled) {
	width := 0
	for _, row := range rows {
		width = max(width, utf8.RuneCountInString(s.say(row.label)))
	}
	for _, row := range rows {
		label := s.say(row.label)
		padding := strings.Repeat(" ", width-utf8.RuneCountInString(label))
		fmt.Fprintf(&s.text, "%s: %s%s\n", label, padding, row.value)
	}
}

// steps writes the instructions under a heading.
func (s *sheet) steps(heading cris.Code, instructions []Instruction) {
	fmt.Fprintf(&s.text, "\n%s\n\n", s.say(heading))
	for i, instruction := range instructions {
		fmt.Fprintf(&s.text, "%d. %s\n", i+1, ownWords().Say(s.language, instruction.Message()))
	}
}
