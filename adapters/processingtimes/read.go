package processingtimes

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// MaxBody is how many bytes one body may have. The published ones have up to 8,000.
const MaxBody = 1 << 20

// Read yields the rows of the published JSON, which was served on the day readOn, the
// zero Date if that is not known: one body or several, one after the other or one a
// line, each as the API gives it or wrapped as {"form", "office", "body"}. It holds one
// body in memory at a time. The sequence can be ranged over once.
//
// Each row comes either as a value or as an *Exception, after which reading goes on:
// no form or office, a date that is none or lies after readOn, a number that is none
// or longer than 20 years, an unknown unit. So does a body without rows. Any other
// error is the last: input that is no JSON, that ends within a body, or that has a
// body larger than MaxBody, with line and byte. What came before it is good.
func Read(r io.Reader, readOn cris.Date) iter.Seq2[casestatus.ProcessingTime, error] {
	return func(yield func(casestatus.ProcessingTime, error) bool) {
		in := &input{reader: r}
		decoder := json.NewDecoder(in)
		for {
			in.allowance = MaxBody
			var text json.RawMessage
			err := decoder.Decode(&text)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(casestatus.ProcessingTime{}, in.fault(err))
				return
			}
			line := in.lineAt(decoder.InputOffset() - int64(len(text)))
			for posted, err := range rowsOf(text, readOn, line) {
				if !yield(posted, err) {
					return
				}
			}
		}
	}
}

// envelope is a body, bare or wrapped.
type envelope struct {
	Data data `json:"data"`
	Body struct {
		Data data `json:"data"`
	} `json:"body"`
}

type data struct {
	ProcessingTime struct {
		FormName   string            `json:"form_name"`
		OfficeCode string            `json:"office_code"`
		Subtypes   []json.RawMessage `json:"subtypes"`
	} `json:"processing_time"`
}

// row is one subtype of a form. A figure that is withheld is null or empty.
type row struct {
	FormType           string  `json:"form_type"`
	PublicationDate    string  `json:"publication_date"`
	ServiceRequestDate string  `json:"service_request_date"`
	Range              []bound `json:"range"`
}

type bound struct {
	Value json.RawMessage `json:"value"` // a number, an empty string, or null
	Unit  string          `json:"unit"`
}

// rowsOf yields the rows of one body.
func rowsOf(text []byte, readOn cris.Date, line int) iter.Seq2[casestatus.ProcessingTime, error] {
	return func(yield func(casestatus.ProcessingTime, error) bool) {
		var read envelope
		if err := json.Unmarshal(text, &read); err != nil {
			yield(casestatus.ProcessingTime{}, wrongShape(err).at(line, casestatus.ProcessingTime{}))
			return
		}
		times := read.Data.ProcessingTime
		if len(times.Subtypes) == 0 {
			times = read.Body.Data.ProcessingTime
		}
		body := casestatus.ProcessingTime{
			Form:   casestatus.FormNumber(times.FormName),
			Office: casestatus.OfficeCode(times.OfficeCode),
			ReadOn: readOn,
		}
		if len(times.Subtypes) == 0 {
			yield(casestatus.ProcessingTime{}, (&fault{"subtypes", "the body has no rows"}).at(line, body))
			return
		}
		for _, subtype := range times.Subtypes {
			posted, wrong := readRow(body, subtype)
			if wrong != nil {
				if !yield(casestatus.ProcessingTime{}, wrong.at(line, posted)) {
					return
				}
				continue
			}
			if !yield(posted, nil) {
				return
			}
		}
	}
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

// readRow completes body, which has form, office and day of reading, by one row. With
// a fault, it returns what it has read until then.
func readRow(body casestatus.ProcessingTime, text []byte) (casestatus.ProcessingTime, *fault) {
	posted := body
	var read row
	if err := json.Unmarshal(text, &read); err != nil {
		return posted, wrongShape(err)
	}
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
	for _, part := range []struct {
		field, text string
		into        *cris.Date
	}{
		{"publication_date", read.PublicationDate, &posted.PublishedOn},
		{"service_request_date", read.ServiceRequestDate, &posted.InquiryDate},
	} {
		date, cause := readDate(part.text, body.ReadOn)
		if cause != "" {
			return posted, &fault{part.field, cause}
		}
		*part.into = date
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
	if !readOn.IsZero() && date.After(readOn) {
		return cris.Date{}, "after the day on which it was read"
	}
	return date, ""
}

// readBound reads one end of a range: no bound where the figure is withheld.
func readBound(read bound) (casestatus.Bound, *fault) {
	number := string(read.Value)
	if number == "" || number == "null" || number == `""` {
		return casestatus.Bound{}, nil
	}
	// A few plain digits and a point: a number such as 1e999999999 would fill the memory.
	const longest = 12
	for _, c := range []byte(number) {
		if (c < '0' || c > '9') && c != '.' || len(number) > longest {
			return casestatus.Bound{}, &fault{"value", "not a plain number"}
		}
	}
	value, err := decimal.NewFromString(number)
	if err != nil {
		return casestatus.Bound{}, &fault{"value", "not a plain number"}
	}
	unit, ok := unitOf(read.Unit)
	if !ok {
		return casestatus.Bound{}, &fault{"unit", "an unknown unit"}
	}
	// 301.5 months have been published once, which nobody can have meant.
	const mostDays = 20 * 365
	bound := casestatus.Bound{Value: value, Unit: unit}
	if days, ok := bound.Days(decimal.New(304, -1)); !ok || days > mostDays {
		return casestatus.Bound{}, &fault{"value", "longer than 20 years"}
	}
	return bound, nil
}

func unitOf(published string) (casestatus.Unit, bool) {
	switch published {
	case "Month", "Months":
		return casestatus.Months, true
	case "Week", "Weeks":
		return casestatus.Weeks, true
	case "Day", "Days":
		return casestatus.Days, true
	}
	return "", false
}
