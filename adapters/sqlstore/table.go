package sqlstore

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// table is a table of the schema. Its row struct says all that there is to say about its
// columns: see column.
type table[Row any] struct {
	name    string
	columns []column
	selects string       // SELECT ... FROM the table
	inserts string       // INSERT INTO the table (...) VALUES
	upserts string       // ON CONFLICT (key) DO UPDATE SET ...
	byKey   string       // WHERE key = ?
	sealed  *sealedTable // nil if nothing in it is sealed
}

// tables lists every table by name: the row struct of each.
var tables = map[string]reflect.Type{}

// newTable declares the table that holds rows of the type. It is called once for each.
func newTable[Row any](name string) *table[Row] {
	row := reflect.TypeFor[Row]()
	if _, twice := tables[name]; twice {
		panic("sqlstore: two row structs for the table " + name)
	}
	tables[name] = row
	t := &table[Row]{name: name, columns: columnsOf(row)}
	if t.sealed = newSealedTable(name, row, t.columns); t.sealed != nil {
		sealedTables[row] = t.sealed
		sealables = append(sealables, t)
	}
	var keys, sets []string
	for _, c := range t.columns {
		switch {
		case c.key:
			keys = append(keys, c.name)
		case !c.once:
			sets = append(sets, c.name+" = excluded."+c.name)
		}
	}
	names := strings.Join(t.names(), ", ")
	t.selects = "SELECT " + strings.Join(t.read(), ", ") + " FROM " + name + " "
	t.inserts = "INSERT INTO " + name + " (" + names + ") VALUES "
	t.byKey = "WHERE " + strings.Join(keys, " = ? AND ") + " = ?"
	t.upserts = " ON CONFLICT (" + strings.Join(keys, ", ") + ") DO "
	if len(sets) == 0 {
		t.upserts += "NOTHING"
	} else {
		t.upserts += "UPDATE SET " + strings.Join(sets, ", ")
	}
	return t
}

// names returns the names of the columns, in order.
func (t *table[Row]) names() []string { return namesOf(t.columns) }

// read returns what a query of the table asks for: its columns, and with the sealed one the key of
// the record.
func (t *table[Row]) read() []string {
	names := t.names()
	if t.sealed != nil {
		names[t.sealed.position] = t.sealed.expression(t.name)
	}
	return names
}

// readAs is read in a query in which the table has another name.
func (t *table[Row]) readAs(alias string) []string {
	names := t.names()
	for i, name := range names {
		names[i] = alias + "." + name
	}
	if t.sealed != nil {
		names[t.sealed.position] = t.sealed.expression(alias)
	}
	return names
}

// readOrNothing is readAs where the query may find no row: each column is empty or 0 then.
func (t *table[Row]) readOrNothing(alias string) []string {
	names := t.readAs(alias)
	for i, nothing := range t.nothing() {
		names[i] = "COALESCE(" + names[i] + ", " + nothing + ")"
	}
	return names
}

// nothing returns what stands for the columns of a row that is not there.
func (t *table[Row]) nothing() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = "''"
		if c.isNumber(reflect.TypeFor[Row]()) {
			names[i] = "0"
		}
	}
	return names
}

func namesOf(columns []column) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return names
}

// maxParameters is how many parameters a statement may have on every database.
const maxParameters = 900

// insert saves new rows. It returns an error that matches cris.ErrConflict if one of them is
// on file already, by its key or by another unique column.
func (t *table[Row]) insert(s *session, rows ...Row) error {
	inserted, err := t.insertNew(s, rows...)
	if err == nil && inserted < len(rows) {
		return taken("insert into " + t.name)
	}
	return err
}

// insertNew saves the rows that are not on file yet, and returns how many those are.
func (t *table[Row]) insertNew(s *session, rows ...Row) (inserted int, err error) {
	return t.write(s, " ON CONFLICT DO NOTHING", rows)
}

// upsert saves rows, each in place of the one with its key if there is one. Columns that are
// written once stay as they are. Of several rows with one key the last is saved.
func (t *table[Row]) upsert(s *session, rows ...Row) error {
	if len(rows) > 1 {
		rows = t.lastOfEachKey(rows)
	}
	_, err := t.write(s, t.upserts, rows)
	return err
}

// replace saves the row in place of the one with the key, or removes that.
func (t *table[Row]) replace(s *session, remove bool, row Row, key ...any) error {
	if !remove {
		return t.upsert(s, row)
	}
	if _, err := t.remove(s, t.byKey, key...); err != nil || t.sealed == nil {
		return err
	}
	return t.sealed.shredRemoved(s, key)
}

// lastOfEachKey leaves out the rows that another with the same key follows: one statement
// cannot write a row twice.
func (t *table[Row]) lastOfEachKey(rows []Row) []Row {
	seen := map[string]bool{}
	kept := make([]Row, 0, len(rows))
	for _, row := range slices.Backward(rows) {
		var key strings.Builder
		value := reflect.ValueOf(row)
		for _, c := range t.columns {
			if c.key {
				part, _ := encode(value.FieldByIndex(c.index)) // what cannot be stored fails when it is written
				fmt.Fprintf(&key, "%q ", part)
			}
		}
		if !seen[key.String()] {
			seen[key.String()] = true
			kept = append(kept, row)
		}
	}
	slices.Reverse(kept)
	return kept
}

// write runs INSERT statements, each with as many rows as it may have parameters, and
// returns how many rows they touched.
func (t *table[Row]) write(s *session, tail string, rows []Row) (touched int, err error) {
	for chunk := range slices.Chunk(rows, max(1, maxParameters/len(t.columns))) {
		sealed, err := t.seal(s, chunk)
		if err != nil {
			return touched, fmt.Errorf("sqlstore: insert into %s: %w", t.name, err)
		}
		args := make([]any, 0, len(chunk)*len(t.columns))
		for i, row := range chunk {
			args = t.args(args, row)
			if sealed != nil {
				t.sealed.replace(args[len(args)-len(t.columns):], sealed[i])
			}
		}
		n, err := s.exec("insert into "+t.name, t.inserts+tuples(len(chunk), len(t.columns))+tail, args...)
		if err != nil {
			return touched, err
		}
		touched += int(n)
	}
	return touched, nil
}

// args appends the columns of a row, as a statement takes them.
func (t *table[Row]) args(args []any, row Row) []any {
	value := reflect.ValueOf(row)
	for _, c := range t.columns {
		args = append(args, value.FieldByIndex(c.index).Interface())
	}
	return args
}

// find returns rows. Rest is what follows the name of the table in the statement: WHERE,
// ORDER BY.
func (t *table[Row]) find(s *session, rest string, args ...any) ([]Row, error) {
	return read[Row](s, "read "+t.name, t.selects+rest, args...)
}

// get returns the row with the key, and whether there is one.
func (t *table[Row]) get(s *session, key ...any) (row Row, found bool, err error) {
	for _, part := range key {
		if _, err := encode(reflect.ValueOf(part)); err != nil {
			return row, false, s.ctx.Err() // what cannot be stored is not there
		}
	}
	rows, err := t.find(s, t.byKey, key...)
	if err != nil || len(rows) == 0 {
		return row, false, err
	}
	return rows[0], true, nil
}

// remove deletes rows and returns how many. Rest is what follows the name of the table in
// the statement.
func (t *table[Row]) remove(s *session, rest string, args ...any) (removed int, err error) {
	n, err := s.exec("delete from "+t.name, "DELETE FROM "+t.name+" "+rest, args...)
	return int(n), err
}
