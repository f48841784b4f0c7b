package processingtimes_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/adapters/processingtimes"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
)

func day(s string) cris.Date { return cris.MustParseDate(s) }

func bound(value string, unit casestatus.Unit) casestatus.Bound {
	return casestatus.Bound{Value: decimal.RequireFromString(value), Unit: unit}
}

// read collects what Read yields. The last error is nil unless reading was given up.
func read(r io.Reader, readOn cris.Date) (values []casestatus.ProcessingTime, exceptions []*processingtimes.Exception, last error) {
	for posted, err := range processingtimes.Read(r, readOn) {
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

// body returns a body of Form I-102 at CSC with the given rows.
func body(rows ...string) string {
	return `{"data":{"processing_time":{"form_name":"I-102","office_code":"CSC","form_note_en":null,"range":null,"subtypes":[` +
		strings.Join(rows, ",") + `]}},"message":"ok"}`
}

const goodRow = `{"form_type":"142","publication_date":"January 28, 2022","range":[` +
	`{"unit":"Months","unit_es":"Meses","value":14.5},{"unit":"Week","value":1}],` +
	`"service_request_date":"November 03, 2020","subtype_note_es":null}`

// otherRow is goodRow of another type of the form.
var otherRow = strings.Replace(goodRow, "142", "143", 1)

var goodTime = casestatus.ProcessingTime{
	Form: "I-102", FormType: "142", Office: "CSC",
	PublishedOn: day("2022-01-28"), ReadOn: day("2022-02-19"), InquiryDate: day("2020-11-03"),
	Threshold: bound("14.5", casestatus.Months), Other: bound("1", casestatus.Weeks),
}

func TestRead_BareWrappedAndConcatenated(t *testing.T) {
	row := func(formType string) string { return strings.Replace(goodRow, "142", formType, 1) }
	bare := body(row("1"), row("2"))
	wrapped := `{"form":"I-102","office":"CSC","body":` + body(row("3"), row("4")) + `}`
	for name, text := range map[string]string{
		"one a line":      bare + "\n" + wrapped + "\n",
		"one after other": bare + wrapped,
		"spread out":      "\r\n\n " + strings.ReplaceAll(bare, ",\"", ",\n  \"") + "\n\n" + wrapped,
	} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text)), iotest.DataErrReader(strings.NewReader(text))} {
			values, exceptions, err := read(r, day("2022-02-19"))
			require.NoError(t, err, name)
			require.Empty(t, exceptions)
			require.Len(t, values, 4)
			for i, got := range values {
				want := goodTime
				want.FormType = casestatus.FormType(strconv.Itoa(i + 1))
				require.True(t, want.Equal(got), "%+v", got)
			}
		}
	}
	values, exceptions, err := read(strings.NewReader(" \n"), day("2022-02-19"))
	require.NoError(t, err)
	require.Empty(t, values)
	require.Empty(t, exceptions)
}

func TestRead_IrregularRowsThatAreValues(t *testing.T) {
	base := casestatus.ProcessingTime{Form: "I-102", FormType: "x", Office: "CSC", ReadOn: day("2022-02-19")}
	for name, tt := range map[string]struct {
		row  string
		want func(p *casestatus.ProcessingTime)
	}{
		"suppressed": {
			`{"form_type":"x","publication_date":"January 28, 2022","range":[{"unit":"","unit_en":"learn more.","value":""},{"unit":"","value":""}],"service_request_date":""}`,
			func(p *casestatus.ProcessingTime) { p.PublishedOn = day("2022-01-28") },
		},
		"a date without a range": {
			`{"form_type":"x","range":null,"service_request_date":"January 31, 2022"}`,
			func(p *casestatus.ProcessingTime) { p.InquiryDate = day("2022-01-31") },
		},
		"a range without a date": {
			`{"form_type":"x","range":[{"unit":"Weeks","value":3},{"unit":"Months","value":2}],"service_request_date":null}`,
			func(p *casestatus.ProcessingTime) {
				p.Threshold, p.Other = bound("3", casestatus.Weeks), bound("2", casestatus.Months)
			},
		},
		"the first bound is the threshold, also if it is the smaller": {
			`{"form_type":"x","range":[{"unit":"Month","value":1},{"unit":"Months","value":2}]}`,
			func(p *casestatus.ProcessingTime) {
				p.Threshold, p.Other = bound("1", casestatus.Months), bound("2", casestatus.Months)
			},
		},
		"one bound": {
			`{"form_type":"x","range":[{"unit":"Days","value":105}]}`,
			func(p *casestatus.ProcessingTime) { p.Threshold = bound("105", casestatus.Days) },
		},
		"the longest that is taken": {
			`{"form_type":"x","range":[{"unit":"Months","value":240}]}`,
			func(p *casestatus.ProcessingTime) { p.Threshold = bound("240", casestatus.Months) },
		},
		"nothing at all": {`{"form_type":"x"}`, func(*casestatus.ProcessingTime) {}},
	} {
		want := base
		tt.want(&want)
		values, exceptions, err := read(strings.NewReader(body(tt.row)), day("2022-02-19"))
		require.NoError(t, err, name)
		require.Empty(t, exceptions, name)
		require.Len(t, values, 1, name)
		require.True(t, want.Equal(values[0]), "%s: %+v", name, values[0])
	}
}

