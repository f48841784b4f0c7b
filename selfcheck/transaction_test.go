package selfcheck_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/selfcheck"
)

func TestToken_IsASecretOfItsOwn(t *testing.T) {
	seen := map[selfcheck.Token]bool{}
	for range 1000 {
		token := selfcheck.NewToken()
		require.False(t, seen[token])
		seen[token] = true
		read, err := selfcheck.ParseToken(token.Reveal())
		require.NoError(t, err)
		require.Equal(t, token, read)
		text, err := json.Marshal(token)
		require.NoError(t, err)
		for _, printed := range []string{fmt.Sprint(token), fmt.Sprintf("%#v", token), string(text), string(token.Transaction())} {
			require.NotContains(t, printed, token.Reveal())
		}
		require.Regexp(t, "^[0-9a-f]{32}$", token.Transaction())
	}
}

func TestParseToken_RefusesWhatIsNone(t *testing.T) {
	good := selfcheck.NewToken().Reveal()
	for _, s := range []string{"", good[1:], good + "A", strings.ToLower(good), good[1:] + "1", good[1:] + "8", good[1:] + " ", good[1:] + "\x00", good[2:] + "é"} {
		token, err := selfcheck.ParseToken(s)
		require.Error(t, err, s)
		require.Zero(t, token)
		if len(s) > 20 {
			require.NotContains(t, err.Error(), s[:20], "the error repeats nothing")
		}
	}
}
