package integration_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/seal"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/dev/integration/postgres"
	"github.com/seed28e20331/cris/internal/dev/planted"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
	"github.com/seed28e20331/cris/srmt/srmttest"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// tablesWithPersons are the tables with columns that are sealed.
var tablesWithPersons = []string{
	"cris_cases", "cris_case_addresses", "cris_e_requests", "cris_srmt_steps", "cris_gateway_said", "cris_selfcheck_passes",
	"cris_selfcheck_queries", "cris_address_changes", "cris_address_change_cases", "cris_scan_damage",
}

// fill puts the n-th of everything on file in which something is personal.
func fill(ctx context.Context, db *sqlstore.DB, n int) error {
	onFile := casestatustest.NewCase(n)
	if err := casestatustest.PutCase(ctx, db.Cases(), onFile); err != nil {
		return err
	}
	if err := db.ERequests().Update(ctx, onFile.Receipt, func(prior []erequest.Entry) (erequest.Change, error) {
		return erequest.Change{File: []erequest.Request{erequesttest.NewRequest(onFile.Receipt, n)}}, nil
	}); err != nil {
		return err
	}
	report := addresschangetest.NewRecord(n)
	if err := db.AddressChanges().Update(ctx, report.Key, func(addresschange.Record) (addresschange.Change, error) {
		return addresschange.Change{Record: &report}, nil
	}); err != nil {
		return err
	}
	id := fmt.Sprintf("request-%d", n)
	if err := db.ServiceRequests().Update(ctx, srmt.Scope{Requests: []string{id}}, func(srmt.Prior) (srmt.Change, error) {
		return srmt.Change{Steps: map[string][]srmt.Step{id: srmttest.NewHistory(id)}}, nil
	}); err != nil {
		return err
	}
	if err := gatewaytest.PutCall(ctx, db.Calls(), fmt.Sprintf("call-%d", n), gatewaytest.NewEnded(onFile)...); err != nil {
		return err
	}
	transaction := selfcheck.TransactionID(fmt.Sprintf("check-%d", n))
	if err := db.SelfChecks().Update(ctx, transaction, func(selfcheck.Record) (selfcheck.Change, error) {
		pass, query := selfchecktest.NewPassedProofing(transaction), selfchecktest.NewQueryRecord(transaction)
		pass.IdPTransaction, query.Case = selfcheck.IdPTransactionID("IDP-"+transaction), selfcheck.CaseNumber("2013227-"+transaction)
		return selfcheck.Change{Pass: &pass, Query: &query}, nil
	}); err != nil {
		return err
	}
	file := trackingtest.NewFile(n)
	return db.Scans().Update(ctx, file.ID, func(tracking.File) (tracking.Batch, error) {
		return tracking.Batch{File: file, Damage: []tracking.Damage{trackingtest.NewDamage(3), {Line: 5, Column: 1, Field: "number", Cause: tracking.NoSuchTime}}}, nil
	})
}

// filled is what fill has put on file.
type filled struct {
	Case    casestatus.Case
	Mailed  []casestatus.CaseMailing
	Request erequest.Request
	Report  addresschange.Record
	History []srmt.Step
	Call    []gateway.Step
	Check   selfcheck.Record
	Damage  []tracking.Damage
	Found   int // of six ways to find the self check, those that did
}

