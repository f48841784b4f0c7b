package processingtimes

import (
	"bytes"
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
// zero Date if that is not known: one body or several, one after the other or one a
// line, each as the API gives it or wrapped as {"form", "office", "body"}. It holds one
// body in memory at a time. The sequence can be ranged over once.
//
// Each row comes either as a value or as an *Exception, after which reading goes on:
// no form or office, a date that is none, lies after readOn or before 1952, a number that
// is none or longer than 20 years, an unknown unit, the form, type and office of an
// earlier row. So does a body without rows. Any other error is the last: input that is no
// JSON, that ends within a body, or that has a body larger than MaxBody or more rows than
// MaxRows, with line and byte. What came before it is good.
func Read(r io.Reader, readOn cris.Date) iter.Seq2[casestatus.ProcessingTime, error] {
	return func(yield func(casestatus.ProcessingTime, error) bool) {
		in := &input{reader: r}
		decoder := json.NewDecoder(in)
		decoder.UseNumber()
		earlier := make(seen, usualRows)
		for {
			in.renew(decoder.InputOffset())
			var body envelope[row]
			err := decoder.Decode(&body)
			if errors.Is(err, io.EOF) {
				return
			}
			var rows iter.Seq2[casestatus.ProcessingTime, *fault]
			if _, mismatch := errors.AsType[*json.UnmarshalTypeError](err); mismatch {
				// Somewhere is another type than there should be: the body is read again, each of
				// its rows by itself.
				rows = looseRows(in.upTo(decoder.InputOffset()), readOn)
			} else if err != nil {
				yield(casestatus.ProcessingTime{}, in.fault(err))
				return
			} else {
				rows = rowsOf(body, readOn, complete)
			}
			line := in.line()
			for posted, wrong := range rows {
				if len(earlier) == MaxRows {
					yield(casestatus.ProcessingTime{}, in.fault(errTooManyRows))
					return
				}
				if posted, err := earlier.account(posted, wrong, line); !yield(posted, err) {
					return
				}
			}
		}
	}
}

// account turns a row into what is yielded for it.
func (s seen) account(posted casestatus.ProcessingTime, wrong *fault, line int) (casestatus.ProcessingTime, error) {
	if wrong == nil {
		under := posted.PostedUnder()
		first, twice := s[under]
		if !twice {
			s[under] = line
			return posted, nil
		}
		wrong = &fault{"row", fmt.Sprintf("this form, type and office stand on line %d already", first)}
	}
	return casestatus.ProcessingTime{}, wrong.at(line, posted)
}

// envelope is a body, bare or wrapped, with rows of one kind.
type envelope[Row any] struct {
	Data data[Row] `json:"data"`
	Body struct {
		Data data[Row] `json:"data"`
	} `json:"body"`
}

type data[Row any] struct {
	ProcessingTime struct {
		FormName   string `json:"form_name"`
		OfficeCode string `json:"office_code"`
		FormNoteEN string `json:"form_note_en"`
		FormNoteES string `json:"form_note_es"`
		Subtypes   []Row  `json:"subtypes"`
	} `json:"processing_time"`
}

// row is one subtype of a form. A figure that is withheld is null or empty.
type row struct {
	FormType           string  `json:"form_type"`
	PublicationDate    string  `json:"publication_date"`
	ServiceRequestDate string  `json:"service_request_date"`
	Range              []bound `json:"range"`
	NoteEN             string  `json:"subtype_note_en"`
	NoteES             string  `json:"subtype_note_es"`
}

type bound struct {
	Value any    `json:"value"` // a json.Number, an empty string, or nil
	Unit  string `json:"unit"`
}

// rowsOf yields the rows of one body, completed one by one.
func rowsOf[Row any](
	read envelope[Row], readOn cris.Date, complete func(body casestatus.ProcessingTime, read Row) (casestatus.ProcessingTime, *fault),
) iter.Seq2[casestatus.ProcessingTime, *fault] {
	return func(yield func(casestatus.ProcessingTime, *fault) bool) {
		times := read.Data.ProcessingTime
		if len(times.Subtypes) == 0 {
			times = read.Body.Data.ProcessingTime
		}
		body := casestatus.ProcessingTime{
			Form:     casestatus.FormNumber(times.FormName),
			Office:   casestatus.OfficeCode(times.OfficeCode),
			ReadOn:   readOn,
			FormNote: casestatus.Notes{English: times.FormNoteEN, Spanish: times.FormNoteES},
		}
		if len(times.Subtypes) == 0 {
			yield(body, &fault{"subtypes", "the body has no rows"})
			return
		}
		for _, subtype := range times.Subtypes {
			if !yield(complete(body, subtype)) {
				return
			}
		}
	}
}

// looseRows yields the rows of a body in which something has another type than it should.
func looseRows(text []byte, readOn cris.Date) iter.Seq2[casestatus.ProcessingTime, *fault] {
	var read envelope[json.RawMessage]
	if err := json.Unmarshal(text, &read); err != nil {
		return func(yield func(casestatus.ProcessingTime, *fault) bool) {
			yield(casestatus.ProcessingTime{}, wrongShape(err))
		}
	}
	return rowsOf(read, readOn, func(body casestatus.ProcessingTime, text json.RawMessage) (casestatus.ProcessingTime, *fault) {
		var read row
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&read); err != nil {
			return body, wrongShape(err)
		}
		return complete(body, read)
	})
}

