package tracking_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

func ingest(t *testing.T, store tracking.Store, name string, content []byte) tracking.Report {
	t.Helper()
	file, err := extract.Open(name, bytes.NewReader(content), nil)
	require.NoError(t, err)
	report, err := tracking.NewIngester(store, nil).Ingest(t.Context(), file)
	require.NoError(t, err)
	return report
}

func TestTR1_ScansOfADailyFileReachTheStore(t *testing.T) {
	day := trackingtest.NewExtractFile(1, 100, trackingtest.Mess{})
	store := memory.New().Scans()
	report := ingest(t, store, "day.txt", day.Content)
	require.Equal(t, tracking.Report{
		Progress: tracking.Progress{
			Name: "day.txt", Records: day.Records, New: day.Records, Done: true,
			Series: tracking.Series{Mailer: "999999999", Day: lastDay(day.Scans), Number: 1},
		},
		Causes: map[string]int{},
	}, report)
	require.Equal(t, day.Records, report.Good())
	require.Zero(t, report.Known())
	require.True(t, report.TotalsAgree())
	scans, err := store.Scans(t.Context(), trackingtest.Number(1))
	require.NoError(t, err)
	require.NotEmpty(t, scans)
}

func lastDay(scans []tracking.Scan) cris.Date {
	return slices.MaxFunc(scans, func(a, b tracking.Scan) int { return a.At.Compare(b.At) }).At.Date()
}

// TR-2: what the store is given holds the four things and no more; that the record had a
// name in it shows nowhere.
func TestTR2_StoreIsGivenNothingElse(t *testing.T) {
	day := trackingtest.NewExtractFile(2, 20, trackingtest.Mess{Damaged: 0.5})
	require.Contains(t, string(day.Content), "JANE Q CUSTOMER")
	spy := &spy{Store: memory.New().Scans()}
	ingest(t, spy, "day.txt", day.Content)
	given := fmt.Sprintf("%+v", spy.given)
	require.Contains(t, given, "SetAside")
	for _, personal := range []string{"JANE", "CUSTOMER", "IOE0912345678", "USCIS"} {
		require.NotContains(t, given, personal)
	}
}

type spy struct {
	tracking.Store
	given []tracking.Batch
}

func (s *spy) Update(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
	return s.Store.Update(ctx, file, func(prior tracking.Progress) (tracking.Batch, error) {
		batch, err := decide(prior)
		s.given = append(s.given, batch)
		return batch, err
	})
}

func TestTR4_DaysFilesInAnyOrderGiveTheSameStatus(t *testing.T) {
	messy := trackingtest.NewExtractFile(3, 50, trackingtest.Mess{Repeated: 0.3, Displaced: 1})
	straight := trackingtest.NewExtractFile(3, 50, trackingtest.Mess{Repeated: 0.3, Displaced: 1})
	require.Equal(t, straight, messy, "the generator is repeatable")
	lines := strings.SplitAfter(string(messy.Content), "\r\n")[1:] // without the header
	var backwards strings.Builder
	for _, line := range slices.Backward(lines) {
		backwards.WriteString(line)
	}
	a, b := memory.New().Scans(), memory.New().Scans()
	ingest(t, a, "forwards.txt", messy.Content)
	ingest(t, b, "backwards.txt", []byte(backwards.String()))
	for n := range 50 {
		left, err := a.Scans(t.Context(), trackingtest.Number(n+1))
		require.NoError(t, err)
		right, err := b.Scans(t.Context(), trackingtest.Number(n+1))
		require.NoError(t, err)
		require.Equal(t, tracking.DecideDelivery(left, cris.Date{}, tracking.Policy{}), tracking.DecideDelivery(right, cris.Date{}, tracking.Policy{}))
	}
}

func TestTR5_IngestSurvivesEveryInterruption(t *testing.T) {
	trackingtest.TestIngest(t, func(*testing.T) tracking.Store { return memory.New().Scans() })
}

func TestTR5_SameContentUnderAnotherNameIsTheSameFile(t *testing.T) {
	day := trackingtest.NewExtractFile(4, 20, trackingtest.Mess{})
	store := memory.New().Scans()
	first := ingest(t, store, "a.txt", day.Content)
	require.Equal(t, first, ingest(t, store, "b.txt", day.Content))
}

