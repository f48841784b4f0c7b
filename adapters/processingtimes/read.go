package processingtimes

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// MaxBody is how many bytes one body, or one record of a table, may have. The published
// ones have up to 8,000.
const MaxBody = 1 << 20

// MaxRows is how many rows one input may have. The whole site had 706 in 2024.
const MaxRows = 1 << 16

// usualRows is room for what a whole site has.
const usualRows = 1000

// Read yields the rows of the published JSON, which was served on the day readOn, the
// zero Date if that is not known: one body or several, one after the other, one a line, or
// in an array, each as the API gives it or wrapped as {"form", "office", "body"}. It holds
// one body in memory at a time. The sequence can be ranged over once.
//
// Each row comes either as a value or as an *Exception, after which reading goes on. A row
// is an exception if it has no form or no office; if a date cannot be read, lies after readOn
// or before 1952; if a number cannot be read, is 0 or is longer than 20 years; or if a unit is
// unknown. A body without rows is one exception. Where only the range is wrong and another
// figure decides, the row comes as a value without it, and the *Exception that follows is
// Kept; so does a row with the form, type and office of an earlier one, of which the last
// counts.
//
// Any other error is the last, with line and byte: input that is not JSON, that ends within a
// body, or that has a body larger than MaxBody or more rows than MaxRows, or the error of r.
// What came before it is good.
func Read(r io.Reader, readOn cris.Date) iter.Seq2[casestatus.ProcessingTime, error] {
	return func(yield func(casestatus.ProcessingTime, error) bool) {
		all := newBodies(r)
		earlier := make(seen, usualRows)
		for {
			text, line, err := all.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(casestatus.ProcessingTime{}, all.fault(err))
				return
			}
			for posted, wrong := range rowsIn(text, readOn) {
				if len(earlier) == MaxRows {
					yield(casestatus.ProcessingTime{}, all.fault(errTooManyRows))
					return
				}
				if !earlier.account(posted, wrong, line, yield) {
					return
				}
			}
		}
	}
}

// account yields a row: as a value, with what is to be said about it, or as an exception.
func (s seen) account(
	posted casestatus.ProcessingTime, wrong []fault, line int, yield func(casestatus.ProcessingTime, error) bool,
) bool {
	kept := len(wrong) == 0 || wrong[0].kept
	if kept {
		under := posted.PostedUnder()
		if first, twice := s[under]; twice {
			wrong = append(wrong, fault{"row", fmt.Sprintf("this form, type and office stand on line %d already; the last counts", first), true})
		} else {
			s[under] = line
		}
		if !yield(posted, nil) {
			return false
		}
	}
	for _, fault := range wrong {
		if !yield(casestatus.ProcessingTime{}, fault.at(line, posted)) {
			return false
		}
	}
	return true
}

// fault is what is wrong with a row.
type fault struct {
	field, cause string
	kept         bool // the row is a value all the same
}

// setAside is a fault with which a row is no value.
func setAside(field, cause string) []fault { return []fault{{field, cause, false}} }

// withoutRange keeps a row whose range, or a bound of it, is wrong and left out, if
// something that decides is left.
func withoutRange(posted casestatus.ProcessingTime, wrong []fault) (casestatus.ProcessingTime, []fault) {
	if posted.Suppressed() {
		return posted, wrong[:1]
	}
	for i := range wrong {
		wrong[i].kept = true
	}
	return posted, wrong
}

func (f fault) at(line int, p casestatus.ProcessingTime) *Exception {
	return &Exception{Line: line, Form: p.Form, FormType: p.FormType, Office: p.Office, Field: f.field, Cause: f.cause, Kept: f.kept}
}

// wrongShape says which field of a JSON text has another type than it should.
func wrongShape(err error) []fault {
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && mismatch.Field != "" {
		return setAside(mismatch.Field, "has another JSON type than it should")
	}
	return setAside("body", "not in the form in which processing times are published")
}

