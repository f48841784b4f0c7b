package integration_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/processingtimes"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
)

var readOn = cris.MustParseDate("2022-02-19")

func drawDay(t *rapid.T, label string, from, to int) cris.Date {
	return readOn.AddDays(rapid.IntRange(from, to).Draw(t, label))
}

func drawReceipt(t *rapid.T) casestatus.ReceiptNumber {
	return casestatus.MustParseReceiptNumber(rapid.StringMatching(`[A-Z]{3}([0-9]{10}|\*[0-9]{9})`).Draw(t, "receipt"))
}

func TestCS1_AReceiptNumberSurvivesEveryWayOfWritingIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawReceipt(t)
		var written strings.Builder
		for _, c := range want.String() {
			written.WriteString(rapid.StringMatching(`[ -]{0,2}`).Draw(t, "between"))
			if rapid.Bool().Draw(t, "small") {
				c = []rune(strings.ToLower(string(c)))[0]
			}
			written.WriteRune(c)
		}
		written.WriteString(rapid.StringMatching(`[ -]{0,2}`).Draw(t, "after"))
		got, err := casestatus.ParseReceiptNumber(written.String())
		require.NoError(t, err)
		require.Equal(t, want, got)
		text, err := json.Marshal(got)
		require.NoError(t, err)
		var back casestatus.ReceiptNumber
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, want, back)
		require.NotContains(t, want.Masked(), want.String()[4:9])
		asOf := drawDay(t, "as of", -10_000, 10_000)
		year, _, _ := asOf.Date()
		if anatomy := want.Anatomy(asOf); anatomy.Reading != "" {
			require.LessOrEqual(t, anatomy.FiscalYear, year+1)
			require.Greater(t, anatomy.FiscalYear, year-100)
			require.Equal(t, want.String()[3:5], fmt.Sprintf("%02d", anatomy.FiscalYear%100))
		}
	})
}

func drawBound(t *rapid.T, label string) casestatus.Bound {
	unit := rapid.SampledFrom([]casestatus.Unit{"", casestatus.Months, casestatus.Weeks, casestatus.Days}).Draw(t, label)
	if unit == "" {
		return casestatus.Bound{}
	}
	return casestatus.Bound{Value: decimal.New(rapid.Int64Range(1, 2400).Draw(t, label+" value"), -1), Unit: unit}
}

func drawNotes(t *rapid.T, label string) casestatus.Notes {
	text := rapid.StringMatching(`[ -~áéíóúñ¿"\\<>]{0,30}`)
	return casestatus.Notes{English: text.Draw(t, label), Spanish: text.Draw(t, label+" es")}
}

// drawPublished draws what the published JSON can hold.
func drawPublished(t *rapid.T) casestatus.ProcessingTime {
	p := casestatus.ProcessingTime{
		Form:      casestatus.FormNumber(rapid.SampledFrom([]string{"I-765", "I-485", "N-400"}).Draw(t, "form")),
		FormType:  casestatus.FormType(rapid.SampledFrom([]string{"", "147-C8", "I-485 Family"}).Draw(t, "type")),
		Office:    casestatus.OfficeCode(rapid.SampledFrom([]string{"NSC", "SCD", "ABQ", "FOD", "NBC"}).Draw(t, "office")),
		ReadOn:    readOn,
		Threshold: drawBound(t, "threshold"), Other: drawBound(t, "other"),
		FormNote: drawNotes(t, "form note"), Note: drawNotes(t, "note"),
	}
	if rapid.Bool().Draw(t, "has published") {
		p.PublishedOn = drawDay(t, "published", -400, 0)
	}
	if rapid.Bool().Draw(t, "has inquiry date") {
		p.InquiryDate = drawDay(t, "inquiry date", -3000, 0)
	}
	return p
}

// drawPublications draws times that stand under one form, type and office each.
func drawPublications(t *rapid.T) []casestatus.ProcessingTime {
	return rapid.SliceOfNDistinct(rapid.Custom(drawPublished), 0, 12, casestatus.ProcessingTime.PostedUnder).Draw(t, "times")
}

func TestCS6_WhatIsWrittenReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawPublications(t)
		var text bytes.Buffer
		require.NoError(t, processingtimes.Write(&text, want...))
		var got []casestatus.ProcessingTime
		for posted, err := range processingtimes.Read(&text, readOn) {
			require.NoError(t, err)
			got = append(got, posted)
		}
		require.True(t, slices.EqualFunc(want, got, casestatus.ProcessingTime.Equal), "%+v", got)
	})
}

