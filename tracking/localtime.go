package tracking

import (
	"cmp"

	"github.com/seed28e20331/cris"
)

// LocalTime is the date and the minute that a clock shows at the place of a scan.
// It has no zone, because the records have none: it is no instant and is never to be
// read as UTC. Two local times of different places can be compared only to within
// the hours by which their zones differ. It is comparable with ==; its zero value is
// no time.
type LocalTime struct {
	date   cris.Date
	minute int16 // of the day, from 0
}

// NewLocalTime returns the given minute, or a *cris.ParseError if there is no such
// day, hour (0 to 23) or minute (0 to 59).
func NewLocalTime(date cris.Date, hour, minute int) (LocalTime, error) {
	switch {
	case date.IsZero():
		return LocalTime{}, &cris.ParseError{What: "local time", At: -1, Problem: "no date"}
	case hour < 0 || hour > 23:
		return LocalTime{}, &cris.ParseError{What: "local time", At: -1, Problem: "no such hour"}
	case minute < 0 || minute > 59:
		return LocalTime{}, &cris.ParseError{What: "local time", At: -1, Problem: "no such minute"}
	}
	return LocalTime{date, int16(hour*60 + minute)}, nil
}

const localTimeForm = "2006-01-02T15:04"

// ParseLocalTime reads the form 2006-01-02T15:04 and nothing else: no seconds, no
// zone. Its error is a *cris.ParseError.
func ParseLocalTime(s string) (LocalTime, error) {
	if len(s) != len(localTimeForm) || s[10] != 'T' || s[13] != ':' {
		return LocalTime{}, &cris.ParseError{What: "local time", At: -1, Problem: "want the form 2006-01-02T15:04"}
	}
	date, err := cris.ParseDate(s[:10])
	if err != nil {
		return LocalTime{}, err
	}
	for _, at := range [...]int{11, 12, 14, 15} {
		if s[at] < '0' || s[at] > '9' {
			return LocalTime{}, &cris.ParseError{What: "local time", At: at, Problem: "want a digit"}
		}
	}
	number := func(at int) int { return int(s[at]-'0')*10 + int(s[at+1]-'0') }
	return NewLocalTime(date, number(11), number(14))
}

// MustParseLocalTime is ParseLocalTime for constants: it panics on an error.
func MustParseLocalTime(s string) LocalTime {
	t, err := ParseLocalTime(s)
	if err != nil {
		panic(err)
	}
	return t
}

// IsZero reports whether t is no time.
func (t LocalTime) IsZero() bool { return t.date.IsZero() }

// Date returns the day on which the scan happened, where it happened.
func (t LocalTime) Date() cris.Date { return t.date }

// Clock returns the hour, 0 to 23, and the minute, 0 to 59.
func (t LocalTime) Clock() (hour, minute int) { return int(t.minute) / 60, int(t.minute) % 60 }

// Compare orders by what the clocks showed, no time first: -1, 0 or +1.
func (t LocalTime) Compare(other LocalTime) int {
	if c := t.date.Compare(other.date); c != 0 {
		return c
	}
	return cmp.Compare(t.minute, other.minute)
}

// String returns the form 2006-01-02T15:04; "" for no time.
func (t LocalTime) String() string {
	text, _ := t.AppendText(make([]byte, 0, len(localTimeForm)))
	return string(text)
}

// AppendText implements encoding.TextAppender with the form of String. It never fails.
func (t LocalTime) AppendText(b []byte) ([]byte, error) {
	if t.IsZero() {
		return b, nil
	}
	b, _ = t.date.AppendText(b)
	hour, minute := t.Clock()
	return append(b, 'T', digit(hour/10), digit(hour%10), ':', digit(minute/10), digit(minute%10)), nil
}

func digit(d int) byte { return byte('0' + d) } //nolint:gosec // one digit

// MarshalText implements encoding.TextMarshaler with the form of String. It never fails.
func (t LocalTime) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText implements encoding.TextUnmarshaler: it reads what ParseLocalTime
// reads, with its errors, and empty text as the zero LocalTime.
func (t *LocalTime) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = LocalTime{}
		return nil
	}
	parsed, err := ParseLocalTime(string(text))
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}
