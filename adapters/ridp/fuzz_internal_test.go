package ridp

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// What is read keeps the bounds that everything behind it relies on, and is decided about
// without a contradiction: a pass has the decision ACC and a code of success.
func FuzzReadResponse(f *testing.F) {
	metadata := `"responseMetadata":{"responseCode":"HS000000","responseText":"x"}`
	question := `{"verificationQuestionSet":{"verificationQuestionText":"?","verificationAnswerChoiceArray":[{"verificationAnswerChoiceText":"!"}]}}`
	for _, seed := range []string{
		`{"ridpResponse":{` + metadata + `}}`,
		`{"ridpResponse":{"finalDecisionCode":"ACC",` + metadata + `}}`,
		`{"ridpResponse":{"finalDecisionCode":"ACC","finalDecisionCode":"RF2",` + metadata + `}}`,
		`{"ridpResponse":{"finalDecisionCode":"RF2","FinalDecisionCode":"ACC",` + metadata + `}}`,
		`{"ridpResponse":{"finalDecisionCode":"RF1","responseMetadata":{"responseCode":"HE000050","responseText":"x"}}}`,
		`{"ridpResponse":{"sessionIdentification":"S","hubReferenceNumber":"H","verificationQuestionArray":[` +
			question + `,` + question + `,` + question + `],` + metadata + `}}`,
		`{"ridpResponse":{"verificationQuestionArray":[],` + metadata + `}}`,
		`{"ridpResponse":{` + metadata + `}} {}`,
		`{"ridpResponse":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}`,
		"null", "", "<html>", `{"ridpResponse":null}`, "\xff",
	} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	f.Fuzz(func(t *testing.T, body []byte, afterAnswers bool) {
		r, err := readResponse(body)
		if err != nil {
			require.Equal(t, errMalformed, err)
			require.Zero(t, r)
			return
		}
		require.True(t, json.Valid(bytes.TrimSpace(body)))
		require.LessOrEqual(t, len(r.Questions), mostQuestions)
		outcome, failed := decide(r, afterAnswers, nil)
		require.Equal(t, outcome == selfcheck.IdPPassed, failed == nil && r.Decision == "ACC")
		if outcome == selfcheck.IdPPassed {
			require.True(t, r.isSuccess())
			require.Nil(t, r.Questions)
		}
		if failed == nil && outcome == "" {
			require.GreaterOrEqual(t, len(r.Questions), fewestQuestions)
			require.False(t, afterAnswers)
			require.True(t, isSession(r.Session))
			require.NotEmpty(t, r.Reference)
		}
	})
}

// Nothing opens but what was sealed, for its purpose and its proofing.
func FuzzSealer_Open(f *testing.F) {
	s, err := newSealer([][]byte{bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)})
	require.NoError(f, err)
	f.Add(0, 0, "", "report", "one")
	f.Add(0, 0, "", "quiz", "one")
	f.Add(0, 0, "", "report", "two")
	f.Add(0, 0, "", "report\x00one", "")
	f.Add(5, 5, "\n", "report", "one")
	f.Add(0, 4, "", "report", "one")
	f.Add(9, 10, "A", "report", "one")
	f.Fuzz(func(t *testing.T, from, to int, in, use, reference string) {
		sealed, err := s.seal(forConclusion, "one", sealedReport{Outcome: selfcheck.IdPPassed})
		require.NoError(t, err)
		from = min(max(from, 0), len(sealed))
		edited := sealed[:from] + in + sealed[min(max(to, from), len(sealed)):]
		isSame := edited == sealed && use == "report" && reference == "one"
		var report sealedReport
		require.Equal(t, isSame, s.open(purpose(use), selfcheck.Reference(reference), edited, &report))
		require.Equal(t, isSame, report.Outcome == selfcheck.IdPPassed)
	})
}

// Every row of the table is one code, and a decision means something at both times.
func TestSC4_EachCodeHasOneRow(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range codes {
		require.False(t, seen[row.code], row.code)
		seen[row.code] = true
		require.Contains(t, selfcheck.IdPOutcomes(), row.atFirst)
		if row.isDecision {
			require.Contains(t, selfcheck.IdPOutcomes(), row.atLast)
		}
		require.Equal(t, !row.isDecision, isResponseCode(row.code))
	}
}

// Whatever a name and an address are, what is sent keeps to the letters and lengths of the service.
func FuzzSC2_WhatIsSentIsInTheLettersOfTheService(f *testing.F) {
	for _, seed := range []string{"Zoë Ann", "O’Hara", "St. John-Smith", "Краевой", "李", "12 Main St., #4", "", "---", "a\u0301"} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, one, other string) {
		name, nameErr := cris.NewPersonName(cris.NameParts{Family: one, Given: other, Middle: one})
		home, homeErr := cris.NewAddress(cris.AddressParts{Street: other, City: one, State: "OH", ZIP: cris.MustParseZIP("43360")})
		if nameErr != nil || homeErr != nil {
			t.Skip("no such person")
		}
		sent, contact, isWritable := project(selfcheck.Applicant{Name: name, Residence: home}, cris.English)
		for _, field := range []struct {
			text, signs string
			most        int
		}{
			{sent.Given, "", 32}, {sent.Middle, "", 1}, {sent.Family, " -'", 32}, {contact.Street, "0123456789# -/.", 60}, {contact.City, " .", 40},
		} {
			require.LessOrEqual(t, len(field.text), field.most)
			for i := range len(field.text) {
				c := field.text[i]
				isLetter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
				require.True(t, isLetter || bytes.IndexByte([]byte(field.signs), c) >= 0, "%q", field.text)
			}
		}
		if isWritable {
			require.NotContains(t, []string{sent.Given, sent.Family, contact.Street, contact.City}, "")
		}
	})
}

// A process remembers only so many quizzes, and none for longer than it lasts.
func TestAnswered_ForgetsAndIsBounded(t *testing.T) {
	var a answered
	calls := 0
	once := func(session string, now int64) {
		a.once("one", sealedQuiz{Session: session, Until: 10}, time.UnixMicro(now), func() (page, int) { calls++; return page{}, 200 })
	}
	once("A", 1)
	once("A", 1)
	require.Equal(t, 1, calls)
	for i := range maxEndings {
		a.ended[[32]byte{byte(i), byte(i >> 8), 1}] = &ending{until: time.UnixMicro(20)}
	}
	once("B", 11)
	once("B", 11)
	require.Equal(t, 3, calls, "more are answered and not remembered")
	require.Len(t, a.ended, maxEndings, "A is forgotten")
	once("A", 21)
	require.Len(t, a.ended, 1)
}
