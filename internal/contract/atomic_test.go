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

func TestAtomicClauses_PassAPortWithoutEvents(t *testing.T) {
	clauses := AtomicClausesWithoutEvents(func(store Atomic) Atomic { return store })
	Run(t, clauses, func(*testing.T) Atomic { return newToy("keeps no outbox") })
	for _, clause := range clauses {
		require.NotContains(t, clause.Name, "vent")
		require.NotContains(t, clause.Name, "Outbox")
	}
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
		{"Update/EveryEntry", []string{
			"saves the first entry of a change alone", "saves no more entries than a statement takes", "cannot count", "always has a conflict",
		}},
		{"Update/OneCommit", []string{
			"commits the state before its events", "commits the state before its events, which it saves whatever comes",
			"commits the events before their state", "publishes nothing", "publishes before it decides", "cannot count",
			"keeps no outbox", "cannot read its outbox", "always has a conflict",
		}},
		{"Update/CutAnywhere", []string{
			"commits the state before its events", "publishes before it saves", "publishes nothing", "cannot count", "keeps no outbox",
			"always has a conflict",
		}},
		{"Update/ReadCancelled", []string{"counts under a canceled context", "cannot count"}},
		{"Update/EventsWithState", []string{
			"publishes nothing", "loses the subject", "loses the data", "makes data where there is none", "loses empty data",
			"gives all events one type", "gives all events one source", "loses the time", "shifts the time",
			"cuts the time to milliseconds", "keeps the time of another zone", "reverses one change",
			"shows the newest event first", "sorts events by time", "sorts events by ID", "gives every event once",
			"keeps no outbox", "cannot read its outbox",
		}},
		{"Outbox/Limit", []string{
			"ignores the limit", "gives one more than the limit", "takes a limit of zero for none", "refuses a negative limit",
			"cuts off the oldest",
			"keeps no outbox",
		}},
		{"Outbox/MarkDelivered", []string{
			"marks nothing", "marks everything", "marks whichever is first", "moves on to the marked event",
			"refuses an unknown ID", "refuses to mark twice", "brings marked events back", "keeps no outbox", "cannot read its outbox",
		}},
		{"Outbox/IDTaken", []string{
			"takes every ID", "forgets the ID of what was delivered", "does not compare the events of one change",
			"drops what has a taken ID", "saves the state of a taken event", "keeps no outbox",
		}},
		{"Outbox/Purge", []string{
			"purges nothing", "purges whatever the instant", "purges what is pending", "purges the IDs of what is pending",
			"keeps the IDs of what it purges", "purges and does not tell", "purges under a canceled context", "keeps no outbox",
			"marks nothing", "takes every ID",
		}},
		{"Outbox/Letters", []string{"folds the letters of IDs", "marks without regard to case", "keeps no outbox"}},
		{"Outbox/Exact", []string{"trims subjects", "ends every line alike", "cuts long types", "folds the letters of IDs", "keeps no outbox", "always has a conflict"}},
		{"Outbox/Refused", []string{
			"takes every text", "does not look at the data", "replaces what is not UTF-8", "drops NULs",
			"saves the state of an event that it refuses", "always has a conflict", "publishes nothing",
		}},
		{"Outbox/Cancelled", []string{"reads under a canceled context", "marks under a canceled context", "keeps no outbox"}},
		{"Relay/Order", []string{
			"claims the newest first", "claims by source", "ignores the limit of a claim", "loses the data of what is claimed", "gives all leases one ID",
			"counts a try too many", "settles nothing", "cannot claim", "cannot settle", "always has a conflict", "cannot read its outbox",
		}},
		{"Relay/OneHolder", []string{"holds events and not subjects", "holds nothing", "stops at what is held", "cannot settle", "always has a conflict"}},
		{"Relay/AtOnce", []string{"holds events and not subjects", "holds nothing", "claims the newest first", "cannot claim", "cannot settle", "always has a conflict"}},
		{"Relay/LeaseEnds", []string{
			"ends no lease", "lets a lease last a little longer", "ends a lease a little early", "believes a clock that was set back", "always has a conflict",
		}},
		{"Relay/LeaseLost", []string{
			"hides a lost lease", "settles what others hold", "ends the lease of others", "takes a lost lease for a conflict", "ends no lease", "always has a conflict",
		}},
		{"Relay/GivenBack", []string{"gives nothing back", "forgets a failure that is given back", "forgets the tries", "cannot settle", "always has a conflict"}},
		{"Relay/Retry", []string{
			"tries at once what failed", "claims what is behind a failure", "holds back all behind a failure", "forgets the tries", "lets a lease last a little longer",
			"ends a lease a little early", "goes on holding back after a try that succeeds", "cannot settle", "always has a conflict",
		}},
		{"Relay/Parked", []string{
			"parks nowhere", "leaves parked events where they were", "stops a subject behind a parked event", "forgets the tries of what is parked", "forgets why it parked",
			"forgets when it parked", "loses the data of what is parked", "lists without regard to case", "lists from the beginning", "lists without a limit",
			"always has a conflict",
		}},
		{"Relay/Release", []string{
			"drops what is to be released", "releases to the end", "releases with the tries of before", "goes on listing what is resolved",
			"counts what it does not resolve", "takes any resolution", "always has a conflict",
		}},
		{"Relay/Drop", []string{
			"releases what is to be dropped", "forgets the ID of what is dropped", "goes on listing what is resolved", "counts what it does not resolve", "always has a conflict",
		}},
		{"Relay/Backlog", []string{
			"counts what is parked as pending", "counts nothing as failing", "counts nothing as parked", "tells the time of the newest", "always has a conflict",
		}},
		{"Relay/Purge", []string{"purges what is parked", "takes what it parks for delivered", "purges what is pending", "purges nothing", "always has a conflict"}},
		{"Relay/Cancelled", []string{
			"claims under a canceled context", "settles under a canceled context", "lists under a canceled context", "resolves under a canceled context",
			"counts the backlog under a canceled context", "always has a conflict",
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