// TestCS6_RowsInAreValuesAndExceptions spoils some rows, and finds each of them again.
func TestCS6_RowsInAreValuesAndExceptions(t *testing.T) {
	spoil := map[string]string{
		"range[0].value":       `"range":[{"unit":"Months","value":301.5}]`,
		"range[0].unit":        `"range":[{"unit":"Moons","value":3}]`,
		"range":                `"range":"3 months"`,
		"publication_date":     `"publication_date":"2022-01-28"`,
		"service_request_date": `"service_request_date":"February 20, 2022"`,
	}
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(1, 10).Draw(t, "rows")
		var text []string
		var want []string // the field at fault of each row, "" for none
		var types []casestatus.FormType
		for n := range rows {
			field := rapid.SampledFrom([]string{"", "", "range[0].value", "range[0].unit", "range", "publication_date", "service_request_date", "row"}).Draw(t, "fault")
			formType := fmt.Sprint("t", n)
			if field == "row" && slices.Contains(want, "") {
				formType = fmt.Sprint("t", slices.Index(want, "")) // which stands there already
			} else if field == "row" {
				field = ""
			}
			row := `{"form_type":"` + formType + `"`
			if more := spoil[field]; more != "" {
				row += "," + more
			}
			if strings.HasPrefix(field, "range") && rapid.Bool().Draw(t, "dated") { // and so the row is kept
				row += `,"service_request_date":"November 03, 2020"`
			}
			text, want, types = append(text, row+"}"), append(want, field), append(types, casestatus.FormType(formType))
		}
		body := `{"data":{"processing_time":{"form_name":"I-102","office_code":"CSC","subtypes":[` + strings.Join(text, ",") + `]}}}`
		var got []string
		for posted, err := range processingtimes.Read(strings.NewReader(body), readOn) {
			exception, is := errors.AsType[*processingtimes.Exception](err)
			switch {
			case is && exception.Kept:
				got[len(got)-1] = exception.Field
			case is:
				got = append(got, exception.Field)
			default:
				require.NoError(t, err)
				require.Equal(t, types[len(got)], posted.FormType)
				got = append(got, "")
			}
		}
		require.Equal(t, want, got, "every row, in its order")
	})
}

func TestCS6_OnceOutsideNeverWithinAgain(t *testing.T) {
	policy := casestatus.DefaultPolicy()
	policy.StaleAfter = -1
	rapid.Check(t, func(t *rapid.T) {
		times := drawPublications(t)
		c := casestatus.Case{Header: casestatus.Header{Form: "I-765", FormType: "147-C8", Office: "NSC", Filed: drawDay(t, "filed", -4000, 0)}}
		first := rapid.IntRange(0, 3000).Draw(t, "first day")
		later := first + rapid.IntRange(0, 3000).Draw(t, "days later")
		decide := func(ahead int) casestatus.Eligibility {
			return casestatus.NewPostedTable(slices.Values(times), readOn.AddDays(ahead), nil, policy).Decide(c)
		}
		before, after := decide(first), decide(later)
		require.Equal(t, before.Posted, after.Posted, "the same publication")
		require.Equal(t, before.OutsideFrom, after.OutsideFrom)
		require.Equal(t, before.Days, after.Days)
		if before.Outcome == casestatus.Outside {
			require.Equal(t, casestatus.Outside, after.Outcome)
		}
		if after.Outcome == casestatus.Within {
			require.Equal(t, casestatus.Within, before.Outcome)
		}
		if from := after.OutsideFrom; !from.IsZero() && !from.Before(readOn) {
			require.Equal(t, casestatus.Outside, decide(from.DaysSince(readOn)).Outcome)
			if from.After(readOn) {
				require.Equal(t, casestatus.Within, decide(from.DaysSince(readOn)-1).Outcome)
			}
		}
	})
}

// TestCS6_EveryPublicationIsKeptWithItsDay posts the same forms on many days, in any
// order, and asks for each day.
func TestCS6_EveryPublicationIsKeptWithItsDay(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		times := open(t).ProcessingTimes()
		round := 0
		rapid.Check(t, func(r *rapid.T) {
			round++
			form := casestatus.FormNumber(fmt.Sprint("R-", round)) // apart from all other rounds
			var posted []casestatus.ProcessingTime
			for range rapid.IntRange(1, 6).Draw(r, "publications") {
				p := drawPublished(r)
				p.Form, p.FormType, p.Office = form, "", "NBC"
				p.ReadOn = drawDay(r, "read on", 0, 5)
				posted = append(posted, p)
			}
			require.NoError(r, times.Post(t.Context(), posted...))
			for ahead := range 6 {
				on := readOn.AddDays(ahead)
				var want casestatus.ProcessingTime
				for _, p := range posted {
					if !p.ReadOn.After(on) && !p.ReadOn.Before(want.ReadOn) {
						want = p
					}
				}
				got, err := times.Posted(t.Context(), want.PostedUnder(), on)
				if want.IsZero() {
					got, err = times.Posted(t.Context(), posted[0].PostedUnder(), on)
					require.ErrorIs(r, err, casestatus.ErrNotFound)
					require.Zero(r, got)
					continue
				}
				require.NoError(r, err)
				require.True(r, want.Equal(got), "on %s: %+v, want %+v", on, got, want)
			}
		})
	})
}
