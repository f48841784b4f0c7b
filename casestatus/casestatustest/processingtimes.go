package casestatustest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
)

// TestProcessingTimes checks every promise of casestatus.ProcessingTimes. newStore is
// called once per promise and gives an empty store.
func TestProcessingTimes(t *testing.T, newStore func(t *testing.T) casestatus.ProcessingTimes) {
	t.Helper()
	contract.Run(t, slices.Concat(sharedTimeClauses(), ownTimeClauses()), newStore)
}

// sharedTimeClauses are what every read promises. A publication has nothing in it that could
// be changed.
func sharedTimeClauses() []contract.Clause[casestatus.ProcessingTimes] {
	return contract.Without(contract.ReadClauses("Posted", postedTimes), "Posted/Own")
}

func ownTimeClauses() []contract.Clause[casestatus.ProcessingTimes] {
	return []contract.Clause[casestatus.ProcessingTimes]{
		{Name: "Posted/Before", Promise: "Posted gives casestatus.ErrNotFound for a day before the first that was read", Check: nonePosted},
		{Name: "Post/RoundTrip", Promise: "a publication reads back equal, with fractions, mixed units or none, no figures, an as-of date, or long notes in two languages", Check: postedRoundTrip},
		{Name: "Posted/LastRead", Promise: "Posted gives the publication read last on or before the day, and forgets no earlier one", Check: lastRead},
		{Name: "Posted/OrderOfReading", Promise: "the day of reading counts, not the order of posting", Check: orderOfReading},
		{Name: "Posted/SameDay", Promise: "of several read on one day, the one posted last counts", Check: sameDay},
		{Name: "Posted/SameDayAgain", Promise: "one that is posted again on its day counts again", Check: sameDayAgain},
		{Name: "Posted/Apart", Promise: "form, type and office are told apart", Check: postedApart},
		{Name: "Post/Idempotent", Promise: "posting what is kept already, as it is, changes nothing", Check: postIdempotent},
		{Name: "Post/Many", Promise: "a whole site is posted at once", Check: postMany},
		{Name: "Post/Whole", Promise: "of publications of which one is refused none is posted", Check: postWhole},
		{Name: "Post/Cancelled", Promise: "a canceled context posts nothing", Check: postCancelled},
	}
}

// postedTimes lets the shared clauses read what was posted by a day after all others.
func postedTimes(s casestatus.ProcessingTimes) contract.Read[casestatus.ProcessingTime] {
	last := Start().AddDate(1, 0, 0)
	text := func(name string, set func(p *casestatus.ProcessingTime, text string)) contract.Text[casestatus.ProcessingTime] {
		return contract.Text[casestatus.ProcessingTime]{Name: name, With: func(p casestatus.ProcessingTime, text string) casestatus.ProcessingTime {
			set(&p, text)
			return p
		}}
	}
	formType := func(p *casestatus.ProcessingTime, text string) { p.FormType = casestatus.FormType(text) }
	return contract.Read[casestatus.ProcessingTime]{
		New: func(n int) casestatus.ProcessingTime {
			return NewProcessingTime(func(p *casestatus.ProcessingTime) { formType(p, strconv.Itoa(n)) })
		},
		Next: func(p casestatus.ProcessingTime, n int) casestatus.ProcessingTime {
			p.ReadOn, p.Note.English = p.ReadOn.AddDays(n), fmt.Sprint("note ", n)
			return p
		},
		Put: func(ctx context.Context, p casestatus.ProcessingTime) error { return s.Post(ctx, p) },
		Get: func(ctx context.Context, p casestatus.ProcessingTime) (casestatus.ProcessingTime, error) {
			return s.Posted(ctx, p.PostedUnder(), cris.DateOf(last, cris.AgencyZone()))
		},
		Equal:   casestatus.ProcessingTime.Equal,
		Missing: casestatus.ErrNotFound,
		WithID: func(p casestatus.ProcessingTime, id string) casestatus.ProcessingTime {
			formType(&p, id)
			return p
		},
		Texts: []contract.Text[casestatus.ProcessingTime]{
			text("form", func(p *casestatus.ProcessingTime, text string) { p.Form = casestatus.FormNumber(text) }),
			text("form type", formType),
			text("office", func(p *casestatus.ProcessingTime, text string) { p.Office = casestatus.OfficeCode(text) }),
			text("unit", func(p *casestatus.ProcessingTime, text string) { p.Other.Unit = casestatus.Unit(text) }),
			text("note on the form", func(p *casestatus.ProcessingTime, text string) { p.FormNote.English = text }),
			text("note on the form in Spanish", func(p *casestatus.ProcessingTime, text string) { p.FormNote.Spanish = text }),
			text("note", func(p *casestatus.ProcessingTime, text string) { p.Note.English = text }),
			text("note in Spanish", func(p *casestatus.ProcessingTime, text string) { p.Note.Spanish = text }),
		},
	}
}