// complete adds one row to body, which has form, office and day of reading. With a fault
// that sets the row aside, it returns what it has read until then.
func complete(body casestatus.ProcessingTime, read row) (casestatus.ProcessingTime, []fault) {
	posted := body
	posted.FormType = casestatus.FormType(read.FormType)
	switch {
	case !isCode(string(posted.Form)) || posted.Form == "":
		return posted, setAside("form_name", "not the number of a form")
	case !isCode(string(posted.Office)) || posted.Office == "":
		return posted, setAside("office_code", "not the code of an office")
	case !isCode(string(posted.FormType)):
		return posted, setAside("form_type", "not a type of form")
	}
	posted.Note = casestatus.Notes{English: read.NoteEN, Spanish: read.NoteES}
	for _, note := range [...]struct{ field, text string }{
		{"form_note_en", posted.FormNote.English},
		{"form_note_es", posted.FormNote.Spanish},
		{"subtype_note_en", posted.Note.English},
		{"subtype_note_es", posted.Note.Spanish},
	} {
		if strings.ContainsRune(note.text, 0) || !utf8.ValidString(note.text) {
			return posted, setAside(note.field, "not a text")
		}
	}
	var cause string
	if posted.PublishedOn, cause = readDate(read.PublicationDate, body.ReadOn); cause != "" {
		return posted, setAside("publication_date", cause)
	}
	if posted.InquiryDate, cause = readDate(read.ServiceRequestDate, body.ReadOn); cause != "" {
		return posted, setAside("service_request_date", cause)
	}
	if len(read.Range) > 2 {
		return withoutRange(posted, setAside("range", "more than two bounds"))
	}
	var wrong []fault
	for i, into := range []*casestatus.Bound{&posted.Threshold, &posted.Other}[:len(read.Range)] {
		bound, fault := readBound(read.Range[i])
		if fault != nil {
			fault.field = fmt.Sprintf("range[%d].%s", i, fault.field)
			wrong = append(wrong, *fault)
		}
		*into = bound
	}
	if len(wrong) > 0 {
		return withoutRange(posted, wrong)
	}
	return posted, nil
}

// isCode reports whether s may be a form, a type of form or an office: short and
// printable. What is not would be a burden to whatever stores it.
func isCode(s string) bool {
	const longest = 40
	for _, c := range []byte(s) {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return len(s) <= longest
}

// earliest is the first day that a publication may name: the forms rest on an act of
// that year.
var earliest = cris.MustParseDate("1952-01-01")

// readDate reads the form January 28, 2022; nothing is no date. It returns what is
// wrong, "" for nothing.
func readDate(text string, readOn cris.Date) (date cris.Date, cause string) {
	if text == "" {
		return cris.Date{}, ""
	}
	if date = parseDate(text); date.IsZero() {
		return cris.Date{}, "not a date as in January 28, 2022"
	}
	if date.Before(earliest) {
		return cris.Date{}, "before 1952"
	}
	if !readOn.IsZero() && date.After(readOn) {
		return cris.Date{}, "after the day on which it was read"
	}
	return date, ""
}

var months = func() map[string]time.Month {
	byName := map[string]time.Month{}
	for month := time.January; month <= time.December; month++ {
		byName[month.String()] = month
	}
	return byName
}()

// parseDate returns the zero Date for text that is not a date. Most are written as the agency does, which is
// read at once; time.Parse knows what else may stand for the same day.
func parseDate(text string) cris.Date {
	name, rest, _ := strings.Cut(text, " ")
	day, year, _ := strings.Cut(rest, ", ")
	if len(day) == 2 && len(year) == 4 {
		if date, err := cris.NewDate(digits(year), months[name], digits(day)); err == nil {
			return date
		}
	}
	t, err := time.Parse("January 2, 2006", text)
	if err != nil {
		return cris.Date{}
	}
	return cris.DateOf(t, time.UTC)
}

// digits reads up to four digits, and 0 for anything else.
func digits(text string) (n int) {
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// readBound reads one end of a range: no bound where the figure is withheld.
func readBound(read bound) (casestatus.Bound, *fault) {
	if read.Value == nil || read.Value == "" {
		return casestatus.Bound{}, nil
	}
	number, ok := read.Value.(json.Number)
	if !ok || !isPlain(string(number)) {
		return casestatus.Bound{}, &fault{field: "value", cause: "not a plain number"}
	}
	value, err := decimal.NewFromString(string(number))
	if err != nil {
		return casestatus.Bound{}, &fault{field: "value", cause: "not a plain number"}
	}
	unit, most := unitOf(read.Unit)
	switch {
	case unit == "":
		return casestatus.Bound{}, &fault{field: "unit", cause: "an unknown unit"}
	case value.IsZero():
		// After 0 months every case would be outside on the day after it was filed.
		return casestatus.Bound{}, &fault{field: "value", cause: "no time at all"}
	case value.IntPart() >= most && value.GreaterThan(decimal.NewFromInt(most)):
		// 301.5 months have been published once, which nobody can have meant.
		return casestatus.Bound{}, &fault{field: "value", cause: "longer than 20 years"}
	}
	return casestatus.Bound{Value: value, Unit: unit}, nil
}

// isPlain reports whether a number is a few digits and a point: one such as 1e999999999
// would fill the memory.
func isPlain(number string) bool {
	const most = 12
	for _, c := range []byte(number) {
		if (c < '0' || c > '9') && c != '.' {
			return false
		}
	}
	return len(number) <= most
}

// unitOf returns the unit that is published under that name, and how much of it 20 years
// have; "" for an unknown one.
func unitOf(published string) (unit casestatus.Unit, most int64) {
	switch published {
	case "Month", "Months":
		return casestatus.Months, 240
	case "Week", "Weeks":
		return casestatus.Weeks, 1043
	case "Day", "Days":
		return casestatus.Days, 7305
	}
	return "", 0
}
