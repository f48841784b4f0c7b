package contract

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
)

func toyClauses() []Clause[Atomic] {
	return AtomicClauses(func(store Atomic) Atomic { return store })
}

func TestAtomicClauses_PassACorrectStore(t *testing.T) {
	Run(t, toyClauses(), func(*testing.T) Atomic { return newToy("") })
}

func TestAtomicClauses_PassAStoreWithoutOutbox(t *testing.T) {
	Run(t, toyClauses(), func(*testing.T) Atomic {
		store := newToy("")
		store.Outbox = nil
		return store
	})
}

// The clock of a bubble stands still while anything runs, so that a store which
// blocks for ever costs no time.
func TestAtomicClauses_RefuseEveryFlaw(t *testing.T) {
	var zoo []Broken[Atomic]
	for _, animal := range []struct {
		clause string
		flaws  []string
	}{
		{"Update/Saves", []string{"forgets", "tells decide nothing", "does not ask decide", "cannot count", "always has a conflict"}},
		{"Update/ScopesApart", []string{"keeps all scopes in one", "saves in every scope", "always has a conflict"}},
		{"Update/RefusalSavesNothing", []string{
			"saves what was refused", "publishes what was refused", "empties the scope on a refusal",
			"returns an error of its own", "hides a refusal", "saves before it decides", "publishes before it decides",
			"stays locked after a refusal", "cannot read its outbox",
		}},
		{"Update/PanicSavesNothing", []string{
			"swallows a panic", "saves before it decides", "publishes before it decides", "stays locked after a panic",
		}},
		{"Update/CancelledSavesNothing", []string{
			"looks at the context only before decide", "never looks at the context", "hides a late cancellation",
			"publishes before it saves", "stays locked after a cancellation",
		}},
		{"Update/OneAfterAnother", []string{
			"takes no lock", "locks only a scope that exists", "locks only an empty scope", "always has a conflict",
			"cannot count",
		}},
		{"Update/NothingLost", []string{"lets go of its lock too early, now and then", "tells decide nothing", "publishes only some", "always has a conflict"}},
		{"Update/EventsWithState", []string{
			"publishes nothing", "publishes no time", "gives two events one ID", "shows the newest event first",
			"gives every event once", "ignores the limit", "cuts off the oldest", "cannot read its outbox",
		}},
		{"Outbox/MarkDelivered", []string{
			"marks nothing", "marks everything", "marks whichever is first", "refuses an unknown ID",
			"refuses to mark twice", "brings marked events back", "publishes nothing", "cannot read its outbox",
		}},
	} {
		for _, flaw := range animal.flaws {
			zoo = append(zoo, Broken[Atomic]{animal.clause, flaw, func(*testing.T) Atomic { return newToy(flaw) }})
		}
	}
	require.Empty(t, unproven(toyClauses(), zoo))
	for _, broken := range zoo {
		t.Run(broken.Clause+"/"+broken.Flaw, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				require.NoError(t, refuses(t.Context(), toyClauses(), broken.Clause, broken.New(t)))
			})
		})
	}
}
