package sqlstore

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
)

// names are what tables and indexes are called in one database. Statements are written with the
// names that they have by default.
type names struct {
	prefix string // default "cris_"
	schema string // of PostgreSQL; empty for the first of the search path
}

const defaultPrefix = "cris_"

var identifier = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// longestPrefix leaves room for the longest name that follows it: PostgreSQL cuts names off after
// 63 bytes.
const longestPrefix, longestName = 20, 63

// newNames returns the names that the host program chose, which may be nil for those by default.
func newNames(opts *Options) (names, error) {
	if opts == nil {
		opts = &Options{}
	}
	prefix, schema := opts.Prefix, opts.Schema
	if prefix == "" {
		prefix = defaultPrefix
	}
	switch {
	case !identifier.MatchString(prefix) || len(prefix) > longestPrefix:
		return names{}, fmt.Errorf("sqlstore: prefix %q: give a lower-case letter and then lower-case letters, digits and underscores, at most %d characters", prefix, longestPrefix)
	case strings.HasPrefix(prefix, "sqlite_"):
		return names{}, fmt.Errorf("sqlstore: prefix %q: SQLite keeps names that begin with sqlite_ for itself: give another", prefix)
	case schema != "" && (!identifier.MatchString(schema) || len(schema) > longestName):
		return names{}, fmt.Errorf("sqlstore: schema %q: give a lower-case letter and then lower-case letters, digits and underscores, at most %d characters", schema, longestName)
	case strings.HasPrefix(schema, "pg_") || schema == "information_schema":
		return names{}, fmt.Errorf("sqlstore: schema %q: PostgreSQL keeps this one for itself: give another", schema)
	}
	return names{prefix: prefix, schema: schema}, nil
}

// allowedOn says what is wrong if tables cannot have these names on a database of the kind.
func (n names) allowedOn(dialect Dialect) error {
	if n.schema != "" && dialect == SQLite {
		return fmt.Errorf("sqlstore: schema %q: SQLite has no schemas: leave Options.Schema empty, and keep tables apart by Options.Prefix", n.schema)
	}
	return nil
}

// in returns a statement with the names that tables, indexes and the collation have here.
func (n names) in(query string) string {
	if n.schema != "" {
		schema := `"` + n.schema + `".`
		return strings.NewReplacer(defaultPrefix, schema+n.prefix, `COLLATE "binary"`, "COLLATE "+schema+`"binary"`).Replace(query)
	}
	if n.prefix == defaultPrefix {
		return query
	}
	return strings.ReplaceAll(query, defaultPrefix, n.prefix)
}

// byDefault returns the name that a table or constraint has by default, of the name that it has
// here.
func (n names) byDefault(name string) string {
	if rest, is := strings.CutPrefix(name, n.prefix); is {
		return defaultPrefix + rest
	}
	return name
}

// lock is the advisory lock of PostgreSQL that keeps migrations of these tables apart.
func (n names) lock() int64 {
	hash := fnv.New64a()
	fmt.Fprintf(hash, "cris %s %s", n.schema, n.prefix)
	return int64(hash.Sum64()) //nolint:gosec // any number will do
}

// texts are statements as the database gets them, by how they are written here.
type texts struct {
	known sync.Map // of string: string
	count atomic.Int64
}

// mostTexts is how many are kept: some statements have a different text for each number of
// parameters.
const mostTexts = 1000

// of returns the statement as the database gets it.
func (t *texts) of(query string, write func(query string) string) string {
	if text, known := t.known.Load(query); known {
		return text.(string) //nolint:errcheck // nothing else is kept there
	}
	text := write(query)
	if t.count.Load() < mostTexts {
		if _, known := t.known.LoadOrStore(query, text); !known {
			t.count.Add(1)
		}
	}
	return text
}
