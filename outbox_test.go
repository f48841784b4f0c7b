package cris_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

// outbox is an Outbox that can fail.
type outbox struct {
	events     []cris.Event
	pendingErr error
	markErr    error
}

func newOutbox(n int) *outbox {
	o := &outbox{}
	for i := range n {
		o.events = append(o.events, cris.Event{ID: fmt.Sprintf("%04d", i), Type: "cris.test", Source: "/cris"})
	}
	return o
}

func (o *outbox) Pending(_ context.Context, limit int) ([]cris.Event, error) {
	return slices.Clone(o.events[:min(limit, len(o.events))]), o.pendingErr
}

func (o *outbox) MarkDelivered(_ context.Context, ids ...string) error {
	if o.markErr != nil {
		return o.markErr
	}
	o.events = slices.DeleteFunc(o.events, func(e cris.Event) bool { return slices.Contains(ids, e.ID) })
	return nil
}

// receiver notes the events it gets.
type receiver struct {
	got []string
	err map[string]error
}

func (r *receiver) deliver(_ context.Context, event cris.Event) error {
	r.got = append(r.got, event.ID)
	return r.err[event.ID]
}

func TestRelay_DeliversEverythingInOrder(t *testing.T) {
	var to receiver
	from := newOutbox(250) // more than it reads at a time
	delivered, err := cris.Relay(t.Context(), from, to.deliver)
	require.NoError(t, err)
	require.Equal(t, 250, delivered)
	require.Len(t, to.got, 250)
	require.True(t, slices.IsSorted(to.got))
	require.Empty(t, from.events)
}

func TestRelay_OfNothing(t *testing.T) {
	var to receiver
	delivered, err := cris.Relay(t.Context(), newOutbox(0), to.deliver)
	require.NoError(t, err)
	require.Zero(t, delivered)
	require.Empty(t, to.got)
}

func TestRelay_StopsAtTheFirstFailureAndGoesOnFromThere(t *testing.T) {
	down := errors.New("receiver down")
	to := receiver{err: map[string]error{"0002": down}}
	from := newOutbox(5)
	delivered, err := cris.Relay(t.Context(), from, to.deliver)
	require.ErrorIs(t, err, down)
	require.ErrorContains(t, err, "relay: deliver cris.test 0002: ")
	require.Equal(t, 2, delivered)
	require.Equal(t, []string{"0000", "0001", "0002"}, to.got, "nothing overtakes the event that failed")

	to.err = nil
	delivered, err = cris.Relay(t.Context(), from, to.deliver)
	require.NoError(t, err)
	require.Equal(t, 3, delivered)
	require.Equal(t, []string{"0000", "0001", "0002", "0002", "0003", "0004"}, to.got)
}

func TestRelay_RepeatsWhatItDeliveredButCouldNotMark(t *testing.T) {
	crash := errors.New("crash between delivering and marking")
	var to receiver
	from := newOutbox(2)
	from.markErr = crash
	delivered, err := cris.Relay(t.Context(), from, to.deliver)
	require.ErrorIs(t, err, crash)
	require.Zero(t, delivered)

	from.markErr = nil
	delivered, err = cris.Relay(t.Context(), from, to.deliver)
	require.NoError(t, err)
	require.Equal(t, 2, delivered)
	require.Equal(t, []string{"0000", "0000", "0001"}, to.got)
}

func TestRelay_ReportsAnOutboxThatCannotBeRead(t *testing.T) {
	from := newOutbox(1)
	from.pendingErr = cris.ErrConflict
	var to receiver
	delivered, err := cris.Relay(t.Context(), from, to.deliver)
	require.ErrorIs(t, err, cris.ErrConflict)
	require.Zero(t, delivered)
	require.Empty(t, to.got)
}