// read returns the n-th of everything that fill has put on file.
func read(ctx context.Context, db *sqlstore.DB, n int) (f filled, err error) {
	receipt := casestatustest.Receipt(n)
	if f.Case, err = db.Cases().StaffCase(ctx, receipt); err != nil {
		return f, err
	}
	if f.Request, err = db.ERequests().Request(ctx, fmt.Sprintf("%s-%d", receipt, n)); err != nil {
		return f, err
	}
	if f.Report, err = db.AddressChanges().Report(ctx, fmt.Sprintf("report-%d", n)); err != nil {
		return f, err
	}
	if f.History, err = db.ServiceRequests().History(ctx, fmt.Sprintf("request-%d", n)); err != nil {
		return f, err
	}
	if f.Call, err = db.Calls().History(ctx, fmt.Sprintf("call-%d", n)); err != nil {
		return f, err
	}
	transaction := selfcheck.TransactionID(fmt.Sprintf("check-%d", n))
	if f.Check, err = db.SelfChecks().Record(ctx, transaction); err != nil {
		return f, err
	}
	for _, key := range f.Check.Keys() {
		for candidate, err := range db.SelfChecks().Candidates(ctx, key, cris.Page[selfcheck.TransactionID]{}) {
			if err != nil {
				return f, err
			}
			if candidate == transaction {
				f.Found++
			}
		}
	}
	for damage, err := range db.Scans().Damage(ctx, trackingtest.FileID(n), cris.Page[int]{}) {
		if err != nil {
			return f, err
		}
		f.Damage = append(f.Damage, damage)
	}
	return f, nil
}

func mustFill(t *testing.T, db *sqlstore.DB, numbers ...int) {
	t.Helper()
	for _, n := range numbers {
		require.NoError(t, fill(t.Context(), db, n))
	}
}

func mustRead(t *testing.T, db *sqlstore.DB, n int) filled {
	t.Helper()
	f, err := read(t.Context(), db, n)
	require.NoError(t, err)
	return f
}

// personalValues returns the values that a database in clear has in the columns that a sealed one
// does not fill.
func personalValues(t *testing.T, plainly, sealed *sqlx.DB) (values []string) {
	t.Helper()
	for _, table := range tablesWithPersons {
		inClear, hidden := columnsWith(t, plainly, table), columnsWith(t, sealed, table)
		for column, found := range inClear {
			if hidden[column] == nil {
				values = append(values, found...)
			}
		}
		require.NotNil(t, hidden["sealed"], table)
		require.Nil(t, inClear["sealed"], table)
	}
	values = append(values, columnsWith(t, plainly, "cris_selfcheck_keys")["value"]...)
	slices.Sort(values)
	return slices.DeleteFunc(slices.Compact(values), func(value string) bool { return len(value) < 8 })
}

// columnsWith returns the text that stands in the columns of a table, of those that have any.
func columnsWith(t *testing.T, db *sqlx.DB, table string) map[string][]string {
	t.Helper()
	rows, err := db.Queryx("SELECT * FROM " + table)
	require.NoError(t, err)
	defer rows.Close()
	names, err := rows.Columns()
	require.NoError(t, err)
	columns := map[string][]string{}
	for rows.Next() {
		values, err := rows.SliceScan()
		require.NoError(t, err)
		for i, value := range values {
			if text := fmt.Sprint(value); text != "" {
				if bytes, is := value.([]byte); is {
					text = string(bytes)
				}
				columns[names[i]] = append(columns[names[i]], text)
			}
		}
	}
	require.NoError(t, rows.Err())
	return columns
}

// place is a database whose files can be searched.
type place struct {
	pool   *sqlx.DB
	driver string
	dsn    string
	folder string
	flush  string // brings what the database has in memory to the disk
}

func (p place) search(t *testing.T, values []string) []planted.Place {
	t.Helper()
	_, err := p.pool.ExecContext(t.Context(), p.flush)
	require.NoError(t, err)
	found, bytes, err := planted.NewSearch(values...).InFolder(p.folder)
	require.NoError(t, err)
	require.NotZero(t, bytes)
	return found
}