func TestTR5_OverlappingFilesBringEachScanOnce(t *testing.T) {
	day := trackingtest.NewExtractFile(5, 20, trackingtest.Mess{})
	lines := strings.SplitAfter(string(day.Content), "\r\n")[1:]
	store := memory.New().Scans()
	first := ingest(t, store, "morning.txt", []byte(strings.Join(lines[:60], "")))
	second := ingest(t, store, "evening.txt", []byte(strings.Join(lines[40:100], "")))
	require.Equal(t, 60, first.New)
	require.Equal(t, 40, second.New)
	require.Equal(t, 20, second.Known())
}

func TestTR5_FileThatIsDoneIsNotReadAgain(t *testing.T) {
	store := memory.New().Scans()
	file := tracking.File{ID: trackingtest.FileID(1), Name: "day.txt", Scans: func(func(tracking.Scan, error) bool) {}}
	in := tracking.NewIngester(store, nil)
	report, err := in.Ingest(t.Context(), file)
	require.NoError(t, err)
	require.True(t, report.Done)
	file.Scans = func(func(tracking.Scan, error) bool) { t.Error("read again") }
	_, err = in.Ingest(t.Context(), file)
	require.NoError(t, err)
}

func TestTR6_DamagedRecordsAreSetAsideAndTheOthersKept(t *testing.T) {
	day := trackingtest.NewExtractFile(6, 100, trackingtest.Mess{Damaged: 0.2})
	store := memory.New().Scans()
	report := ingest(t, store, "day.txt", day.Content)
	require.Equal(t, day.Damaged, report.SetAside)
	require.Equal(t, day.Records-day.Damaged, report.New)
	total := 0
	for _, n := range report.Causes {
		total += n
	}
	require.Equal(t, day.Damaged, total)
	for _, cause := range []string{"the check digit is wrong", "no such day in the calendar", "no such hour", "want a digit or a capital", "no quote before it"} {
		require.Positive(t, report.Causes[cause], cause)
	}

	file, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
	require.NoError(t, err)
	lines, last := strings.Split(string(day.Content), "\r\n"), 1
	for aside, err := range store.SetAsides(t.Context(), file.ID, 0) {
		require.NoError(t, err)
		require.Equal(t, "day.txt", aside.File)
		require.Greater(t, aside.Line, last)
		require.Contains(t, aside.Error(), fmt.Sprintf("day.txt: line %d, byte %d: ", aside.Line, aside.Column))
		require.NotContains(t, aside.Error(), lines[aside.Line-1][1:20])
		last = aside.Line
	}
}

func TestTR6_TotalsThatDisagreeAreReported(t *testing.T) {
	day := trackingtest.NewExtractFile(7, 10, trackingtest.Mess{})
	cut := day.Content[:len(day.Content)-282*3]
	report := ingest(t, memory.New().Scans(), "day.txt", cut)
	require.False(t, report.TotalsAgree())
	require.Equal(t, day.Records, report.Announced)
	require.Equal(t, day.Records-3, report.Records)
	require.Equal(t, day.Records-3, report.New, "the records themselves are good")

	none := bytes.Clone(day.Content)
	copy(none[58:], "000000000") // the header's count
	report = ingest(t, memory.New().Scans(), "day.txt", none)
	require.False(t, report.TotalsAgree(), "a file that announces nothing and holds something")
	require.Zero(t, report.Announced)
}

func TestTR6_RejectedFileLeavesNoTrace(t *testing.T) {
	day := trackingtest.NewExtractFile(8, 10, trackingtest.Mess{})
	content := bytes.Clone(day.Content)
	copy(content[42:], "20130230") // the file date
	file, err := extract.Open("day.txt", bytes.NewReader(content), nil)
	require.NoError(t, err)
	store := memory.New().Scans()
	_, err = tracking.NewIngester(store, nil).Ingest(t.Context(), file)
	var rejected *extract.HeaderError
	require.ErrorAs(t, err, &rejected)
	require.Equal(t, "file date", rejected.Field)
	_, err = store.Progress(t.Context(), file.ID)
	require.ErrorIs(t, err, tracking.ErrNotFound)
}

