package processingtimes_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/processingtimes"
	"github.com/seed28e20331/cris/casestatus"
)

func readTable(r io.Reader, readOn cris.Date) (values []casestatus.ProcessingTime, exceptions []*processingtimes.Exception, last error) {
	for posted, err := range processingtimes.ReadTable(r, readOn, casestatus.NewFormTable(casestatus.Forms()...)) {
		exception, isException := errors.AsType[*processingtimes.Exception](err)
		switch {
		case isException:
			exceptions = append(exceptions, exception)
		case err != nil:
			last = err
		default:
			values = append(values, posted)
		}
	}
	return values, exceptions, last
}

const (
	names    = "form_name,form_subtype,office_code,publication_date,form_note_en,form_note_es,range_upper,range_upper_unit,range_lower,range_lower_unit,service_request_date\n"
	goodLine = `I-102,142,CSC,"October 18, 2024",NA,NA,14.5,Months,1,Week,"January 28, 2022"` + "\n"
)

var readIn2024 = day("2024-10-30")

func TestReadTable_RowsThatAreValues(t *testing.T) {
	base := casestatus.ProcessingTime{Form: "I-102", FormType: "142", Office: "CSC", PublishedOn: day("2024-10-18"), ReadOn: readIn2024}
	for name, tt := range map[string]struct {
		line string
		want func(p *casestatus.ProcessingTime)
	}{
		"full": {goodLine, func(p *casestatus.ProcessingTime) {
			p.InquiryDate, p.Threshold, p.Other = day("2022-01-28"), bound("14.5", casestatus.Months), bound("1", casestatus.Weeks)
		}},
		"bounds swapped": {`I-102,142,CSC,"October 18, 2024",NA,NA,3.5,Months,7.5,Months,`, func(p *casestatus.ProcessingTime) {
			p.Threshold, p.Other = bound("3.5", casestatus.Months), bound("7.5", casestatus.Months)
		}},
		"a date without a range": {`I-102,142,CSC,"October 18, 2024",NA,NA,NA,NA,NA,NA,"July 17, 2024"`, func(p *casestatus.ProcessingTime) {
			p.InquiryDate = day("2024-07-17")
		}},
		"nothing": {`I-102,142,CSC,"October 18, 2024",NA,NA,NA,NA,NA,NA,NA`, func(*casestatus.ProcessingTime) {}},
		"notes": {`I-102,142,CSC,"October 18, 2024","a, b",Año,NA,NA,NA,NA,`, func(p *casestatus.ProcessingTime) {
			p.FormNote = casestatus.Notes{English: "a, b", Spanish: "Año"}
		}},
		"a key for a type": {`I-485,131A-FAM,CSC,"October 18, 2024",NA,NA,NA,NA,NA,NA,`, func(p *casestatus.ProcessingTime) {
			p.Form, p.FormType = "I-485", "I-485 Family"
		}},
	} {
		want := base
		tt.want(&want)
		for _, r := range []io.Reader{strings.NewReader(names + tt.line), iotest.OneByteReader(strings.NewReader("\ufeff" + strings.ReplaceAll(names+tt.line, "\n", "\r\n")))} {
			values, exceptions, err := readTable(r, readIn2024)
			require.NoError(t, err, name)
			require.Empty(t, exceptions, name)
			require.Len(t, values, 1, name)
			require.True(t, want.Equal(values[0]), "%s: %+v", name, values[0])
		}
	}
}

