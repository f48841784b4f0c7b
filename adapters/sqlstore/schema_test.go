package sqlstore

import (
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// schemaOf reads the tables of the migrations: the columns of each, with their types, and the
// key, in order.
func schemaOf(t *testing.T) map[string][]string {
	t.Helper()
	schema := map[string][]string{}
	added := map[string][]string{} // by later migrations
	names, err := fs.Glob(Migrations(), "*.sql")
	require.NoError(t, err)
	for _, name := range names {
		text, err := fs.ReadFile(Migrations(), name)
		require.NoError(t, err)
		for _, table := range regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\);`).FindAllStringSubmatch(string(text), -1) {
			columns, key := []string{}, ""
			for line := range strings.Lines(table[2]) {
				line, _, _ = strings.Cut(line, "--")
				if found := regexp.MustCompile(`^\s+(\w+)\s+(TEXT|BIGINT)\b`).FindStringSubmatch(line); found != nil {
					columns = append(columns, found[1]+" "+found[2])
					if strings.Contains(line, "PRIMARY KEY") {
						key = found[1]
					}
				}
				if found := regexp.MustCompile(`PRIMARY KEY \((.*?)\)`).FindStringSubmatch(line); found != nil {
					key = found[1]
				}
			}
			schema[table[1]] = append(columns, "key "+key)
		}
		for _, column := range regexp.MustCompile(`ALTER TABLE (\w+) ADD COLUMN (\w+ (?:TEXT|BIGINT))\b`).FindAllStringSubmatch(string(text), -1) {
			added[column[1]] = append(added[column[1]], column[2])
		}
	}
	for name, columns := range schema {
		schema[name] = append(append(added[name], columns[:len(columns)-1]...), columns[len(columns)-1])
		slices.Sort(schema[name][:len(schema[name])-1])
	}
	return schema
}

// declared returns what a row struct says of its table, in the form of schemaOf.
func declared(row reflect.Type) []string {
	columns, key := []string{}, []string{}
	for _, c := range columnsOf(row) {
		kind := "TEXT"
		if c.isNumber(row) {
			kind = "BIGINT"
		}
		columns = append(columns, c.name+" "+kind)
		if c.key {
			key = append(key, c.name)
		}
	}
	slices.Sort(columns)
	return append(columns, "key "+strings.Join(key, ", "))
}

func TestTables_AreThoseOfTheSchemaColumnByColumn(t *testing.T) {
	schema := schemaOf(t)
	without := slices.DeleteFunc(slices.Sorted(maps.Keys(schema)), func(name string) bool { return tables[name] != nil })
	require.Empty(t, without, "each table has a row struct")
	for name, row := range tables {
		require.Equal(t, schema[name], declared(row), name)
	}
}

// Whatever is kept about a person says when its retention period starts.
func TestTables_WhatIsPersonalHasARetentionPeriod(t *testing.T) {
	for name, row := range tables {
		personal, period := tagged(row, "personal"), tagged(row, "retention")
		if len(personal) == 0 {
			continue
		}
		require.Len(t, period, 1, "%s has personal values in %v", name, personal)
		if of, shares := strings.CutPrefix(period[0], "as "); shares {
			require.Contains(t, tables, of, name)
			require.Equal(t, []string{"starts"}, tagged(tables[of], "retention"), name)
		} else {
			require.Equal(t, "starts", period[0], name)
		}
	}
}

// tagged returns the values of a tag of the fields of a row struct.
func tagged(row reflect.Type, tag string) (values []string) {
	for _, c := range columnsOf(row) {
		if value, is := row.FieldByIndex(c.index).Tag.Lookup(tag); is {
			values = append(values, value)
		}
	}
	return values
}

func TestTables_GuardFindsPlantedDifferences(t *testing.T) {
	type row struct {
		ID     string    `db:"id,key"`
		At     time.Time `db:"at"`
		IsOpen bool      `db:"is_open"`
	}
	require.Equal(t, []string{"at BIGINT", "id TEXT", "is_open BIGINT", "key id"}, declared(reflect.TypeFor[row]()), fmt.Sprint(schemaOf(t)["cris_outbox"]))
}
