package access_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

func allWords() cris.Words {
	return cris.NewWords(slices.Concat(selfcheck.Words(), disclosure.Words(), access.Words())...)
}

func document() access.Document {
	record := selfcheck.Record{Pass: selfchecktest.NewPassedProofing("t-1"), Query: selfchecktest.NewQueryRecord("t-1")}
	return access.FromRecord(record,
		[]disclosure.Entry{{
			ID: "e", Handle: handle, At: time.Date(2026, 3, 2, 14, 30, 0, 0, time.UTC), Use: disclosure.LawEnforcement, Authority: "5 U.S.C. 552a(b)(3)",
			Purpose: disclosure.ToInvestigate, Recipient: disclosure.Recipient{Kind: disclosure.EnforcingAuthority, Name: "Office <of> Examples", Address: "1 Example Street"},
			Classes: []disclosure.Class{disclosure.Name, disclosure.CaseNumber}, By: "privacy-1",
		}},
		[]access.Step{{ID: "s", Handle: handle, At: time.Date(2026, 3, 3, 14, 30, 0, 0, time.UTC), Kind: access.StepAmended, Classes: []disclosure.Class{disclosure.BirthDate}, Finding: access.NotAccurate, By: "privacy-1"}},
	)
}

// Everything of a record that is about the person is in the document, in each form and language.
func TestPV5_AllRecordsAreHandedOver(t *testing.T) {
	pass := selfchecktest.NewPassedProofing("t-1")
	query := selfchecktest.NewQueryRecord("t-1")
	name := pass.Name.Reveal()
	for _, language := range []cris.Language{cris.English, cris.Spanish} {
		asJSON := document().RevealJSON(language, allWords())
		require.True(t, json.Valid([]byte(asJSON)))
		for form, text := range map[string]string{
			"text": document().RevealText(language, allWords()), "JSON": asJSON, "HTML": document().RevealHTML(language, allWords()),
		} {
			for _, value := range []string{
				name.Family, name.Given, language.Date(pass.BirthDate.Reveal()), string(query.Case), "1 Example Street",
				allWords().Say(language, query.Result.Message()), allWords().Say(language, disclosure.LawEnforcement.Message()),
				allWords().Say(language, access.NotAccurate.Message()),
			} {
				require.NotEmpty(t, value)
				require.Contains(t, text, value, form)
			}
			require.NotContains(t, text, string(handle), "the handle leads to the accounting and is nobody's business")
			require.NotContains(t, text, "privacy-1", "the accounting tells of recipients and not of officials")
			if form != "JSON" { // which has the codes of the labels
				require.NotContains(t, text, "access.", "%s: there are words for everything", form)
			}
		}
	}
}

func TestPV5_FailedProofingIsHandedOver(t *testing.T) {
	failure := selfchecktest.NewFailure("t-2")
	text := access.FromRecord(selfcheck.Record{Failure: failure}, nil, nil).RevealText(cris.English, allWords())
	require.Contains(t, text, string(failure.IdPTransaction))
	require.Contains(t, text, allWords().Say(cris.English, failure.Reason.Message()))
	empty := access.FromRecord(selfcheck.Record{}, nil, nil)
	require.Empty(t, empty.Sections)
	require.JSONEq(t, `{"language":"en","title":"Your E-Verify Self Check records","sections":[]}`, empty.RevealJSON("", allWords()))
}

// PV-1: a document does not print its values, however it is printed.
func TestPV1_DocumentsPrintWithoutTheirValues(t *testing.T) {
	values := []access.Labeled{
		{Value: access.Text("planted")},
		{Value: access.Day(cris.MustParseDate("1980-02-29"))},
		{Value: access.Instant(time.Unix(1234567890, 0))},
		{Value: access.Said(cris.Message{Code: "x.planted"})},
	}
	d := access.Document{Sections: []access.Section{{Values: values}}}
	asJSON, err := json.Marshal(d)
	require.NoError(t, err)
	for _, text := range []string{fmt.Sprintf("%v %+v %#v %s", d, d, d, d), string(asJSON), d.Sections[0].Values[0].Value.String()} {
		for _, planted := range []string{"planted", "1980", "2009", "1234567890"} {
			require.NotContains(t, text, planted)
		}
	}
	require.Contains(t, fmt.Sprint(d), cris.Redacted)
}

func TestDocument_ValuesCannotPassForSomethingElse(t *testing.T) {
	hostile := "a\nName: b\r\n<script>alert(1)</script>\u2028&\x00\xff\u0085c"
	d := access.Document{Title: cris.Message{Code: "access.document"}, Sections: []access.Section{{
		Title:  cris.Message{Code: "access.section_query"},
		Values: []access.Labeled{{cris.Message{Code: "access.reason"}, access.Text(hostile)}, {cris.Message{Code: "access.at"}, access.Value{}}},
	}}}
	want := "a Name: b <script>alert(1)</script> & \uFFFD c"
	require.Equal(t, "Your E-Verify Self Check records\n\nWe checked your work authorization\n  Reason: "+want+"\n", d.RevealText(cris.English, allWords()))
	page := d.RevealHTML(cris.Spanish, allWords())
	require.NotContains(t, page, "<script")
	require.Contains(t, page, `<html lang="es">`)
	require.Equal(t, 1, strings.Count(page, "<dt>"), "a value that is none is left out")
	var back struct {
		Sections []struct {
			Values []struct{ Code, Label, Value string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(d.RevealJSON(cris.English, allWords())), &back))
	require.Equal(t, want, back.Sections[0].Values[0].Value)
	require.Equal(t, "access.reason", back.Sections[0].Values[0].Code)
}