// onEachPlace runs check once per kind of database. open gives an empty one in a folder of its own.
func onEachPlace(t *testing.T, check func(t *testing.T, open func(t *testing.T) place)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) {
		check(t, func(t *testing.T) place {
			t.Helper()
			p := place{driver: "sqlite", dsn: sqliteFile(t), flush: "PRAGMA wal_checkpoint(PASSIVE)"}
			p.folder = filepath.Dir(strings.TrimPrefix(strings.Split(p.dsn, "?")[0], "file:"))
			p.pool = openDatabase(t, p.driver, p.dsn)
			return p
		})
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		server.require(t)
		check(t, func(t *testing.T) place {
			t.Helper()
			cluster, err := postgres.Start(t.Context())
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, cluster.Stop()) })
			p := place{driver: "pgx", dsn: cluster.DSN("planted"), folder: cluster.Folder(), flush: "CHECKPOINT"}
			p.pool = openDatabase(t, p.driver, p.dsn)
			_, err = p.pool.ExecContext(t.Context(), "CREATE SCHEMA planted")
			require.NoError(t, err)
			return p
		})
	})
}

// PV-2, PV-5, SC-16: everything is put on file through the ports, twice over. Then every byte of
// the files is searched: no personal value is there in any form, and no two places hold the same,
// although the values are the same.
func TestPV2_ADumpRevealsNothing(t *testing.T) {
	onEachPlace(t, func(t *testing.T, open func(t *testing.T) place) {
		plainly, sealed := open(t), open(t)
		inClear, db := migrated(t, plainly.pool), migratedSealed(t, sealed.pool, newKeys(t))
		mustFill(t, inClear, 1, 2)
		mustFill(t, db, 1, 2)
		for n := range 2 {
			want, got := mustRead(t, inClear, n+1), mustRead(t, db, n+1)
			require.Equal(t, want, got)
			require.Equal(t, len(selfcheck.KeyKinds()), got.Found, "by each of its keys")
		}

		values := personalValues(t, plainly.pool, sealed.pool)
		require.Greater(t, len(values), 40)
		found := map[string]bool{}
		for _, place := range plainly.search(t, values) {
			found[place.Text] = true
		}
		require.Len(t, found, len(values), "the search finds what is there")
		require.Empty(t, sealed.search(t, values))

		seen := map[string]bool{}
		for _, table := range tablesWithPersons {
			for _, text := range columnsWith(t, sealed.pool, table)["sealed"] {
				require.False(t, seen[text], table)
				seen[text] = true
			}
		}
		for _, text := range columnsWith(t, sealed.pool, "cris_record_keys")["wrapped"] {
			require.False(t, seen[text])
			seen[text] = true
		}
	})
}

// Equal values in two columns of a blind index have different entries.
func TestPV5_BlindIndexesOfTwoColumnsHaveNothingInCommon(t *testing.T) {
	keys := newKeys(t)
	pool := openDatabase(t, "sqlite", sqliteFile(t))
	db := migratedSealed(t, pool, keys)
	mustFill(t, db, 1)
	entries := columnsWith(t, pool, "cris_selfcheck_keys")["value"]
	require.Len(t, entries, len(selfcheck.KeyKinds()))
	for _, entry := range entries {
		require.Regexp(t, `^#[A-Za-z0-9+/]{16}$`, entry, "twelve bytes of a digest")
	}
	digests := map[string]bool{}
	for _, kind := range selfcheck.KeyKinds() {
		digest, err := keys.Digest(t.Context(), "cris_selfcheck_keys."+string(kind), []byte("08765432100"))
		require.NoError(t, err)
		digests[string(digest)] = true
	}
	require.Len(t, digests, len(selfcheck.KeyKinds()))
}

// tampering is a change that somebody makes who can write into the database.
type tampering struct {
	name string
	sql  []string
	read func(ctx context.Context, db *sqlstore.DB) error
}

