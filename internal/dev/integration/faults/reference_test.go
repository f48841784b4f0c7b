package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Each act leaves something that the audit sees, but for those that read, and those that do what
// a job has done already.
func TestActs_AreSeenByTheAudit(t *testing.T) {
	states, err := statesOf(0)
	require.NoError(t, err)
	for i, act := range acts() {
		t.Log(i, act.call, without(states[i+1].lines, states[i].lines), states[i+1].entries)
	}
}
