package accesstest_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/access/accesstest"
)

// A store of one's own is proven by one call, in a test of its package.
func ExampleTestTrails() {
	_ = func(t *testing.T) { // func TestTrails(t *testing.T)
		accesstest.TestTrails(t, func(*testing.T) access.Trails {
			return memory.New().Trails() // the store to be proven, empty
		})
	}
}
