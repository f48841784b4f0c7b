package cris

import (
	"cmp"
	"sync"
	"time"
	_ "time/tzdata" // day rules must not depend on the zone files of the host
)

// AgencyZone is the time zone whose calendar the agency's deadlines follow,
// America/New_York. The policies of the packages use it unless told otherwise.
func AgencyZone() *time.Location { return agencyZone() }

var agencyZone = sync.OnceValue(func() *time.Location {
	return must(time.LoadLocation("America/New_York"))
})

// Date is a civil date: a day of the Gregorian calendar without time or zone,
// from 0001-01-01 to 9999-12-31. It is comparable with ==, cheap to copy, and
// its zero value is no date at all (IsZero).
type Date struct {
	day int32 // days since 0000-12-31, so that the zero value is no date
}

const (
	secondsPerDay = 24 * 60 * 60
	firstDay      = 1
	lastDay       = 3652059 // 9999-12-31
	unixEpochDay  = 719163  // 1970-01-01
)

// NewDate returns the given day, or a *ParseError if the calendar has none such.
func NewDate(year int, month time.Month, day int) (Date, error) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if y, m, d := t.Date(); year < 1 || year > 9999 || y != year || m != month || d != day {
		return Date{}, &ParseError{What: "date", At: -1, Problem: "no such day in the calendar"}
	}
	return dateOfUnixDay(t.Unix() / secondsPerDay), nil
}

// DateOf returns the day that the calendar shows in zone at the instant t; the
// zero Date if that day lies outside the years 1 to 9999.
func DateOf(t time.Time, zone *time.Location) Date {
	d, err := NewDate(t.In(zone).Date())
	if err != nil {
		return Date{}
	}
	return d
}

// ParseDate reads the form 2006-01-02 and nothing else. Its error is a
// *ParseError and does not repeat the input: a date may be a date of birth.
func ParseDate(s string) (Date, error) {
	const form = "2006-01-02"
	for i := range min(len(s), len(form)) {
		isDash := i == 4 || i == 7
		switch {
		case isDash && s[i] != '-':
			return Date{}, &ParseError{What: "date", At: i, Problem: "want a hyphen, as in 2006-01-02"}
		case !isDash && (s[i] < '0' || s[i] > '9'):
			return Date{}, &ParseError{What: "date", At: i, Problem: "want a digit, as in 2006-01-02"}
		}
	}
	if len(s) != len(form) {
		return Date{}, &ParseError{What: "date", At: min(len(s), len(form)), Problem: "want ten characters, as in 2006-01-02"}
	}
	number := func(digits string) (n int) {
		for _, c := range []byte(digits) {
			n = n*10 + int(c-'0')
		}
		return n
	}
	return NewDate(number(s[0:4]), time.Month(number(s[5:7])), number(s[8:10]))
}

// MustParseDate is ParseDate for constants: it panics on an error.
func MustParseDate(s string) Date { return must(ParseDate(s)) }

func dateOfUnixDay(day int64) Date {
	if day += unixEpochDay; day < firstDay || day > lastDay {
		return Date{}
	}
	return Date{int32(day)}
}

// IsZero reports whether d is no date at all.
func (d Date) IsZero() bool { return d.day == 0 }

// Date returns the year, month and day; zeros for no date.
func (d Date) Date() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return d.midnightUTC().Date()
}

// Weekday returns the day of the week. It is meaningless for no date.
func (d Date) Weekday() time.Weekday { return d.midnightUTC().Weekday() }

// AddDays returns the date n calendar days later (earlier if n is negative).
// No date stays no date, and so does a result outside the years 1 to 9999.
func (d Date) AddDays(n int) Date {
	if d.IsZero() || n > lastDay || n < -lastDay {
		return Date{}
	}
	return dateOfUnixDay(int64(d.day) - unixEpochDay + int64(n))
}

// AddMonths returns the same day n months later (earlier if n is negative), or
// the last day of that month if it is shorter: 2024-01-31 and one month is
// 2024-02-29. No date stays no date, and so does a result outside the years 1 to 9999.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() || n > 12*9999 || n < -12*9999 {
		return Date{}
	}
	year, month, day := d.Date()
	first := time.Date(year, month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	lastOfMonth := first.AddDate(0, 1, -1).Day()
	return DateOf(first.AddDate(0, 0, min(day, lastOfMonth)-1), time.UTC)
}

// DaysSince returns the number of calendar days from earlier to d, negative if
// d comes first. Both must be dates.
func (d Date) DaysSince(earlier Date) int { return int(d.day) - int(earlier.day) }

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.day < other.day }

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool { return d.day > other.day }

// Compare orders dates by time, no date first: -1, 0 or +1.
func (d Date) Compare(other Date) int { return cmp.Compare(d.day, other.day) }

// Start returns the first instant of the day in zone, in UTC. "By the end of
// day d" is strictly before d.AddDays(1).Start(zone). No date has no start: the
// zero time comes back.
func (d Date) Start(zone *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	// Clocks that change at midnight show it twice, or never: then the day starts with
	// the first midnight, or with the change. So the zone's offsets are tried in order.
	midnight := d.midnightUTC()
	for t := midnight.AddDate(0, 0, -1).In(zone); ; {
		_, offset := t.Zone()
		start := midnight.Add(-time.Duration(offset) * time.Second)
		if start.Before(t) {
			start = t
		}
		_, change := t.ZoneBounds()
		if change.IsZero() || start.Before(change) {
			return start.UTC()
		}
		t = change
	}
}

func (d Date) midnightUTC() time.Time {
	return time.Unix((int64(d.day)-unixEpochDay)*secondsPerDay, 0).UTC()
}

// String returns the form 2006-01-02, or "no date".
func (d Date) String() string {
	if d.IsZero() {
		return "no date"
	}
	text, _ := d.AppendText(make([]byte, 0, len("2006-01-02")))
	return string(text)
}

// AppendText implements encoding.TextAppender with the form 2006-01-02; no date
// appends nothing.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if d.IsZero() {
		return b, nil
	}
	year, month, day := d.Date()
	b = append(appendDigits(b, uint32(year), 4), '-')  //nolint:gosec // from 1 to 9999
	b = append(appendDigits(b, uint32(month), 2), '-') //nolint:gosec // from 1 to 12
	return appendDigits(b, uint32(day), 2), nil        //nolint:gosec // from 1 to 31
}

// MarshalText implements encoding.TextMarshaler as AppendText does.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText implements encoding.TextUnmarshaler: the form of ParseDate, or
// nothing for no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