func TestReadTable_ExceptionsNameTheColumnAndTheLine(t *testing.T) {
	for _, tt := range []struct{ line, field, cause string }{
		{`,142,CSC,,NA,NA,1,Months,1,Months,`, "form_name", "not the number of a form"},
		{`I-102,142,,,NA,NA,1,Months,1,Months,`, "office_code", "not the code of an office"},
		{`I-102,` + strings.Repeat("x", 41) + `,CSC,,NA,NA,1,Months,1,Months,`, "form_subtype", "not a type of form"},
		{`I-102,x,CSC,2024-10-18,NA,NA,1,Months,1,Months,`, "publication_date", "not a date as in January 28, 2022"},
		{`I-102,x,CSC,"December 31, 1951",NA,NA,1,Months,1,Months,`, "publication_date", "before 1952"},
		{`I-102,x,CSC,,NA,NA,1,Months,1,Months,"October 31, 2024"`, "service_request_date", "after the day on which it was read"},
		{`I-102,x,CSC,,NA,NA,301.5,Months,1,Months,`, "range_upper", "longer than 20 years"},
		{`I-102,x,CSC,,NA,NA,six,Months,1,Months,`, "range_upper", "not a plain number"},
		{`I-102,x,CSC,,NA,NA,1,Moons,1,Months,`, "range_upper_unit", "an unknown unit"},
		{`I-102,x,CSC,,NA,NA,NA,Months,-1,Months,`, "range_lower", "not a plain number"},
		{`I-102,x,CSC,,NA,NA,NA,Months,1,NA,`, "range_lower_unit", "an unknown unit"},
		{`I-102,x,CSC,,NA,NA,0,Months,0,Months,`, "range_upper", "no time at all"},
		{`I-102,x,CSC,,` + "\xff" + `,NA,1,Months,1,Months,`, "form_note_en", "not a text"},
		{`I-102,x`, "row", "has 2 columns and not 11"},
	} {
		values, exceptions, err := readTable(strings.NewReader(names+goodLine+tt.line+"\n"+strings.Replace(goodLine, "142", "143", 1)), readIn2024)
		require.NoError(t, err, tt.line)
		require.Len(t, values, 2, tt.line)
		require.Len(t, exceptions, 1, tt.line)
		require.Equal(t, 3, exceptions[0].Line, tt.line)
		require.Equal(t, tt.field, exceptions[0].Field, tt.line)
		require.Equal(t, tt.cause, exceptions[0].Cause, tt.line)
	}
}

func TestReadTable_ARowIsKeptWithoutTheBoundThatIsWrong(t *testing.T) {
	values, exceptions, err := readTable(strings.NewReader(names+
		`I-102,142,CSC,,NA,NA,301.5,Months,1,Moons,"January 28, 2022"`+"\n"+goodLine), readIn2024)
	require.NoError(t, err)
	require.Len(t, values, 2)
	require.Equal(t, day("2022-01-28"), values[0].InquiryDate)
	require.True(t, values[0].Threshold.IsZero())
	require.True(t, values[0].Other.IsZero())
	var told []string
	for _, exception := range exceptions {
		require.True(t, exception.Kept)
		told = append(told, fmt.Sprint(exception.Line, " ", exception.Field, ": ", exception.Cause))
	}
	require.Equal(t, []string{
		"2 range_upper: longer than 20 years",
		"2 range_lower_unit: an unknown unit",
		"3 row: this form, type and office stand on line 2 already; the last counts",
	}, told)
}

func TestReadTable_WhatEndsIt(t *testing.T) {
	for name, tt := range map[string]struct{ text, message string }{
		"nothing":         {"", "processingtimes: line 1, byte 0: there is no line of column names"},
		"a column less":   {strings.Replace(names, "range_upper,", "", 1), "there is no column range_upper"},
		"a quotation":     {names + `I-102,"142`, `line 2, byte 11 of it: extraneous or missing " in quoted-field`},
		"a quote in text": {names + `I-1"02,142`, `line 2, byte 4 of it: bare " in non-quoted-field`},
	} {
		values, exceptions, err := readTable(strings.NewReader(tt.text), readIn2024)
		require.Empty(t, values, name)
		require.Empty(t, exceptions, name)
		require.ErrorContains(t, err, tt.message, name)
	}
	broken := errors.New("the line is dead")
	values, _, err := readTable(io.MultiReader(strings.NewReader(names+goodLine), iotest.ErrReader(broken)), readIn2024)
	require.Len(t, values, 1)
	require.ErrorIs(t, err, broken)
}

func TestReadTable_MemoryIsBounded(t *testing.T) {
	for _, begin := range []string{"", names, names + `I-102,"`} {
		rest := &endless{text: 'x'}
		_, _, err := readTable(io.MultiReader(strings.NewReader(begin), rest), readIn2024)
		require.ErrorContains(t, err, "larger than 1 MiB")
		require.LessOrEqual(t, rest.taken, 2*processingtimes.MaxBody)
	}
}

// manyRows is a table without an end, of rows that differ.
type manyRows struct {
	n    int
	left string
}

func (m *manyRows) Read(p []byte) (int, error) {
	if m.left == "" {
		m.left = strings.Replace(goodLine, "142", fmt.Sprint("t", m.n), 1)
		m.n++
	}
	n := copy(p, m.left)
	m.left = m.left[n:]
	return n, nil
}

func TestReadTable_RowsAreBounded(t *testing.T) {
	rows := &manyRows{}
	values, exceptions, err := readTable(io.MultiReader(strings.NewReader(names), rows), readIn2024)
	require.ErrorContains(t, err, "more than 65536 rows")
	require.Empty(t, exceptions)
	require.Len(t, values, processingtimes.MaxRows)
}

