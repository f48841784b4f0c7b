package selfcheck_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/selfcheck"
)

func TestPV3_OfficialMayDoWhatIsTheirDutyAndNothingElse(t *testing.T) {
	for _, duty := range selfcheck.Duties() {
		official := selfcheck.Official{ID: "clerk-1", Duties: []selfcheck.Duty{duty}}
		for _, other := range selfcheck.Duties() {
			require.Equal(t, duty == other, official.May(other))
			require.False(t, selfcheck.Official{}.May(other))
		}
		for _, id := range []string{"", " ", "a\nb", "a\x00", "caf\xe9", strings.Repeat("x", 91)} {
			official.ID = id
			require.False(t, official.May(duty), "%q", id)
		}
	}
}