func wantPosted(ctx context.Context, s casestatus.ProcessingTimes, on cris.Date, want casestatus.ProcessingTime) error {
	got, err := s.Posted(ctx, want.PostedUnder(), on)
	if err != nil {
		return fmt.Errorf("posted on %s: %w", on, err)
	}
	if !got.Equal(want) {
		return fmt.Errorf("on %s the publication differs from what was posted: %s", on, contract.Difference(got, want))
	}
	return nil
}

func wantNonePosted(ctx context.Context, s casestatus.ProcessingTimes, under casestatus.PostedUnder, on cris.Date) error {
	if _, err := s.Posted(ctx, under, on); !errors.Is(err, casestatus.ErrNotFound) {
		return fmt.Errorf("Posted on %s returned the error %w", on, contract.OrNil(err))
	}
	return nil
}

// reads returns ProcessingTime as it would read n days later: with another
// threshold, so that all of a series differ.
func reads(n int) casestatus.ProcessingTime {
	p := NewProcessingTime()
	p.ReadOn = p.ReadOn.AddDays(n)
	p.Threshold.Value = p.Threshold.Value.Add(decimal.NewFromInt(int64(n)))
	return p
}

func nonePosted(ctx context.Context, s casestatus.ProcessingTimes) error {
	p := NewProcessingTime()
	if err := s.Post(ctx); err != nil {
		return fmt.Errorf("posting nothing: %w", err)
	}
	if err := s.Post(ctx, p); err != nil {
		return err
	}
	return errors.Join(
		wantNonePosted(ctx, s, p.PostedUnder(), p.ReadOn.AddDays(-1)),
		wantNonePosted(ctx, s, p.PostedUnder(), cris.Date{}),
	)
}

func postedRoundTrip(ctx context.Context, s casestatus.ProcessingTimes) error {
	full := NewProcessingTime()
	full.Threshold.Value = decimal.RequireFromString("14.5")
	suppressed := casestatus.ProcessingTime{Form: "I-918", Office: "NSC", PublishedOn: full.PublishedOn, ReadOn: full.ReadOn}
	dateOnly := casestatus.ProcessingTime{Form: "I-90", FormType: "1", Office: "NBC", ReadOn: full.ReadOn, InquiryDate: full.InquiryDate}
	asOf := casestatus.ProcessingTime{Form: "I-600A", Office: "NBC", ReadOn: full.ReadOn, AsOf: cris.MustParseDate("2013-03-05")}
	zero := casestatus.ProcessingTime{
		Form: "N-400", Office: "NBC", ReadOn: full.ReadOn,
		Threshold: casestatus.Bound{Value: decimal.Zero, Unit: casestatus.Days},
		Other:     casestatus.Bound{Value: decimal.RequireFromString("10"), Unit: casestatus.Weeks},
	}
	unitless := casestatus.ProcessingTime{
		Form: "N-600", Office: "NBC", ReadOn: full.ReadOn,
		Threshold: casestatus.Bound{Value: decimal.NewFromInt(6)}, Other: casestatus.Bound{Value: decimal.NewFromInt(4)},
	}
	stated := casestatus.ProcessingTime{Form: "I-821D", Office: "NSC", ReadOn: full.ReadOn, StatedDays: 105}
	noted := casestatus.ProcessingTime{
		Form: "I-918", FormType: "918U", Office: "NSC", ReadOn: full.ReadOn,
		FormNote: casestatus.Notes{English: "A note; of the 'form'.", Spanish: "Una nota: el año."},
		Note:     casestatus.Notes{English: strings.Repeat("long ", 1000), Spanish: strings.Repeat("largo ", 1000)},
	}
	all := []casestatus.ProcessingTime{full, suppressed, dateOnly, asOf, zero, unitless, stated, noted}
	if err := s.Post(ctx, all...); err != nil {
		return err
	}
	for _, want := range all {
		if err := wantPosted(ctx, s, want.ReadOn, want); err != nil {
			return err
		}
	}
	return nil
}

func lastRead(ctx context.Context, s casestatus.ProcessingTimes) error {
	first, second := reads(0), reads(10)
	for _, p := range []casestatus.ProcessingTime{first, second} {
		if err := s.Post(ctx, p); err != nil {
			return err
		}
	}
	return errors.Join(
		wantPosted(ctx, s, first.ReadOn, first),
		wantPosted(ctx, s, second.ReadOn.AddDays(-1), first),
		wantPosted(ctx, s, second.ReadOn, second),
		wantPosted(ctx, s, second.ReadOn.AddDays(1000), second),
	)
}

func orderOfReading(ctx context.Context, s casestatus.ProcessingTimes) error {
	late, early := reads(10), reads(0)
	for _, p := range []casestatus.ProcessingTime{late, early} {
		if err := s.Post(ctx, p); err != nil {
			return err
		}
	}
	return errors.Join(wantPosted(ctx, s, late.ReadOn, late), wantPosted(ctx, s, early.ReadOn, early))
}

