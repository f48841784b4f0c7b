package memory_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/selfcheck/disclosure/disclosuretest"
)

func TestAccountings_KeepsTheContract(t *testing.T) {
	disclosuretest.TestAccountings(t, func(*testing.T) disclosure.Accountings { return memory.New().Accountings() })
}
