package selfcheck_test

import (
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func form(tb testing.TB) selfcheck.MismatchForm {
	tb.Helper()
	resolution := resolve(queried(selfcheck.SSAMismatch, selfchecktest.Start()), selfcheck.Resolve)
	require.Equal(tb, selfcheck.ResolveWithSSA, resolution.Outcome)
	return resolution.Form
}

func officeCall(tb testing.TB, submitted time.Time) selfcheck.OfficeCall {
	tb.Helper()
	resolution := resolve(queried(selfcheck.ImmigrationMismatch, submitted), selfcheck.Resolve)
	require.Equal(tb, selfcheck.ResolveWithUSCIS, resolution.Outcome)
	return resolution.Call
}

var languages = []cris.Language{cris.English, cris.Spanish}

// SC-12: the form has what the notice lists, field by field, and every other line of it is words
// of this package, which are the same for everybody.
func TestSC12_NothingElseIsOnTheForm(t *testing.T) {
	var fields []string
	for field := range reflect.TypeFor[selfcheck.MismatchForm]().Fields() {
		fields = append(fields, field.Name)
	}
	require.Equal(t, []string{"Name", "Queried", "Case", "Instructions", "Notices"}, fields)
	for _, field := range []any{form(t).Instructions, form(t).Notices} {
		require.Equal(t, reflect.String, reflect.TypeOf(field).Elem().Kind(), "tokens")
	}

	words := map[cris.Language][]string{}
	for _, phrase := range selfcheck.Words() {
		words[cris.English] = append(words[cris.English], phrase.English)
		words[cris.Spanish] = append(words[cris.Spanish], phrase.Spanish)
	}
	for language, when := range map[cris.Language]string{
		cris.English: "August 15, 2013, 10:30 AM EDT (August 15, 2013, 2:30 PM UTC)",
		cris.Spanish: "15 de agosto de 2013, 10:30 EDT (15 de agosto de 2013, 14:30 UTC)",
	} {
		letter := form(t).RevealLetter(language, nil)
		require.Equal(t, language, letter.Language)
		rest, values := []string{letter.Subject}, []string(nil)
		for _, v := range letter.Values {
			rest, values = append(rest, v.Label), append(values, v.Value)
		}
		require.Equal(t, []string{"Ottoline", "Lindqvistson", when, "2013227143000AB"}, values)
		require.Empty(t, letter.Paragraphs)
		for _, section := range letter.Sections {
			rest = append(append(append(rest, section.Heading), section.Steps...), section.Notes...)
		}
		for _, line := range rest {
			require.Contains(t, words[language], line)
		}
	}
}

func TestSC12_APersonWithOneName(t *testing.T) {
	record := queried(selfcheck.SSAMismatch, selfchecktest.Start())
	name, err := cris.NewPersonName(cris.NameParts{Family: "Sukarno"})
	require.NoError(t, err)
	record.Pass.Name = name
	text := resolve(record, selfcheck.Resolve).Form.RevealText(cris.English, nil)
	require.Contains(t, text, "First name:                 (none)\nLast name:                  Sukarno\n")
}

// SC-11: that there is no duty to resolve a mismatch is said with both, before the choice and after
// it, and so is that it may occur again.
func TestSC11_BothMismatchesAreVoluntaryToResolve(t *testing.T) {
	want := []selfcheck.Notice{selfcheck.ResolvingIsVoluntary, selfcheck.MismatchMayOccurAgain}
	require.Equal(t, want, selfcheck.SSAMismatch.Notices())
	require.Equal(t, want, selfcheck.ImmigrationMismatch.Notices())
	require.Equal(t, want, form(t).Notices)
	require.Equal(t, want, officeCall(t, selfchecktest.Start()).Notices)
	require.Empty(t, selfcheck.WorkAuthorizationConfirmed.Notices())
	require.Empty(t, selfcheck.Result("").Notices())
	for _, letter := range []cris.Letter{form(t).RevealLetter("", nil), officeCall(t, selfchecktest.Start()).Letter("", nil)} {
		last := letter.Sections[len(letter.Sections)-1]
		require.Contains(t, last.Notes[0], "It is your choice")
		require.Contains(t, last.Notes[1], "a record cannot be changed")
	}
}

// What is handed out is well-formed in the strict sense, has a language, a title and headings in
// order, and loads and runs nothing.
func TestLetters_AreAccessiblePages(t *testing.T) {
	for _, language := range languages {
		for name, letter := range map[string]cris.Letter{
			"form": form(t).RevealLetter(language, nil), "call": officeCall(t, selfchecktest.Start()).Letter(language, nil),
		} {
			t.Run(name+" "+string(language), func(t *testing.T) { requireAccessible(t, letter) })
		}
	}
}

func requireAccessible(t *testing.T, letter cris.Letter) {
	t.Helper()
	var tags, texts []string
	decoder := xml.NewDecoder(strings.NewReader(letter.HTML()))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			tags = append(tags, token.Name.Local)
			for _, attribute := range token.Attr {
				require.Contains(t, []string{"lang", "charset", "name", "content"}, attribute.Name.Local)
			}
			if token.Name.Local == "html" {
				require.Equal(t, []xml.Attr{{Name: xml.Name{Local: "lang"}, Value: string(letter.Language)}}, token.Attr)
			}
		case xml.CharData:
			if text := strings.TrimSpace(string(token)); text != "" {
				texts = append(texts, text)
			}
		}
	}
	want := append([]string{letter.Subject, letter.Subject}, letter.Paragraphs...)
	headings := []string{"h1"}
	for _, v := range letter.Values {
		want = append(want, v.Label, v.Value)
	}
	for _, section := range letter.Sections {
		want = append(append(append(want, section.Heading), section.Steps...), section.Notes...)
		headings = append(headings, "h2")
	}
	require.Equal(t, want, texts, "the title, and then everything in order")
	require.Equal(t, headings, slices.DeleteFunc(slices.Clone(tags), func(tag string) bool { return len(tag) != 2 || tag[0] != 'h' }))
	for _, tag := range tags {
		require.Contains(t, []string{"html", "head", "meta", "title", "body", "main", "h1", "h2", "dl", "dt", "dd", "ol", "li", "p"}, tag)
	}
}

// An hour that the clocks show twice is told apart by the name of the time and by UTC.
func TestSC12_TheTimeOfTheQueryIsClear(t *testing.T) {
	first := time.Date(2013, time.November, 3, 5, 30, 0, 0, time.UTC)
	saoPaulo, err := time.LoadLocation("America/Sao_Paulo")
	require.NoError(t, err)
	for _, tc := range []struct {
		at   time.Time
		zone *time.Location
		want string
	}{
		{first, nil, "November 3, 2013, 1:30 AM EDT (November 3, 2013, 5:30 AM UTC)"},
		{first.Add(time.Hour), nil, "November 3, 2013, 1:30 AM EST (November 3, 2013, 6:30 AM UTC)"},
		{first, saoPaulo, "November 3, 2013, 3:30 AM UTC-02 (November 3, 2013, 5:30 AM UTC)"},
		{first, time.UTC, "November 3, 2013, 5:30 AM UTC"},
		{time.Time{}, nil, ""},
	} {
		f := form(t)
		f.Queried = tc.at
		require.Equal(t, tc.want, f.RevealLetter(cris.English, tc.zone).Values[2].Value)
	}
}
