package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
)

// Baseline notes that the files up to this version were run by other means, so that Migrate goes
// on after them and Open finds them. It is for files that were run without the statement at their
// end that does so. It runs none of them, and notes nothing twice.
//
// It makes the tables of these files under another prefix, compares both, and removes them again,
// in one transaction; the error lists what is missing, differs or is of a later file, and then
// nothing is noted. Otherwise the error is that of Migrate.
func Baseline(ctx context.Context, db *sqlx.DB, opts *Options, version int) error {
	store, err := newDB(ctx, db, opts)
	if err != nil {
		return err
	}
	if version < 1 || version > len(migrations) {
		return fmt.Errorf("sqlstore: baseline: there is no migration %d: give the number of the last file that was run, from 1 to %d", version, len(migrations))
	}
	return store.untilQuiet(ctx, func(ctx context.Context) error { return store.baseline(ctx, version) })
}

func (db *DB) baseline(ctx context.Context, version int) error {
	return db.transaction(ctx, func(t *tx) error {
		if err := t.lockSchema(); err != nil {
			return err
		}
		found, err := t.schema()
		if err != nil {
			return t.advised(err)
		}
		found.isUnrecorded = false // which is what this is for
		if err := found.refusedBy("baseline"); err != nil {
			return err
		}
		if found.isOldRecord {
			return errors.New("sqlstore: baseline: there is a record of migrations already: call sqlstore.Migrate")
		}
		if err := t.compare(version); err != nil {
			return t.advised(err)
		}
		var versions []int
		for _, m := range migrations[:version] {
			if _, did := found.ran[m.version]; !did {
				versions = append(versions, m.version)
			}
		}
		return t.advised(t.recordAll(versions))
	})
}

// compare fails unless the tables and indexes of the database are those of the migrations up to
// the version.
func (s *session) compare(version int) error {
	is, err := s.objects(s.db.names)
	if err != nil {
		return err
	}
	should, err := s.objectsOf(version)
	if err != nil {
		return err
	}
	// The record is made by what compares, if need be.
	delete(is, "cris_migrations")
	delete(should, "cris_migrations")
	var flaws []string
	for _, name := range slices.Sorted(maps.Keys(should)) {
		if definition, there := is[name]; !there {
			flaws = append(flaws, s.db.names.in(name)+" is missing")
		} else if definition != should[name] {
			flaws = append(flaws, s.db.names.in(name)+" differs")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if _, belongs := should[name]; !belongs {
			flaws = append(flaws, s.db.names.in(name)+" is of a later file")
		}
	}
	if len(flaws) > 0 {
		return fmt.Errorf("sqlstore: baseline: the tables are not those of the files up to %s: %s: give the number of the last file that was run, "+
			"or bring the tables to what the files say", migrations[version-1].name, strings.Join(flaws, ", "))
	}
	return nil
}

// objectsOf makes the tables of the migrations up to the version under another prefix, returns
// their definitions, and removes them.
func (s *session) objectsOf(version int) (map[string]string, error) {
	aside := names{prefix: "baseline_check_", schema: s.db.names.schema}
	if err := s.change("begin comparison", "SAVEPOINT baseline"); err != nil {
		return nil, err
	}
	if err := s.layFoundations(); err != nil {
		return nil, err
	}
	for _, m := range migrations[:version] {
		for _, statement := range statements(aside.inSchema(m.text)) {
			if err := s.change("compare with migration "+m.name, statement); err != nil {
				return nil, err
			}
		}
	}
	objects, err := s.objects(aside)
	if err != nil {
		return nil, err
	}
	return objects, s.change("end comparison", "ROLLBACK TO SAVEPOINT baseline")
}

// definition is a part of what a table or an index is.
type definition struct {
	Object string `db:"object"`
	Part   string `db:"part"`
}

// objects returns the definitions of the tables and indexes that any migration makes, as they are
// called by default.
func (s *session) objects(n names) (map[string]string, error) {
	definitions, err := s.definitions()
	if err != nil {
		return nil, err
	}
	byDefault := map[string]string{}
	for _, m := range migrations {
		for _, object := range regexp.MustCompile(`CREATE (?:TABLE|INDEX|UNIQUE INDEX) cris_(\w+)`).FindAllStringSubmatch(m.text, -1) {
			byDefault[n.prefix+object[1]] = defaultPrefix + object[1]
		}
	}
	objects := map[string]string{}
	for _, d := range definitions {
		name, isOurs := byDefault[d.Object]
		if !isOurs {
			continue
		}
		objects[name] += regexp.MustCompile(`\w+`).ReplaceAllStringFunc(d.Part, func(word string) string {
			if name, isOurs := byDefault[word]; isOurs {
				return name
			}
			return word
		}) + "\n"
	}
	return objects, nil
}

// definitions returns what every table and index of the schema is. SQLite keeps the statements
// that made them.
func (s *session) definitions() ([]definition, error) {
	if s.db.postgres {
		return read[definition](s, "read schema", postgresDefinitions, s.db.names.schema)
	}
	all, err := read[definition](s, "read schema", `SELECT name, sql FROM sqlite_master WHERE sql <> '' ORDER BY name`)
	for i := range all {
		all[i].Part = withoutLayout(all[i].Part)
	}
	return all, err
}

// withoutLayout returns a statement without comments, spaces and quotes of names.
func withoutLayout(statement string) string {
	code := regexp.MustCompile(`--[^\n]*`).ReplaceAllString(statement, "")
	code = strings.ReplaceAll(code, `"`, "")
	code = regexp.MustCompile(`\s+`).ReplaceAllString(code, " ")
	return regexp.MustCompile(` ?([(),]) ?`).ReplaceAllString(code, "$1")
}

// postgresDefinitions reads columns, constraints without their names, and indexes.
const postgresDefinitions = `WITH ours AS (
		SELECT c.oid, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		 WHERE n.nspname = COALESCE(NULLIF(?, ''), current_schema()))
	SELECT relname::text AS object, part FROM (
		SELECT o.relname, a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END ||
		       COALESCE(' COLLATE ' || l.collname, '') || COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS part
		  FROM ours o JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
		  LEFT JOIN pg_collation l ON l.oid = a.attcollation
		  LEFT JOIN pg_attrdef d ON d.adrelid = o.oid AND d.adnum = a.attnum
		 WHERE o.relkind IN ('r', 'p')
		UNION ALL
		SELECT o.relname, pg_get_constraintdef(k.oid) FROM ours o JOIN pg_constraint k ON k.conrelid = o.oid AND k.contype <> 'n'
		UNION ALL
		SELECT o.relname, pg_get_indexdef(o.oid) FROM ours o WHERE o.relkind = 'i'
	) AS parts ORDER BY 1, 2`