func TestRead_ExceptionsDoNotStopIt(t *testing.T) {
	long := strings.Repeat("x", 41)
	for _, tt := range []struct{ row, field, cause string }{
		{`{"form_type":"x","range":[{"unit":"Months","value":301.5}]}`, "range[0].value", "longer than 20 years"},
		{`{"form_type":"x","range":[{},{"unit":"Weeks","value":9999}]}`, "range[1].value", "longer than 20 years"},
		{`{"form_type":"x","range":[{"unit":"Months","value":0},{"unit":"Months","value":0.0}]}`, "range[0].value", "no time at all"},
		{`{"form_type":7,"range":"3 months","service_request_date":"November 03, 2020"}`, "form_type", "has another JSON type than it should"},
		{`{"form_type":"x","range":[{"unit":"Moons","value":3}]}`, "range[0].unit", "an unknown unit"},
		{`{"form_type":"x","range":[{"unit":"","value":3}]}`, "range[0].unit", "an unknown unit"},
		{`{"form_type":"x","range":[{"unit":"Months","value":"3"}]}`, "range[0].value", "not a plain number"},
		{`{"form_type":"x","range":[{"unit":"Months","value":-3}]}`, "range[0].value", "not a plain number"},
		{`{"form_type":"x","range":[{"unit":"Months","value":1e999999999}]}`, "range[0].value", "not a plain number"},
		{`{"form_type":"x","range":[{"unit":"Months","value":0.000000000001}]}`, "range[0].value", "not a plain number"},
		{`{"form_type":"x","range":[{"unit":"Months","value":{}}]}`, "range[0].value", "not a plain number"},
		{`{"form_type":"x","range":[{},{},{}]}`, "range", "more than two bounds"},
		{`{"form_type":"x","range":"3 months"}`, "range", "has another JSON type than it should"},
		{`{"form_type":"x","publication_date":"2022-01-28"}`, "publication_date", "not a date as in January 28, 2022"},
		{`{"form_type":"x","service_request_date":"February 30, 2022"}`, "service_request_date", "not a date as in January 28, 2022"},
		{`{"form_type":"x","service_request_date":"January 1, 0000"}`, "service_request_date", "not a date as in January 28, 2022"},
		{`{"form_type":"x","service_request_date":"February 20, 2022"}`, "service_request_date", "after the day on which it was read"},
		{`{"form_type":"x","service_request_date":"December 31, 1951"}`, "service_request_date", "before 1952"},
		{`{"form_type":"x","subtype_note_es":"a\u0000b"}`, "subtype_note_es", "not a text"},
		{`{"form_type":"x","publication_date":"February 20, 2022"}`, "publication_date", "after the day on which it was read"},
		{`{"form_type":7}`, "form_type", "has another JSON type than it should"},
		{`{"form_type":"a\u0000b"}`, "form_type", "not a type of form"},
		{`{"form_type":"` + long + `"}`, "form_type", "not a type of form"},
		{`[]`, "body", "not in the form in which processing times are published"},
	} {
		values, exceptions, err := read(strings.NewReader("\n"+body(goodRow, tt.row, otherRow)), day("2022-02-19"))
		require.NoError(t, err)
		require.Len(t, values, 2, tt.row)
		require.Len(t, exceptions, 1, tt.row)
		require.Equal(t, 2, exceptions[0].Line)
		require.Equal(t, casestatus.FormNumber("I-102"), exceptions[0].Form)
		require.Equal(t, casestatus.OfficeCode("CSC"), exceptions[0].Office)
		require.Equal(t, tt.field, exceptions[0].Field, tt.row)
		require.Equal(t, tt.cause, exceptions[0].Cause, tt.row)
	}
}

