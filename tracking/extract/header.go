package extract

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/seed28e20331/cris"
)

// Header is the first record of a file, where it has one. No layout of it was published
// where this package could be checked against it; the one here is inferred from what
// such headers are known to hold:
//
//	byte   field                            width
//	2      record type, the letter H        1
//	6      mailer identifier                9
//	18     electronic file number           22
//	43     file date, YYYYMMDD              8
//	54     number in the series of the day  2
//	59     records that follow              9
//	71     blank                            209
type Header struct {
	MailerID       string // digits
	ElectronicFile string // number of the file, as it stands there without padding
	Date           cris.Date
	Series         int // 1 for the first file of the day
	Records        int // records that follow
}

// HeaderError rejects a file: without its header, nothing in it can be trusted (TR-6).
type HeaderError struct {
	File   string // "" if a reader does not know it
	Column int    // byte of the first line, from 1
	Field  string // of the header; "record" for the whole
	Cause  string
}

func (e *HeaderError) Error() string {
	text := "header, byte " + strconv.Itoa(e.Column) + ": " + e.Field + ": " + e.Cause
	if e.File != "" {
		text = e.File + ": " + text
	}
	return "extract: file rejected: " + text
}

const headerType = "H"

// isHeader reports whether the line is, or was before it was damaged, a header: numbers
// that begin with an H go on with a letter.
func isHeader(line []byte) bool {
	if !bytes.HasPrefix(line, []byte(`"H`)) && !bytes.HasPrefix(line, []byte(`"h`)) {
		return false
	}
	return len(line) == len(`"H`) || !isAlphanumeric(line[len(`"H`)])
}

func isAlphanumeric(c byte) bool { return shapeOf(c) == 'A' || shapeOf(c) == '9' }

// The fields of a header, by position in headerFields.
const (
	_ = iota
	headerMailer
	headerFile
	headerDate
	headerSeries
	headerRecords
)

var headerFields = [...]Field{
	{Name: "record type", Start: 2, Width: 1, Inferred: true},
	{Name: "mailer identifier", Start: 6, Width: 9, Inferred: true},
	{Name: "electronic file number", Start: 18, Width: 22, Inferred: true},
	{Name: "file date", Start: 43, Width: 8, Inferred: true},
	{Name: "series", Start: 54, Width: 2, Inferred: true},
	{Name: "records", Start: 59, Width: 9, Inferred: true},
	{Name: "blank", Start: 71, Width: 209, Inferred: true},
}

func parseHeader(line []byte) (Header, *HeaderError) {
	if damage := checkFrame(headerFields[:], line); damage != nil {
		return Header{}, &HeaderError{Column: damage.Column, Field: damage.Field, Cause: damage.Cause}
	}
	if kind := headerFields[0]; string(kind.in(line)) != headerType {
		return Header{}, &HeaderError{Column: kind.Start, Field: kind.Name, Cause: "want a capital H"}
	}
	for _, i := range [...]int{headerMailer, headerDate, headerSeries, headerRecords} {
		if err := wantDigits(headerFields[i].Name, headerFields[i].in(line)); err != nil {
			return Header{}, headerError(i, err)
		}
	}
	date, err := parseDate(headerFields[headerDate].in(line))
	if err != nil {
		return Header{}, headerError(headerDate, err)
	}
	return Header{
		MailerID:       string(headerFields[headerMailer].in(line)),
		ElectronicFile: string(bytes.TrimRight(headerFields[headerFile].in(line), " ")),
		Date:           date,
		Series:         number(headerFields[headerSeries].in(line)),
		Records:        number(headerFields[headerRecords].in(line)),
	}, nil
}

func headerError(i int, err error) *HeaderError {
	damage := headerFields[i].damage(err)
	return &HeaderError{Column: damage.Column, Field: damage.Field, Cause: damage.Cause}
}

// line writes the header as a line without its end.
func (h Header) line() ([]byte, error) {
	if h.Date.IsZero() || h.Series < 0 || h.Records < 0 {
		return nil, errors.New("extract: header: want a date, and no negative numbers")
	}
	texts := [len(headerFields)]string{
		headerType, fmt.Sprintf("%09s", h.MailerID), h.ElectronicFile, digits8(h.Date),
		fmt.Sprintf("%02d", h.Series), fmt.Sprintf("%09d", h.Records), "",
	}
	return joinFields(headerFields[:], texts[:])
}

func digits8(d cris.Date) string { return strings.ReplaceAll(d.String(), "-", "") }
