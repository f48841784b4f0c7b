package casestatus_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
)

// A caller who changes the tables after the service was made changes nothing.
func TestNewService_KeepsItsTables(t *testing.T) {
	db, on := memory.New(), cris.MustParseDate("2022-02-19")
	onFile := casestatus.Case{Header: casestatus.Header{Receipt: casestatustest.Receipt(1), Form: "I-90", Office: "NSC", Filed: cris.MustParseDate("2021-02-19")}}
	tables := &casestatus.Tables{Offices: casestatus.DefaultTables().Offices, Forms: casestatus.NewFormTable()}
	s := casestatus.NewService(db.Cases(), db.ProcessingTimes(), nil, &casestatus.Options{Now: casestatustest.NewClock(noon).Now, Tables: tables})
	before, err := s.EligibilityOf(t.Context(), onFile, on)
	require.NoError(t, err)
	require.Equal(t, casestatus.NotKnown, before.Outcome)
	tables.Forms = casestatus.DefaultTables().Forms
	after, err := s.EligibilityOf(t.Context(), onFile, on)
	require.NoError(t, err)
	require.Equal(t, before, after)
}
