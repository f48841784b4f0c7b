package extract

import (
	"bytes"
	"errors"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// parseRecord reads one record, a line without its end. Nothing it returns refers to line.
func parseRecord(l *Layout, line []byte) (tracking.Scan, *tracking.SetAside) {
	if damage := checkFrame(l.fields, line); damage != nil {
		return tracking.Scan{}, damage
	}
	// TR-2: only these fields are looked at, and of the event's name only whether it
	// tells of a delivery to the sender.
	number, code := &l.of[TrackingNumber], &l.of[EventCode]
	date, clock := &l.of[EventDate], &l.of[EventTime]
	zip, country := &l.of[ScanZIP], &l.of[ScanCountry]
	var scan tracking.Scan
	var err error
	if scan.Number, err = parseNumber(number.in(line)); err != nil {
		return tracking.Scan{}, number.damage(err)
	}
	if scan.Place.ZIP, err = parseZIP(zip.in(line)); err != nil {
		return tracking.Scan{}, zip.damage(err)
	}
	if scan.Code, err = tracking.ParseCode(code.in(line)); err != nil {
		return tracking.Scan{}, code.damage(err)
	}
	if name := &l.of[EventName]; name.Width > 0 {
		scan.ToSender = tracking.DeliveredToSender(name.in(line)) && scan.Code.Class() == tracking.Delivered
	}
	day, err := parseDate(date.in(line))
	if err != nil {
		return tracking.Scan{}, date.damage(err)
	}
	if scan.At, err = parseTime(day, clock.in(line)); err != nil {
		return tracking.Scan{}, clock.damage(err)
	}
	if scan.Place.Country, err = parseCountry(country.in(line)); err != nil {
		return tracking.Scan{}, country.damage(err)
	}
	return scan, nil
}

// checkFrame checks the length, and the quotes and commas around every field: a record
// that was shifted or cut would otherwise be read as another.
func checkFrame(fields []Field, line []byte) *tracking.SetAside {
	last := len(fields) - 1
	length := fields[last].end() + 1
	switch {
	case len(line) < length:
		return &tracking.SetAside{Column: len(line) + 1, Field: "record", Cause: "too short for the layout"}
	case len(line) > length:
		return &tracking.SetAside{Column: length + 1, Field: "record", Cause: "too long for the layout"}
	}
	if line[0] != '"' {
		return &tracking.SetAside{Column: 1, Field: fields[0].Name, Cause: "no quote before it"}
	}
	for i := range fields[:last] {
		end := fields[i].end()
		if string(line[end:end+len(between)]) != between {
			return &tracking.SetAside{Column: end + 1, Field: fields[i].Name, Cause: "no quote, comma and quote after it"}
		}
	}
	if line[length-1] != '"' {
		return &tracking.SetAside{Column: length, Field: fields[last].Name, Cause: "no quote after it"}
	}
	return nil
}

// between stands between two fields.
const between = `","`

// damage tells where in the field reading failed and why. The problems of parse errors
// are fixed texts without content.
func (f *Field) damage(err error) *tracking.SetAside {
	aside := &tracking.SetAside{Column: f.Start, Field: f.Name, Cause: "unreadable"}
	if parse, is := errors.AsType[*cris.ParseError](err); is {
		aside.Column += max(parse.At, 0)
		aside.Cause = parse.Problem
	}
	return aside
}

func parseNumber(text []byte) (n tracking.Number, err error) {
	// Nothing at all would be no number, and no damage.
	if text = bytes.TrimRight(text, " "); len(text) == 0 {
		return n, &cris.ParseError{What: "tracking number", At: 0, Problem: "missing"}
	}
	err = n.UnmarshalText(text)
	return n, err
}

func parseZIP(text []byte) (cris.ZIP, error) {
	if isBlank(text) {
		return cris.ZIP{}, nil
	}
	return cris.ParseZIP(string(text))
}

func parseDate(text []byte) (cris.Date, error) {
	if err := wantDigits("event date", text); err != nil {
		return cris.Date{}, err
	}
	return cris.NewDate(number(text[0:4]), time.Month(number(text[4:6])), number(text[6:8]))
}

func parseTime(day cris.Date, text []byte) (tracking.LocalTime, error) {
	if err := wantDigits("event time", text); err != nil {
		return tracking.LocalTime{}, err
	}
	return tracking.NewLocalTime(day, number(text[0:2]), number(text[2:4]))
}

func parseCountry(text []byte) (string, error) {
	switch string(text) {
	case "  ":
		return "", nil
	case "US":
		return "US", nil
	}
	for i, c := range text {
		if c < 'A' || c > 'Z' {
			return "", &cris.ParseError{What: "country", At: i, Problem: "want a capital"}
		}
	}
	return string(text), nil
}

func isBlank(text []byte) bool {
	for _, c := range text {
		if c != ' ' {
			return false
		}
	}
	return true
}

func wantDigits(what string, text []byte) error {
	for i, c := range text {
		if c < '0' || c > '9' {
			return &cris.ParseError{What: what, At: i, Problem: "want a digit"}
		}
	}
	return nil
}

// number reads digits that wantDigits has checked.
func number(digits []byte) (n int) {
	for _, c := range digits {
		n = n*10 + int(c-'0')
	}
	return n
}