func TestReadTable_TheCallerMayStop(t *testing.T) {
	rows := 0
	for range processingtimes.ReadTable(&manyRows{left: names}, readIn2024, casestatus.FormTable{}) { //nolint:errcheck // only counted
		if rows++; rows == 3 {
			break
		}
	}
	require.Equal(t, 3, rows)
}

// openData opens a file of the folder with real data, or skips the test if there is no
// such folder.
func openData(t *testing.T, name string) *os.File {
	t.Helper()
	folder := os.Getenv("CRIS_DATA")
	if folder == "" {
		t.Skip("CRIS_DATA is not set: it names the folder with the real data")
	}
	file, err := os.Open(filepath.Join(folder, "casestatus", "processing_times", name))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, file.Close()) })
	return file
}

func TestCS6_TheTableOf2024IsReadToTheLastRow(t *testing.T) {
	records, err := csv.NewReader(openData(t, "processing-times-2024-10-30.csv")).ReadAll()
	require.NoError(t, err)
	values, exceptions, err := readTable(openData(t, "processing-times-2024-10-30.csv"), readIn2024)
	require.NoError(t, err)
	require.Len(t, values, len(records)-1, "every row is a value")

	// One row stands twice, word for word: asked of another office, the site answered
	// with this one.
	require.Len(t, exceptions, 1)
	require.True(t, exceptions[0].Kept)
	require.Equal(t, "row", exceptions[0].Field)
	require.Equal(t, casestatus.FormNumber("I-601"), exceptions[0].Form)

	var suppressed, dateOnly, rangeOnly, swapped int
	for _, p := range values {
		switch {
		case p.Suppressed():
			suppressed++
		case p.Threshold.IsZero():
			dateOnly++
		case p.InquiryDate.IsZero():
			rangeOnly++
		}
		if p.Threshold.Unit == p.Other.Unit && p.Threshold.Value.LessThan(p.Other.Value) {
			swapped++
		}
	}
	require.Equal(t, []int{2, 2, 1, 3}, []int{suppressed, dateOnly, rangeOnly, swapped})
}

// TestCS6_EveryFormAndOfficeOf2024IsAccountedFor takes the list of what could be asked:
// each pair was answered, but one.
func TestCS6_EveryFormAndOfficeOf2024IsAccountedFor(t *testing.T) {
	asked, err := csv.NewReader(openData(t, "form-offices-2024-10-30.csv")).ReadAll()
	require.NoError(t, err)
	values, _, err := readTable(openData(t, "processing-times-2024-10-30.csv"), readIn2024)
	require.NoError(t, err)
	posted := map[casestatus.PostedUnder]bool{}
	for _, p := range values {
		posted[p.PostedUnder()] = true
	}
	forms := casestatus.NewFormTable(casestatus.Forms()...)
	offices := casestatus.NewOfficeTable(casestatus.Offices()...)
	var missing []casestatus.PostedUnder
	for _, row := range asked[1:] {
		number := casestatus.FormNumber(row[0])
		under := casestatus.PostedUnder{Form: number, FormType: forms.Published(number, casestatus.FormType(row[1])), Office: casestatus.OfficeCode(row[2])}
		_, known := forms.Form(number, under.FormType)
		require.True(t, known, row)
		_, known = offices.Office(under.Office)
		require.True(t, known, row)
		if !posted[under] {
			missing = append(missing, under)
		}
	}
	require.Equal(t, []casestatus.PostedUnder{{Form: "I-601", FormType: "144AB", Office: casestatus.AllFieldOffices}}, missing)
}

func FuzzReadTable(f *testing.F) {
	f.Add(names + goodLine)
	f.Add(names + goodLine + goodLine + "a,b\n")
	f.Add(names + `I-485,131A-FAM,CSC,"October 18, 2024","a ""b""
c",NA,301.5,Months,,NA,NA`)
	f.Add("form_name")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		values, exceptions, err := readTable(strings.NewReader(text), readIn2024)
		// The oracle knows no row but the lines that encoding/csv finds.
		oracle := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
		oracle.FieldsPerRecord = -1
		records, wrong := oracle.ReadAll()
		if err == nil {
			require.NoError(t, wrong)
			setAside := 0
			for _, exception := range exceptions {
				if !exception.Kept {
					setAside++
				}
			}
			require.Equal(t, max(len(records)-1, 0), len(values)+setAside)
		}
		for _, p := range values {
			require.NotEmpty(t, p.Form)
			require.NotEmpty(t, p.Office)
			require.False(t, p.InquiryDate.After(readIn2024))
		}
		for _, exception := range exceptions {
			require.NotEmpty(t, exception.Cause)
			require.LessOrEqual(t, exception.Line, strings.Count(text, "\n")+1)
		}
	})
}
