package integration_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/internal/dev/integration/postgres"
)

// PV-1: with the settings of the operator's guide no value of a row gets into the log of
// PostgreSQL, whatever fails. With others it does, and the search finds it.
func TestPV1_LogOfPostgreSQLHoldsNoValueOfARow(t *testing.T) {
	server.require(t)
	quiet := failEachWay(t, "")
	require.Empty(t, secretsIn(quiet), quiet)

	for name, settings := range map[string]string{
		"messages":   "log_min_messages=warning",
		"details":    "log_min_messages=warning log_error_verbosity=default",
		"parameters": "log_error_verbosity=default log_statement=all log_parameter_max_length=-1",
		"slow":       "log_error_verbosity=default log_min_duration_statement=0 log_parameter_max_length=-1",
		"on error":   "log_min_messages=warning log_min_error_statement=error log_error_verbosity=default log_parameter_max_length_on_error=-1",
	} {
		require.NotEmpty(t, secretsIn(failEachWay(t, settings)), name)
	}

	// Values are in the text of a statement if the driver puts them there.
	require.NotEmpty(t, secretsIn(failEachWay(t, "log_statement=all default_query_exec_mode=simple_protocol")))
	require.Empty(t, secretsIn(failEachWay(t, "log_error_verbosity=default log_statement=all log_min_duration_statement=0")), "parameters are cut off")
}

// failEachWay saves a row on each of the databases that fail, with more settings of the session,
// and returns what was logged in the meantime.
func failEachWay(t *testing.T, settings string) (logged string) {
	t.Helper()
	before, err := server.running.Log()
	require.NoError(t, err)
	for name, fault := range postgresFaults {
		dsn := server.schema(t)
		db := openDatabase(t, "pgx", dsn)
		migrated(t, db)
		for _, statement := range fault.schema {
			_, err := db.ExecContext(t.Context(), statement)
			require.NoError(t, err)
		}
		require.Error(t, savePass(t.Context(), sqlstore.New(openDatabase(t, "pgx", dsn+" "+settings)), "check-1"), name)
	}
	dsn := server.schema(t)
	migrated(t, openDatabase(t, "pgx", dsn))
	require.NoError(t, savePass(t.Context(), sqlstore.New(openDatabase(t, "pgx", dsn+" "+settings)), "check-2"), "one that is saved")
	after, err := server.running.Log()
	require.NoError(t, err)
	return strings.TrimPrefix(after, before)
}

// The operator's guide shows the settings that the clusters of these tests have.
func TestOperations_ShowsTheSettingsOfTheLog(t *testing.T) {
	guide, err := os.ReadFile("../../../docs/operations.md")
	require.NoError(t, err)
	var shown strings.Builder
	for _, setting := range postgres.DiscreetLog() {
		name, value, _ := strings.Cut(setting, "=")
		fmt.Fprintf(&shown, "    %s = %s\n", name, value)
	}
	require.Contains(t, string(guide), shown.String())
}
