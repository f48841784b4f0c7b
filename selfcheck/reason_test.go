package selfcheck_test

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// reason returns the reason of this package with that code, which stands without the name
// of the package.
func reason(code cris.Code) cris.Reason {
	all := selfcheck.Reasons()
	i := slices.IndexFunc(all, func(r cris.Reason) bool { return r.Code == "selfcheck."+code })
	if i < 0 {
		panic("no reason has the code " + code)
	}
	return all[i]
}

// reasons returns the reasons with those codes.
func reasons(codes ...cris.Code) []cris.Reason {
	var all []cris.Reason
	for _, code := range codes {
		all = append(all, reason(code))
	}
	return all
}