func TestRead_ABodyWithoutRowsIsOneException(t *testing.T) {
	for name, tt := range map[string]struct{ text, field string }{
		"answer of an error": {`{"message":"No data"}`, "subtypes"},
		"nothing wrapped":    {`{"form":"I-102","office":"CSC","body":null}`, "subtypes"},
		"no rows":            {body(), "subtypes"},
		"not an object":      {`["I-102"]`, "body"},
		"another shape":      {`{"data":{"processing_time":{"subtypes":"none"}}}`, "data.processing_time.subtypes"},
		"no office":          {`{"data":{"processing_time":{"form_name":"I-102","subtypes":[{}]}}}`, "office_code"},
		"no form":            {`{"data":{"processing_time":{"office_code":"CSC","subtypes":[{}]}}}`, "form_name"},
	} {
		values, exceptions, err := read(strings.NewReader(body(goodRow)+"\n"+tt.text+"\n"+body(otherRow)), day("2022-02-19"))
		require.NoError(t, err, name)
		require.Len(t, values, 2, name)
		require.Len(t, exceptions, 1, name)
		require.Equal(t, 2, exceptions[0].Line, name)
		require.Equal(t, tt.field, exceptions[0].Field, name)
	}
}

// TestCS6_ARowIsKeptWithoutTheRangeThatIsWrong: what decides is there all the same.
func TestCS6_ARowIsKeptWithoutTheRangeThatIsWrong(t *testing.T) {
	dated, ranged := goodTime, goodTime
	dated.FormType, dated.PublishedOn, dated.Threshold, dated.Other = "x", cris.Date{}, casestatus.Bound{}, casestatus.Bound{}
	ranged.FormType, ranged.PublishedOn, ranged.InquiryDate, ranged.Other = "x", cris.Date{}, cris.Date{}, casestatus.Bound{}
	both := dated
	both.Threshold = goodTime.Threshold
	const date = `"service_request_date":"November 03, 2020"`
	for _, tt := range []struct {
		rest   string
		want   casestatus.ProcessingTime
		fields []string
	}{
		{`"range":[{"unit":"Months","value":0},{}],` + date, dated, []string{"range[0].value"}},
		{`"range":[{"unit":"Months","value":301.5},{"unit":"Moons","value":3}],` + date, dated, []string{"range[0].value", "range[1].unit"}},
		{`"range":[{"unit":"Months","value":14.5},{"unit":"Months","value":-1}],` + date, both, []string{"range[1].value"}},
		{`"range":[{"unit":"Months","value":14.5},{"unit":"Months","value":0}]`, ranged, []string{"range[1].value"}},
		{`"range":[{},{},{}],` + date, dated, []string{"range"}},
		{`"range":"3 months",` + date, dated, []string{"range"}},
	} {
		var told []string
		for posted, err := range processingtimes.Read(strings.NewReader(body(goodRow, `{"form_type":"x",`+tt.rest+`}`, otherRow)), day("2022-02-19")) {
			exception, is := errors.AsType[*processingtimes.Exception](err)
			switch {
			case is:
				require.True(t, exception.Kept, tt.rest)
				require.Equal(t, casestatus.FormType("x"), exception.FormType)
				told = append(told, exception.Field)
			default:
				require.NoError(t, err)
				told = append(told, string(posted.FormType))
				require.True(t, posted.FormType != "x" || tt.want.Equal(posted), "%s: %+v", tt.rest, posted)
			}
		}
		require.Equal(t, slices.Concat([]string{"142", "x"}, tt.fields, []string{"143"}), told, "the value, what is wrong with it, and then the next")
	}
}

