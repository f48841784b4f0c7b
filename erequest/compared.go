package erequest

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Agreement is how something that was entered agrees with the case on file.
type Agreement string

// The agreements.
const (
	NotCompared Agreement = "not_compared" // it was not entered, or is not on file
	Agrees      Agreement = "agrees"
	Differs     Agreement = "differs"
)

// Agreements lists the agreements. The caller may keep and change the slice.
func Agreements() []Agreement { return []Agreement{NotCompared, Agrees, Differs} }

// Message returns what the agreement is called.
func (a Agreement) Message() cris.Message {
	return cris.Message{Code: "erequest.agreement." + cris.Code(a)}
}

// Compared is how the person that a request names agrees with the case on file on the day of
// filing. It is for staff: a request is accepted whether or not they agree, and whoever files
// it is not told, so that nobody can find out by trying who an applicant is.
type Compared struct {
	Name           Agreement // of the person, with that of the applicant
	DateOfBirth    Agreement
	Representative Agreement // who places the request, with the one of record (ER-14)
}

// showsWhoAsks reports whether the person is the applicant on file, as far as can be told.
func (c Compared) showsWhoAsks() bool { return c.Name == Agrees && c.DateOfBirth == Agrees }

// CompareDetails compares the person and the representative of the details with those of the
// case on file. Names agree if the family name and the given name have the same base letters,
// whatever their case, marks and hyphens; middle and maiden names are not compared.
func CompareDetails(d Details, onFile casestatus.Header) Compared {
	return Compared{
		Name:           compareNames(d.Name, onFile.Applicant),
		DateOfBirth:    compare(d.DateOfBirth, onFile.DateOfBirth, cris.Personal[cris.Date]{}, d.DateOfBirth == onFile.DateOfBirth),
		Representative: compareNames(d.Representative.Name, onFile.Representative),
	}
}

func compareNames(entered, onFile cris.PersonName) Agreement {
	e, f := entered.Reveal(), onFile.Reveal()
	return compare(entered, onFile, cris.PersonName{}, baseLetters(e.Family) == baseLetters(f.Family) && baseLetters(e.Given) == baseLetters(f.Given))
}

func compare[T comparable](entered, onFile, none T, agree bool) Agreement {
	switch {
	case entered == none || onFile == none:
		return NotCompared
	case agree:
		return Agrees
	}
	return Differs
}

// baseLetters returns the letters of part of a name in capitals and without marks. Agencies
// and machines often spell names that way.
func baseLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFD.String(s))
}
