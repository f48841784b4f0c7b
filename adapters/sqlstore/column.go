package sqlstore

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed28e20331/cris/internal/text"
)

// column is a column of a table, and the field of the row struct that holds it. There is
// one way to store each type:
//
//   - text, also of a named type: TEXT. What is not UTF-8, or has a NUL in it, is refused,
//     since some databases do not hold it and others alter it
//   - an int: BIGINT
//   - a bool: BIGINT, 0 or 1
//   - a time.Time: BIGINT, Unix microseconds
//   - what has a text form (encoding.TextMarshaler and TextUnmarshaler): TEXT. A Date is
//     2006-01-02, and the zero value is empty
//
// A personal value has no such form: a row holds what it reveals. In a sealed store that is so in
// the program alone: see sealedColumn.
//
// Tags of the field say what the column is:
//
//   - db:"name" is its name; db:"name,key" makes it a part of the primary key;
//     db:"name,once" leaves it out when a row is written in place of another
//   - personal:"name" marks a personal value, and of what kind: name, birth, country,
//     number, contact, address or content. It is text, and is what gets sealed; one that is a
//     part of the key is kept as an entry of a blind index
//   - retention:"starts" marks the column from which the retention period of the row
//     counts; retention:"as cases" the one that names the row of another table, whose
//     period it shares
//
// A field that is a struct without a text form stands for the columns of its own fields: its
// db tag is a prefix of their names, and db:",key" makes all of them part of the key.
type column struct {
	name      string
	key, once bool
	personal  bool
	retention string // the tag
	index     []int  // of the field; none if the row is the column
}

// isNumber reports whether the column holds numbers, else text.
func (c column) isNumber(row reflect.Type) bool {
	field := row.FieldByIndex(c.index).Type
	return field == reflect.TypeFor[time.Time]() || !hasTextForm(field) && field.Kind() != reflect.String
}

var columnsByType sync.Map // of reflect.Type: []column

// columnsOf returns the columns of a row struct in order, or the one column of another
// type. It panics at a type that cannot be stored: that is a mistake of whoever declared it.
func columnsOf(row reflect.Type) []column {
	if known, ok := columnsByType.Load(row); ok {
		return known.([]column) //nolint:errcheck // nothing else is stored there
	}
	var columns []column
	if holds(row) {
		columns = []column{{}}
	} else {
		columns = fieldColumns(row, "", nil)
	}
	columnsByType.Store(row, columns)
	return columns
}

func fieldColumns(row reflect.Type, prefix string, at []int) (columns []column) {
	for i := range row.NumField() {
		field := row.Field(i)
		index := slices.Concat(at, []int{i})
		tag, options, _ := strings.Cut(field.Tag.Get("db"), ",")
		switch {
		case holds(field.Type):
			columns = append(columns, column{
				name: prefix + tag, key: options == "key", once: options == "once", index: index,
				personal: field.Tag.Get("personal") != "", retention: field.Tag.Get("retention"),
			})
		case field.Type.Kind() == reflect.Struct && isOpen(field.Type):
			for _, c := range fieldColumns(field.Type, prefix+tag, index) {
				c.key = c.key || options == "key"
				columns = append(columns, c)
			}
		default:
			panic(fmt.Sprintf("sqlstore: a column cannot hold the field %s of %s", field.Name, row))
		}
	}
	return columns
}

// isOpen reports whether all fields of a struct can be set, and it does not write itself as
// something else.
func isOpen(t reflect.Type) bool {
	if t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return false
	}
	for field := range t.Fields() {
		if !field.IsExported() {
			return false
		}
	}
	return true
}

// holds reports whether one column can hold values of the type.
func holds(t reflect.Type) bool {
	if t == reflect.TypeFor[time.Time]() || hasTextForm(t) {
		return true
	}
	isPlain := t.Kind() == reflect.String || t.Kind() == reflect.Bool || t.Kind() >= reflect.Int && t.Kind() <= reflect.Int64
	return isPlain && !t.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}

