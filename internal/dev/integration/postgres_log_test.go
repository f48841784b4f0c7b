package integration_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/internal/dev/integration/postgres"
	"github.com/seed28e20331/cris/selfcheck"
)

// PV-1: with the settings of the operator's guide no value of a row gets into the log of
// PostgreSQL, whatever fails. With others it does, and the search finds it.
func TestPV1_LogOfPostgreSQLHoldsNoValueOfARow(t *testing.T) {
	server.require(t)
	failing := []string{server.schema(t)} // and one on which the first save succeeds
	migrated(t, openDatabase(t, "pgx", failing[0]))
	for _, fault := range postgresFaults {
		failing = append(failing, faulty(t, "pgx", server.schema(t), fault))
	}
	quiet := loggedWith(t, failing, "")
	require.Empty(t, secretsIn(quiet), quiet)

	for name, settings := range map[string]string{
		"messages":   "log_min_messages=warning",
		"details":    "log_min_messages=warning log_error_verbosity=default",
		"parameters": "log_error_verbosity=default log_statement=all log_parameter_max_length=-1",
		"slow":       "log_error_verbosity=default log_min_duration_statement=0 log_parameter_max_length=-1",
		"on error":   "log_min_messages=warning log_min_error_statement=error log_error_verbosity=default log_parameter_max_length_on_error=-1",
	} {
		require.NotEmpty(t, secretsIn(loggedWith(t, failing, settings)), name)
	}

	// Values are in the text of a statement if the driver puts them there.
	require.NotEmpty(t, secretsIn(loggedWith(t, failing, "log_statement=all default_query_exec_mode=simple_protocol")))
	slow := loggedWith(t, failing, "log_error_verbosity=default log_statement=all log_min_duration_statement=0")
	require.Contains(t, slow, "INSERT INTO cris_selfcheck_passes", "statements are logged")
	require.Empty(t, secretsIn(slow), "and parameters are cut off")
}

// loggedWith saves rows on databases, with more settings of the session, and returns what
// PostgreSQL logged in the meantime.
func loggedWith(t *testing.T, databases []string, settings string) (logged string) {
	t.Helper()
	before, err := server.running.Log()
	require.NoError(t, err)
	for i, dsn := range databases {
		db, err := sqlx.Open("pgx", dsn+" "+settings)
		require.NoError(t, err)
		err = savePass(t.Context(), opened(t, db), selfcheck.TransactionID(fmt.Sprintf("check %d %s", len(before), settings)))
		require.NoError(t, db.Close())
		require.Equal(t, i > 0, err != nil, err)
	}
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
