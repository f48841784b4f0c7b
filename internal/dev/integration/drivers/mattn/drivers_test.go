package drivers_test

import (
	"fmt"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"github.com/seed28e20331/cris/internal/dev/drivertest"
)

func TestMattn_KeepsTheContract(t *testing.T) {
	drivertest.SQLite{Name: "sqlite3", DSN: func(file, journal string, busy time.Duration) string {
		dsn := "file:" + file + "?_synchronous=OFF"
		if journal != "" {
			dsn += "&_journal_mode=" + journal
		}
		if busy >= 0 {
			dsn += fmt.Sprintf("&_busy_timeout=%d", busy.Milliseconds())
		}
		return dsn
	}}.Test(t)
}
