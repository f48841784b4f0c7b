package selfcheck

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
)

// FailureReason is why an individual was not authenticated.
type FailureReason string

// The reasons: the three of the notice (SC-4), and the one for which access ends
// (SC-8).
const (
	CouldNotGenerateQuestions FailureReason = "could_not_generate_questions"
	AnsweredIncorrectly       FailureReason = "answered_incorrectly"
	SystemError               FailureReason = "system_error"
	MultipleAttempts          FailureReason = "multiple_attempts"
)

// FailureReasons lists the reasons for which a proofing can fail. The caller may keep and
// change the slice.
func FailureReasons() []FailureReason {
	return []FailureReason{CouldNotGenerateQuestions, AnsweredIncorrectly, SystemError, MultipleAttempts}
}

// IsAttempt reports whether the individual made an attempt. An outage of the provider, or too
// little data to ask about, is not an attempt and must not count toward a limit.
func (r FailureReason) IsAttempt() bool { return r == AnsweredIncorrectly || r == MultipleAttempts }

// Failure is all that is kept of a failed proofing (SC-5). No field of it is about the
// individual, and no such field may be added. The edition of the statement is not among what the
// notice lets us keep; it was one in force on that day, since no other is accepted.
type Failure struct {
	Transaction    TransactionID
	IdPTransaction IdPTransactionID // "" if the provider named none
	Reason         FailureReason
	At             time.Time // UTC, to the microsecond
	ErrorCode      ErrorCode // "" if the provider gave none
}

// failureOf keeps of the report what may be kept.
//
// SC-5: transaction numbers, reason, date and time, error code. Free text in place of a number
// or a code is dropped, and so is one that holds something of what the provider was sent.
func failureOf(facts ProofingFacts, reason FailureReason) Failure {
	failure := Failure{Transaction: facts.Begun.Transaction, Reason: reason, At: facts.reportedAt()}
	if id := facts.Reported.Transaction; facts.mayKeep(string(id), id.isValid()) {
		failure.IdPTransaction = id
	}
	if code := facts.Reported.Report.ErrorCode; facts.mayKeep(string(code), code.isValid()) {
		failure.ErrorCode = code
	}
	return failure
}

// mayKeep reports whether a text of the provider may be kept: it must be well formed and hold
// nothing of what the provider was sent, however it is written. Now and then that drops a number
// that contains a short name by chance; only someone who looks for the cause of that one failure
// will miss it.
func (f ProofingFacts) mayKeep(text string, isWellFormed bool) bool {
	if !isWellFormed {
		return false
	}
	bare := lettersAndDigits(text)
	for _, value := range f.Sent.values() {
		if value := lettersAndDigits(value); value != "" && strings.Contains(bare, value) {
			return false
		}
	}
	return true
}

// values returns what the provider was sent, in the forms in which it could come back.
func (a Applicant) values() []string {
	const (
		shortest = 3 // a name of two letters stands in many a code by chance
		century  = 100
	)
	var values []string
	name := a.Name.Reveal()
	for _, part := range []string{name.Family, name.Given, name.Middle, name.Maiden} {
		for _, word := range append(strings.Fields(part), part) {
			keys := alphabet.KeysOf(word) // as providers write it: Müller is MUELLER, and Sørensen is SORENSEN
			for _, written := range []string{word, keys.ICAO.Reveal(), keys.BaseLetter.Reveal()} {
				if utf8.RuneCountInString(written) >= shortest {
					values = append(values, written)
				}
			}
		}
	}
	if residence := a.Residence.Reveal(); !a.Residence.IsZero() {
		const shortestOfAddress = 5 // as are words such as Lane
		for _, part := range []string{residence.Street, residence.Unit, residence.City} {
			for _, word := range append(strings.Fields(part), part) {
				if utf8.RuneCountInString(word) >= shortestOfAddress {
					values = append(values, word)
				}
			}
		}
		city := alphabet.KeysOf(residence.City)
		values = append(values, city.ICAO.Reveal(), city.BaseLetter.Reveal(), residence.ZIP.Five().String())
	}
	if birth := a.BirthDate.Reveal(); !birth.IsZero() {
		year, month, day := birth.Date()
		values = append(values,
			fmt.Sprintf("%04d%02d%02d", year, month, day), fmt.Sprintf("%02d%02d%04d", month, day, year),
			fmt.Sprintf("%02d%02d%04d", day, month, year), fmt.Sprintf("%d%d%d", year, month, day),
			birth.String()[2:], fmt.Sprintf("%02d%02d%02d", month, day, year%century), fmt.Sprintf("%02d%02d%02d", day, month, year%century))
	}
	if ssn := lettersAndDigits(a.SSN.Reveal()); ssn != "" {
		values = append(values, ssn, ssn[len(ssn)-4:])
	}
	return values
}

// lettersAndDigits returns the text without accents, in capitals and without everything that is
// not a letter or a digit.
func lettersAndDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, norm.NFD.String(text))
}

// instant brings a time from outside into the form that stores keep.
func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// reason says why, as far as it is on record.
func (r FailureReason) reason() cris.Reason {
	switch r {
	case CouldNotGenerateQuestions:
		return tooFewQuestions
	case AnsweredIncorrectly:
		return answeredIncorrectly
	case MultipleAttempts:
		return multipleAttempts
	case SystemError:
	}
	return systemError
}
