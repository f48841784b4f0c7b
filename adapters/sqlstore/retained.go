package sqlstore

import (
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/tracking"
)

// retained says where the records of a class lie: what a record begins with, from when its period
// counts, what keeps it open, and what goes with it. Expressions are about a row r of the table. An
// expression that is empty stands for nothing.
type retained struct {
	table string // of the row that a record begins with
	key   string // the column that names a record
	many  bool   // whether a record is several rows with the same key

	at     string    // expression: an instant in Unix microseconds; 0 for none
	on     string    // expression: a date, or a text that begins with one
	latest []related // dates of other rows, of which the latest counts if it is after that
	until  string    // expression: a date through which the record is kept in any case

	open    string    // condition
	named   []related // rows that keep the record open, since they name it
	pending bool      // whether the record is a case, which is open while it is pending

	parts []related // rows that go with it

	scope, of string // what the scope of its Updates is called: a prefix, and then an expression
	versioned bool   // whether its Updates go by the version of the scope, whose row stays with those of scopes
	unscoped  bool   // whether its rows change without a scope
	lock      string // a statement that locks what every Update locks that adds to a record
}

// related is the rows of another table that have the key of a record in a column.
type related struct {
	table, key string
	date       string // a column with a date, or a text that begins with one
	ownKey     bool   // whether they may be sealed under a key of their own, by that column
}

// retainedAs are the classes of records.
var retainedAs = map[cris.Code]retained{
	cris.EventRecords: {
		table: "cris_outbox", key: "id", at: "delivered_at", open: "delivered_at = 0", unscoped: true,
	},
	cris.ScopeRecords: {
		table: "cris_scopes", key: "scope", at: "updated", unscoped: true,
	},
	cris.HoldRecords: {
		table: "cris_retention_holds", key: "id", at: "CASE WHEN lifted > 0 THEN lifted ELSE 0 END", open: "lifted <= 0",
	},
	tracking.ScanRecords: {
		table: "cris_scans", key: "number", many: true, on: "MAX(at)",
		lock: `UPDATE cris_scan_positions SET last = last`,
	},
	tracking.FileRecords: {
		table: "cris_scan_files", key: "file", at: "CASE WHEN last_scan = '' AND day = '' THEN received ELSE 0 END",
		on: "CASE WHEN last_scan = '' THEN day ELSE last_scan END", open: "done = 0",
		parts: []related{{table: "cris_scan_damage", key: "file"}},
		scope: "tracking/", of: "file",
	},
	casestatus.PieceRecords: {
		table: "cris_delivery_pieces", key: "number", on: "CASE WHEN look_again = '' THEN '0001-01-01' ELSE look_again END",
		latest: []related{{table: "cris_delivery_scans", key: "number", date: "at"}, {table: "cris_mail_alerts", key: "number", date: "since"}},
		named:  []related{{table: "cris_case_mailings", key: "number"}},
		parts:  []related{{table: "cris_delivery_scans", key: "number"}, {table: "cris_mail_alerts", key: "number"}},
		scope:  "casestatus/deliveries",
	},
	casestatus.CaseRecords: {
		table: "cris_cases", key: "receipt", on: "filed",
		latest: []related{{table: "cris_case_history", key: "receipt", date: "on_day"}, {table: "cris_case_mailings", key: "receipt", date: "mailed"}},
		named: []related{
			{table: "cris_e_requests", key: "receipt"}, {table: "cris_srmt_requests", key: "receipt"}, {table: "cris_address_change_cases", key: "receipt"},
		},
		pending: true,
		parts: []related{
			{table: "cris_case_history", key: "receipt"}, {table: "cris_case_mailings", key: "receipt"}, {table: "cris_case_addresses", key: "receipt"},
		},
		scope: "casestatus/", of: "receipt",
	},
	casestatus.ProcessingTimeRecords: {
		table: "cris_processing_times", key: "id", on: "read_on",
		open: `NOT EXISTS (SELECT 1 FROM cris_processing_times later WHERE later.form = r.form AND later.form_type = r.form_type
			AND later.office = r.office AND (later.read_on, later.position) > (r.read_on, r.position))`,
		scope: "casestatus/processing times",
	},
	addresschange.ReportRecords: {
		table: "cris_address_changes", key: "id", at: "reported_at",
		// Counted, so that PostgreSQL looks each up by its report and reads none of the others.
		open:  `(SELECT COUNT(*) FROM cris_address_change_cases c WHERE c.report = r.id AND c.outcome = '` + string(addresschange.Changed) + `' AND c.entered = '') > 0`,
		parts: []related{{table: "cris_address_change_cases", key: "report"}},
		scope: "addresschange/", of: "report_key",
	},
	erequest.ERequestRecords: {
		table: "cris_e_requests", key: "id", on: "answered", open: "answered = ''",
		scope: "erequest/", of: "receipt", versioned: true,
	},
	srmt.ServiceRequestRecords: {
		table: "cris_srmt_requests", key: "id", at: "COALESCE((SELECT MAX(s.at) FROM cris_srmt_steps s WHERE s.request_id = r.id), 0)",
		open:  "status <> '" + string(srmt.Closed) + "'",
		parts: []related{{table: "cris_srmt_steps", key: "request_id"}},
		scope: "srmt/", of: "id",
	},
	srmt.LookRecords: {
		table: "cris_srmt_looks", key: "id", at: "at",
	},
	gateway.CallRecords: {
		table: "cris_gateway_calls", key: "id", at: "started",
		parts: []related{{table: "cris_gateway_steps", key: "call_id"}, {table: "cris_gateway_said", key: "call_id"}},
		scope: "gateway/", of: "id",
	},
	selfcheck.PassRecords: {
		table: "cris_selfcheck_passes", key: "transaction_id", at: "at",
		named: []related{{table: "cris_selfcheck_queries", key: "transaction_id"}},
		parts: []related{{table: "cris_selfcheck_unfinished", key: "transaction_id"}},
		scope: "selfcheck/", of: "transaction_id",
	},
	selfcheck.QueryRecords: {
		table: "cris_selfcheck_queries", key: "transaction_id", at: "submitted_at", open: "is_closed = 0",
		parts: []related{
			{table: "cris_selfcheck_passes", key: "transaction_id", ownKey: true},
			{table: "cris_selfcheck_keys", key: "transaction_id"},
			{table: "cris_selfcheck_unfinished", key: "transaction_id"},
		},
		scope: "selfcheck/", of: "transaction_id",
	},
	selfcheck.FailureRecords: {
		table: "cris_selfcheck_failures", key: "transaction_id", at: "at",
		scope: "selfcheck/", of: "transaction_id",
	},
	disclosure.EntryRecords: {
		table: "cris_selfcheck_disclosures", key: "id", at: "at", until: "kept_until", unscoped: true,
	},
	access.StepRecords: {
		table: "cris_selfcheck_trails", key: "id", at: "at", until: "kept_until", unscoped: true,
	},
}

