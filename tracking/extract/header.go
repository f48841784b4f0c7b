package extract

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// Header is the first record of a file, where it has one. What the HeaderLayout has no
// field for is zero.
type Header struct {
	MailerID       string // digits, as many as the field is wide
	ElectronicFile string // number of the file, as it stands there without padding
	Date           cris.Date
	Series         int // 1 for the first file of the day
	Records        int // records that follow
}

// HeaderError rejects a file: without its header, nothing in it can be trusted (TR-6).
type HeaderError struct {
	File   string // "" if a reader does not know it
	Column int    // byte of the line, from 1
	Field  string // of the header; "record" for the whole
	Cause  tracking.Cause
}

func (e *HeaderError) Error() string {
	text := "header, byte " + strconv.Itoa(e.Column) + ": " + e.Field + ": " + string(e.Cause)
	if e.File != "" {
		text = e.File + ": " + text
	}
	return "extract: file rejected: " + text
}

const headerType = "H"

// heads reports whether the first line of a file is its header, or was before it was
// damaged. TR-6: a header that passed for a damaged record would leave the file without
// totals, series and limit of days. So a line is one if it has most of the header's quotes
// and commas in their places, and fewer of a record's. One that begins as a header does
// need not have so many: it may have been cut, and both layouts may have theirs in the
// same places.
func (l *HeaderLayout) heads(line []byte, records *Layout) bool {
	asHeader, asRecord := fit(l.fields, line), fit(records.fields, line)
	if asHeader > asRecord && asHeader > 0.5 {
		return true
	}
	return asHeader >= asRecord && l.saysHeader(line)
}

// saysHeader reports whether the letter of a header stands at its place, and no other
// letter or digit after it, as in tracking numbers that begin with an H.
func (l *HeaderLayout) saysHeader(line []byte) bool {
	at := l.of(RecordType).Start
	if len(line) < at {
		return false
	}
	before, behind := line[at-2:at], line[at:]
	return bytes.EqualFold(before, []byte(`"`+headerType)) && (len(behind) == 0 || !isAlphanumeric(behind[0]))
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

// parse reads a header. Nothing it keeps refers to line.
func (l *HeaderLayout) parse(line []byte) (Header, *HeaderError) {
	if damage := checkFrame(l.fields, line); damage != nil {
		return Header{}, rejection(damage)
	}
	var header Header
	for i := range l.fields {
		field := &l.fields[i]
		if wrong := header.read(field.Kind, field.in(line)); wrong.cause != "" {
			return Header{}, rejection(field.damage(wrong))
		}
	}
	return header, nil
}

func rejection(damage *tracking.Damage) *HeaderError {
	return &HeaderError{Column: damage.Column, Field: damage.Field, Cause: damage.Cause}
}

func (h *Header) read(kind Kind, text []byte) (wrong fault) {
	switch kind {
	case RecordType:
		if string(bytes.TrimRight(text, " ")) != headerType {
			wrong.cause = tracking.WrongCharacter
		}
	case MailerID:
		h.MailerID, wrong = string(text), wantDigits(text)
	case ElectronicFile:
		h.ElectronicFile = string(bytes.TrimRight(text, " "))
	case FileDate:
		h.Date, wrong = parseDate(text)
	case SeriesNumber:
		h.Series, wrong = parseCount(text)
	case RecordCount:
		h.Records, wrong = parseCount(text)
	default:
	}
	return wrong
}

func parseCount(text []byte) (int, fault) {
	if wrong := wantDigits(text); wrong.cause != "" {
		return 0, wrong
	}
	n, err := strconv.Atoi(string(text))
	if err != nil {
		return 0, fault{cause: tracking.NumberOutOfBounds}
	}
	return n, fault{}
}

// text is what is written into a field. What cannot be read again, parse finds.
func (h *Header) text(field Field) string {
	switch field.Kind {
	case RecordType:
		return headerType
	case MailerID:
		return h.MailerID
	case ElectronicFile:
		return h.ElectronicFile
	case FileDate:
		return digits8(h.Date)
	case SeriesNumber:
		return fmt.Sprintf("%0*d", field.Width, h.Series)
	case RecordCount:
		return fmt.Sprintf("%0*d", field.Width, h.Records)
	default:
		return ""
	}
}

// digits8 returns YYYYMMDD, and for no date a text that is none.
func digits8(d cris.Date) string { return strings.ReplaceAll(d.String(), "-", "") }
