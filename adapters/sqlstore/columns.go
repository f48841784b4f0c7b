package sqlstore

import (
	"errors"
	"fmt"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// tuples returns placeholders for the given number of rows: (?, ?), (?, ?).
func tuples(rows, columns int) string {
	tuple := "(" + strings.Repeat("?, ", columns-1) + "?)"
	return strings.Repeat(tuple+", ", rows-1) + tuple
}

// nameColumns are the columns of the name of a person; all are empty where there is none.
type nameColumns struct {
	Family string `db:"family_name" personal:"name"`
	Given  string `db:"given_name" personal:"name"`
	Middle string `db:"middle_name" personal:"name"`
	Maiden string `db:"maiden_name" personal:"name"`
}

func columnsOfName(n cris.PersonName) nameColumns { return nameColumns(n.Reveal()) }

func (c nameColumns) name(parse *parser) cris.PersonName { return parse.name(cris.NameParts(c)) }

// addressColumns are the columns of an address; all are empty where there is none.
type addressColumns struct {
	Street string   `db:"street" personal:"address"`
	Unit   string   `db:"unit" personal:"address"`
	City   string   `db:"city" personal:"address"`
	State  string   `db:"state" personal:"address"`
	ZIP    cris.ZIP `db:"zip" personal:"address"`
}

func columnsOfAddress(a cris.Address) addressColumns { return addressColumns(a.Reveal()) }

func (c addressColumns) address(parse *parser) cris.Address {
	if c == (addressColumns{}) {
		return cris.Address{}
	}
	address, err := cris.NewAddress(cris.AddressParts(c))
	parse.keep(err)
	return address
}

// trackingNumber is a column with a tracking number as it was filed, even one whose check
// digit is wrong.
type trackingNumber struct{ tracking.Number }

// UnmarshalText implements encoding.TextUnmarshaler.
func (n *trackingNumber) UnmarshalText(column []byte) (err error) {
	if len(column) == 0 {
		*n = trackingNumber{}
		return nil
	}
	n.Number, err = tracking.ParseNumberLenient(string(column))
	return err
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

// whole returns the value that was read, or the zero value and what could not be read of it.
func whole[V any](value V, parse *parser, what string) (V, error) {
	if err := errors.Join(parse.faults...); err != nil {
		var nothing V
		return nothing, fmt.Errorf("sqlstore: %s: %w", what, err)
	}
	return value, nil
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