func tamperings() []tampering {
	readCase := func(ctx context.Context, db *sqlstore.DB) error {
		_, err := db.Cases().StaffCase(ctx, casestatustest.Receipt(1))
		return err
	}
	receipt1, receipt2 := "'"+casestatustest.Receipt(1).String()+"'", "'"+casestatustest.Receipt(2).String()+"'"
	return []tampering{
		{"Row", []string{`UPDATE cris_cases SET sealed = (SELECT sealed FROM cris_cases WHERE receipt = ` + receipt2 + `) WHERE receipt = ` + receipt1}, readCase},
		{"RowOfOneRecord", []string{`UPDATE cris_case_addresses SET sealed = (SELECT other.sealed FROM cris_case_addresses other WHERE other.receipt = ` + receipt1 +
			` AND other.position = 2) WHERE receipt = ` + receipt1 + ` AND position = 1`}, readCase},
		{"Table", []string{`UPDATE cris_case_addresses SET sealed = (SELECT sealed FROM cris_cases WHERE receipt = ` + receipt1 + `) WHERE receipt = ` + receipt1 + ` AND position = 1`}, readCase},
		{"TableOfAnotherRecord", []string{`UPDATE cris_e_requests SET sealed = (SELECT sealed FROM cris_cases WHERE receipt = ` + receipt1 + `)`}, func(ctx context.Context, db *sqlstore.DB) error {
			_, err := db.ERequests().Request(ctx, casestatustest.Receipt(1).String()+"-1")
			return err
		}},
		{"Column", []string{`UPDATE cris_cases SET applicant_family_name = sealed, sealed = '' WHERE receipt = ` + receipt1}, readCase},
		{"Removed", []string{`UPDATE cris_cases SET sealed = ''`}, readCase},
		{"Planted", []string{`UPDATE cris_cases SET applicant_middle_name = 'Planted'`}, readCase},
		{"InClear", []string{`UPDATE cris_cases SET applicant_family_name = 'Planted', sealed = ''`}, readCase},
		{"Altered", []string{`UPDATE cris_cases SET sealed = substr(sealed, 1, 60) || CASE WHEN substr(sealed, 61, 1) = 'A' THEN 'B' ELSE 'A' END || substr(sealed, 62)`}, readCase},
		{"CutOff", []string{`UPDATE cris_cases SET sealed = substr(sealed, 1, 40)`}, readCase},
		{"NoText", []string{`UPDATE cris_cases SET sealed = 'Zyxwvut'`}, readCase},
		{"RecordKey", []string{`UPDATE cris_record_keys SET wrapped = (SELECT other.wrapped FROM cris_record_keys other WHERE other.class = 'cris_cases' AND other.id = ` + receipt2 +
			`) WHERE class = 'cris_cases' AND id = ` + receipt1}, readCase},
		{"RecordKeyDamaged", []string{`UPDATE cris_record_keys SET wrapped = substr(wrapped, 5)`}, readCase},
		{"RecordKeyNoText", []string{`UPDATE cris_record_keys SET wrapped = 'no base64!'`}, readCase},
		{"BothOfAnother", []string{
			`UPDATE cris_cases SET sealed = (SELECT sealed FROM cris_cases WHERE receipt = ` + receipt2 + `) WHERE receipt = ` + receipt1,
			`UPDATE cris_record_keys SET wrapped = (SELECT other.wrapped FROM cris_record_keys other WHERE other.class = 'cris_cases' AND other.id = ` + receipt2 +
				`) WHERE class = 'cris_cases' AND id = ` + receipt1,
		}, readCase},
	}
}

// What was moved or altered is refused with a sentence, and the rest is still there. A text under
// the key of another record is as good as one without a key.
func TestPV2_WhatWasMovedOrAlteredIsRefused(t *testing.T) {
	onEachKindSealed(t, func(t *testing.T, kind database, keys *seal.File) {
		for _, test := range tamperings() {
			t.Run(test.name, func(t *testing.T) {
				if kind.driver == "pgx" && slices.Contains([]string{"Planted", "CutOff", "NoText", "Removed", "RecordKeyDamaged", "RecordKeyNoText"}, test.name) {
					t.Skip("it is the same on SQLite")
				}
				pool := openDatabase(t, kind.driver, kind.empty(t))
				db := migratedSealed(t, pool, keys)
				mustFill(t, db, 1, 2)
				for _, statement := range test.sql {
					_, err := pool.ExecContext(t.Context(), statement)
					require.NoError(t, err)
				}
				for _, store := range []*sqlstore.DB{db, openedSealed(t, pool, keys)} { // with and without keys that it remembers
					err := test.read(t.Context(), store)
					if !errorsIsAny(err, cris.ErrTampered, cris.ErrNoKey) {
						require.ErrorIs(t, err, cris.ErrTampered)
					}
					require.ErrorContains(t, err, "restore")
					for _, secret := range []string{"Planted", "Zyxwvut", "IOE09", "Lindstr"} {
						require.NotContains(t, err.Error(), secret)
					}
				}
				_, err := db.AddressChanges().Report(t.Context(), "report-2")
				if !strings.HasPrefix(test.name, "RecordKeyDamaged") && !strings.HasPrefix(test.name, "RecordKeyNoText") {
					require.NoError(t, err, "nothing else is lost")
				}
			})
		}
	})
}

