package processingtimes

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

var errAsOf = errors.New("the published JSON has no place for an as-of date")

// Write writes the times as the agency publishes them, one body a line: rows of one
// form and office that follow each other share a body. The day of reading is not
// written. It fails, having written what came before, if a time has an as-of date or
// if w fails.
func Write(w io.Writer, times ...casestatus.ProcessingTime) error {
	encoder := json.NewEncoder(w)
	for len(times) > 0 {
		var body publishedBody
		first := times[0]
		body.Message = "Query was successful"
		body.Data.ProcessingTime.FormName = string(first.Form)
		body.Data.ProcessingTime.OfficeCode = string(first.Office)
		for len(times) > 0 && times[0].Form == first.Form && times[0].Office == first.Office {
			if !times[0].AsOf.IsZero() {
				return fmt.Errorf("processingtimes: write form %q at %q: %w", first.Form, first.Office, errAsOf)
			}
			body.Data.ProcessingTime.Subtypes = append(body.Data.ProcessingTime.Subtypes, publish(times[0]))
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
}

type publishedBound struct {
	Unit  string `json:"unit"`
	Value any    `json:"value"` // a number, or an empty string
}

func publish(p casestatus.ProcessingTime) publishedRow {
	return publishedRow{
		FormType:           string(p.FormType),
		PublicationDate:    publishDate(p.PublishedOn),
		Range:              [2]publishedBound{publishBound(p.Threshold), publishBound(p.Other)},
		ServiceRequestDate: publishDate(p.InquiryDate),
	}
}

func publishDate(d cris.Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.Date()
	return fmt.Sprintf("%s %02d, %04d", month, day, year)
}

func publishBound(b casestatus.Bound) publishedBound {
	var unit string
	switch b.Unit {
	case casestatus.Months:
		unit = "Months"
	case casestatus.Weeks:
		unit = "Weeks"
	case casestatus.Days:
		unit = "Days"
	default:
		return publishedBound{Value: ""}
	}
	return publishedBound{Unit: unit, Value: json.Number(b.Value.String())}
}
