package casestatus

import "github.com/seed28e20331/cris"

// OfficeKind says what an office is.
type OfficeKind string

// The kinds of office.
const (
	ServiceCenter OfficeKind = "service_center"
	FieldOffice   OfficeKind = "field_office"
	AsylumOffice  OfficeKind = "asylum_office"
	National      OfficeKind = "national"  // serves the whole country for some forms
	Aggregate     OfficeKind = "aggregate" // a heading over several offices in the tables: it has no staff and cannot receive work
)

// OfficeKinds lists the kinds of office.
func OfficeKinds() []OfficeKind {
	return []OfficeKind{ServiceCenter, FieldOffice, AsylumOffice, National, Aggregate}
}

// The headings under which processing times of several offices are posted at once.
const (
	AllFieldOffices   OfficeCode = "FOD"
	AllServiceCenters OfficeCode = "SCD"
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
	return cris.Period{From: o.From, Until: o.Until}.Has(day)
}

// ReceivesWork reports whether cases and requests can be sent to the office: a
// heading has no staff.
func (o Office) ReceivesWork() bool { return o.Kind != Aggregate && o.Code != "" }

// Heading returns the aggregate under which processing times of the office may be
// posted, "" if there is none.
func (o Office) Heading() OfficeCode {
	switch o.Kind {
	case FieldOffice:
		return AllFieldOffices
	case ServiceCenter:
		return AllServiceCenters
	case AsylumOffice, National, Aggregate:
	}
	return ""
}
