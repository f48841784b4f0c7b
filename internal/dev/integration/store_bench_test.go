package integration_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access/accesstest"
	"github.com/seed28e20331/cris/selfcheck/attempt"
	"github.com/seed28e20331/cris/selfcheck/attempt/attempttest"
	"github.com/seed28e20331/cris/selfcheck/disclosure/disclosuretest"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
	"github.com/seed28e20331/cris/srmt/srmttest"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// Every operation of the store, beside the statements of it run bare: those that the store ran in
// another database which had the same rows, with the same parameters, in the same transactions.
// What is reported is how fast the operation is in terms of them, <operation>-ratio, and how long
// it takes outside the driver, in the store and in database/sql: <operation>-own-µs.
func BenchmarkStore_SQLite(b *testing.B)     { benchmarkStore(b, "sqlite", operations, perRound) }
func BenchmarkStore_PostgreSQL(b *testing.B) { benchmarkStore(b, "pgx", operations, perRound) }
func BenchmarkStoreBulk_SQLite(b *testing.B) {
	benchmarkStore(b, "sqlite", bulkOperations, perRoundBulk)
}

func BenchmarkStoreBulk_PostgreSQL(b *testing.B) {
	benchmarkStore(b, "pgx", bulkOperations, perRoundBulk)
}

// operation is what is measured. On a new store it makes what it needs, and returns what is done
// for the n-th time, from 0.
type operation struct {
	name string
	on   func(b *testing.B, db *sqlstore.DB) func(n int) error
}

// storeCases is how many cases there are, and so on.
const storeCases = 200

func casesOnFile(b *testing.B, db *sqlstore.DB) (all []casestatus.Case) {
	b.Helper()
	for n := range storeCases {
		onFile := casestatustest.NewCase(n, func(c *casestatus.Case) { c.Addresses = nil }) // most customers never move
		require.NoError(b, casestatustest.PutCase(b.Context(), db.Cases(), onFile))
		all = append(all, onFile)
	}
	return all
}

func eventOf(n int) cris.Event {
	return cris.Event{ID: fmt.Sprint("event-", n), Type: "cris.test.done", Source: "/cris/test", Subject: strconv.Itoa(n % storeCases), Time: savedAt}
}

