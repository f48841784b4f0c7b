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
func (p *parser) parse(line []byte, scan *tracking.Scan) *tracking.Damage {
	// TR-2: only these fields are looked at, and of the event's name only whether it
	// tells of a delivery to the sender.
	of := &p.layout
	var wrong fault
	if wrong = parseNumber(of.number.in(line), &scan.Number); wrong.cause != "" {
		return of.number.damage(wrong)
	}
	if scan.Place.ZIP, wrong = parseZIP(of.zip.in(line)); wrong.cause != "" {
		return of.zip.damage(wrong)
	}
	if scan.Code, wrong = parseCode(of.code.in(line)); wrong.cause != "" {
		return of.code.damage(wrong)
	}
	day, wrong := p.days.parse(of.date.in(line))
	if wrong.cause != "" {
		return of.date.damage(wrong)
	}
	if day.Before(earliest) || day.After(p.latest) && !p.latest.IsZero() {
		return of.date.damage(fault{cause: tracking.ImpossibleDay})
	}
	if scan.At, wrong = parseTime(day, of.clock.in(line)); wrong.cause != "" {
		return of.clock.damage(wrong)
	}
	if of.name.Width > 0 && scan.Code.ClassOn(day) == tracking.Delivered {
		scan.ToSender = tracking.DeliveredToSender(of.name.in(line))
	}
	if scan.Place.Country, wrong = parseCountry(of.country.in(line)); wrong.cause != "" {
		return of.country.damage(wrong)
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

func (d *days) parse(text []byte) (cris.Date, fault) {
	key := binary.LittleEndian.Uint64(text)
	known := &d[key*0x9e3779b97f4a7c15>>58] // the upper six bits of a multiple
	if known.text == key && key != 0 {
		return known.day, fault{}
	}
	day, wrong := parseDate(text)
	if wrong.cause == "" {
		known.text, known.day = key, day
	}
	return day, wrong
}

func parseNumber(text []byte, n *tracking.Number) fault {
	for len(text) > 0 && text[len(text)-1] == ' ' {
		text = text[:len(text)-1]
	}
	if len(text) == 0 { // which would be no number, and no damage
		return fault{cause: tracking.MissingValue}
	}
	if n.UnmarshalText(text) == nil {
		return fault{}
	}
	return wrongNumber(text)
}

// wrongNumber says what is wrong with a text that is not a number.
func wrongNumber(text []byte) fault {
	for i, c := range text {
		if !isAlphanumeric(c) && c != ' ' && c != '-' {
			return fault{i, tracking.WrongCharacter}
		}
	}
	if _, err := tracking.ParseNumberLenient(string(text)); err == nil {
		return fault{cause: tracking.WrongCheckDigit}
	}
	return fault{cause: tracking.NoSuchNumber}
}

func parseCode(text []byte) (tracking.Code, fault) {
	code, err := tracking.ParseCode(text)
	if err == nil {
		return code, fault{}
	}
	wrong := fault{cause: tracking.WrongCharacter}
	if parse, is := errors.AsType[*cris.ParseError](err); is {
		wrong.at = max(parse.At, 0)
	}
	return "", wrong
}

func parseZIP(text []byte) (zip cris.ZIP, wrong fault) {
	if text[0] == ' ' && isBlank(text) {
		return cris.ZIP{}, fault{}
	}
	if wrong := wantDigits(text); wrong.cause != "" {
		return cris.ZIP{}, wrong
	}
	if zip.UnmarshalText(text) != nil {
		return cris.ZIP{}, fault{} // 00000 and the like fill the field: the place is not known
	}
	return zip, fault{}
}

func parseDate(text []byte) (cris.Date, fault) {
	if wrong := wantDigits(text); wrong.cause != "" {
		return cris.Date{}, wrong
	}
	day, err := cris.NewDate(number(text[0:4]), time.Month(number(text[4:6])), number(text[6:8]))
	if err != nil {
		return cris.Date{}, fault{cause: tracking.NoSuchDay}
	}
	return day, fault{}
}

func parseTime(day cris.Date, text []byte) (tracking.LocalTime, fault) {
	if wrong := wantDigits(text); wrong.cause != "" {
		return tracking.LocalTime{}, wrong
	}
	at, err := tracking.NewLocalTime(day, number(text[0:2]), number(text[2:4]))
	if err != nil {
		return tracking.LocalTime{}, fault{cause: tracking.NoSuchTime}
	}
	return at, fault{}
}

func parseCountry(text []byte) (string, fault) {
	switch string(text) {
	case "  ":
		return "", fault{}
	case "US":
		return "US", fault{}
	}
	for i, c := range text {
		if c < 'A' || c > 'Z' {
			return "", fault{i, tracking.WrongCharacter}
		}
	}
	return string(text), fault{}
}

func isBlank(text []byte) bool {
	for _, c := range text {
		if c != ' ' {
			return false
		}
	}
	return true
}

func wantDigits(text []byte) fault {
	for i, c := range text {
		if c < '0' || c > '9' {
			return fault{i, tracking.WrongCharacter}
		}
	}
	return fault{}
}

// number reads digits that wantDigits has checked.
func number(digits []byte) (n int) {
	for _, c := range digits {
		n = n*10 + int(c-'0')
	}
	return n
}
