package drivers_test

import (
	"fmt"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"github.com/seed28e20331/cris/internal/dev/drivertest"
)

// The module requires the smallest version of the driver that the store accepts.
func TestSmallestModernc_KeepsTheContract(t *testing.T) {
	drivertest.SQLite{Name: "sqlite", DSN: func(file, journal string, busy time.Duration) string {
		dsn := "file:" + file + "?_pragma=synchronous(OFF)"
		if busy >= 0 {
			dsn += fmt.Sprintf("&_pragma=busy_timeout(%d)", busy.Milliseconds())
		}
		if journal != "" {
			dsn += "&_pragma=journal_mode(" + journal + ")"
		}
		return dsn
	}}.Test(t)
}
