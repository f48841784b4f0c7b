package integration_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/dev/drivertest"
)

// immediate has transactions of SQLite take the write lock when they begin, as a host does whose
// transactions read before they write.
func immediate(kind database, dsn string) string {
	if kind.driver == "sqlite" {
		return dsn + "&_txlock=immediate"
	}
	return dsn
}

func TestIn_KeepsTheContract(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		stores := &reused{in: t, tables: kind.tables, make: func(t *testing.T) (*sqlstore.DB, *sqlx.DB) {
			t.Helper()
			pool := openDatabase(t, kind.driver, immediate(kind, kind.empty(t)))
			return migrated(t, pool), pool
		}}
		drivertest.InHost(t, func(t *testing.T) (*sqlx.DB, *sqlstore.DB) {
			t.Helper()
			taken := stores.take(t)
			return taken.pool, taken.store
		})
	})
}

// hosting is a host program with a table of its own beside those of the store.
type hosting struct {
	pool  *sqlx.DB
	store *sqlstore.DB
}

func hostOn(t *testing.T, kind database) hosting {
	t.Helper()
	pool := openDatabase(t, kind.driver, kind.empty(t))
	store := migrated(t, pool)
	_, err := pool.ExecContext(t.Context(), `CREATE TABLE orders (id BIGINT PRIMARY KEY)`)
	require.NoError(t, err)
	require.NoError(t, casestatustest.PutCase(t.Context(), store.Cases(), casestatustest.NewCase(1)))
	return hosting{pool, store}
}

func (h hosting) begin(t *testing.T) *sqlx.Tx {
	t.Helper()
	tx, err := h.pool.BeginTxx(t.Context(), nil)
	require.NoError(t, err)
	t.Cleanup(func() { tx.Rollback() })
	return tx
}

func order(t *testing.T, tx *sqlx.Tx, id int) {
	t.Helper()
	_, err := tx.ExecContext(t.Context(), tx.Rebind(`INSERT INTO orders (id) VALUES (?)`), id)
	require.NoError(t, err)
}

// wantSaved checks how many orders of the host there are, and how many requests of the case.
func (h hosting) wantSaved(t *testing.T, orders, requests int) {
	t.Helper()
	var counted int
	require.NoError(t, h.pool.GetContext(t.Context(), &counted, `SELECT COUNT(*) FROM orders`))
	require.Equal(t, orders, counted, "orders")
	entries, err := h.store.ERequests().Entries(t.Context(), casestatustest.Receipt(1))
	require.NoError(t, err)
	require.Len(t, entries, requests, "requests")
	events, err := h.store.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	require.Len(t, events, requests, "each with its event")
}

// submit runs the service over the ports of a store.
func submit(ctx context.Context, store *sqlstore.DB, key string) (erequest.Filing, error) {
	status := casestatus.NewService(store.Cases(), store.ProcessingTimes(), store.Deliveries(), nil)
	service := erequest.NewService(store.ERequests(), store.Cases(), status, &erequest.Options{Now: erequesttest.Start})
	return service.Submit(ctx, erequesttest.NewSubmission(key, casestatustest.NewCase(1), erequest.TypographicalError))
}

func TestIn_RowsOfTheHostAndOfTheStoreAreCommittedTogether(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		h := hostOn(t, kind)
		for _, commit := range []bool{false, true} {
			tx := h.begin(t)
			order(t, tx, 1)
			filing, err := submit(t.Context(), h.store.In(tx.Tx), "key")
			require.NoError(t, err)
			require.Equal(t, erequest.Accepted, filing.Outcome)
			entries, err := h.store.In(tx.Tx).ERequests().Entries(t.Context(), casestatustest.Receipt(1))
			require.NoError(t, err)
			require.Len(t, entries, 1, "a read sees the transaction")
			h.wantSaved(t, 0, 0)
			order(t, tx, 2)
			if commit {
				require.NoError(t, tx.Commit())
				h.wantSaved(t, 2, 1)
			} else {
				require.NoError(t, tx.Rollback())
				h.wantSaved(t, 0, 0)
			}
		}
	})
}

// Whatever fails in an Update leaves nothing, and the transaction goes on: also on PostgreSQL,
// which refuses everything after an error.
func TestIn_AnUpdateThatFailsLeavesTheTransactionUsable(t *testing.T) {
	refused := errors.New("refused")
	taken := erequesttest.NewRequest(casestatustest.Receipt(2), 2)
	for name, test := range map[string]struct {
		act  func(ctx context.Context, in *sqlstore.DB) error
		want error
	}{
		"decide fails": {func(ctx context.Context, in *sqlstore.DB) error {
			return in.ERequests().Update(ctx, casestatustest.Receipt(1), func([]erequest.Entry) (erequest.Change, error) { return erequest.Change{}, refused })
		}, refused},
		"identifier is taken": {func(ctx context.Context, in *sqlstore.DB) error {
			return in.ERequests().Update(ctx, taken.Receipt, func([]erequest.Entry) (erequest.Change, error) {
				return erequest.Change{File: []erequest.Request{taken}, Events: []cris.Event{{ID: "lost", Type: "cris.test", Source: "/cris"}}}, nil
			})
		}, cris.ErrConflict},
		"statement fails": {func(ctx context.Context, in *sqlstore.DB) error {
			return in.Cases().Update(ctx, casestatustest.Receipt(3), func(casestatus.Case) (casestatus.CaseChange, error) {
				onFile := casestatustest.NewCase(3)
				return casestatus.CaseChange{Case: &onFile}, nil
			})
		}, nil},
		"single statement fails": {func(ctx context.Context, in *sqlstore.DB) error {
			return in.Outbox().MarkDelivered(ctx, "kept")
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			onEachKind(t, func(t *testing.T, kind database) {
				h := hostOn(t, kind)
				require.NoError(t, h.store.ERequests().Update(t.Context(), taken.Receipt, func([]erequest.Entry) (erequest.Change, error) {
					return erequest.Change{File: []erequest.Request{taken}}, nil
				}))
				insertEvent(t, h.pool, "kept", 1, "")
				for _, statement := range failing(kind) {
					_, err := h.pool.ExecContext(t.Context(), statement)
					require.NoError(t, err)
				}
				tx := h.begin(t)
				order(t, tx, 1)
				in := h.store.In(tx.Tx)
				err := test.act(t.Context(), in)
				require.Error(t, err)
				if test.want != nil {
					require.ErrorIs(t, err, test.want)
				}
				order(t, tx, 2)
				filing, err := submit(t.Context(), in, "key")
				require.NoError(t, err)
				require.Equal(t, erequest.Accepted, filing.Outcome)
				require.NoError(t, tx.Commit())
				_, err = h.store.Cases().StaffCase(t.Context(), casestatustest.Receipt(3))
				require.ErrorIs(t, err, cris.ErrNotFound)
				events, err := h.store.Outbox().Pending(t.Context(), 0)
				require.NoError(t, err)
				require.Len(t, events, 2, "the one that was there, and that of the submission")
			})
		})
	}
}