// retainedRow is what a store tells of a record.
type retainedRow struct {
	ID    string
	At    int64 // Unix microseconds, or 0
	On    string
	Until cris.Date
	Open  bool
	Of    string
}

func (r retainedRow) record() cris.RetentionRecord {
	record := cris.RetentionRecord{ID: r.ID, KeptUntil: r.Until, Open: r.Open}
	if r.At != 0 {
		record.Started = time.UnixMicro(r.At).UTC()
		return record
	}
	record.StartedOn, _ = cris.ParseDate(r.On) // one that cannot be read is not known, and keeps the record
	return record
}

func recordsOf(rows []retainedRow) []cris.RetentionRecord {
	records := make([]cris.RetentionRecord, len(rows))
	for i, row := range rows {
		records[i] = row.record()
	}
	return records
}

// selects is the statement up to its WHERE.
func (r retained) selects() string {
	or := func(expression, otherwise string) string {
		if expression == "" {
			return otherwise
		}
		return expression
	}
	const dateLength = "10"
	return "SELECT " + r.key + ", " + or(r.at, "0") + ", SUBSTR(" + or(r.on, "''") + ", 1, " + dateLength + "), " + or(r.until, "''") +
		", CASE WHEN " + or(r.open, "1 = 0") + " THEN 1 ELSE 0 END, " + or(r.of, "''") + " FROM " + r.table + " r "
}

// after returns what there is to tell of the records behind a key.
func (r retained) after(s *session, after string, limit int) ([]retainedRow, error) {
	group := ""
	if r.many {
		group = " GROUP BY " + r.key
	}
	rows, err := read[retainedRow](s, "read "+r.table, r.selects()+"WHERE "+r.key+" > ?"+group+" ORDER BY "+r.key+" LIMIT ?", after, limit)
	if err != nil {
		return nil, err
	}
	return rows, r.complete(s, rows)
}