func TestIngest_ReportsWhatFailed(t *testing.T) {
	broken := errors.New("disk gone")
	empty := func(func(tracking.Scan, error) bool) {}
	for _, test := range []struct {
		name  string
		store tracking.Store
		scans iter.Seq2[tracking.Scan, error]
		want  string
	}{
		{"the file", memory.New().Scans(), func(yield func(tracking.Scan, error) bool) { yield(tracking.Scan{}, broken) }, "tracking: ingest day.txt: disk gone"},
		{"progress", failing{Store: memory.New().Scans(), progress: broken}, empty, "tracking: read progress of day.txt: disk gone"},
		{"saving", failing{Store: memory.New().Scans(), update: broken}, empty, "tracking: ingest day.txt: disk gone"},
		{"what was set aside", failing{Store: memory.New().Scans(), setAsides: broken}, empty, "tracking: read what was set aside of day.txt: disk gone"},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, err := tracking.NewIngester(test.store, nil).Ingest(t.Context(), tracking.File{ID: trackingtest.FileID(1), Name: "day.txt", Scans: test.scans})
			require.EqualError(t, err, test.want)
			require.ErrorIs(t, err, broken)
			require.Zero(t, report)
		})
	}
}

// failing is a store of which a method fails.
type failing struct {
	tracking.Store
	progress, update, setAsides error
}

func (f failing) Progress(ctx context.Context, file tracking.FileID) (tracking.Progress, error) {
	if f.progress != nil {
		return tracking.Progress{}, f.progress
	}
	return f.Store.Progress(ctx, file)
}

func (f failing) Update(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
	if f.update != nil {
		return f.update
	}
	return f.Store.Update(ctx, file, decide)
}

func (f failing) SetAsides(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
	if f.setAsides != nil {
		return func(yield func(tracking.SetAside, error) bool) { yield(tracking.SetAside{}, f.setAsides) }
	}
	return f.Store.SetAsides(ctx, file, afterLine)
}

// A store that forgets progress must not make the ingester leave records out.
func TestIngest_NoticesLostProgress(t *testing.T) {
	day := trackingtest.NewExtractFile(9, 30, trackingtest.Mess{})
	file, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
	require.NoError(t, err)
	in := tracking.NewIngester(&forgetful{memory.New().Scans()}, &tracking.IngesterOptions{BatchSize: 10})
	_, err = in.Ingest(t.Context(), file)
	require.EqualError(t, err, "tracking: ingest day.txt: the store has lost progress: 0 records, want at least 10")
}

// A file that holds less than was saved of it is not the same file, and not done.
func TestTR5_FileThatLostRecordsIsNotDone(t *testing.T) {
	day := trackingtest.NewExtractFile(10, 30, trackingtest.Mess{})
	store := memory.New().Scans()
	in := tracking.NewIngester(store, &tracking.IngesterOptions{BatchSize: 10})
	broken := errors.New("line dropped")
	some := func(n int, then error) iter.Seq2[tracking.Scan, error] {
		return func(yield func(tracking.Scan, error) bool) {
			for _, scan := range day.Scans[:n] {
				if !yield(scan, nil) {
					return
				}
			}
			if then != nil {
				yield(tracking.Scan{}, then)
			}
		}
	}
	file := tracking.File{ID: trackingtest.FileID(1), Name: "day.txt", Scans: some(25, broken)}
	_, err := in.Ingest(t.Context(), file)
	require.ErrorIs(t, err, broken)
	file.Scans = some(19, nil)
	_, err = in.Ingest(t.Context(), file)
	require.EqualError(t, err, "tracking: ingest day.txt: the file has lost records: 19, want at least the 25 that were saved")
	progress, err := store.Progress(t.Context(), file.ID)
	require.NoError(t, err)
	require.False(t, progress.Done)
	file.Scans = some(len(day.Scans), nil)
	report, err := in.Ingest(t.Context(), file)
	require.NoError(t, err)
	require.Equal(t, day.Records, report.Records)
}

// What was read before a file ended with an error is saved, and not a whole batch of it lost.
func TestTR6_WhatCameBeforeTheEndStays(t *testing.T) {
	day := trackingtest.NewExtractFile(12, 30, trackingtest.Mess{})
	content := append(bytes.Clone(day.Content), bytes.Repeat([]byte("rubbish\n"), 11)...)
	store := memory.New().Scans()
	for range 2 { // reading it again ends the same way
		file, err := extract.Open("day.txt", bytes.NewReader(content), &extract.Options{MaxDamaged: 10})
		require.NoError(t, err)
		_, err = tracking.NewIngester(store, nil).Ingest(t.Context(), file)
		var tooDamaged *extract.TooDamagedError
		require.ErrorAs(t, err, &tooDamaged)
		progress, err := store.Progress(t.Context(), file.ID)
		require.NoError(t, err)
		require.Equal(t, tracking.Progress{Name: "day.txt", Records: day.Records + 10, New: day.Records, SetAside: 10}, progress)
	}
	broken := errors.New("disk gone")
	failing := failing{Store: memory.New().Scans(), update: broken}
	file, err := extract.Open("day.txt", bytes.NewReader(content), &extract.Options{MaxDamaged: 10})
	require.NoError(t, err)
	_, err = tracking.NewIngester(failing, nil).Ingest(t.Context(), file)
	require.ErrorIs(t, err, broken)
	require.ErrorContains(t, err, "damaged", "both errors come back")
}