// TestCS6_OfRowsThatStandTwiceTheLastCounts reads, tabulates and stores them.
func TestCS6_OfRowsThatStandTwiceTheLastCounts(t *testing.T) {
	last := strings.Replace(goodRow, "November 03, 2020", "December 03, 2020", 1)
	values, exceptions, err := read(strings.NewReader(body(goodRow)+"\n"+body(otherRow, last)), goodTime.ReadOn)
	require.NoError(t, err)
	require.Len(t, values, 3)
	require.Len(t, exceptions, 1)
	require.True(t, exceptions[0].Kept)
	require.EqualError(t, exceptions[0],
		`processingtimes: line 2: form "I-102", type "142", office "CSC": row: this form, type and office stand on line 1 already; the last counts`)

	c := casestatus.Case{Header: casestatus.Header{Form: "I-102", FormType: "142", Office: "CSC", Filed: day("2020-11-20")}}
	table := casestatus.NewPostedTable(slices.Values(values), goodTime.ReadOn, nil, casestatus.DefaultPolicy())
	require.Equal(t, day("2020-12-03"), table.Decide(c).InquiryDate)
	store := memory.New().ProcessingTimes()
	require.NoError(t, store.Post(t.Context(), values...))
	posted, err := store.Posted(t.Context(), c.PostedUnder(), goodTime.ReadOn)
	require.NoError(t, err)
	require.Equal(t, day("2020-12-03"), posted.InquiryDate)
}

func TestRead_AnArrayOfBodies(t *testing.T) {
	wrapped := `{"form":"I-102","office":"CSC","body":` + body(otherRow) + `}`
	for name, text := range map[string]string{
		"alone":       "[" + body(goodRow) + "," + wrapped + "]",
		"spread out":  "\n[\n" + body(goodRow) + "\n,\n" + wrapped + "\n]\n",
		"two":         "[" + body(goodRow) + "][]\n[" + wrapped + "]",
		"and others":  "[" + body(goodRow) + "]" + wrapped,
		"with a mark": "\ufeff[" + body(goodRow) + "," + wrapped + "]",
	} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			values, exceptions, err := read(r, goodTime.ReadOn)
			require.NoError(t, err, name)
			require.Empty(t, exceptions, name)
			require.Len(t, values, 2, name)
			require.True(t, goodTime.Equal(values[0]), name)
		}
	}
	_, exceptions, err := read(strings.NewReader("[\n"+body(goodRow)+",\n7,\n"+body(`{"form_type":7}`)+"\n,[{}]]"), goodTime.ReadOn)
	require.NoError(t, err)
	var told []string
	for _, exception := range exceptions {
		told = append(told, fmt.Sprint(exception.Line, " ", exception.Field))
	}
	require.Equal(t, []string{"3 body", "4 form_type", "5 body"}, told)
	for _, text := range []string{"[", "[" + body(goodRow), "[" + body(goodRow) + ",", "[" + body(goodRow) + ",{"} {
		_, _, err := read(strings.NewReader(text), goodTime.ReadOn)
		require.ErrorIs(t, err, io.ErrUnexpectedEOF, text)
	}
	for text, message := range map[string]string{
		"[" + body(goodRow) + "\n" + body(goodRow) + "]": "expected comma",
		"[" + body(goodRow) + ",\n]":                     "line 2, byte 344: invalid character ']'",
		"[" + body(goodRow) + ",\n<":                     "line 2, byte 344: invalid character '<'",
		"]":                                              "line 1, byte 1: invalid character ']'",
	} {
		_, _, err := read(strings.NewReader(text), goodTime.ReadOn)
		require.ErrorContains(t, err, message, text)
	}
}

func TestRead_AByteOrderMarkIsPassedOver(t *testing.T) {
	for _, r := range []io.Reader{strings.NewReader("\ufeff" + body(goodRow)), iotest.OneByteReader(strings.NewReader("\ufeff\r\n" + body(goodRow)))} {
		values, exceptions, err := read(r, goodTime.ReadOn)
		require.NoError(t, err)
		require.Empty(t, exceptions)
		require.Len(t, values, 1)
	}
	values, _, err := readTable(strings.NewReader("\ufeff\"form_name\""+strings.TrimPrefix(names, "form_name")+goodLine), readIn2024)
	require.NoError(t, err)
	require.Len(t, values, 1)
}

func TestException_NamesTheFormOfABodyWithoutRows(t *testing.T) {
	for _, text := range []string{
		body(),
		`{"form":"I-102","office":"CSC","body":` + body() + `}`,
		`{"form":"I-102","office":"CSC","body":null}`,
	} {
		_, exceptions, err := read(strings.NewReader(text), goodTime.ReadOn)
		require.NoError(t, err)
		require.EqualError(t, exceptions[0], `processingtimes: line 1: form "I-102", type "", office "CSC": subtypes: the body has no rows`)
	}
}

