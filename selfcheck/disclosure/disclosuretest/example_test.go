package disclosuretest_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/selfcheck/disclosure/disclosuretest"
)

// A store of one's own is proven by one call, in a test of its package.
func ExampleTestAccountings() {
	_ = func(t *testing.T) { // func TestAccountings(t *testing.T)
		disclosuretest.TestAccountings(t, func(*testing.T) disclosure.Accountings {
			return memory.New().Accountings() // the store to be proven, empty
		})
	}
}
