package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
)

// countsFrom says in words from when the period of a class counts.
var countsFrom = map[cris.Trigger]string{
	cris.TriggerRecorded: "the day on which it came on record",
	cris.TriggerLatest:   "the day of the latest thing in it",
	cris.TriggerEnded:    "the day on which it was answered, closed, delivered or lifted",
	cris.TriggerReplaced: "its day, once a later one replaces it",
}

// retentionTable is the schedule as docs/operations.md shows it.
func retentionTable(classes []cris.RecordClass) string {
	var table strings.Builder
	table.WriteString("| class | what it is | kept for | counted from | authority |\n| --- | --- | --- | --- | --- |\n")
	for _, class := range classes {
		authority := class.Authority
		if class.Decided {
			authority += "; *the period is decided here*"
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s | %s |\n", class.Code, class.Name.English, class.Period, countsFrom[class.Trigger], authority)
	}
	return table.String()
}

// PV-4: what the page for operators says of retention is the schedule.
func TestPV4_TheOperatorsPageShowsTheSchedule(t *testing.T) {
	page, err := os.ReadFile("../../../docs/operations.md")
	require.NoError(t, err)
	require.Contains(t, string(page), retentionTable(sqlstore.RecordClasses()))
	for _, trigger := range cris.Triggers() {
		require.NotEmpty(t, countsFrom[trigger], trigger)
	}
}
