package casestatus_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

func TestER3_FormNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	for entered, want := range map[string]casestatus.FormNumber{
		"I-485": "I-485", "I485": "I-485", "i-102": "I-102", "Form I-485": "I-485", "form i485": "I-485", " I 485\t": "I-485",
		"I\u2011485": "I-485", "I\u2013485\u00a0": "I-485", "n600k": "N-600K", "I-129CW": "I-129CW", "G-28": "G-28", "AR-11": "AR-11",
		"Form: I-485": "I-485", "Form No. I-485": "I-485", "USCIS Form # I-485": "I-485", "Form Number: n400": "N-400",
		"EOIR-29": "EOIR-29", "FORM-I-90": "I-90", "ar11": "AR-11", "zz-9999az": "ZZ-9999AZ",
	} {
		got, err := casestatus.ParseFormNumber(entered)
		require.NoError(t, err, entered)
		require.Equal(t, want, got, entered)
	}
	for _, entered := range []string{"", "I", "485", "Form", "I-000", "I-48512", "ABCDE-1", "I-485ABC", "I-4B5", "I/485", "\u0399-485", "I-485\x00"} {
		_, err := casestatus.ParseFormNumber(entered)
		require.Error(t, err, entered)
	}
	for entered, at := range map[string]int{"485": 0, "Form 485": 5, "I-4B5": 4, "I/485": 1, "I-48512": -1, "Form": -1, "I-000": -1} {
		_, err := casestatus.ParseFormNumber(entered)
		var problem *cris.ParseError
		require.ErrorAs(t, err, &problem)
		require.Equal(t, cris.ParseError{What: "form number", At: at, Problem: "want letters and then digits, as in I-485"}, *problem, entered)
	}
	for _, form := range casestatus.Forms() {
		got, err := casestatus.ParseFormNumber(string(form.Number))
		require.NoError(t, err)
		require.Equal(t, form.Number, got)
	}
}

func TestCS7_OfficeCodesAreReadInCapitals(t *testing.T) {
	for entered, want := range map[string]casestatus.OfficeCode{"csc": "CSC", "f-o-d": "FOD", "azA": "AZA", "Zar": "ZAR"} {
		got, err := casestatus.ParseOfficeCode(entered)
		require.NoError(t, err, entered)
		require.Equal(t, want, got)
	}
	blanks, err := casestatus.ParseOfficeCode(" NBC ")
	require.NoError(t, err)
	require.Equal(t, casestatus.OfficeCode("NBC"), blanks)
	for _, entered := range []string{"", "CS", "CSCC", "C5C", "\u0421SC"} {
		_, err := casestatus.ParseOfficeCode(entered)
		require.Error(t, err, entered)
	}
	for _, office := range casestatus.Offices() {
		got, err := casestatus.ParseOfficeCode(string(office.Code))
		require.NoError(t, err)
		require.Equal(t, office.Code, got)
	}
}

func TestER3_BlanksOfEveryKindMayStandBeforeTheWordForm(t *testing.T) {
	for _, s := range []string{"\u00a0Form I-485", "\u200bForm\u202fI\u2011485", "\u2007 form i485"} {
		number, err := casestatus.ParseFormNumber(s)
		if err != nil || number != "I-485" {
			t.Errorf("%+q: got %q, %v", s, number, err)
		}
	}
}
