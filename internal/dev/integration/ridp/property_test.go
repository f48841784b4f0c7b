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
	signs := []rune("abcXYZ áÉñÜßøŁжЖ李0129-'’ʻ.,#/&()\u0301\u200d")
	line := rapid.StringOfN(rapid.SampledFrom(signs), 0, 90, -1)
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
	})
}

// The reader of responses and the schema agree on what a response is. Beyond the schema, a
// question has words.
func TestReader_AgreesWithTheSchema(t *testing.T) {
	s := published(t)
	service, provider := newProvider(t)
	type object = map[string]any
	texts := rapid.SampledFrom([]any{"A", "B 1", nil, 7, strings.Repeat("1", 70), strings.Repeat("1", 71), strings.Repeat("é", 90), strings.Repeat("é", 91)})
	codes := rapid.SampledFrom([]any{"HS000000", "HE000050", "HX000001", "????????", "éééééééé", "HS0", "", nil, 7})
	decisions := rapid.SampledFrom([]any{"ACC", "RF1", "RF2", "RF3", "RF4", "RF9", "acc", nil, 7})
	rapid.Check(t, func(r *rapid.T) {
		has := func(what string) bool { return rapid.IntRange(0, 3).Draw(r, "has "+what) > 0 }
		rarely := func(what string) bool { return rapid.IntRange(0, 15).Draw(r, what) == 0 }
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
		if !has("no decision") {
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
		if has("questions") {
			questions := []any{}
			for range rapid.IntRange(2, 6).Draw(r, "questions") {
				choices := []any{}
				least := 1
				if rarely("no choice") {
					least = 0
				}
				for range rapid.IntRange(least, 5).Draw(r, "choices") + least - 1 {
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
