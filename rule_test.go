package cris_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func TestReason_SaysItsRule(t *testing.T) {
	reason := cris.Reason{Rule: "CS-7", Text: "no processing time is posted"}
	require.Equal(t, "no processing time is posted (CS-7)", reason.String())
}

func TestRules_AreCited(t *testing.T) {
	for _, rule := range cris.Rules() {
		require.NotEmpty(t, rule.Text, rule.ID)
		require.Contains(t, []cris.Document{cris.PIA, cris.SORN}, rule.Document, rule.ID)
		require.NotEmpty(t, rule.Section, rule.ID)
	}
}
