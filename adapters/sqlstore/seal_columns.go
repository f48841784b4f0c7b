package sqlstore

import (
	"bytes"
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/seal"
)

// sealedColumn is the column in which the personal columns of a row stand sealed, under the key of
// the record that the row belongs to. In a sealed store the personal columns themselves are empty,
// in one in clear this column is. A row has it where code sees the row as well, and it is empty
// there.
//
// The text of every row is bound to its table, its key and its record, so that it opens nowhere
// else. A row that has nothing personal to seal is sealed too: a text that was removed is noticed.
type sealedColumn struct{ text string }

// MarshalText implements encoding.TextMarshaler.
func (c sealedColumn) MarshalText() ([]byte, error) { return []byte(c.text), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *sealedColumn) UnmarshalText(text []byte) error {
	c.text = string(text)
	return nil
}

// sealedTable is how the rows of a table are sealed.
type sealedTable struct {
	name     string // as it is by default
	position int    // of the sealed column
	sealed   column
	keys     []column
	personal []column
	at       []int        // the positions of the personal ones
	columns  seal.Columns // the names of the personal ones

	class string // of the record: the table whose row it begins with
	id    column // the one that holds the key of that row
}

// sealedTables are the tables that are sealed, by the type of their rows.
var sealedTables = map[reflect.Type]*sealedTable{}

// newSealedTable returns how the table is sealed, or nil if it has no sealed column. It panics if
// the row struct does not say all of it: that is a mistake of whoever declared it.
func newSealedTable(name string, row reflect.Type, columns []column) *sealedTable {
	t := &sealedTable{name: name, position: -1}
	var names []string
	for i, c := range columns {
		switch {
		case row.FieldByIndex(c.index).Type == reflect.TypeFor[sealedColumn]():
			t.position, t.sealed = i, c
		case c.key:
			t.keys = append(t.keys, c)
		case c.personal:
			if c.isNumber(row) {
				panic("sqlstore: a personal column that is not text: " + name + "." + c.name)
			}
			t.personal, t.at = append(t.personal, c), append(t.at, i)
			names = append(names, c.name)
		}
		if of, shares := strings.CutPrefix(c.retention, "as "); shares {
			t.class, t.id = of, c
		}
	}
	if t.class == "" && len(t.keys) == 1 {
		t.class, t.id = name, t.keys[0]
	}
	if len(t.personal) == 0 && t.position < 0 {
		return nil
	}
	if t.position < 0 || len(t.personal) == 0 || t.class == "" {
		panic("sqlstore: personal columns without a column in which they are sealed, or without a record: " + name)
	}
	var err error
	if t.columns, err = seal.NewColumns(names...); err != nil {
		panic("sqlstore: " + name + ": " + err.Error())
	}
	return t
}

// binding appends what the sealed text of a row is bound to.
func (t *sealedTable) binding(buffer []byte, row reflect.Value) ([]byte, error) {
	id, err := textOfKey(row.FieldByIndex(t.id.index))
	if err != nil {
		return nil, err
	}
	buffer = seal.Bind(buffer, t.name, t.sealed.name, t.class, id)
	for _, c := range t.keys {
		part, err := textOfKey(row.FieldByIndex(c.index))
		if err != nil {
			return nil, err
		}
		buffer = seal.Bind(buffer, part)
	}
	return buffer, nil
}

// textOfKey returns a part of a key as text.
func textOfKey(part reflect.Value) (string, error) {
	column, err := encode(part)
	if err != nil {
		return "", err
	}
	if text, is := column.(string); is {
		return text, nil
	}
	return fmt.Sprint(column), nil
}

// seal returns the personal columns of a row as a sealed text.
func (t *sealedTable) seal(key *seal.Key, row reflect.Value) (string, error) {
	used := spareSealBuffers.Get().(*sealBuffers) //nolint:errcheck // nothing else is in it
	defer used.free()
	var err error
	if used.binding, err = t.binding(used.binding[:0], row); err != nil {
		return "", err
	}
	used.plain = used.plain[:0]
	for i, c := range t.personal {
		field := row.FieldByIndex(c.index)
		if field.IsZero() {
			continue
		}
		column, err := encode(field)
		if err != nil {
			return "", err
		}
		used.plain = t.columns.Append(used.plain, i, column.(string)) //nolint:errcheck // a personal column is text
	}
	used.plain = t.columns.Finish(used.plain)
	return key.Seal(used.plain, used.binding), nil
}

// sealBuffers are what the columns of a row and what they are bound to are written into.
type sealBuffers struct{ plain, binding []byte }

var spareSealBuffers = sync.Pool{New: func() any { return &sealBuffers{} }}

func (b *sealBuffers) free() {
	clear(b.plain) // nothing personal is kept
	spareSealBuffers.Put(b)
}

