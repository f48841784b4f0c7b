package cris

import (
	"cmp"
	"sync"
	"time"
	_ "time/tzdata" // day rules must not depend on the zone files of the host
)

// AgencyZone returns the time zone by whose calendar the agency counts its days,
// America/New_York. The policies of the packages use it unless they are given another.
func AgencyZone() *time.Location { return agencyZone() }

var agencyZone = sync.OnceValue(func() *time.Location {
	return must(time.LoadLocation("America/New_York"))
})

// Date is a civil date: a day of the Gregorian calendar, without a time or a zone, from
// 0001-01-01 to 9999-12-31. It is comparable with == and cheap to copy. The zero Date is not
// a day of the calendar; it stands for a date that is not known, and IsZero reports it.
type Date struct {
	day int32 // days since 0000-12-31, so that the zero Date is not a day
}

const (
	secondsPerDay = 24 * 60 * 60
	firstDay      = 1
	lastDay       = 3652059 // 9999-12-31
	unixEpochDay  = 719163  // 1970-01-01
)

// NewDate returns the given day, or a *ParseError if the calendar does not have it.
func NewDate(year int, month time.Month, day int) (Date, error) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if y, m, d := t.Date(); year < 1 || year > 9999 || y != year || m != month || d != day {
		return Date{}, &ParseError{What: "date", At: -1, Problem: "no such day in the calendar"}
	}
	return dateOfUnixDay(t.Unix() / secondsPerDay), nil
}

// DateOf returns the day that the calendar shows in zone at the instant t, or the zero Date
// if that day lies outside the years 1 to 9999. It panics if zone is nil.
func DateOf(t time.Time, zone *time.Location) Date {
	d, err := NewDate(t.In(zone).Date())
	if err != nil {
		return Date{}
	}
	return d
}

// ParseDate reads a date in the form 2006-01-02 and in no other. Its error is a *ParseError,
// which does not repeat the input: a date may be a date of birth.
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

// MustParseDate is ParseDate for constants: it panics if ParseDate returns an error.
func MustParseDate(s string) Date { return must(ParseDate(s)) }

func dateOfUnixDay(day int64) Date {
	if day += unixEpochDay; day < firstDay || day > lastDay {
		return Date{}
	}
	return Date{int32(day)}
}

// IsZero reports whether d is the zero Date.
func (d Date) IsZero() bool { return d.day == 0 }

// Date returns the year, the month and the day, or zeros for the zero Date.
func (d Date) Date() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return d.midnightUTC().Date()
}

// Weekday returns the day of the week. The zero Date has none: do not ask it.
func (d Date) Weekday() time.Weekday { return d.midnightUTC().Weekday() }

// AddDays returns the date n calendar days later, or earlier if n is negative. It returns
// the zero Date if d is zero or the result lies outside the years 1 to 9999.
func (d Date) AddDays(n int) Date {
	if d.IsZero() || n > lastDay || n < -lastDay {
		return Date{}
	}
	return dateOfUnixDay(int64(d.day) - unixEpochDay + int64(n))
}

// AddMonths returns the same day n months later, or earlier if n is negative. If that month
// is shorter, it returns the last day of the month: one month after 2024-01-31 is
// 2024-02-29. It returns the zero Date if d is zero or the result lies outside the years 1
// to 9999.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() || n > 12*9999 || n < -12*9999 {
		return Date{}
	}
	year, month, day := d.Date()
	first := time.Date(year, month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	lastOfMonth := first.AddDate(0, 1, -1).Day()
	return DateOf(first.AddDate(0, 0, min(day, lastOfMonth)-1), time.UTC)
}

// DaysSince returns the number of calendar days from earlier to d. It is negative if d
// comes first, and means nothing if one of the two is the zero Date.
func (d Date) DaysSince(earlier Date) int { return int(d.day) - int(earlier.day) }

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.day < other.day }

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool { return d.day > other.day }

// Compare returns -1 if d is the earlier day, +1 if other is, and 0 if they are the same.
// The zero Date comes before every day.
func (d Date) Compare(other Date) int { return cmp.Compare(d.day, other.day) }

// Start returns the first instant of the day in zone, as a time in UTC. "By the end of day
// d" means strictly before d.AddDays(1).Start(zone). Start of the zero Date is the zero time.
// It panics if zone is nil.
func (d Date) Start(zone *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	// Where clocks change at midnight, midnight comes twice or not at all. The day then starts
	// with the first midnight, or with the change. So the offsets of the zone are tried in order.
	midnight := d.midnightUTC()
	for t := midnight.AddDate(0, 0, -1).In(zone); ; {
		_, offset := t.Zone()
		start := midnight.Add(-time.Duration(offset) * time.Second)
		if start.Before(t) {
			start = t
		}
		// On the last day of a leap year, beyond the table of the zone, package time tells of a change
		// that is not after t. There is none then.
		_, change := t.ZoneBounds()
		if !change.After(t) || start.Before(change) {
			return start.UTC()
		}
		t = change
	}
}

func (d Date) midnightUTC() time.Time {
	return time.Unix((int64(d.day)-unixEpochDay)*secondsPerDay, 0).UTC()
}

// String returns the date in the form 2006-01-02, or "no date" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return "no date"
	}
	text, _ := d.AppendText(make([]byte, 0, len("2006-01-02")))
	return string(text)
}

// AppendText implements encoding.TextAppender. It appends the form 2006-01-02, and nothing
// for the zero Date. It never fails.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if d.IsZero() {
		return b, nil
	}
	year, month, day := d.Date()
	b = append(appendDigits(b, uint32(year), 4), '-')  //nolint:gosec // from 1 to 9999
	b = append(appendDigits(b, uint32(month), 2), '-') //nolint:gosec // from 1 to 12
	return appendDigits(b, uint32(day), 2), nil        //nolint:gosec // from 1 to 31
}

// MarshalText implements encoding.TextMarshaler: the form 2006-01-02, and empty text for the
// zero Date. It never fails.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText implements encoding.TextUnmarshaler. It reads what ParseDate reads, with its
// errors, and empty text as the zero Date. After an error, d is as it was.
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
