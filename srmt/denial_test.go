package srmt_test

import (
	"context"
	"fmt"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// acts are all acts on a request by one member of staff who has seen one version.
func (d *desk) acts(by srmt.StaffID, seen int) map[string]func(ctx context.Context, id string) (srmt.Decision, error) {
	return map[string]func(context.Context, string) (srmt.Decision, error){
		"assign": func(ctx context.Context, id string) (srmt.Decision, error) {
			return d.Assign(ctx, srmt.Assignment{RequestID: id, By: by, Seen: seen, To: officer.ID})
		},
		"reassign": func(ctx context.Context, id string) (srmt.Decision, error) {
			return d.Reassign(ctx, srmt.Reassignment{RequestID: id, By: by, Seen: seen, To: otherOfficer.ID, Why: srmt.StaffChange})
		},
		"redirect": func(ctx context.Context, id string) (srmt.Decision, error) {
			return d.Redirect(ctx, srmt.Redirection{RequestID: id, By: by, Seen: seen, To: "SSC", Why: srmt.StaffChange})
		},
		"respond": func(ctx context.Context, id string) (srmt.Decision, error) {
			return d.Respond(ctx, srmt.Response{RequestID: id, By: by, Seen: seen, Means: erequest.ByLetter, Finding: found, Text: letter})
		},
		"propose": func(ctx context.Context, id string) (srmt.Decision, error) {
			return d.Propose(ctx, srmt.Response{RequestID: id, By: by, Seen: seen, Means: erequest.ByLetter, Finding: found, Text: letter})
		},
		"respond by a letter": func(ctx context.Context, id string) (srmt.Decision, error) {
			return d.Respond(ctx, srmt.Response{RequestID: id, By: by, Seen: seen, Means: erequest.ByLetter, Finding: found, Letter: &srmt.Draft{}})
		},
		"approve": func(ctx context.Context, id string) (srmt.Decision, error) {
			return d.Approve(ctx, srmt.Approval{RequestID: id, By: by, Seen: seen})
		},
		"send back": func(ctx context.Context, id string) (srmt.Decision, error) {
			return d.SendBack(ctx, srmt.SendBack{RequestID: id, By: by, Seen: seen, Text: letter})
		},
		"correct": func(ctx context.Context, id string) (srmt.Decision, error) {
			return d.Correct(ctx, srmt.Response{RequestID: id, By: by, Seen: seen, Means: erequest.ByLetter, Finding: found, Text: letter})
		},
		"note": func(ctx context.Context, id string) (srmt.Decision, error) {
			return d.Note(ctx, srmt.Note{RequestID: id, By: by, Seen: seen, Text: letter})
		},
		"correspond": func(ctx context.Context, id string) (srmt.Decision, error) {
			return d.Correspond(ctx, srmt.Correspondence{RequestID: id, By: by, Seen: seen, Message: srmttest.NewMessage(srmt.FromCustomer, erequest.ByLetter)})
		},
	}
}

// Nobody finds out by trying what another office has on file: a request that is not
// there and one that may not be seen are answered alike.
func TestPV3_MissingAndForeignRequestsAreAnsweredAlike(t *testing.T) {
	d := newDesk(t)
	fresh, answered := d.FileAndReceive("NSC"), d.FileAndReceive("NSC")
	d.MustAssign(answered, 1, supervisor.ID, officer.ID)
	decision, err := d.Respond(t.Context(), srmt.Response{RequestID: answered, By: officer.ID, Seen: 2, Means: erequest.ByLetter, Finding: found, Text: letter})
	allowed(t, decision, err)

	malformed := []string{"a\x00b", "caf\xe9"}
	for _, by := range []srmt.StaffID{"unknown", "", "a\x00b", roleless.ID, farOfficer.ID, farSupervisor.ID, finder.ID} {
		for seen := range 5 {
			for kind, act := range d.acts(by, seen) {
				missing, err := act(t.Context(), "missing")
				require.NoError(t, err)
				require.Equal(t, srmt.Refused, missing.Outcome)
				require.Len(t, missing.Reasons, 1)
				for _, id := range append(malformed, fresh, answered) {
					there, err := act(t.Context(), id)
					require.NoError(t, err)
					require.Equal(t, missing, there, "%s of %q by %q, who saw %d", kind, id, by, seen)
				}
			}
		}
		_, missing := d.History(t.Context(), by, "missing")
		require.ErrorIs(t, missing, srmt.ErrDenied)
		for _, id := range append(malformed, fresh, answered) {
			steps, there := d.History(t.Context(), by, id)
			require.Equal(t, missing, there)
			require.Empty(t, steps)
		}
	}
	// The office itself is not told apart from the rest when it mistypes an identifier.
	for kind, act := range d.acts(supervisor.ID, 1) {
		decision, err := act(t.Context(), "missing")
		require.NoError(t, err, kind)
		require.Equal(t, srmt.Refused, decision.Outcome, kind)
	}
	_, err = d.History(t.Context(), supervisor.ID, "missing")
	require.ErrorIs(t, err, srmt.ErrDenied)
}

// watchedStore counts how often it is asked for requests.
type watchedStore struct {
	srmt.Store
	asked int
}

func (s *watchedStore) Update(ctx context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	s.asked++
	return s.Store.Update(ctx, scope, decide)
}

func (s *watchedStore) History(ctx context.Context, id string) ([]srmt.Step, error) {
	s.asked++
	return s.Store.History(ctx, id)
}

func (s *watchedStore) List(ctx context.Context, query srmt.Query) iter.Seq2[srmt.ServiceRequest, error] {
	s.asked++
	return s.Store.List(ctx, query)
}

func TestPV3_StoreIsNotAskedForStrangersAndMalformedIdentifiers(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	store := &watchedStore{Store: d.Store}
	d.over(store)
	for _, act := range d.acts("unknown", 1) {
		decision, err := act(t.Context(), id)
		require.NoError(t, err)
		requireRefused(t, decision, "PV-3")
	}
	_, err := d.History(t.Context(), "unknown", id)
	require.ErrorIs(t, err, srmt.ErrDenied)
	for _, text := range []string{"a\x00b", "caf\xe9"} {
		for _, act := range d.acts(supervisor.ID, 1) {
			_, err := act(t.Context(), text)
			require.NoError(t, err)
		}
		_, err = d.History(t.Context(), supervisor.ID, text)
		require.ErrorIs(t, err, srmt.ErrDenied)
		_, err = d.Receive(t.Context(), text)
		require.ErrorIs(t, err, erequest.ErrNotFound)
		require.Empty(t, ids(t, d.Assigned(t.Context(), supervisor.ID, "NSC", srmt.StaffID(text), srmt.Page{})))
		yielded := 0
		for _, err := range d.Unassigned(t.Context(), supervisor.ID, "NSC", srmt.Page{After: srmt.Key{ID: text}}) {
			yielded++
			var malformed *cris.ParseError
			require.ErrorAs(t, err, &malformed)
			require.NotContains(t, fmt.Sprintf("%q", err.Error()), fmt.Sprintf("%q", text))
		}
		require.Equal(t, 1, yielded)
	}
	require.Zero(t, store.asked)
}

// Nothing is saved for a request that does not exist, not even by a store that writes
// before it decides: the decision fails.
func TestPV3_ActOnAMissingRequestIsRolledBack(t *testing.T) {
	d := newDesk(t)
	var inside []error
	d.over(insideStore{d.Store, &inside})
	for _, act := range d.acts(supervisor.ID, 1) {
		_, err := act(t.Context(), "missing")
		require.NoError(t, err)
	}
	require.Len(t, inside, 11)
	for _, err := range inside {
		require.Error(t, err)
	}
}

// insideStore keeps what decide returned.
type insideStore struct {
	srmt.Store
	errs *[]error
}

func (s insideStore) Update(ctx context.Context, scope srmt.Scope, decide func(srmt.Prior) (srmt.Change, error)) error {
	return s.Store.Update(ctx, scope, func(prior srmt.Prior) (srmt.Change, error) {
		change, err := decide(prior)
		*s.errs = append(*s.errs, err)
		return change, err
	})
}
