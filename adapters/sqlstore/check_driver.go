package sqlstore

import (
	"reflect"
	"runtime/debug"
	"strconv"
	"strings"
)

// smallestDrivers are the oldest versions of drivers that are known to work. modernc.org/sqlite
// before v1.34.0 keeps the write lock when a context ends in a transaction; older versions of the
// others were never tried.
var smallestDrivers = map[string]string{
	"modernc.org/sqlite":          "v1.34.0",
	"github.com/mattn/go-sqlite3": "v1.14.22",
	"github.com/jackc/pgx/v5":     "v5.3.0",
	"github.com/lib/pq":           "v1.10.9",
}

// checkDriver looks at the version of the driver with which the program was built, where the
// program knows it.
func (db *DB) checkDriver() error {
	info, is := debug.ReadBuildInfo()
	if !is {
		return nil
	}
	at := db.driverPackage()
	for _, module := range info.Deps {
		if module.Replace != nil || at != module.Path && !strings.HasPrefix(at, module.Path+"/") {
			continue
		}
		if smallest, known := smallestDrivers[module.Path]; known && isBefore(module.Version, smallest) {
			return unfit("the driver %s is %s: build the program with %s or later", module.Path, module.Version, smallest)
		}
	}
	return nil
}

// driverPackage returns the import path of the driver, or of what it is wrapped in.
func (db *DB) driverPackage() string {
	of := reflect.TypeOf(db.sql.Driver())
	for of != nil && of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if of == nil {
		return ""
	}
	return of.PkgPath()
}

// isBefore reports whether a version, such as 3.35.0 or v1.34.0, comes before another. What cannot
// be read comes before nothing.
func isBefore(version, other string) bool {
	parts, others := strings.Split(strings.TrimPrefix(version, "v"), "."), strings.Split(strings.TrimPrefix(other, "v"), ".")
	for i := range min(len(parts), len(others)) {
		part, err := strconv.Atoi(parts[i])
		if err != nil {
			return false
		}
		if wanted, _ := strconv.Atoi(others[i]); part != wanted {
			return part < wanted
		}
	}
	return false
}
