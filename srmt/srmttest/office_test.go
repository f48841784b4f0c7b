package srmttest_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

func memoryPorts(*testing.T) srmttest.Ports {
	db := memory.New()
	return srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()}
}

// SR-1 to SR-12: ten years of a whole agency.
func TestOffice_TenYears(t *testing.T) {
	t.Parallel()
	srmttest.TestOffice(t, memoryPorts, srmttest.Simulation{Seed: 1, Days: 3653, Arrivals: 3, MostOpen: 6})
}

// SR-1 to SR-12: four months of others, in which there is more to do than officers can do.
func TestOffice_ManySeeds(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		srmttest.TestOffice(t, memoryPorts, srmttest.Simulation{Seed: 100 + seed, Days: 120, Arrivals: 4 + 3*int(seed), MostOpen: 3})
	}
}
