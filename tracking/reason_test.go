package tracking_test

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// reason returns the reason of this package with that code, which stands without the name
// of the package.
func reason(code cris.Code) cris.Reason {
	all := tracking.Reasons()
	i := slices.IndexFunc(all, func(r cris.Reason) bool { return r.Code == "tracking."+code })
	if i < 0 {
		panic("no reason has the code " + code)
	}
	return all[i]
}
