package sqlstore

import (
	"database/sql"
	"sync"

	"github.com/jmoiron/sqlx"
)

// query runs a query, in a transaction or not. SQLite parses the text of a statement each time
// unless it is prepared, and that takes longer than reading a row. The drivers of PostgreSQL
// prepare statements as the host program has configured them.
//
//nolint:sqlclosecheck // the caller closes the rows, and with them the statement of a transaction
func (s *session) query(query string, bound []any) (*sql.Rows, error) {
	query = s.db.text(query)
	if _, isRefused := s.sql.(refused); isRefused || s.db.postgres {
		return s.sql.QueryContext(s.ctx, query, bound...)
	}
	statement, found := s.db.prepared.find(query)
	inside, isTx := s.sql.(*sqlx.Tx)
	switch {
	case found && isTx:
		statement = inside.StmtxContext(s.ctx, statement)
	case isTx:
		// Preparing it takes a connection, and the one of the transaction may be the only one.
		return inside.QueryContext(s.ctx, query, bound...)
	case !found:
		var err error
		if statement, err = s.db.sql.PreparexContext(s.ctx, query); err != nil {
			return nil, err
		}
		if !s.db.prepared.keep(query, statement) {
			defer statement.Close() // it is closed once its rows are
		}
	}
	return statement.QueryContext(s.ctx, bound...)
}

// preparedQueries are queries that were prepared, until the database is closed. The zero
// preparedQueries are empty and ready for use.
type preparedQueries struct {
	mu   sync.Mutex
	kept map[string]*sqlx.Stmt
}

// mostPrepared is how many queries are kept: some have a different text for each number of
// parameters.
const mostPrepared = 200

func (p *preparedQueries) find(query string) (*sqlx.Stmt, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	statement, found := p.kept[query]
	return statement, found
}

// keep keeps the statement and reports whether it did. It does not if there is one for the query
// already, or if there are too many.
func (p *preparedQueries) keep(query string, statement *sqlx.Stmt) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept == nil {
		p.kept = map[string]*sqlx.Stmt{}
	}
	if _, found := p.kept[query]; found || len(p.kept) >= mostPrepared {
		return false
	}
	p.kept[query] = statement
	return true
}