// among returns what there is to tell of those of the records that are on file.
func (r retained) among(s *session, ids []string, lock string) (all []retainedRow, err error) {
	tail := " ORDER BY " + r.key + lock
	if r.many {
		tail = " GROUP BY " + r.key + tail
	}
	for some := range slices.Chunk(ids, maxParameters) {
		rows, err := read[retainedRow](s, "read "+r.table, r.selects()+"WHERE "+r.key+" IN "+tuples(1, len(some))+tail, argsOf(some)...)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, r.complete(s, all)
}

// rowLock has PostgreSQL lock rows that change without a scope, and pass over those that somebody
// else has locked. SQLite has one lock, which is held.
func (r retained) rowLock(s *session) string {
	if s.db.postgres && r.unscoped {
		return " FOR UPDATE SKIP LOCKED"
	}
	return ""
}

// scopes returns the names of the scopes of the records, each once.
func (r retained) scopes(s *session, ids []string) ([]string, error) {
	if r.scope == "" || len(ids) == 0 {
		return nil, nil
	}
	if r.of == "" {
		return []string{r.scope}, nil
	}
	rows, err := r.among(s, ids, "")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, row := range rows {
		names = append(names, r.scope+row.Of)
	}
	return names, nil
}

// complete adds to the rows what stands in other tables.
func (r retained) complete(s *session, rows []retainedRow) error {
	at := make(map[string]*retainedRow, len(rows))
	ids := make([]string, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
		at[rows[i].ID] = &rows[i]
	}
	for some := range slices.Chunk(ids, maxParameters) {
		for _, other := range r.latest {
			if err := other.addLatest(s, some, at); err != nil {
				return err
			}
		}
		for _, other := range r.named {
			if err := other.addOpen(s, some, at); err != nil {
				return err
			}
		}
		if r.pending {
			if err := addPending(s, some, at); err != nil {
				return err
			}
		}
	}
	return nil
}

// relatedDate is the latest date of the rows with a key.
type relatedDate struct{ Key, Date string }

func (r related) addLatest(s *session, ids []string, at map[string]*retainedRow) error {
	dates, err := read[relatedDate](s, "read "+r.table, "SELECT "+r.key+", SUBSTR(MAX("+r.date+"), 1, 10) FROM "+r.table+
		" WHERE "+r.key+" IN "+tuples(1, len(ids))+" GROUP BY "+r.key, argsOf(ids)...)
	if err != nil {
		return err
	}
	for _, found := range dates {
		at[found.Key].On = max(at[found.Key].On, found.Date)
	}
	return nil
}

func (r related) addOpen(s *session, ids []string, at map[string]*retainedRow) error {
	named, err := read[string](s, "read "+r.table, "SELECT DISTINCT "+r.key+" FROM "+r.table+" WHERE "+r.key+" IN "+tuples(1, len(ids)), argsOf(ids)...)
	if err != nil {
		return err
	}
	for _, id := range named {
		at[id].Open = true
	}
	return nil
}

// addPending looks at the histories of cases.
func addPending(s *session, receipts []string, at map[string]*retainedRow) error {
	rows, err := historyTable.find(s, "WHERE receipt IN "+tuples(1, len(receipts))+" ORDER BY receipt, position", argsOf(receipts)...)
	if err != nil {
		return err
	}
	histories := map[string]casestatus.Case{}
	for _, row := range rows {
		onFile := histories[row.Receipt.String()]
		onFile.History = append(onFile.History, casestatus.StatusEntry{On: row.On, Title: row.Title, Spanish: row.Spanish})
		histories[row.Receipt.String()] = onFile
	}
	for _, receipt := range receipts {
		at[receipt].Open = at[receipt].Open || histories[receipt].Pending()
	}
	return nil
}

// remove removes the records with all that goes with them, and the keys that they were sealed with.
func (r retained) remove(tx *tx, gone []retainedRow) error {
	ids := make([]string, len(gone))
	for i, row := range gone {
		ids[i] = row.ID
	}
	for some := range slices.Chunk(ids, maxParameters) {
		for _, part := range append(slices.Clone(r.parts), related{table: r.table, key: r.key, ownKey: true}) {
			if _, err := tx.exec("delete from "+part.table, "DELETE FROM "+part.table+" WHERE "+part.key+" IN "+tuples(1, len(some)), argsOf(some)...); err != nil {
				return err
			}
			if !part.ownKey {
				continue
			}
			if err := tx.shred(part.table, some...); err != nil {
				return err
			}
		}
	}
	if r.table == scanTable.name && len(gone) > 0 {
		return tx.removeScanBatches()
	}
	return r.removeScopes(tx, gone)
}

// removeScopes removes the rows of the scopes of records that are gone.
func (r retained) removeScopes(tx *tx, gone []retainedRow) error {
	if r.of == "" || r.versioned {
		return nil
	}
	for some := range slices.Chunk(gone, maxParameters) {
		keys := make([]string, len(some))
		for i, row := range some {
			keys[i] = keyOf(r.scope + row.Of)
		}
		if _, err := scopeTable.remove(tx, "WHERE scope IN "+tuples(1, len(keys)), argsOf(keys)...); err != nil {
			return err
		}
	}
	return nil
}

// removeScanBatches removes the batches of which no scan is left. The last one stays: a cursor may
// name it.
func (t *tx) removeScanBatches() error {
	_, err := scanBatchTable.remove(t, `WHERE last < (SELECT MAX(last) FROM cris_scan_batches)
		AND last < (SELECT COALESCE(MIN(position), 9223372036854775807) FROM cris_scans)`)
	return err
}

// argsOf are texts as a statement takes them.
func argsOf[T ~string](texts []T) []any {
	args := make([]any, len(texts))
	for i, t := range texts {
		args[i] = t
	}
	return args
}