// failing has the database refuse a case with this number, and every mark in the outbox.
func failing(kind database) []string {
	receipt := casestatustest.Receipt(3).String()
	if kind.driver == "pgx" {
		return []string{
			`ALTER TABLE cris_cases ADD CHECK (receipt <> '` + receipt + `')`,
			`ALTER TABLE cris_outbox ADD CHECK (delivered_at = 0)`,
		}
	}
	return []string{
		`CREATE TRIGGER no_case BEFORE INSERT ON cris_cases WHEN NEW.receipt = '` + receipt + `' BEGIN SELECT RAISE(ABORT, 'no'); END`,
		`CREATE TRIGGER no_mark BEFORE UPDATE ON cris_outbox BEGIN SELECT RAISE(ABORT, 'no'); END`,
	}
}

func TestIn_APanicLeavesNothing(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		h := hostOn(t, kind)
		tx := h.begin(t)
		require.Panics(t, func() {
			_ = h.store.In(tx.Tx).ERequests().Update(t.Context(), casestatustest.Receipt(1), func([]erequest.Entry) (erequest.Change, error) { panic("decide") })
		})
		order(t, tx, 1)
		require.NoError(t, tx.Commit())
		h.wantSaved(t, 1, 0)
	})
}

// A conflict inside a transaction is that of the whole transaction: a service does not wait and try
// again while it holds the locks of the host.
func TestIn_ServicesDoNotTryAgain(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		h := hostOn(t, kind)
		tx := h.begin(t)
		store := &countedUpdates{Store: h.store.In(tx.Tx).ERequests()}
		status := casestatus.NewService(h.store.In(tx.Tx).Cases(), h.store.In(tx.Tx).ProcessingTimes(), h.store.In(tx.Tx).Deliveries(), nil)
		ids := func() string { return "taken" }
		service := erequest.NewService(store, h.store.In(tx.Tx).Cases(), status, &erequest.Options{Now: erequesttest.Start, NewID: ids})
		for n, want := range []error{nil, cris.ErrConflict} {
			onFile := casestatustest.NewCase(10 + n)
			require.NoError(t, casestatustest.PutCase(t.Context(), h.store.In(tx.Tx).Cases(), onFile))
			store.updates = 0
			_, err := service.Submit(t.Context(), erequesttest.NewSubmission("key", onFile, erequest.TypographicalError))
			require.ErrorIs(t, err, want)
			require.Equal(t, 1, store.updates)
		}
	})
}

type countedUpdates struct {
	erequest.Store
	updates int
}

func (c *countedUpdates) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	c.updates++
	return c.Store.Update(ctx, receipt, decide)
}

func TestIn_ATransactionThatCannotBeUsedIsRefused(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		h := hostOn(t, kind)
		ended := h.begin(t)
		require.NoError(t, ended.Rollback())
		other := hostOn(t, kind).begin(t)
		for want, tx := range map[string]*sql.Tx{
			"the transaction that In was given has ended: begin another one":                                    ended.Tx,
			"In was given a transaction of another *sql.DB: begin it on the one that the store was opened with": other.Tx,
			"In was given no transaction: give it one of the *sql.DB that the store was opened with":            nil,
		} {
			in := h.store.In(tx)
			_, err := in.ERequests().Entries(t.Context(), casestatustest.Receipt(1))
			require.ErrorContains(t, err, want)
			_, err = submit(t.Context(), in, "key")
			require.ErrorContains(t, err, want)
			require.ErrorContains(t, in.Outbox().MarkDelivered(t.Context(), "1"), want)
		}
		require.NoError(t, other.Rollback())
		h.wantSaved(t, 0, 0)
	})
}

// A context that ends while an Update runs takes nothing of the host that it could still commit by
// halves.
func TestIn_ACancelledUpdateLeavesNothing(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		h := hostOn(t, kind)
		tx := h.begin(t)
		order(t, tx, 1)
		ctx, cancel := context.WithCancel(t.Context())
		err := h.store.In(tx.Tx).ERequests().Update(ctx, casestatustest.Receipt(1), func([]erequest.Entry) (erequest.Change, error) {
			cancel()
			return erequest.Change{File: []erequest.Request{erequesttest.NewRequest(casestatustest.Receipt(1), 1)}}, nil
		})
		require.ErrorIs(t, err, context.Canceled)
		order(t, tx, 2)
		require.NoError(t, tx.Commit())
		h.wantSaved(t, 2, 0)
	})
}
