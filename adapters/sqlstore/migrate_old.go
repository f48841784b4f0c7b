package sqlstore

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Databases were made before tables had a prefix, and before the record of migrations had more
// than names. Migrate gives them the names and the record that all others have.

// lastWithoutPrefix is the last migration that made tables without a prefix.
const lastWithoutPrefix = 9

// oldRecord reads a record of names alone, such as migrations/0001_core.sql.
func (s *session) oldRecord() (map[int]migrationRow, error) {
	files, err := read[string](s, "read migrations", `SELECT name FROM cris_migrations ORDER BY name`)
	ran := map[int]migrationRow{}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".sql")
		ran[versionOf(name)] = migrationRow{Version: versionOf(name), Name: name}
	}
	return ran, err
}

// renew replaces a record of names alone, and gives the tables that it tells of their prefix.
func (s *session) renew(ran map[int]migrationRow) error {
	if err := s.change("renew record", s.db.names.inSchema(`DROP TABLE cris_migrations`)); err != nil || len(ran) == 0 {
		return err
	}
	prefixed, err := s.columnsOf("cris_scopes")
	if err != nil {
		return err
	}
	if len(prefixed) == 0 {
		for _, m := range migrations[:lastWithoutPrefix] {
			if _, did := ran[m.version]; did {
				if err := s.prefix(m); err != nil {
					return err
				}
			}
		}
	}
	return s.recordAll(slices.Sorted(maps.Keys(ran)))
}

// recordAll makes the record if there is none, and notes in it that these migrations were run.
func (s *session) recordAll(versions []int) error {
	there, err := s.columnsOf("cris_migrations")
	if err != nil {
		return err
	}
	if len(there) == 0 {
		record := regexp.MustCompile(`(?s)CREATE TABLE cris_migrations \(.*?\n\);`).FindString(migrations[0].text)
		if err := s.change("make record", s.db.names.inSchema(record)); err != nil {
			return err
		}
	}
	for _, version := range versions {
		statement := s.db.names.inSchema(migrations[version-1].record(s.db.dialect()))
		if err := s.change("record migration", statement); err != nil {
			return err
		}
	}
	return nil
}

var (
	tableMade = regexp.MustCompile(`CREATE TABLE cris_(\w+)`)
	indexMade = regexp.MustCompile(`CREATE (?:UNIQUE )?INDEX cris_(\w+) ON[^;]*;`)
)

// prefix gives the tables and indexes that a migration made without a prefix the one that they
// have here.
func (s *session) prefix(m migration) error {
	for _, table := range tableMade.FindAllStringSubmatch(m.text, -1) {
		if table[1] == "migrations" {
			continue
		}
		if err := s.rename("TABLE", table[1]); err != nil {
			return err
		}
		if err := s.renameConstraints(table[1]); err != nil {
			return err
		}
	}
	for _, index := range indexMade.FindAllStringSubmatch(m.text, -1) {
		if s.db.postgres {
			if err := s.rename("INDEX", index[1]); err != nil {
				return err
			}
			continue
		}
		// SQLite cannot rename an index.
		for _, statement := range []string{"DROP INDEX " + index[1], s.db.names.inSchema(index[0])} {
			if err := s.change("rename index "+index[1], statement); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *session) rename(kind, name string) error {
	return s.change("rename "+name, "ALTER "+kind+" "+s.db.inOwnSchema(name)+" RENAME TO "+s.db.names.prefix+name)
}

// renameConstraints gives the constraints of a table the names that PostgreSQL gives to those of a
// new one. SQLite has no names for them.
func (s *session) renameConstraints(table string) error {
	if !s.db.postgres {
		return nil
	}
	renamed := s.db.names.prefix + table
	constraints, err := read[string](s, "read constraints", `SELECT k.conname::text FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
		JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = `+s.db.schemaName()+` AND c.relname = ? ORDER BY 1`, s.db.names.schema, renamed)
	if err != nil {
		return err
	}
	for _, constraint := range constraints {
		if err := s.change("rename constraint", "ALTER TABLE "+s.db.inOwnSchema(renamed)+
			` RENAME CONSTRAINT "`+constraint+`" TO "`+s.db.names.prefix+constraint+`"`); err != nil {
			return err
		}
	}
	return nil
}

// inOwnSchema returns the name of a table or index with the schema of this store, if it has one.
func (db *DB) inOwnSchema(name string) string {
	if db.names.schema == "" {
		return name
	}
	return `"` + db.names.schema + `".` + name
}

// schemaName returns an expression for the schema of this store, of which names.schema is the
// parameter.
func (db *DB) schemaName() string { return `COALESCE(NULLIF(?, ''), current_schema())` }
