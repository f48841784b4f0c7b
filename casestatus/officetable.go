package casestatus

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// OfficeTable finds offices by code. It does not change and is safe for concurrent
// use; the zero table knows no office.
type OfficeTable struct {
	byCode map[OfficeCode]Office
}

// NewOfficeTable returns a table of the given offices. Of several with one code
// the last counts, so that a host program can amend the known ones:
//
//	NewOfficeTable(append(casestatus.Offices(), closed)...)
func NewOfficeTable(offices ...Office) OfficeTable {
	byCode := make(map[OfficeCode]Office, len(offices))
	for _, office := range offices {
		byCode[office.Code] = office
	}
	return OfficeTable{byCode}
}

// Merged returns the given offices as they are once those with the given codes are
// folded into one: they close at the end of the day before, their work goes to the
// office into, and that opens on the day. As the service centers of 2025:
//
//	NewOfficeTable(Merged(Offices(), into, day, "CSC", "ESC", "NSC", "SSC", "YSC")...)
//
// The slice given is not changed.
func Merged(offices []Office, into Office, day cris.Date, codes ...OfficeCode) []Office {
	merged := slices.Clone(offices)
	for i := range merged {
		if slices.Contains(codes, merged[i].Code) {
			merged[i].Until, merged[i].Successor = day.AddDays(-1), into.Code
		}
	}
	into.From = day
	return append(merged, into)
}

// Office returns the office with that code, open or not.
func (t OfficeTable) Office(code OfficeCode) (Office, bool) {
	office, ok := t.byCode[code]
	return office, ok
}

// Resolve returns the office that does the work of the given one on that day: the
// office itself while it is open, after that its successor, or the successor's. It
// is false if that leads to no open office: the code is unknown, the office not
// open yet, or closed without a successor, or the successors run in a circle.
func (t OfficeTable) Resolve(code OfficeCode, day cris.Date) (Office, bool) {
	for range len(t.byCode) {
		office, ok := t.byCode[code]
		if !ok || day.Before(office.From) {
			return Office{}, false
		}
		if office.OpenOn(day) {
			return office, true
		}
		code = office.Successor
	}
	return Office{}, false
}

// postedUnder returns the codes under which the times of an office may be posted on a
// day, in the order in which they are preferred: its own, that of the office that does
// its work now, and the heading. Those that there are not are "".
func (t OfficeTable) postedUnder(code OfficeCode, day cris.Date) [3]OfficeCode {
	office := t.byCode[code]
	codes := [3]OfficeCode{code, "", office.Heading()}
	if office.OpenOn(day) {
		return codes
	}
	if now, ok := t.Resolve(code, day); ok {
		codes[1], codes[2] = now.Code, now.Heading()
	}
	return codes
}
