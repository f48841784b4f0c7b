package selfcheck_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func TestChange_ApplyReturnsTheRecordAfterTheChange(t *testing.T) {
	begun, failure := selfchecktest.NewBegunProofing(id), selfchecktest.NewFailure(id)
	pass, query := selfchecktest.NewPassedProofing(id), selfchecktest.NewQueryRecord(id)
	unidentified := query
	unidentified.Query.Identity = selfcheck.LockedIdentity{}
	for name, c := range map[string]struct {
		prior  selfcheck.Record
		change selfcheck.Change
		want   selfcheck.Record
	}{
		"nothing":        {selfcheck.Record{Pass: pass}, selfcheck.Change{}, selfcheck.Record{Pass: pass}},
		"begins":         {selfcheck.Record{}, selfcheck.Change{Begun: &begun}, selfcheck.Record{Begun: begun}},
		"fails":          {selfcheck.Record{Begun: begun}, selfcheck.Change{Begun: &selfcheck.BegunProofing{}, Failure: &failure}, selfcheck.Record{Failure: failure}},
		"passes":         {selfcheck.Record{Begun: begun}, selfcheck.Change{Begun: &selfcheck.BegunProofing{}, Pass: &pass}, selfcheck.Record{Pass: pass}},
		"queries":        {selfcheck.Record{Pass: pass}, selfcheck.Change{Query: &unidentified}, selfcheck.Record{Pass: pass, Query: query}},
		"query removed":  {selfcheck.Record{Pass: pass, Query: query}, selfcheck.Change{Query: &selfcheck.QueryRecord{}}, selfcheck.Record{Pass: pass}},
		"pass removed":   {selfcheck.Record{Pass: pass}, selfcheck.Change{Pass: &selfcheck.PassedProofing{}}, selfcheck.Record{}},
		"both removed":   {selfcheck.Record{Pass: pass, Query: query}, selfcheck.Change{Pass: &selfcheck.PassedProofing{}, Query: &selfcheck.QueryRecord{}}, selfcheck.Record{}},
		"removes nobody": {selfcheck.Record{}, selfcheck.Change{Begun: &selfcheck.BegunProofing{}, Pass: &selfcheck.PassedProofing{}, Query: &selfcheck.QueryRecord{}}, selfcheck.Record{}},
	} {
		after, err := c.change.Apply(id, c.prior)
		require.NoError(t, err, name)
		require.Equal(t, c.want, after, name)
	}
}

func TestChange_ApplyRefuses(t *testing.T) {
	const other = "ffffffffffffffffffffffffffffffff"
	begun, failure := selfchecktest.NewBegunProofing(other), selfchecktest.NewFailure(other)
	pass, query := selfchecktest.NewPassedProofing(other), selfchecktest.NewQueryRecord(id)
	own, ownFailure := selfchecktest.NewPassedProofing(id), selfchecktest.NewFailure(id)
	for name, c := range map[string]struct {
		prior      selfcheck.Record
		change     selfcheck.Change
		isConflict bool
	}{
		"begun of another":        {change: selfcheck.Change{Begun: &begun}},
		"failure of another":      {change: selfcheck.Change{Failure: &failure}},
		"zero failure":            {change: selfcheck.Change{Failure: &selfcheck.Failure{}}},
		"pass of another":         {change: selfcheck.Change{Pass: &pass}},
		"second failure":          {selfcheck.Record{Failure: ownFailure}, selfcheck.Change{Failure: &ownFailure}, true},
		"second pass (SC-7)":      {selfcheck.Record{Pass: own}, selfcheck.Change{Pass: &own}, true},
		"pass of a query":         {prior: selfcheck.Record{Pass: own, Query: query}, change: selfcheck.Change{Pass: &selfcheck.PassedProofing{}}},
		"pass of the query saved": {prior: selfcheck.Record{Pass: own}, change: selfcheck.Change{Pass: &selfcheck.PassedProofing{}, Query: &query}},
	} {
		after, err := c.change.Apply(id, c.prior)
		require.Error(t, err, name)
		require.Zero(t, after, name)
		if c.isConflict {
			require.ErrorIs(t, err, cris.ErrConflict, name)
		} else {
			require.NotErrorIs(t, err, cris.ErrConflict, name)
		}
	}
}
