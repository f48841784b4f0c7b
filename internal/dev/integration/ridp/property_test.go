package ridp_test

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/ridp"
	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
	"github.com/seed28e20331/cris/selfcheck"
)

// Whoever applies, what is sent keeps to the schema, or nothing is sent.
func TestSC2_EveryRequestKeepsToTheSchema(t *testing.T) {
	s := published(t)
	service, provider := newProvider(t)
	writable := rapid.StringOfN(rapid.SampledFrom([]rune("abcXYZ áÉñÜ-'’ʻ.,\u0301")), 1, 90, -1)
	anything := rapid.StringOfN(rapid.SampledFrom([]rune("abcXYZ áßøŁжЖ李0129-'.,#/&()\u200d")), 0, 90, -1)
	line := rapid.Custom(func(r *rapid.T) string {
		if rapid.IntRange(0, 9).Draw(r, "kind") == 0 {
			return anything.Draw(r, "anything")
		}
		return writable.Draw(r, "writable")
	})
	sent := 0
	rapid.Check(t, func(r *rapid.T) {
		name, nameErr := cris.NewPersonName(cris.NameParts{
			Family: line.Draw(r, "family"), Given: line.Draw(r, "given"), Middle: line.Draw(r, "middle"), Maiden: line.Draw(r, "maiden"),
		})
		home, homeErr := cris.NewAddress(cris.AddressParts{
			Street: line.Draw(r, "street"), Unit: line.Draw(r, "unit"), City: line.Draw(r, "city"),
			State: rapid.SampledFrom([]string{"DC", "PR", "AE", "MH"}).Draw(r, "state"), ZIP: cris.MustParseZIP("20001"),
		})
		if nameErr != nil || homeErr != nil {
			return // selfcheck would not begin with it
		}
		begin := selfcheck.Beginning{Reference: "1", Applicant: selfcheck.Applicant{
			Name: name, BirthDate: cris.NewPersonal(cris.MustParseDate("1902-12-31")), Residence: home,
		}}
		before := len(service.Exchanges())
		progress, err := provider.Begin(t.Context(), begin)
		require.NoError(r, err)
		exchanges := service.Exchanges()[before:]
		require.Equal(r, progress.Report.Outcome == selfcheck.IdPNotWritable, len(exchanges) == 0)
		s.validate(t, exchanges, false)
		sent += len(exchanges)
	})
	require.NotZero(t, sent)
}

// The reader of responses and the schema agree on what a response is. Beyond the schema, a
// question has words.
func TestReader_AgreesWithTheSchema(t *testing.T) {
	s := published(t)
	service, provider := newProvider(t)
	type object = map[string]any
	texts := mostly([]any{"A", "B 1", strings.Repeat("1", 70)}, []any{nil, 7, strings.Repeat("1", 71), strings.Repeat("é", 90), strings.Repeat("é", 91)})
	codes := mostly([]any{"HS000000", "HE000050", "HX000001", "????????", "éééééééé"}, []any{"HS0", "", nil, 7, "HS0000000"})
	decisions := mostly([]any{"ACC", "RF1", "RF2", "RF3", "RF4", nil}, []any{"RF9", "acc", 7})
	read := map[bool]int{}
	rapid.Check(t, func(r *rapid.T) {
		rarely := func(what string) bool { return rapid.IntRange(0, 19).Draw(r, what) == 0 }
		has := func(what string) bool { return !rarely("no " + what) }
		body := object{}
		put := func(in object, key string, value any) {
			if value != nil { // null is absent to the reader, and another type to the schema
				in[key] = value
			}
		}
		if has("session") {
			put(body, "sessionIdentification", texts.Draw(r, "session"))
		}
		if has("reference") {
			put(body, "hubReferenceNumber", texts.Draw(r, "reference"))
		}
		if has("decision") {
			put(body, "finalDecisionCode", decisions.Draw(r, "decision"))
		}
		if has("metadata") {
			metadata := object{}
			put(metadata, "responseCode", codes.Draw(r, "code"))
			put(metadata, "responseText", texts.Draw(r, "text"))
			if rarely("more metadata") {
				put(metadata, rapid.SampledFrom([]string{"tdsResponseText", "other"}).Draw(r, "key"), "x")
			}
			body["responseMetadata"] = metadata
		}
		if rapid.Bool().Draw(r, "asks") {
			questions := []any{}
			for range mostly([]int{3, 4, 5}, []int{2, 6}).Draw(r, "questions") {
				choices := []any{}
				for range mostly([]int{1, 2, 5}, []int{0, 6}).Draw(r, "choices") {
					choices = append(choices, object{"verificationAnswerChoiceText": "!"})
				}
				set := object{"verificationQuestionText": "?", "verificationAnswerChoiceArray": choices}
				if rarely("more in a question") {
					set["other"] = "x"
				}
				questions = append(questions, object{"verificationQuestionSet": set})
			}
			body["verificationQuestionArray"] = questions
		}
		if rarely("more") {
			body["other"] = "x"
		}
		text, err := json.Marshal(object{"ridpResponse": body})
		require.NoError(r, err)
		service.Primary(ridptest.Body(string(text)))
		_, err = provider.Begin(t.Context(), selfcheck.Beginning{Reference: "1", Applicant: someApplicant()})
		failed, isError := errors.AsType[*ridp.Error](err)
		isRead := !isError || failed.Kind != ridp.KindMalformed
		require.Equal(r, validate(s.response, text) == nil, isRead, "%s", text)
		read[isRead]++
	})
	require.Greater(t, read[true], 10)
	require.Greater(t, read[false], 10)
}

// mostly draws one of the good values, and now and then one of the bad.
func mostly[T any](good, bad []T) *rapid.Generator[T] {
	return rapid.Custom(func(r *rapid.T) T {
		if rapid.IntRange(0, 19).Draw(r, "kind") == 0 {
			return rapid.SampledFrom(bad).Draw(r, "bad")
		}
		return rapid.SampledFrom(good).Draw(r, "good")
	})
}

func newProvider(t *testing.T) (*ridptest.Server, *ridp.Provider) {
	t.Helper()
	service := ridptest.New(nil)
	server := httptest.NewTLSServer(service)
	t.Cleanup(server.Close)
	provider, err := ridp.New(ridp.Config{
		Endpoint: server.URL, Client: server.Client(), PageURL: "https://program.example/quiz", ReturnURL: "https://program.example/return",
		Keys: [][]byte{[]byte("0123456789abcdef0123456789abcdef")},
	})
	require.NoError(t, err)
	return service, provider
}
