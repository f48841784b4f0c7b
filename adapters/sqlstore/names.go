package sqlstore

import (
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

// in returns a statement with the names that tables and indexes have here.
func (n names) in(query string) string {
	if n.schema != "" {
		return strings.ReplaceAll(query, defaultPrefix, `"`+n.schema+`".`+n.prefix)
	}
	if n.prefix == defaultPrefix {
		return query
	}
	return strings.ReplaceAll(query, defaultPrefix, n.prefix)
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