// replace puts the sealed text into the arguments of a row, and nothing into its personal columns.
func (t *sealedTable) replace(args []any, sealed string) {
	for _, position := range t.at {
		args[position] = ""
	}
	args[t.position] = sealed
}

// shredRemoved forgets the key of the record that began with a row that was removed.
func (t *sealedTable) shredRemoved(s *session, key []any) error {
	if t.class != t.name {
		return nil
	}
	id, err := textOfKey(reflect.ValueOf(key[0]))
	if err != nil {
		return err
	}
	return s.shred(t.class, id)
}

// seal returns the sealed texts of the rows, or nil if the table or the store is in clear.
func (t *table[Row]) seal(s *session, rows []Row) ([]string, error) {
	if t.sealed == nil || s.db.sealer == nil {
		return nil, nil
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		var err error
		if ids[i], err = textOfKey(reflect.ValueOf(row).FieldByIndex(t.sealed.id.index)); err != nil {
			return nil, err
		}
	}
	keys, err := s.keysOf(t.sealed.class, ids)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(rows))
	for i, row := range rows {
		if texts[i], err = t.sealed.seal(keys[i], reflect.ValueOf(row)); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// sealedPart is a row that is sealed, in a target: the whole of it or a field of it.
type sealedPart struct {
	table  *sealedTable
	row    reflect.Value
	sealed *sealedColumn
	fields []reflect.Value // the personal ones
	set    []func(text string) error

	binding []byte // what the row is bound to

	// What was opened last: where lines hang on a row, that comes with each of them.
	text, plain string
	bound       []byte
}

// sealedParts returns the parts of a row that may be sealed.
func sealedParts(row reflect.Value) (parts []*sealedPart) {
	if table := sealedTables[row.Type()]; table != nil {
		return []*sealedPart{newSealedPart(table, row)}
	}
	if row.Kind() != reflect.Struct || holds(row.Type()) {
		return nil
	}
	for _, field := range row.Fields() {
		parts = append(parts, sealedParts(field)...)
	}
	return parts
}

func newSealedPart(table *sealedTable, row reflect.Value) *sealedPart {
	part := &sealedPart{table: table, row: row}
	part.sealed = row.FieldByIndex(table.sealed.index).Addr().Interface().(*sealedColumn) //nolint:errcheck // newSealedTable has looked
	for _, c := range table.personal {
		field := row.FieldByIndex(c.index)
		part.fields = append(part.fields, field)
		if into, is := reflect.TypeAssert[encoding.TextUnmarshaler](field.Addr()); is {
			part.set = append(part.set, func(text string) error { return into.UnmarshalText([]byte(text)) })
			continue
		}
		part.set = append(part.set, func(text string) error { field.SetString(text); return nil })
	}
	return part
}

// open puts what was sealed into the personal columns of the row. In a store in clear, and in one
// that is being sealed, a row in clear stays as it is.
func (p *sealedPart) open(s *session) error {
	text := p.sealed.text
	p.sealed.text = ""
	if s.db.sealer == nil {
		if text != "" {
			return fmt.Errorf("a row is sealed: open the store with sqlstore.SealedBy and the keys of this database: %w", cris.ErrNoKey)
		}
		return nil
	}
	sealed, wrapped, isThere := strings.Cut(text, " ")
	if !isThere {
		return nil // a query that need not find a row has found none
	}
	if sealed == "" && s.db.sealer.alsoClear {
		return nil
	}
	for _, field := range p.fields {
		if !field.IsZero() {
			sealed = ""
		}
	}
	if sealed == "" {
		return fmt.Errorf("a row is not sealed: it was altered, or a program wrote it that had the store open in clear; "+
			"restore it from a backup, or stop that program and call sqlstore.Seal: %w", cris.ErrTampered)
	}
	plain, err := p.plainOf(s, text, sealed, wrapped)
	if err != nil {
		return err
	}
	return p.table.columns.Each(plain, func(i int, value string) error { return p.set[i](value) })
}

// plainOf returns what is in the sealed text.
func (p *sealedPart) plainOf(s *session, text, sealed, wrapped string) (string, error) {
	var err error
	if p.binding, err = p.table.binding(p.binding[:0], p.row); err != nil {
		return "", err
	}
	if text == p.text && bytes.Equal(p.binding, p.bound) {
		return p.plain, nil
	}
	p.bound = append(p.bound[:0], p.binding...)
	id, err := textOfKey(p.row.FieldByIndex(p.table.id.index))
	if err != nil {
		return "", err
	}
	key, err := s.keyOnFile(record{p.table.class, id}, wrapped)
	if err != nil {
		return "", err
	}
	plain, err := key.Open(sealed, p.binding)
	if err != nil {
		return "", fmt.Errorf("a row cannot be opened: restore it from a backup: %w", err)
	}
	p.text, p.plain = text, plain
	return p.plain, nil
}

// forget forgets what was opened.
func (p *sealedPart) forget() { p.text, p.plain = "", "" }