func TestException_NamesTheLineOnWhichTheBodyBegins(t *testing.T) {
	text := "\n\n{\n\n}\n  {}{\n}\n"
	_, exceptions, err := read(strings.NewReader(text), day("2022-02-19"))
	require.NoError(t, err)
	var lines []int
	for _, exception := range exceptions {
		lines = append(lines, exception.Line)
	}
	require.Equal(t, []int{3, 6, 6}, lines)
}

func TestException_SaysWhere(t *testing.T) {
	_, exceptions, _ := read(strings.NewReader(body(`{"form_type":"142","range":[{"unit":"Moons","value":3}]}`)), day("2022-02-19"))
	require.EqualError(t, exceptions[0],
		`processingtimes: line 1: form "I-102", type "142", office "CSC": range[0].unit: an unknown unit`)
}

func TestRead_TruncatedInputKeepsWhatCameBefore(t *testing.T) {
	whole := body(goodRow) + "\n"
	for cut := 1; cut < len(whole)-1; cut++ {
		values, exceptions, err := read(strings.NewReader(whole+whole[:cut]), day("2022-02-19"))
		require.Len(t, values, 1)
		require.Empty(t, exceptions)
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	}
	_, _, err := read(strings.NewReader(whole+whole[:100]), day("2022-02-19"))
	require.EqualError(t, err, "processingtimes: line 2, byte 441: the input ends within a body: unexpected EOF")
}

func TestRead_WhatIsNoJSONEndsIt(t *testing.T) {
	values, _, err := read(strings.NewReader(body(goodRow)+"\n<html>"), day("2022-02-19"))
	require.Len(t, values, 1)
	require.ErrorContains(t, err, "line 2, byte 342: invalid character")
}

func TestRead_AFailingReaderEndsIt(t *testing.T) {
	broken := errors.New("the line is dead")
	values, _, err := read(io.MultiReader(strings.NewReader(body(goodRow)), iotest.ErrReader(broken)), day("2022-02-19"))
	require.Len(t, values, 1)
	require.ErrorIs(t, err, broken)
}

// failsOnce gives its error once and then ends as if nothing had happened.
type failsOnce struct{ err error }

func (f *failsOnce) Read([]byte) (int, error) {
	err := f.err
	f.err = io.EOF
	return 0, err
}

func TestRead_AFailureIsNotForgotten(t *testing.T) {
	broken := errors.New("the line is dead")
	for _, text := range []string{"", "\n", body(goodRow), body(goodRow) + "\n", body(goodRow) + "\n{"} {
		_, _, err := read(io.MultiReader(strings.NewReader(text), &failsOnce{broken}), day("2022-02-19"))
		require.ErrorIs(t, err, broken, text)
	}
}

func TestRead_BodiesOnLinesOfTheirOwnAndOthers(t *testing.T) {
	row := func(formType string) string { return strings.Replace(goodRow, "142", formType, 1) }
	long := strings.Replace(body(row("3")), ":", ":"+strings.Repeat(" ", 100_000), 1)
	spread := strings.ReplaceAll(body(row("4")), ",\"", ",\n\"")
	text := body(row("1")) + "\n" + body(row("2")) + "\r\n" + long + "\n" + spread + "\n" + body(row("5")) + body(row("6")) + "\n" + body(`{"form_type":7}`) + "\n<"
	values, exceptions, err := read(strings.NewReader(text), day("2022-02-19"))
	require.Len(t, values, 6)
	for i, got := range values {
		require.Equal(t, casestatus.FormType(strconv.Itoa(i+1)), got.FormType)
	}
	lines := strings.Count(text, "\n") + 1
	require.Len(t, exceptions, 1)
	require.Equal(t, lines-1, exceptions[0].Line)
	require.ErrorContains(t, err, fmt.Sprintf("line %d, byte %d: invalid character '<'", lines, len(text)))
}

// endless is an input without an end; it counts what was taken from it.
type endless struct {
	text  byte
	taken int
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.text
	}
	e.taken += len(p)
	return len(p), nil
}