var operations = []operation{
	{"case-update", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		onFile := casesOnFile(b, db)
		return func(n int) error {
			return db.Cases().Update(b.Context(), onFile[n%storeCases].Receipt, func(prior casestatus.Case) (casestatus.CaseChange, error) {
				prior.History[len(prior.History)-1].On = cris.MustParseDate("2022-02-14").AddDays(n)
				return casestatus.CaseChange{Case: &prior, Events: []cris.Event{eventOf(n)}}, nil
			})
		}
	}},
	{"case", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		onFile := casesOnFile(b, db)
		return func(n int) error {
			_, err := db.Cases().Case(b.Context(), onFile[n%storeCases].Receipt)
			return err
		}
	}},
	{"case-status", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		onFile := casesOnFile(b, db)
		service := casestatus.NewService(db.Cases(), db.ProcessingTimes(), db.Deliveries(), nil)
		return func(n int) error {
			_, err := service.Status(b.Context(), onFile[n%storeCases].Receipt.String())
			return err
		}
	}},
	{"delivery-update", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		return updateDeliveries(b, db, 1)
	}},
	{"erequest-update", fileERequests},
	{"erequest-entries", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		file := fileERequests(b, db)
		for n := range storeCases {
			require.NoError(b, file(n))
		}
		return func(n int) error {
			_, err := db.ERequests().Entries(b.Context(), casestatustest.Receipt(n%storeCases))
			return err
		}
	}},
	{"addresschange-update", reportAddresses},
	{"addresschange-keyed", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		report := reportAddresses(b, db)
		for n := range storeCases {
			require.NoError(b, report(n))
		}
		return func(n int) error {
			_, err := db.AddressChanges().Keyed(b.Context(), fmt.Sprint("key-", n%storeCases))
			return err
		}
	}},
	{"srmt-receive", receiveRequests},
	{"srmt-assign", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		world := srmttest.NewWorld(srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()})
		receive := receiveRequests(b, db)
		for n := range done {
			require.NoError(b, receive(n))
		}
		return func(n int) error {
			world.MustAssign(fmt.Sprint("r", n), 1, srmttest.Supervisor("NSC", 1).ID, srmttest.Officer("NSC", 1).ID)
			return nil
		}
	}},
	{"srmt-page", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		receive := receiveRequests(b, db)
		for n := range storeCases {
			require.NoError(b, receive(n))
		}
		return func(int) error {
			return drain(db.ServiceRequests().List(b.Context(), srmt.Query{Office: "NSC", Status: srmt.Unassigned, Page: srmt.Page{Limit: 50}}))
		}
	}},
	{"srmt-look", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		return func(n int) error { return db.Looks().Record(b.Context(), srmttest.NewLook(n)) }
	}},
	{"gateway-update", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		steps := gatewaytest.NewHistory(casestatustest.NewCase(1))
		return func(n int) error { // a call after the other, step by step
			id, at := fmt.Sprint("call-", n/len(steps)), n%len(steps)
			return db.Calls().Update(b.Context(), id, func([]gateway.Step) (gateway.Change, error) {
				return gateway.Change{Append: steps[at : at+1]}, nil
			})
		}
	}},
	{"selfcheck-update", passSelfChecks},
	{"selfcheck-record", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		pass := passSelfChecks(b, db)
		for n := range storeCases {
			require.NoError(b, pass(n))
		}
		return func(n int) error {
			_, err := db.SelfChecks().Record(b.Context(), selfCheckID(n%storeCases))
			return err
		}
	}},
	{"attempt-take", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		day := attempttest.NewDay(0)
		_, _, err := db.Attempts().Open(b.Context(), day, day.Date)
		require.NoError(b, err)
		return func(n int) error {
			at := []attempt.Position{attempttest.NewPosition(day.Date, n)}
			return db.Attempts().Take(b.Context(), day.Date, at, func([]attempt.Counts) (bool, error) { return true, nil })
		}
	}},
	{"disclosure-record", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		return func(n int) error { return db.Accountings().Record(b.Context(), disclosuretest.NewEntry(n)) }
	}},
	{"trail-record", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		return func(n int) error { return db.Trails().Record(b.Context(), accesstest.NewStep(n)) }
	}},
	{"outbox-mark", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		publish(b, db)
		return func(n int) error { return db.Outbox().MarkDelivered(b.Context(), fmt.Sprint("event-", n)) }
	}},
}

var bulkOperations = []operation{
	{"delivery-update-100", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		return updateDeliveries(b, db, 100)
	}},
	{"scans-add-1000", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		return func(n int) error {
			file := trackingtest.NewFile(n)
			return db.Scans().Update(b.Context(), file.ID, func(tracking.File) (tracking.Batch, error) {
				batch := tracking.Batch{File: file}
				for i := range 1000 {
					batch.Scans = append(batch.Scans, dayScan(n*1000+i, n%300, 7))
				}
				return batch, nil
			})
		}
	}},
	{"outbox-pending-100", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		publish(b, db)
		return func(int) error {
			_, err := db.Outbox().Pending(b.Context(), 100)
			return err
		}
	}},
	{"outbox-mark-100", func(b *testing.B, db *sqlstore.DB) func(n int) error {
		b.Helper()
		publish(b, db)
		return func(n int) error {
			ids := make([]string, 100)
			for i := range ids {
				ids[i] = fmt.Sprint("event-", (n*100+i)%done)
			}
			return db.Outbox().MarkDelivered(b.Context(), ids...)
		}
	}},
}

