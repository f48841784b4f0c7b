package processingtimes

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

var errNoPlace = errors.New("the published JSON has no place for an as-of date or a K by itself")

// Write writes the times as the agency publishes them, one body a line: rows of one
// form, office and note on the form that follow each other share a body. The day of
// reading is not written. It fails, having written what came before, if a time has an
// as-of date or a stated K, or a bound that Read would not take, or if w fails.
func Write(w io.Writer, times ...casestatus.ProcessingTime) error {
	encoder := json.NewEncoder(w)
	for len(times) > 0 {
		var body publishedBody
		first := times[0]
		body.Message = "Query was successful"
		body.Data.ProcessingTime.FormName = string(first.Form)
		body.Data.ProcessingTime.OfficeCode = string(first.Office)
		body.Data.ProcessingTime.FormNoteEN = first.FormNote.English
		body.Data.ProcessingTime.FormNoteES = first.FormNote.Spanish
		for len(times) > 0 && times[0].Form == first.Form && times[0].Office == first.Office && times[0].FormNote == first.FormNote {
			row, err := publish(times[0])
			if err != nil {
				return fmt.Errorf("processingtimes: write form %q at %q: %w", first.Form, first.Office, err)
			}
			body.Data.ProcessingTime.Subtypes = append(body.Data.ProcessingTime.Subtypes, row)
			times = times[1:]
		}
		if err := encoder.Encode(body); err != nil {
			return fmt.Errorf("processingtimes: write form %q at %q: %w", first.Form, first.Office, err)
		}
	}
	return nil
}

type publishedBody struct {
	Data struct {
		ProcessingTime struct {
			FormName   string         `json:"form_name"`
			OfficeCode string         `json:"office_code"`
			FormNoteEN string         `json:"form_note_en,omitempty"`
			FormNoteES string         `json:"form_note_es,omitempty"`
			Subtypes   []publishedRow `json:"subtypes"`
		} `json:"processing_time"`
	} `json:"data"`
	Message string `json:"message"`
}

type publishedRow struct {
	FormType           string            `json:"form_type"`
	PublicationDate    string            `json:"publication_date"`
	Range              [2]publishedBound `json:"range"`
	ServiceRequestDate string            `json:"service_request_date"`
	NoteEN             string            `json:"subtype_note_en,omitempty"`
	NoteES             string            `json:"subtype_note_es,omitempty"`
}

type publishedBound struct {
	Unit  string `json:"unit"`
	Value any    `json:"value"` // a number, or an empty string
}

func publish(p casestatus.ProcessingTime) (publishedRow, error) {
	if !p.AsOf.IsZero() || p.StatedDays != 0 {
		return publishedRow{}, errNoPlace
	}
	threshold, err := publishBound(p.Threshold)
	if err != nil {
		return publishedRow{}, err
	}
	other, err := publishBound(p.Other)
	if err != nil {
		return publishedRow{}, err
	}
	return publishedRow{
		FormType:           string(p.FormType),
		PublicationDate:    publishDate(p.PublishedOn),
		Range:              [2]publishedBound{threshold, other},
		ServiceRequestDate: publishDate(p.InquiryDate),
		NoteEN:             p.Note.English,
		NoteES:             p.Note.Spanish,
	}, nil
}

func publishDate(d cris.Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.Date()
	return fmt.Sprintf("%s %02d, %04d", month, day, year)
}

func publishBound(b casestatus.Bound) (publishedBound, error) {
	if b.IsZero() {
		return publishedBound{Value: ""}, nil
	}
	var unit string
	switch b.Unit {
	case casestatus.Months:
		unit = "Months"
	case casestatus.Weeks:
		unit = "Weeks"
	case casestatus.Days:
		unit = "Days"
	default:
	}
	number := json.Number(b.Value.String())
	if _, fault := readBound(bound{Value: number, Unit: unit}); fault != nil {
		return publishedBound{}, fmt.Errorf("a bound that cannot be read again: %s: %s", fault.field, fault.cause)
	}
	return publishedBound{Unit: unit, Value: number}, nil
}
