package srmt_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
)

// reason returns the reason of this package with that code, which stands without the name
// of the package.
func reason(code cris.Code) cris.Reason {
	all := srmt.Reasons()
	i := slices.IndexFunc(all, func(r cris.Reason) bool { return r.Code == "srmt."+code })
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

// replayed is what the history comes to.
func replayed(t *testing.T, history []srmt.Step) srmt.ServiceRequest {
	t.Helper()
	state, err := srmt.Replay(history)
	require.NoError(t, err)
	return state
}
