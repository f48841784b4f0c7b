package extract

import (
	"encoding/binary"
	"errors"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// parser reads records of one layout.
type parser struct {
	layout Layout
	latest cris.Date // that an event may have; zero for any
	days   days
}

// limitTo lets no event happen after the day that follows that of a file; no day, no limit.
func (p *parser) limitTo(day cris.Date) {
	// It is tomorrow already in Guam.
	if tomorrow := day.AddDays(1); p.latest.IsZero() || tomorrow.Before(p.latest) && !tomorrow.IsZero() {
		p.latest = tomorrow
	}
}

// parse reads the fields of a record whose frame holds into scan, which must be zero. On
// damage it says where and leaves scan half read. Nothing it keeps refers to line.
func (p *parser) parse(line []byte, scan *tracking.Scan) *tracking.SetAside {
	// TR-2: only these fields are looked at, and of the event's name only whether it
	// tells of a delivery to the sender.
	of := &p.layout.of
	number, code, zip := &of[TrackingNumber], &of[EventCode], &of[ScanZIP]
	date, clock, country := &of[EventDate], &of[EventTime], &of[ScanCountry]
	var err error
	if err = parseNumber(number.in(line), &scan.Number); err != nil {
		return number.damage(err)
	}
	if scan.Place.ZIP, err = parseZIP(zip.in(line)); err != nil {
		return zip.damage(err)
	}
	if scan.Code, err = tracking.ParseCode(code.in(line)); err != nil {
		return code.damage(err)
	}
	day, err := p.days.parse(date.in(line))
	if err != nil {
		return date.damage(err)
	}
	if day.Before(earliest) || day.After(p.latest) && !p.latest.IsZero() {
		return &tracking.SetAside{Column: date.Start, Field: date.Name, Cause: "a date that cannot be"}
	}
	if scan.At, err = parseTime(day, clock.in(line)); err != nil {
		return clock.damage(err)
	}
	if name := &of[EventName]; name.Width > 0 && scan.Code.ClassOn(day) == tracking.Delivered {
		scan.ToSender = tracking.DeliveredToSender(name.in(line))
	}
	if scan.Place.Country, err = parseCountry(country.in(line)); err != nil {
		return country.damage(err)
	}
	return nil
}

// earliest is a day before which the USPS tracked nothing.
var earliest = cris.MustParseDate("1990-01-01")

// days remembers dates that were read: a file has few. Each has one place where it can
// stand, so that the memory is bounded.
type days [64]struct {
	text uint64
	day  cris.Date
}

func (d *days) parse(text []byte) (cris.Date, error) {
	key := binary.LittleEndian.Uint64(text)
	known := &d[key*0x9e3779b97f4a7c15>>58] // the upper six bits of a multiple
	if known.text == key && key != 0 {
		return known.day, nil
	}
	day, err := parseDate(text)
	if err == nil {
		known.text, known.day = key, day
	}
	return day, err
}

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

func parseNumber(text []byte, n *tracking.Number) error {
	for len(text) > 0 && text[len(text)-1] == ' ' {
		text = text[:len(text)-1]
	}
	if len(text) == 0 { // which would be no number, and no damage
		return &cris.ParseError{What: "tracking number", At: 0, Problem: "missing"}
	}
	return n.UnmarshalText(text)
}

func parseZIP(text []byte) (zip cris.ZIP, err error) {
	if text[0] == ' ' && isBlank(text) {
		return cris.ZIP{}, nil
	}
	if err := wantDigits("ZIP code", text); err != nil {
		return cris.ZIP{}, err
	}
	if zip.UnmarshalText(text) != nil {
		return cris.ZIP{}, nil // 00000 and the like fill the field: the place is not known
	}
	return zip, nil
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
