package processingtimes

import (
	"bytes"
	"encoding/json"
	"iter"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// envelope is a body, bare or wrapped, with rows of one kind. What the wrapping says was
// asked for, form and office, only names a body that has neither.
type envelope[Row any] struct {
	Form   string    `json:"form"`
	Office string    `json:"office"`
	Data   data[Row] `json:"data"`
	Body   struct {
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

// rowsIn yields the rows of the text of a body, which is valid JSON. Mostly it is as it is
// published. Where it is not, encoding/json reads it; and where something has another type
// than it should, each row by itself.
func rowsIn(text []byte, readOn cris.Date) iter.Seq2[casestatus.ProcessingTime, []fault] {
	var body envelope[row]
	if !readPlain(text, &body) {
		body = envelope[row]{}
		if err := decode(text, &body); err != nil {
			return looseRows(text, readOn)
		}
	}
	return rowsOf(body, readOn, complete)
}

// rowsOf yields the rows of one body, completed one by one.
func rowsOf[Row any](
	read envelope[Row], readOn cris.Date, complete func(body casestatus.ProcessingTime, read Row) (casestatus.ProcessingTime, []fault),
) iter.Seq2[casestatus.ProcessingTime, []fault] {
	return func(yield func(casestatus.ProcessingTime, []fault) bool) {
		times := read.Data.ProcessingTime
		if len(times.Subtypes) == 0 && times.FormName == "" && times.OfficeCode == "" {
			times = read.Body.Data.ProcessingTime
		}
		body := casestatus.ProcessingTime{
			Form:     casestatus.FormNumber(times.FormName),
			Office:   casestatus.OfficeCode(times.OfficeCode),
			ReadOn:   readOn,
			FormNote: casestatus.Notes{English: times.FormNoteEN, Spanish: times.FormNoteES},
		}
		if len(times.Subtypes) == 0 {
			if body.Form == "" && body.Office == "" {
				body.Form, body.Office = casestatus.FormNumber(read.Form), casestatus.OfficeCode(read.Office)
			}
			yield(body, setAside("subtypes", "the body has no rows"))
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
func looseRows(text []byte, readOn cris.Date) iter.Seq2[casestatus.ProcessingTime, []fault] {
	var read envelope[json.RawMessage]
	if err := decode(text, &read); err != nil {
		return func(yield func(casestatus.ProcessingTime, []fault) bool) {
			yield(casestatus.ProcessingTime{}, wrongShape(err))
		}
	}
	return rowsOf(read, readOn, func(body casestatus.ProcessingTime, text json.RawMessage) (casestatus.ProcessingTime, []fault) {
		var read row
		err := decode(text, &read)
		if err == nil {
			return complete(body, read)
		}
		wrong := wrongShape(err)
		if !strings.HasPrefix(wrong[0].field, "range") {
			return body, wrong
		}
		// Is the range all that is wrong?
		var rest struct {
			row
			Range json.RawMessage `json:"range"` // hides that of row
		}
		if err := decode(text, &rest); err != nil {
			return body, wrongShape(err)
		}
		rest.row.Range = nil
		posted, more := complete(body, rest.row)
		if len(more) > 0 {
			return posted, more
		}
		return withoutRange(posted, wrong)
	})
}

// decode keeps numbers as they are written.
func decode(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return decoder.Decode(into)
}