func TestRead_MemoryIsBounded(t *testing.T) {
	for _, hostile := range []struct {
		begin string
		then  byte
	}{{`{"data":"`, 'x'}, {"", ' '}, {"", '\n'}, {"", '['}, {"", '1'}} {
		rest := &endless{text: hostile.then}
		_, _, err := read(io.MultiReader(strings.NewReader(body(goodRow)+hostile.begin), rest), day("2022-02-19"))
		require.Error(t, err)
		require.LessOrEqual(t, rest.taken, 2*processingtimes.MaxBody)
	}
	padding := strings.Repeat(" ", processingtimes.MaxBody-len(body(goodRow)))
	largest := strings.Replace(body(goodRow), ":", ":"+padding, 1)
	values, _, err := read(strings.NewReader(largest+strings.Replace(largest, "142", "143", 1)), day("2022-02-19"))
	require.NoError(t, err)
	require.Len(t, values, 2, "bodies of the largest size are read")
}

func TestRead_ABodyOfAGigabyteIsRefusedWithoutBeingRead(t *testing.T) {
	const gigabyte = 1 << 30
	rest := &endless{text: ' '}
	large := io.MultiReader(strings.NewReader(body(goodRow)+`{"data":{"processing_time":`), io.LimitReader(rest, gigabyte), strings.NewReader(`{}}}`))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	values, exceptions, err := read(large, day("2022-02-19"))
	runtime.ReadMemStats(&after)
	require.Len(t, values, 1, "what came before it is good")
	require.Empty(t, exceptions)
	require.ErrorContains(t, err, "larger than 1 MiB")
	require.ErrorContains(t, err, "line 1, byte ")
	require.Less(t, rest.taken, 2*processingtimes.MaxBody)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(32*processingtimes.MaxBody))
}

func TestRead_RowsAreBounded(t *testing.T) {
	var text strings.Builder
	for n := range processingtimes.MaxRows/1000 + 1 {
		rows := make([]string, 1000)
		for i := range rows {
			rows[i] = fmt.Sprintf(`{"form_type":"%d"}`, n*1000+i)
		}
		text.WriteString(body(rows...))
	}
	values, exceptions, err := read(strings.NewReader(text.String()), day("2022-02-19"))
	require.Len(t, values, processingtimes.MaxRows)
	require.Empty(t, exceptions)
	require.ErrorContains(t, err, "more than 65536 rows")
}

func TestRead_TheCallerMayStop(t *testing.T) {
	for _, text := range []string{body(goodRow, goodRow), body(`{"form_type":7}`, goodRow), body()} {
		rows := 0
		for range processingtimes.Read(strings.NewReader(text+text), day("2022-02-19")) { //nolint:errcheck // only counted
			rows++
			break
		}
		require.Equal(t, 1, rows)
	}
}

func TestWrite_RoundTrip(t *testing.T) {
	suppressed := casestatus.ProcessingTime{Form: "I-918", Office: "NSC", ReadOn: day("2022-02-19")}
	daysOnly := casestatus.ProcessingTime{Form: "I-918", FormType: "A", Office: "NSC", ReadOn: day("2022-02-19"), Threshold: bound("105", casestatus.Days)}
	lowerOnly := casestatus.ProcessingTime{Form: "I-918", Office: "ESC", ReadOn: day("2022-02-19"), Other: bound("10", casestatus.Weeks)}
	noted := goodTime
	noted.Office = "NBC"
	noted.FormNote, noted.Note = casestatus.Notes{English: "On the form."}, casestatus.Notes{English: "On <it>.", Spanish: "Año."}
	otherTime := goodTime
	otherTime.FormType = "143"
	want := []casestatus.ProcessingTime{casestatustest.NewProcessingTime(), suppressed, daysOnly, lowerOnly, noted, goodTime, otherTime}
	var text bytes.Buffer
	require.NoError(t, processingtimes.Write(&text, want...))
	require.Equal(t, 5, strings.Count(text.String(), "\n"), "neighbours of one form and office share a body")
	values, exceptions, err := read(&text, day("2022-02-19"))
	require.NoError(t, err)
	require.Empty(t, exceptions)
	require.Len(t, values, len(want))
	for i := range want {
		require.True(t, want[i].Equal(values[i]), "%+v", values[i])
	}
}