func sameDay(ctx context.Context, s casestatus.ProcessingTimes) error {
	morning, noon, evening := reads(5), reads(0), reads(9)
	noon.ReadOn, evening.ReadOn = morning.ReadOn, morning.ReadOn
	if err := s.Post(ctx, morning, noon); err != nil {
		return err
	}
	if err := wantPosted(ctx, s, morning.ReadOn, noon); err != nil {
		return err
	}
	if err := s.Post(ctx, evening); err != nil {
		return err
	}
	return wantPosted(ctx, s, morning.ReadOn, evening)
}

func sameDayAgain(ctx context.Context, s casestatus.ProcessingTimes) error {
	morning, noon := reads(5), reads(0)
	noon.ReadOn = morning.ReadOn
	tomorrow := reads(6)
	for _, step := range []struct {
		post []casestatus.ProcessingTime
		want casestatus.ProcessingTime
	}{
		{[]casestatus.ProcessingTime{morning}, morning},
		{[]casestatus.ProcessingTime{tomorrow}, morning},
		{[]casestatus.ProcessingTime{noon}, noon},
		{[]casestatus.ProcessingTime{morning}, morning},
		{[]casestatus.ProcessingTime{morning, noon, morning, noon}, noon},
		{[]casestatus.ProcessingTime{noon, noon, morning}, morning},
	} {
		if err := s.Post(ctx, step.post...); err != nil {
			return err
		}
		if err := wantPosted(ctx, s, morning.ReadOn, step.want); err != nil {
			return err
		}
	}
	return wantPosted(ctx, s, tomorrow.ReadOn, tomorrow)
}

func postedApart(ctx context.Context, s casestatus.ProcessingTimes) error {
	all := []casestatus.ProcessingTime{reads(0), reads(0), reads(0), reads(0), reads(0)}
	all[1].Form = "I-765V"
	all[2].FormType = ""
	all[3].Office = "ESC"
	all[4].FormType = "147-c8"
	for i := range all {
		all[i].Threshold.Value = decimal.NewFromInt(int64(i))
	}
	if err := s.Post(ctx, all...); err != nil {
		return err
	}
	for _, want := range all {
		if err := wantPosted(ctx, s, want.ReadOn, want); err != nil {
			return err
		}
	}
	return wantNonePosted(ctx, s, casestatus.PostedUnder{Form: "I-765", FormType: "147-C8"}, all[0].ReadOn)
}

func postIdempotent(ctx context.Context, s casestatus.ProcessingTimes) error {
	before := reads(0)
	before.Threshold.Value = decimal.RequireFromString("14.5")
	after := before
	after.Note.Spanish = "Otra nota." // which makes another publication of it
	again := before
	again.Threshold.Value = decimal.RequireFromString("14.50")
	for _, batch := range [][]casestatus.ProcessingTime{{before, before}, {again}} {
		if err := s.Post(ctx, batch...); err != nil {
			return err
		}
		if err := wantPosted(ctx, s, before.ReadOn, before); err != nil {
			return err
		}
	}
	for range 2 {
		if err := s.Post(ctx, before, after); err != nil {
			return err
		}
		if err := wantPosted(ctx, s, after.ReadOn, after); err != nil {
			return err
		}
	}
	return nil
}

func postMany(ctx context.Context, s casestatus.ProcessingTimes) error {
	var site []casestatus.ProcessingTime
	for i := range 700 {
		p := reads(0)
		p.FormType = casestatus.FormType(strconv.Itoa(i))
		site = append(site, p)
	}
	if err := s.Post(ctx, site...); err != nil {
		return err
	}
	tomorrow := slices.Clone(site)
	for i := range tomorrow {
		tomorrow[i].ReadOn = tomorrow[i].ReadOn.AddDays(1)
	}
	if err := s.Post(ctx, tomorrow...); err != nil {
		return err
	}
	for i := range site {
		if err := errors.Join(wantPosted(ctx, s, site[i].ReadOn, site[i]), wantPosted(ctx, s, tomorrow[i].ReadOn, tomorrow[i])); err != nil {
			return err
		}
	}
	return nil
}

func postWhole(ctx context.Context, s casestatus.ProcessingTimes) error {
	good, bad, last := reads(0), reads(1), reads(2)
	bad.Note.English = "\xff"
	if err := s.Post(ctx, good, bad, last); err == nil {
		return errors.New("a note that is not UTF-8 was posted")
	}
	return wantNonePosted(ctx, s, last.PostedUnder(), last.ReadOn)
}

func postCancelled(ctx context.Context, s casestatus.ProcessingTimes) error {
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	p := NewProcessingTime()
	if err := s.Post(cancelled, p); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("Post under a canceled context returned the error %w", contract.OrNil(err))
	}
	return wantNonePosted(ctx, s, p.PostedUnder(), p.ReadOn)
}