// updateDeliveries files scans of so many pieces at a time.
func updateDeliveries(b *testing.B, db *sqlstore.DB, pieces int) func(n int) error {
	b.Helper()
	return func(n int) error {
		change := casestatus.DeliveryChange{Cursor: tracking.Cursor(fmt.Sprint("cursor-", n)), Events: []cris.Event{eventOf(n)}}
		var numbers []tracking.Number
		for i := range pieces {
			piece := casestatustest.NewPiece((n*pieces+i)%1000, 1+n%4)
			change.Pieces, numbers = append(change.Pieces, piece), append(numbers, piece.Number)
		}
		return db.Deliveries().Update(b.Context(), numbers, func(casestatus.Filed) (casestatus.DeliveryChange, error) { return change, nil })
	}
}

func fileERequests(b *testing.B, db *sqlstore.DB) func(n int) error {
	b.Helper()
	return func(n int) error {
		next := erequesttest.NewRequest(casestatustest.Receipt(n%storeCases), n)
		return db.ERequests().Update(b.Context(), next.Receipt, func([]erequest.Entry) (erequest.Change, error) {
			return erequest.Change{File: []erequest.Request{next}, Events: []cris.Event{eventOf(n)}}, nil
		})
	}
}

func reportAddresses(b *testing.B, db *sqlstore.DB) func(n int) error {
	b.Helper()
	return func(n int) error {
		record := addresschangetest.NewRecord(n)
		return db.AddressChanges().Update(b.Context(), record.Key, func(addresschange.Record) (addresschange.Change, error) {
			return addresschange.Change{Record: &record, Events: []cris.Event{eventOf(n)}}, nil
		})
	}
}

func receiveRequests(b *testing.B, db *sqlstore.DB) func(n int) error {
	b.Helper()
	today := cris.DateOf(srmttest.Start(), cris.AgencyZone())
	return func(n int) error {
		id := fmt.Sprint("r", n)
		return db.ServiceRequests().Update(b.Context(), srmt.Scope{Requests: []string{id}}, func(srmt.Prior) (srmt.Change, error) {
			return srmt.Change{Steps: map[string][]srmt.Step{id: {srmttest.NewReceived(id, today, "NSC")}}}, nil
		})
	}
}

func selfCheckID(n int) selfcheck.TransactionID {
	return selfcheck.TransactionID(fmt.Sprintf("%032x", n))
}

func passSelfChecks(b *testing.B, db *sqlstore.DB) func(n int) error {
	b.Helper()
	return func(n int) error {
		id := selfCheckID(n)
		pass := selfchecktest.NewPassedProofing(id, func(p *selfcheck.PassedProofing) {
			p.IdPTransaction = selfcheck.IdPTransactionID(fmt.Sprint("IDP-", n))
		})
		query := selfchecktest.NewQueryRecord(id, func(q *selfcheck.QueryRecord) { q.Case = selfchecktest.CaseNumber(n) })
		return db.SelfChecks().Update(b.Context(), id, func(selfcheck.Record) (selfcheck.Change, error) {
			return selfcheck.Change{Pass: &pass, Query: &query, Events: []cris.Event{eventOf(n)}}, nil
		})
	}
}

// publish saves as many events as operations are done.
func publish(b *testing.B, db *sqlstore.DB) {
	b.Helper()
	for n := range done {
		require.NoError(b, db.Cases().Update(b.Context(), casestatustest.Receipt(n), func(casestatus.Case) (casestatus.CaseChange, error) {
			return casestatus.CaseChange{Events: []cris.Event{eventOf(n)}}, nil
		}))
	}
}

// Each operation is done so often, in so many rounds; one on many rows less often.
const (
	storeRounds  = 21
	perRound     = 40
	perRoundBulk = 4
	done         = storeRounds * perRound
)

