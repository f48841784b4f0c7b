package pdf_test

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/pdf"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// resolved returns what follows from the choice to resolve the mismatch.
func resolved(name cris.PersonName, mismatch selfcheck.Result) selfcheck.Resolution {
	record := selfcheck.Record{
		Pass:  selfchecktest.NewPassedProofing(selfchecktest.Token(1).Transaction(), func(p *selfcheck.PassedProofing) { p.Name = name }),
		Query: selfchecktest.NewQueryRecord(selfchecktest.Token(1).Transaction(), func(q *selfcheck.QueryRecord) { q.Result, q.Choice = mismatch, "" }),
	}
	return selfcheck.DecideResolution(record, selfcheck.Resolve, selfcheck.DefaultPolicy())
}

func name(tb testing.TB, given, family string) cris.PersonName {
	tb.Helper()
	name, err := cris.NewPersonName(cris.NameParts{Given: given, Family: family})
	require.NoError(tb, err)
	return name
}

// SC-12, SC-13, SC-14: the form, the instructions and the other ways print as they read.
func TestWrite_WhatSelfCheckHandsOutReadsBackAsItWas(t *testing.T) {
	nuñez := name(t, "Íñigo", "O’Brien Nuñez")
	for language, pageNumber := range map[cris.Language]string{cris.English: inEnglish, cris.Spanish: inSpanish} {
		form := resolved(nuñez, selfcheck.SSAMismatch).Form.RevealLetter(language, nil)
		call := resolved(nuñez, selfcheck.ImmigrationMismatch).Call.Letter(language, time.UTC)
		facts := selfcheck.ProofingFacts{At: selfchecktest.Start(), Reported: selfcheck.Progress{Report: selfcheck.Report{Outcome: selfcheck.IdPFraudAlert}}}
		failed := selfcheck.DecideProofing(facts, selfcheck.Policy{}).Letter(language, selfcheck.Policy{})
		for _, l := range []cris.Letter{form, call, failed} {
			file := write(t, l, nil)
			require.Equal(t, oneLine(l.Text()), textOf(t, file, pageNumber))
			require.Equal(t, string(language), open(t, file).Trailer().Key("Root").Key("Lang").RawString())
			require.LessOrEqual(t, open(t, file).NumPage(), 2, "a sheet of paper")
		}
		text := textOf(t, write(t, form, nil), pageNumber)
		require.Contains(t, text, ": Íñigo ")
		require.Contains(t, text, ": O’Brien Nuñez ")
		require.Contains(t, text, "2013227143000AB")
	}
}

// A name that the font lacks is refused as a whole; the page shows it.
func TestWrite_RefusesAFormWithANameThatTheFontLacks(t *testing.T) {
	form := resolved(name(t, "Łucja", "Nuñez"), selfcheck.SSAMismatch).Form.RevealLetter(cris.English, nil)
	var unshown *pdf.UnshownError
	require.ErrorAs(t, pdf.Write(io.Discard, form, nil), &unshown)
	require.Contains(t, form.HTML(), "<dd>Łucja</dd>")
}