func TestWrite_Refuses(t *testing.T) {
	require.ErrorContains(t, processingtimes.Write(io.Discard, casestatus.ProcessingTime{Form: "I-90", Office: "NBC", AsOf: day("2013-03-05")}),
		`form "I-90" at "NBC": the published JSON has no place for an as-of date or a K by itself`)
	require.Error(t, processingtimes.Write(io.Discard, casestatus.ProcessingTime{Form: "I-90", Office: "NBC", StatedDays: 105}))
	for _, wrong := range []struct {
		bound casestatus.Bound
		want  string
	}{
		{bound("0", casestatus.Months), "value: no time at all"},
		{bound("-1", casestatus.Months), "value: not a plain number"},
		{bound("301.5", casestatus.Months), "value: longer than 20 years"},
		{bound("3", "Moons"), "unit: an unknown unit"},
	} {
		for _, time := range []casestatus.ProcessingTime{
			{Form: "I-90", Office: "NBC", Threshold: wrong.bound},
			{Form: "I-90", Office: "NBC", Threshold: bound("3", casestatus.Months), Other: wrong.bound},
		} {
			require.EqualError(t, processingtimes.Write(io.Discard, time), `processingtimes: write form "I-90" at "NBC": a bound that cannot be read again: `+wrong.want)
		}
	}
	reader, writer := io.Pipe()
	require.NoError(t, reader.Close())
	require.ErrorIs(t, processingtimes.Write(writer, goodTime), io.ErrClosedPipe)
}

func TestCS6_ThePublishedFilesAreReadToTheLastRow(t *testing.T) {
	folder := os.Getenv("CRIS_DATA")
	if folder == "" {
		t.Skip("CRIS_DATA is not set: it names the folder with the real data")
	}
	for _, tt := range []struct {
		file, readOn     string
		rows, suppressed int
		short            int // rows whose range gives less than their inquiry date
	}{
		{"2018-06-09.ndjson", "2018-06-09", 546, 0, 0},
		{"2022-02-19.ndjson", "2022-02-19", 690, 5, 1},
	} {
		file, err := os.Open(filepath.Join(folder, "casestatus", "processing_times", tt.file))
		require.NoError(t, err)
		defer file.Close()
		values, exceptions, err := read(file, day(tt.readOn))
		require.NoError(t, err)
		require.Empty(t, exceptions)
		require.Len(t, values, tt.rows)

		suppressed, short := 0, 0
		for _, posted := range values {
			if posted.Suppressed() {
				suppressed++
				continue
			}
			k, ok := posted.Days()
			require.True(t, ok, "%+v", posted)
			byRange, ok := posted.Threshold.Days(casestatus.DefaultPolicy().DaysPerMonth)
			require.True(t, ok, "%+v", posted)
			if byRange < k {
				require.Equal(t, k-1, byRange, "%+v", posted)
				short++
			}
		}
		require.Equal(t, tt.suppressed, suppressed)
		require.Equal(t, tt.short, short)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(body(goodRow))
	f.Add(`{"form":"I-102","office":"CSC","body":` + body(goodRow) + `}`)
	f.Add(body(`{"form_type":"x","range":[{"unit":"","value":""}]}`, `{"form_type":7}`, `{"range":[{"value":1e9,"unit":"Month"}]}`))
	f.Add(`{"data":`)
	f.Add("\n\n[]{}null 7")
	f.Fuzz(func(t *testing.T, text string) {
		values, exceptions, _ := read(strings.NewReader(text), day("2022-02-19"))
		for _, exception := range exceptions {
			require.NotEmpty(t, exception.Field)
			require.NotEmpty(t, exception.Cause)
			require.LessOrEqual(t, exception.Line, strings.Count(text, "\n")+1)
		}
		for _, posted := range values {
			require.NotEmpty(t, posted.Form)
			require.NotEmpty(t, posted.Office)
			_, ok := posted.Days()
			require.Equal(t, !posted.InquiryDate.IsZero(), ok)
		}
		var published bytes.Buffer
		require.NoError(t, processingtimes.Write(&published, values...))
		again, exceptions, err := read(&published, day("2022-02-19"))
		require.NoError(t, err)
		for _, exception := range exceptions {
			require.Equal(t, "row", exception.Field)
			require.True(t, exception.Kept)
		}
		require.Len(t, again, len(values))
		for i := range values {
			require.True(t, values[i].Equal(again[i]), "%+v", again[i])
		}
	})
}