func errorsIsAny(err error, targets ...error) bool {
	return slices.ContainsFunc(targets, func(target error) bool { return errors.Is(err, target) })
}

// Two programs must say the same, and have the same keys.
func TestPV2_ProgramsThatDisagreeAreRefused(t *testing.T) {
	onEachKindSealed(t, func(t *testing.T, kind database, keys *seal.File) {
		open := func(pool *sqlx.DB, sealing sqlstore.Sealing) error {
			_, err := sqlstore.Open(t.Context(), pool, sealing, nil)
			return err
		}
		pool := openDatabase(t, kind.driver, kind.empty(t))
		migratedSealed(t, pool, keys)
		require.NoError(t, open(pool, sqlstore.SealedBy(keys)))
		err := open(pool, sqlstore.InClear())
		require.ErrorIs(t, err, cris.ErrNoKey)
		require.ErrorContains(t, err, "sqlstore.SealedBy")
		err = open(pool, sqlstore.SealedBy(newKeys(t)))
		require.ErrorIs(t, err, cris.ErrNoKey)
		require.ErrorContains(t, err, "the keys that it was sealed with")
		err = open(pool, sqlstore.SealedBy(otherIndex{keys, newKeys(t)}))
		require.ErrorIs(t, err, cris.ErrNoKey)
		require.ErrorContains(t, err, "index key")

		plainly := openDatabase(t, kind.driver, kind.empty(t))
		migrated(t, plainly)
		require.NoError(t, open(plainly, sqlstore.InClear()))
		require.ErrorContains(t, open(plainly, sqlstore.SealedBy(keys)), "sqlstore.Seal")

		// Of many that open a new database at once, with keys of their own, one is right.
		first := openDatabase(t, kind.driver, kind.empty(t))
		require.NoError(t, sqlstore.Migrate(t.Context(), first, nil))
		var opening sync.WaitGroup
		results := make([]error, 6)
		for i := range results {
			sealing := sqlstore.InClear()
			if i%3 > 0 {
				sealing = sqlstore.SealedBy(newKeys(t))
			}
			opening.Go(func() { results[i] = open(first, sealing) })
		}
		opening.Wait()
		opened := slices.DeleteFunc(results, func(err error) bool { return err != nil })
		require.NotEmpty(t, opened)
		require.LessOrEqual(t, len(opened), 2, "those in clear agree with each other")
	})
}

// otherIndex are keys with the index key of others.
type otherIndex struct {
	*seal.File
	index cris.Keys
}

func (o otherIndex) Digest(ctx context.Context, column string, value []byte) ([]byte, error) {
	return o.index.Digest(ctx, column, value)
}

// A database of an earlier version with rows in it is in clear.
func TestPV2_WhatAnEarlierVersionKeptIsInClear(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		pool := openDatabase(t, kind.driver, kind.empty(t))
		db := migrated(t, pool)
		mustFill(t, db, 1)
		for _, statement := range []string{`DELETE FROM cris_settings`, insertClear(t)} {
			_, err := pool.ExecContext(t.Context(), statement)
			require.NoError(t, err)
		}
		_, err := sqlstore.Open(t.Context(), pool, sqlstore.SealedBy(newKeys(t)), nil)
		require.ErrorContains(t, err, "sqlstore.Seal")
	})
}

