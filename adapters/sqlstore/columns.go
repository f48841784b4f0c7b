package sqlstore

import (
	"encoding"
	"reflect"
	"strings"

	"github.com/seed28e20331/cris"
)

// dateText is how a date stands in a column: 2006-01-02, empty for no date. It sorts
// as the dates do.
func dateText(d cris.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// rowsPerInsert keeps a statement under 900 parameters.
const rowsPerInsert = 125

// tuples returns placeholders for the given number of rows: (?, ?), (?, ?).
func tuples(rows, columns int) string {
	tuple := "(" + strings.Repeat("?, ", columns-1) + "?)"
	return strings.Repeat(tuple+", ", rows-1) + tuple
}

// selectRows begins a query of all that Row holds, by the names in its db tags. The
// columns are named because a later version may add some, while this one still runs.
func selectRows[Row any](table string) string {
	row := reflect.TypeFor[Row]()
	columns := make([]string, row.NumField())
	for i := range columns {
		columns[i] = row.Field(i).Tag.Get("db")
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM " + table
}

// parser reads the columns of a row back into values and collects what it could not
// read, so that a row is read in one expression and checked once. Empty columns are
// zero values. The faults carry no column content.
type parser struct {
	faults []error
}

func (p *parser) keep(err error) {
	if err != nil {
		p.faults = append(p.faults, err)
	}
}

// text reads a column into any value that reads its own text form.
func (p *parser) text(into encoding.TextUnmarshaler, column string) {
	p.keep(into.UnmarshalText([]byte(column)))
}

func (p *parser) date(column string) (d cris.Date) {
	p.text(&d, column)
	return d
}

func (p *parser) zip(column string) (z cris.ZIP) {
	p.text(&z, column)
	return z
}

func (p *parser) name(parts cris.NameParts) cris.PersonName {
	if parts == (cris.NameParts{}) {
		return cris.PersonName{}
	}
	name, err := cris.NewPersonName(parts)
	p.keep(err)
	return name
}

func (p *parser) aNumber(column string) cris.ANumber {
	if column == "" {
		return cris.ANumber{}
	}
	number, err := cris.ParseANumber(column)
	p.keep(err)
	return number
}

func (p *parser) address(parts cris.AddressParts, zip string) cris.Address {
	parts.ZIP = p.zip(zip)
	if parts == (cris.AddressParts{}) {
		return cris.Address{}
	}
	address, err := cris.NewAddress(parts)
	p.keep(err)
	return address
}