// One worker gets less of the file than the other has saved: it is not done.
func TestTR5_FileThatLostRecordsForOneOfTwoIsNotDone(t *testing.T) {
	day := trackingtest.NewExtractFile(10, 30, trackingtest.Mess{})
	store := memory.New().Scans()
	in := tracking.NewIngester(store, &tracking.IngesterOptions{BatchSize: 10})
	first := func(n int, then func() error) iter.Seq2[tracking.Scan, error] {
		return func(yield func(tracking.Scan, error) bool) {
			for _, scan := range day.Scans[:n] {
				if !yield(scan, nil) {
					return
				}
			}
			if err := then(); err != nil {
				yield(tracking.Scan{}, err)
			}
		}
	}
	broken := errors.New("line dropped")
	other := tracking.File{ID: trackingtest.FileID(1), Name: "day.txt", Scans: first(25, func() error { return broken })}
	file := tracking.File{ID: other.ID, Name: other.Name, Scans: first(15, func() error {
		_, err := in.Ingest(t.Context(), other)
		require.ErrorIs(t, err, broken)
		return nil
	})}
	_, err := in.Ingest(t.Context(), file)
	require.EqualError(t, err, "tracking: ingest day.txt: the file has lost records: 15, want at least the 25 that were saved")
	progress, err := store.Progress(t.Context(), file.ID)
	require.NoError(t, err)
	require.False(t, progress.Done)
}

func TestIngest_RefusesAFileThatIsNone(t *testing.T) {
	in := tracking.NewIngester(memory.New().Scans(), nil)
	for _, file := range []tracking.File{
		{Name: "day.txt", Scans: func(func(tracking.Scan, error) bool) {}},
		{Name: "day.txt", ID: trackingtest.FileID(1)},
	} {
		_, err := in.Ingest(t.Context(), file)
		require.EqualError(t, err, "tracking: ingest day.txt: a file without an ID or without scans")
	}
}

func TestIngest_StopsWhenItIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	read := 0
	endless := func(yield func(tracking.Scan, error) bool) {
		for yield(trackingtest.Scan(trackingtest.Number(1), "10", "2013-08-15T09:52"), nil) {
			if read++; read == 10 {
				cancel()
			}
		}
	}
	in := tracking.NewIngester(memory.New().Scans(), &tracking.IngesterOptions{BatchSize: 1 << 30})
	_, err := in.Ingest(ctx, tracking.File{ID: trackingtest.FileID(1), Name: "endless", Scans: endless})
	require.ErrorIs(t, err, context.Canceled)
	require.LessOrEqual(t, read, 1000)
}

// A name may be any bytes, and a database takes only text.
func TestIngest_NameIsKeptAsText(t *testing.T) {
	day := trackingtest.NewExtractFile(11, 10, trackingtest.Mess{Damaged: 0.5})
	db := memory.New()
	file, err := extract.Open("Extrait_\xe9t\xe9\x00.txt", bytes.NewReader(day.Content), nil)
	require.NoError(t, err)
	report, err := tracking.NewIngester(db.Scans(), &tracking.IngesterOptions{Quarantine: db.Quarantine()}).Ingest(t.Context(), file)
	require.NoError(t, err)
	const want = "Extrait_\uFFFDt\uFFFD\uFFFD.txt"
	require.Equal(t, want, report.Name)
	for aside, err := range db.Scans().SetAsides(t.Context(), file.ID, 0) {
		require.NoError(t, err)
		require.Equal(t, want, aside.File)
	}
	for record, err := range db.Quarantine().Kept(t.Context(), file.ID, 0) {
		require.NoError(t, err)
		require.Equal(t, want, record.File, "also where the reader does not know the name")
	}
}

type forgetful struct{ tracking.Store }

func (s *forgetful) Update(ctx context.Context, file tracking.FileID, decide func(tracking.Progress) (tracking.Batch, error)) error {
	return s.Store.Update(ctx, file, func(tracking.Progress) (tracking.Batch, error) { return decide(tracking.Progress{}) })
}
