package cris_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// looks is a store with a number of looks of a day that is long past, and its retention.
func looks(t *testing.T, n int, store func(cris.RetentionStore) cris.RetentionStore) (*memory.DB, *cris.Retention) {
	t.Helper()
	db := memory.New()
	for i := range n {
		require.NoError(t, db.Looks().Record(t.Context(), srmttest.NewLook(i)))
	}
	schedule, err := cris.NewSchedule(memory.RecordClasses()...)
	require.NoError(t, err)
	ids := 0
	retention, err := cris.NewRetention(store(db.Retention()), schedule, &cris.RetentionOptions{
		Now: func() time.Time { return time.Date(2024, 2, 29, 17, 0, 0, 0, time.UTC) }, Batch: 3,
		NewID: func() string { ids++; return "event-" + string(rune('a'+ids-1)) },
	})
	require.NoError(t, err)
	return db, retention
}

func asItIs(store cris.RetentionStore) cris.RetentionStore { return store }

// faulty fails with an error so often, from a number of removals on.
type faulty struct {
	cris.RetentionStore

	good, bad int
	err       error
}

func (f *faulty) Remove(ctx context.Context, class cris.Code, ids []string, decide func([]cris.RetentionRecord, []cris.Hold) (cris.Removal, error)) error {
	if f.good--; f.good < 0 && f.bad > 0 {
		f.bad--
		return f.err
	}
	return f.RetentionStore.Remove(ctx, class, ids, decide)
}

func TestPV4_APurgeReportsWhatItRemoved(t *testing.T) {
	db, retention := looks(t, 7, asItIs)
	would, err := retention.DryRun(t.Context())
	require.NoError(t, err)
	require.True(t, would.DryRun)
	require.Equal(t, 7, would.Removed())
	did, err := retention.Purge(t.Context())
	require.NoError(t, err)
	require.Equal(t, would.Classes, did.Classes)
	require.Equal(t, day("2024-02-29"), did.Today)
	events, err := db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	require.Len(t, events, 3, "one for each batch")
	require.Equal(t, cris.Event{
		ID: "event-a", Type: cris.EventPurged, Source: cris.EventSourceRetention, Subject: string(srmt.LookRecords),
		Time: time.Date(2024, 2, 29, 17, 0, 0, 0, time.UTC),
		Data: map[string]string{"removed": "3", "authority": cris.AuthorityCRIS, "through": "2024-02-29"},
	}, events[0])
	again, err := retention.Purge(t.Context())
	require.NoError(t, err)
	require.Zero(t, again.Removed())
}

func TestPV4_APurgeThatFailsReportsWhatIsGone(t *testing.T) {
	outage := errors.New("outage")
	_, retention := looks(t, 7, func(s cris.RetentionStore) cris.RetentionStore { return &faulty{s, 1, 1, outage} })
	report, err := retention.Purge(t.Context())
	require.ErrorIs(t, err, outage)
	require.ErrorContains(t, err, string(srmt.LookRecords))
	require.Equal(t, 3, report.Removed())
	report, err = retention.Purge(t.Context())
	require.NoError(t, err)
	require.Equal(t, 4, report.Removed())
}

func TestPV4_AConflictIsTriedAgain(t *testing.T) {
	for conflicts, fails := range map[int]bool{11: false, 12: true} {
		synctest.Test(t, func(t *testing.T) {
			_, retention := looks(t, 3, func(s cris.RetentionStore) cris.RetentionStore { return &faulty{s, 0, conflicts, cris.ErrConflict} })
			report, err := retention.Purge(t.Context())
			require.Equal(t, fails, errors.Is(err, cris.ErrConflict))
			require.Equal(t, fails, report.Removed() == 0)
		})
	}
}

func TestPV4_AHoldIsPutOnceAndLifted(t *testing.T) {
	db, retention := looks(t, 2, asItIs)
	hold := cris.Hold{ID: "hold-1", Class: srmt.LookRecords, Record: "look-1", Why: "OGC/2024-7", By: "staff-1"}
	require.NoError(t, retention.Put(t.Context(), hold))
	require.NoError(t, retention.Put(t.Context(), hold), "the same again, after a lost answer")
	other := hold
	other.Record = ""
	require.ErrorIs(t, retention.Put(t.Context(), other), cris.ErrConflict)
	other.ID, other.Class = "hold-2", "no.such.class"
	require.ErrorContains(t, retention.Put(t.Context(), other), "no such class")
	report, err := retention.Purge(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, report.Removed())
	require.NoError(t, retention.Lift(t.Context(), "hold-1", "staff-2"))
	require.NoError(t, retention.Lift(t.Context(), "hold-1", "staff-3"), "it was lifted before")
	require.ErrorIs(t, retention.Lift(t.Context(), "hold-9", "staff-3"), cris.ErrNotFound)
	require.Error(t, retention.Lift(t.Context(), "hold-1", ""))
	require.ErrorIs(t, retention.Put(t.Context(), hold), cris.ErrConflict, "one that was lifted is not put again")
	holds, err := retention.Holds(t.Context())
	require.NoError(t, err)
	require.Equal(t, "staff-2", holds[0].LiftedBy)
	report, err = retention.Purge(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, report.Removed())
	events, err := db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	var types []string
	for _, event := range events {
		types = append(types, event.Type)
	}
	require.Equal(t, []string{cris.EventHoldPut, cris.EventPurged, cris.EventHoldLifted, cris.EventPurged}, types)
	require.Equal(t, map[string]string{"class": string(srmt.LookRecords), "why": "OGC/2024-7"}, events[0].Data)
}

func TestRetention_ClockThatWasNeverSet(t *testing.T) {
	db := memory.New()
	schedule, err := cris.NewSchedule(memory.RecordClasses()...)
	require.NoError(t, err)
	retention, err := cris.NewRetention(db.Retention(), schedule, &cris.RetentionOptions{Now: func() time.Time { return time.Unix(0, 0) }})
	require.NoError(t, err)
	_, err = retention.Purge(t.Context())
	require.ErrorIs(t, err, cris.ErrClock)
	require.ErrorIs(t, retention.Put(t.Context(), cris.Hold{ID: "h", Why: "w", By: "b"}), cris.ErrClock)
	require.ErrorIs(t, retention.Lift(t.Context(), "h", "b"), cris.ErrClock)
}