// hasTextForm reports whether values of the type are written as text and read back from it.
func hasTextForm(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) &&
		reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// encode returns what a column holds for a value. Its error does not repeat the value.
func encode(value reflect.Value) (any, error) {
	if !value.IsValid() || !holds(value.Type()) {
		panic("sqlstore: a column cannot hold a value of this type")
	}
	if at, is := reflect.TypeAssert[time.Time](value); is {
		us := at.UnixMicro()
		if !time.UnixMicro(us).Equal(at.Truncate(time.Microsecond)) {
			return nil, errors.New("a time that is too far away to be stored")
		}
		return us, nil
	}
	if marshaler, is := reflect.TypeAssert[encoding.TextMarshaler](value); is {
		form, err := marshaler.MarshalText()
		if err != nil {
			return nil, err
		}
		return storable(string(form))
	}
	switch value.Kind() {
	case reflect.String:
		return storable(value.String())
	case reflect.Bool:
		if value.Bool() {
			return int64(1), nil
		}
		return int64(0), nil
	default:
		return value.Int(), nil
	}
}

func storable(s string) (any, error) {
	if !text.IsStorable(s) {
		return nil, errUnstorable
	}
	return s, nil
}

var errUnstorable = errors.New("text that is not UTF-8, or has a NUL in it, cannot be stored")

// target is a row, with what database/sql may scan its columns into.
type target[Row any] struct {
	row     Row
	columns []any
	parts   []*sealedPart // of the row, that may be sealed
}

// open opens what was sealed in a row that was scanned.
func (t *target[Row]) open(s *session) error {
	for _, part := range t.parts {
		if err := part.open(s); err != nil {
			return err
		}
	}
	return nil
}

var targets sync.Map // of reflect.Type: *sync.Pool of *target

// targetOf returns a target, and a function to be called when it is no longer used: making one
// takes as long as scanning a row.
func targetOf[Row any]() (into *target[Row], free func()) {
	rowType := reflect.TypeFor[Row]()
	kept, found := targets.Load(rowType)
	if !found {
		kept, _ = targets.LoadOrStore(rowType, &sync.Pool{New: func() any { return newTarget[Row]() }})
	}
	pool := kept.(*sync.Pool)        //nolint:errcheck // nothing else is stored there
	into = pool.Get().(*target[Row]) //nolint:errcheck // nor there
	return into, func() {
		into.row = *new(Row) // nothing personal is kept
		for _, part := range into.parts {
			part.forget()
		}
		pool.Put(into)
	}
}

func newTarget[Row any]() *target[Row] {
	into := &target[Row]{}
	row := reflect.ValueOf(&into.row).Elem()
	for _, c := range columnsOf(row.Type()) {
		field := row
		if len(c.index) > 0 {
			field = row.FieldByIndex(c.index)
		}
		into.columns = append(into.columns, scanner(field))
	}
	into.parts = sealedParts(row)
	return into
}

// scanner returns what database/sql may scan a column into, to set the value.
func scanner(value reflect.Value) any {
	pointer := value.Addr().Interface()
	if at, is := pointer.(*time.Time); is {
		return (*instantScanner)(at)
	}
	if into, is := pointer.(encoding.TextUnmarshaler); is {
		return textScanner{into}
	}
	return pointer
}

type instantScanner time.Time

// Scan implements sql.Scanner.
func (s *instantScanner) Scan(column any) error {
	us, is := column.(int64)
	if !is {
		return errNotStoredHere
	}
	*s = instantScanner(time.UnixMicro(us).UTC())
	return nil
}

type textScanner struct{ into encoding.TextUnmarshaler }

// Scan implements sql.Scanner.
func (s textScanner) Scan(column any) error {
	switch column := column.(type) {
	case string:
		return s.into.UnmarshalText([]byte(column))
	case []byte:
		return s.into.UnmarshalText(column)
	}
	return errNotStoredHere
}

var errNotStoredHere = errors.New("the column has another type than was stored")