func benchmarkStore(b *testing.B, driver string, operations []operation, perRound int) {
	b.Helper()
	for b.Loop() {
		for _, o := range operations {
			ratio, own := o.measure(b, driver, perRound)
			b.ReportMetric(ratio, o.name+"-ratio")
			b.ReportMetric(float64(own.Nanoseconds())/1000, o.name+"-own-µs")
		}
	}
}

// measure does the operation and runs its statements bare in turn, and returns the middle of the
// ratios, and how long one takes outside the driver.
func (o operation) measure(b *testing.B, driver string, perRound int) (ratio float64, own time.Duration) {
	b.Helper()
	before, scripts, own := o.heard(b, driver, storeRounds*perRound)
	pool, bare := o.pool(b, driver), o.pool(b, driver)
	defer pool.Close()
	defer bare.Close()
	do := o.on(b, migrated(b, pool))
	require.NoError(b, sqlstore.Migrate(b.Context(), bare, nil))
	require.NoError(b, replay(b.Context(), bare.DB, before))
	var ratios []float64
	for round := range storeRounds {
		begun := time.Now()
		for n := round * perRound; n < (round+1)*perRound; n++ {
			require.NoError(b, do(n), o.name)
		}
		ours := time.Since(begun)
		begun = time.Now()
		for _, script := range scripts[round*perRound : (round+1)*perRound] {
			require.NoError(b, replay(b.Context(), bare.DB, script), o.name)
		}
		ratios = append(ratios, float64(time.Since(begun))/float64(ours))
	}
	return middle(ratios), own
}

// heard does the operation on a database that tells which statements it runs: those that prepare
// it, and then those of each time.
func (o operation) heard(b *testing.B, driver string, times int) (before []statement, scripts [][]statement, own time.Duration) {
	b.Helper()
	dsn := o.dsn(b, driver)
	silent, err := sqlx.Open(driver, dsn)
	require.NoError(b, err)
	defer silent.Close()
	require.NoError(b, sqlstore.Migrate(b.Context(), silent, nil))
	told := &statements{}
	store := opened(b, openListening(b, driver, dsn, told))
	told.take() // what opening takes is no part of an operation
	do := o.on(b, store)
	before = told.take()
	told.inDriver = 0
	begun := time.Now()
	for n := range times {
		require.NoError(b, do(n), o.name)
		scripts = append(scripts, told.take())
	}
	return before, scripts, (time.Since(begun) - told.inDriver) / time.Duration(times)
}

func (o operation) pool(b *testing.B, driver string) *sqlx.DB {
	b.Helper()
	pool, err := sqlx.Open(driver, o.dsn(b, driver))
	require.NoError(b, err)
	return pool
}

func (operation) dsn(b *testing.B, driver string) string {
	b.Helper()
	if driver == "pgx" {
		return postgresBench(b)
	}
	return fmt.Sprintf("file:%s/store.db?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)", b.TempDir())
}

// queryer is what a database and a transaction have in common.
type queryer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// replay runs statements, in their transactions, and reads the rows that they return.
func replay(ctx context.Context, db *sql.DB, script []statement) (err error) {
	var on queryer = db
	var tx *sql.Tx
	for _, s := range script {
		switch {
		case s.text == begin:
			tx, err = db.BeginTx(ctx, nil)
			on = tx
		case s.text == commit:
			err = tx.Commit()
			on = db
		case s.text == rollback:
			err = tx.Rollback()
			on = db
		case s.rows:
			err = readAll(on.QueryContext(ctx, s.text, valuesOf(s)...))
		default:
			_, err = on.ExecContext(ctx, s.text, valuesOf(s)...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func valuesOf(s statement) []any {
	values := make([]any, len(s.args))
	for i, arg := range s.args {
		values[i] = arg.Value
	}
	return values
}

// readAll reads all columns of all rows.
func readAll(rows *sql.Rows, err error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	into := make([]any, len(names))
	for i := range into {
		into[i] = new(any)
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}
