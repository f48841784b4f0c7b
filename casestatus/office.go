package casestatus

import "github.com/seed28e20331/cris"

// OfficeCode is the code of an office as processing times name it ("NBC", "SSC").
// It is not a receipt prefix: Texas is SRC on receipt numbers and SSC here.
type OfficeCode string

// OfficeKind says what an office is.
type OfficeKind uint8

// The kinds of office.
const (
	_ OfficeKind = iota
	ServiceCenter
	FieldOffice
	AsylumOffice
	National  // serves the whole country for some forms
	Aggregate // a heading over several offices in the tables: it has no staff and cannot receive work
)

// Office is one office for as long as it exists.
type Office struct {
	Code      OfficeCode
	Name      string
	Kind      OfficeKind
	From      cris.Date  // first day; zero if it always was
	Until     cris.Date  // last day; zero while it exists
	Successor OfficeCode // where its work goes after Until; "" if nowhere
}

// OpenOn reports whether the office exists on that day.
func (o Office) OpenOn(day cris.Date) bool {
	return !day.Before(o.From) && (o.Until.IsZero() || !day.After(o.Until))
}