// insertClear returns the statement of the migration that says that rows of earlier versions are in
// clear.
func insertClear(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../../adapters/sqlstore/migrations/0010_sealing.sql")
	require.NoError(t, err)
	_, statement, found := strings.Cut(string(text), "INSERT INTO cris_settings")
	require.True(t, found)
	return "INSERT INTO cris_settings" + statement
}

// PV-2: a record that was shredded is opened by nobody; what belongs to other records stays.
func TestPV2_ARecordIsShreddedWithItsKey(t *testing.T) {
	onEachKindSealed(t, func(t *testing.T, kind database, keys *seal.File) {
		pool := openDatabase(t, kind.driver, kind.empty(t))
		db := migratedSealed(t, pool, keys)
		mustFill(t, db, 1, 2)
		before := mustRead(t, db, 2)
		mustRead(t, db, 1)
		_, err := pool.ExecContext(t.Context(), `DELETE FROM cris_record_keys WHERE class = 'cris_cases' AND id = '`+casestatustest.Receipt(1).String()+`'`)
		require.NoError(t, err)
		for _, store := range []*sqlstore.DB{db, openedSealed(t, pool, keys)} {
			_, err = store.Cases().StaffCase(t.Context(), casestatustest.Receipt(1))
			require.ErrorIs(t, err, cris.ErrNoKey)
			require.ErrorContains(t, err, "shredded")
			_, err = store.ERequests().Request(t.Context(), casestatustest.Receipt(1).String()+"-1")
			require.NoError(t, err)
			require.Equal(t, before, mustRead(t, store, 2))
		}

		// A self check that is taken off the record takes its keys along.
		require.NoError(t, db.SelfChecks().Update(t.Context(), "check-1", func(selfcheck.Record) (selfcheck.Change, error) {
			return selfcheck.Change{Pass: &selfcheck.PassedProofing{}, Query: &selfcheck.QueryRecord{}}, nil
		}))
		require.Empty(t, lines(t, pool, `SELECT class FROM cris_record_keys WHERE id = 'check-1'`))
		require.Len(t, lines(t, pool, `SELECT class FROM cris_record_keys WHERE id = 'check-2'`), 2)
	})
}

// The text of damaged records is discarded in a sealed store as in one in clear.
func TestPV2_WhatWasKeptOfDamageIsDiscarded(t *testing.T) {
	for name, db := range map[string]*sqlstore.DB{"Clear": migrated(t, inMemory(t)), "Sealed": migratedSealed(t, inMemory(t), newKeys(t))} {
		mustFill(t, db, 1)
		discarded, err := db.Scans().Discard(t.Context(), trackingtest.FileID(1))
		require.NoError(t, err, name)
		require.Equal(t, 1, discarded, name)
		for _, damage := range mustRead(t, db, 1).Damage {
			require.Empty(t, damage.Kept, name)
		}
		discarded, err = db.Scans().Discard(t.Context(), trackingtest.FileID(1))
		require.NoError(t, err, name)
		require.Zero(t, discarded, name)
	}
}

// A record is named by the table as it is by default, whatever the tables are called.
func TestPV2_ASealedStoreMayHaveTablesOfAnyName(t *testing.T) {
	onEachKindSealed(t, func(t *testing.T, kind database, keys *seal.File) {
		opts := &sqlstore.Options{Prefix: "care_"}
		pool := openDatabase(t, kind.driver, kind.empty(t))
		require.NoError(t, sqlstore.Migrate(t.Context(), pool, opts))
		db, err := sqlstore.Open(t.Context(), pool, sqlstore.SealedBy(keys), opts)
		require.NoError(t, err)
		mustFill(t, db, 1)
		require.Equal(t, casestatustest.NewCase(1), mustRead(t, db, 1).Case)
		require.Contains(t, lines(t, pool, `SELECT DISTINCT class FROM care_record_keys`), "cris_cases")
	})
}
