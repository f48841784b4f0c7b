package integration_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/tracking"
)

func arriveInFile(ctx context.Context, mail tracking.Store, name string, scans ...tracking.Scan) error {
	file, err := tracking.ParseFileID(fmt.Sprintf("%x", sha256.Sum256([]byte(name))))
	if err != nil {
		return err
	}
	return mail.Update(ctx, file, func(p tracking.File) (tracking.Batch, error) {
		p.Name, p.Done = name, true
		return tracking.Batch{Scans: scans, File: p}, nil
	})
}

// TestCS5_SyncsThatDieAnyMoment runs several syncs at once, on one database for both
// sides, while scans arrive. Each is cut off after a while that no one chose, again and
// again: inside a statement, at commit, between two steps. In the end every piece has
// become delivered, and told of it, once.
func TestCS5_SyncsThatDieAnyMoment(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		db := open(t)
		const pieces, syncs = 40, 3
		policy := casestatus.DefaultPolicy()
		policy.PiecesAtOnce = 3
		opts := &casestatus.Options{Policy: &policy}
		var wg sync.WaitGroup
		arrived := make(chan struct{})
		var failed error
		wg.Go(func() {
			defer close(arrived)
			for scan := range 2 {
				for n := range pieces {
					if err := arriveInFile(t.Context(), db.Scans(), fmt.Sprint(scan, n), casestatustest.NewPiece(n, 2).Scans[scan]); err != nil {
						failed = errors.Join(failed, err)
					}
				}
			}
		})
		died, failures := make([]int, syncs), make([]error, syncs)
		for i := range syncs {
			wg.Go(func() {
				for round := 1; ; round++ {
					ctx, cancel := context.WithTimeout(t.Context(), time.Duration(round*(i+1)%7+1)*time.Millisecond)
					_, err := casestatus.NewDeliverySync(db.Scans(), db.Cases(), db.Deliveries(), opts).Sync(ctx)
					cancel()
					if err != nil {
						died[i]++
						// A server that is slower than the syncs die closes their connections first.
						_, err = db.Deliveries().Cursor(t.Context())
						failures[i] = errors.Join(failures[i], err)
					}
					select {
					case <-arrived:
						return
					default:
					}
				}
			})
		}
		wg.Wait()
		require.NoError(t, errors.Join(append(failures, failed)...))
		t.Log("syncs that died:", died)
		_, err := casestatus.NewDeliverySync(db.Scans(), db.Cases(), db.Deliveries(), opts).Sync(t.Context())
		require.NoError(t, err)

		at, err := db.Deliveries().Cursor(t.Context())
		require.NoError(t, err)
		numbers, _, err := db.Scans().UpdatedSince(t.Context(), at, 10)
		require.NoError(t, err)
		require.Empty(t, numbers, "the cursor covers everything")

		events, err := db.Outbox().Pending(t.Context(), 1000)
		require.NoError(t, err)
		delivered := map[string]int{}
		last := map[string]string{}
		for _, event := range events {
			require.Contains(t, []string{"", event.Data["from"]}, last[event.Subject], "each change goes on from the one before")
			last[event.Subject] = event.Data["to"]
			if event.Data["to"] == string(tracking.Delivered) {
				delivered[event.Subject]++
			}
		}
		for n := range pieces {
			piece := casestatustest.NewPiece(n, 2)
			require.Equal(t, 1, delivered[piece.Number.String()])
			received, err := db.Deliveries().Scans(t.Context(), piece.Number)
			require.NoError(t, err)
			require.ElementsMatch(t, piece.Scans, received)
		}
	})
}
