package drivertest

import (
	"context"
	"testing"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// InHost runs the kits of three ports with every Update, and some reads, inside a transaction of
// the host that is committed afterwards. Open gives a fresh, migrated and empty store with its
// pool.
func InHost(t *testing.T, open func(t *testing.T) (*sqlx.DB, *sqlstore.DB)) {
	t.Helper()
	t.Run("Cases", func(t *testing.T) {
		t.Parallel()
		casestatustest.TestCases(t, func(t *testing.T) (casestatus.Cases, cris.Outbox) {
			t.Helper()
			pool, db := open(t)
			return hostedCases{db.Cases(), host{pool, db}}, db.Outbox()
		})
	})
	t.Run("ERequests", func(t *testing.T) {
		t.Parallel()
		erequesttest.TestStore(t, func(t *testing.T) (erequest.Store, cris.Outbox) {
			t.Helper()
			pool, db := open(t)
			return hostedERequests{db.ERequests(), host{pool, db}}, db.Outbox()
		})
	})
	t.Run("Scans", func(t *testing.T) {
		t.Parallel()
		trackingtest.TestStore(t, func(t *testing.T) tracking.Store {
			t.Helper()
			pool, db := open(t)
			return hostedScans{db.Scans(), host{pool, db}}
		})
	})
}

// host is a host program that calls ports inside its own transactions.
type host struct {
	pool *sqlx.DB
	db   *sqlstore.DB
}

func within[Value any](ctx context.Context, h host, do func(db *sqlstore.DB) (Value, error)) (value Value, err error) {
	tx, err := h.pool.BeginTxx(ctx, nil)
	if err != nil {
		return value, err
	}
	defer tx.Rollback()
	value, err = do(h.db.In(tx.Tx))
	if err != nil {
		return value, err
	}
	return value, tx.Commit()
}

func (h host) update(ctx context.Context, do func(db *sqlstore.DB) error) error {
	_, err := within(ctx, h, func(db *sqlstore.DB) (struct{}, error) { return struct{}{}, do(db) })
	return err
}

type hostedCases struct {
	*sqlstore.Cases
	host host
}

func (c hostedCases) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(casestatus.Case) (casestatus.CaseChange, error)) error {
	return c.host.update(ctx, func(db *sqlstore.DB) error { return db.Cases().Update(ctx, receipt, decide) })
}

type hostedERequests struct {
	*sqlstore.ERequests
	host host
}

func (r hostedERequests) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func([]erequest.Entry) (erequest.Change, error)) error {
	return r.host.update(ctx, func(db *sqlstore.DB) error { return db.ERequests().Update(ctx, receipt, decide) })
}

func (r hostedERequests) Entries(ctx context.Context, receipt casestatus.ReceiptNumber) ([]erequest.Entry, error) {
	return within(ctx, r.host, func(db *sqlstore.DB) ([]erequest.Entry, error) { return db.ERequests().Entries(ctx, receipt) })
}

type hostedScans struct {
	tracking.Store
	host host
}

func (s hostedScans) Update(ctx context.Context, id tracking.FileID, decide func(tracking.File) (tracking.Batch, error)) error {
	return s.host.update(ctx, func(db *sqlstore.DB) error { return db.Scans().Update(ctx, id, decide) })
}

func (s hostedScans) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	return within(ctx, s.host, func(db *sqlstore.DB) ([]tracking.Scan, error) { return db.Scans().Scans(ctx, number) })
}