// fault is what is wrong with a row.
type fault struct {
	field, cause string
}

func (f *fault) at(line int, p casestatus.ProcessingTime) *Exception {
	return &Exception{Line: line, Form: p.Form, FormType: p.FormType, Office: p.Office, Field: f.field, Cause: f.cause}
}

// wrongShape says which field of a JSON text has another type than it should.
func wrongShape(err error) *fault {
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && mismatch.Field != "" {
		return &fault{mismatch.Field, "has another JSON type than it should"}
	}
	return &fault{"body", "not in the form in which processing times are published"}
}

// complete adds one row to body, which has form, office and day of reading. With a fault,
// it returns what it has read until then.
func complete(body casestatus.ProcessingTime, read row) (casestatus.ProcessingTime, *fault) {
	posted := body
	posted.FormType = casestatus.FormType(read.FormType)
	switch {
	case !isCode(string(posted.Form)) || posted.Form == "":
		return posted, &fault{"form_name", "not the number of a form"}
	case !isCode(string(posted.Office)) || posted.Office == "":
		return posted, &fault{"office_code", "not the code of an office"}
	case !isCode(string(posted.FormType)):
		return posted, &fault{"form_type", "not a type of form"}
	case len(read.Range) > 2:
		return posted, &fault{"range", "more than two bounds"}
	}
	posted.Note = casestatus.Notes{English: read.NoteEN, Spanish: read.NoteES}
	for _, note := range [...]struct{ field, text string }{
		{"form_note_en", posted.FormNote.English},
		{"form_note_es", posted.FormNote.Spanish},
		{"subtype_note_en", posted.Note.English},
		{"subtype_note_es", posted.Note.Spanish},
	} {
		if strings.ContainsRune(note.text, 0) || !utf8.ValidString(note.text) {
			return posted, &fault{note.field, "not a text"}
		}
	}
	var cause string
	if posted.PublishedOn, cause = readDate(read.PublicationDate, body.ReadOn); cause != "" {
		return posted, &fault{"publication_date", cause}
	}
	if posted.InquiryDate, cause = readDate(read.ServiceRequestDate, body.ReadOn); cause != "" {
		return posted, &fault{"service_request_date", cause}
	}
	for i, into := range []*casestatus.Bound{&posted.Threshold, &posted.Other}[:len(read.Range)] {
		bound, wrong := readBound(read.Range[i])
		if wrong != nil {
			return posted, &fault{fmt.Sprintf("range[%d].%s", i, wrong.field), wrong.cause}
		}
		*into = bound
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
	t, err := time.Parse("January 2, 2006", text)
	if err != nil {
		return cris.Date{}, "not a date as in January 28, 2022"
	}
	date = cris.DateOf(t, time.UTC)
	if date.IsZero() {
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

// readBound reads one end of a range: no bound where the figure is withheld.
func readBound(read bound) (casestatus.Bound, *fault) {
	if read.Value == nil || read.Value == "" {
		return casestatus.Bound{}, nil
	}
	number, ok := read.Value.(json.Number)
	if !ok || !isPlain(string(number)) {
		return casestatus.Bound{}, &fault{"value", "not a plain number"}
	}
	value, err := decimal.NewFromString(string(number))
	if err != nil {
		return casestatus.Bound{}, &fault{"value", "not a plain number"}
	}
	unit, most := unitOf(read.Unit)
	switch {
	case unit == "":
		return casestatus.Bound{}, &fault{"unit", "an unknown unit"}
	case value.IntPart() >= most && value.GreaterThan(decimal.NewFromInt(most)):
		// 301.5 months have been published once, which nobody can have meant.
		return casestatus.Bound{}, &fault{"value", "longer than 20 years"}
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
