package integration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// actSteps is the length of the history of the requests that are acted on: what many years of
// correspondence come to.
const actSteps = 1000

// longHistory is a request that an officer holds, with messages up to the last step.
func longHistory(id string) []srmt.Step {
	history := srmttest.NewHistory(id)[:3]
	for n := len(history); n < actSteps; n++ {
		message := history[2]
		message.Seq = n + 1
		history = append(history, message)
	}
	return history
}

// An act of a supervisor through the service, on a memory store, which adds next to nothing.
func BenchmarkServiceRequestAct(b *testing.B) {
	officers := []srmt.StaffID{"iio-nsc-2", "iio-nsc-1"}
	var world *srmttest.World
	acts := 0
	for b.Loop() {
		if acts%100 == 0 { // each act makes the history longer
			b.StopTimer()
			db := memory.New()
			world = srmttest.NewWorld(srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()})
			require.NoError(b, world.Store.Update(b.Context(), srmt.Scope{Requests: []string{"a"}}, func(srmt.Prior) (srmt.Change, error) {
				return srmt.Change{Steps: map[string][]srmt.Step{"a": longHistory("a")}}, nil
			}))
			b.StartTimer()
		}
		decision, err := world.Reassign(b.Context(), srmt.Reassignment{
			RequestID: "a", By: "siio-nsc-1", Seen: actSteps + acts%100, To: officers[acts%2], Why: srmt.OfficeBandwidth,
		})
		if err != nil || decision.Outcome != srmt.Allowed {
			b.Fatal(decision, err)
		}
		acts++
	}
}

// One replay of the history of such a request.
func BenchmarkServiceRequestReplay(b *testing.B) {
	history := longHistory("a")
	for b.Loop() {
		if _, err := srmt.Replay(history); err != nil {
			b.Fatal(err)
		}
	}
}
