package erequest_test

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

// reason returns the reason of this package with that code, which stands without the name
// of the package.
func reason(code cris.Code) cris.Reason {
	all := erequest.Reasons()
	i := slices.IndexFunc(all, func(r cris.Reason) bool { return r.Code == "erequest."+code })
	if i < 0 {
		panic("no reason has the code " + code)
	}
	return all[i]
}

// reasons returns the reasons with those codes.
func reasons(codes ...cris.Code) []cris.Reason {
	all := make([]cris.Reason, len(codes))
	for i, code := range codes {
		all[i] = reason(code)
	}
	return all
}
