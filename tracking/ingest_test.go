package tracking_test

import (
	"bytes"
	"context"
	"crypto/sha256"
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

func ingest(t *testing.T, store tracking.Store, name string, text []byte) tracking.File {
	t.Helper()
	content, err := extract.Open(name, bytes.NewReader(text), nil)
	require.NoError(t, err)
	file, err := tracking.NewIngester(store, nil).Ingest(t.Context(), content)
	require.NoError(t, err)
	return file
}

// records yields good records of the scans, and then the error if there is one.
func records(scans []tracking.Scan, then error) iter.Seq2[tracking.Record, error] {
	return func(yield func(tracking.Record, error) bool) {
		for i, scan := range scans {
			if !yield(tracking.Record{Line: i + 1, Scan: scan}, nil) {
				return
			}
		}
		if then != nil {
			yield(tracking.Record{}, then)
		}
	}
}

func damageOf(t *testing.T, store tracking.Store, id tracking.FileID) (all []tracking.Damage) {
	t.Helper()
	for damage, err := range store.Damage(t.Context(), id, cris.Page[int]{}) {
		require.NoError(t, err)
		all = append(all, damage)
	}
	return all
}

func TestTR1_ScansOfADailyFileReachTheStore(t *testing.T) {
	day := trackingtest.NewExtractFile(1, 100, trackingtest.Mess{})
	store := memory.New().Scans()
	file := ingest(t, store, "day.txt", day.Content)
	byTime := func(a, b tracking.Scan) int { return a.At.Compare(b.At) }
	first, last := slices.MinFunc(day.Scans, byTime), slices.MaxFunc(day.Scans, byTime)
	require.Equal(t, tracking.File{
		ID: sha256.Sum256(day.Content), Name: "day.txt",
		Series:    tracking.Series{Mailer: "999999999", Day: last.At.Date(), Number: 1},
		Announces: true, Announced: day.Records, Records: day.Records, New: day.Records, Done: true,
		First: first.At, Last: last.At,
	}, file)
	known, err := store.File(t.Context(), file.ID)
	require.NoError(t, err)
	require.Equal(t, file, known)
	scans, err := store.Scans(t.Context(), trackingtest.Number(1))
	require.NoError(t, err)
	require.NotEmpty(t, scans)
}

// TR-2: what the store is given holds the four things and no more; that the record had a
// name in it shows nowhere.
func TestTR2_StoreIsGivenNothingElse(t *testing.T) {
	day := trackingtest.NewExtractFile(2, 20, trackingtest.Mess{Damaged: 0.5})
	require.Contains(t, string(day.Content), "JANE Q CUSTOMER")
	spy := &spy{Store: memory.New().Scans()}
	ingest(t, spy, "day.txt", day.Content)
	given := fmt.Sprintf("%+v", spy.given)
	require.Contains(t, given, "Damage")
	for _, personal := range []string{"JANE", "CUSTOMER", "IOE0912345678", "USCIS"} {
		require.NotContains(t, given, personal)
	}
}

type spy struct {
	tracking.Store
	given []tracking.Batch
}

func (s *spy) Update(ctx context.Context, file tracking.FileID, decide func(tracking.File) (tracking.Batch, error)) error {
	return s.Store.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
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
	content := tracking.Content{ID: trackingtest.FileID(1), Name: "day.txt", Records: records(nil, nil)}
	in := tracking.NewIngester(store, nil)
	first, err := in.Ingest(t.Context(), content)
	require.NoError(t, err)
	require.Equal(t, tracking.File{ID: content.ID, Name: "day.txt", Done: true}, first)
	content.Records = func(func(tracking.Record, error) bool) { t.Error("read again") }
	again, err := in.Ingest(t.Context(), content)
	require.NoError(t, err)
	require.Equal(t, first, again)
}

func TestTR6_DamagedRecordsAreSetAsideAndTheOthersKept(t *testing.T) {
	day := trackingtest.NewExtractFile(6, 100, trackingtest.Mess{Damaged: 0.2})
	store := memory.New().Scans()
	file := ingest(t, store, "day.txt", day.Content)
	require.Equal(t, "day.txt", file.Name)
	require.Equal(t, day.Damaged, file.Damaged)
	require.Equal(t, day.Records-day.Damaged, file.Good())
	require.Equal(t, day.Records-day.Damaged, file.New)

	lines, last := strings.Split(string(day.Content), "\r\n"), 1
	damage := damageOf(t, store, file.ID)
	require.Len(t, damage, day.Damaged)
	for _, d := range damage {
		require.Greater(t, d.Line, last)
		require.Contains(t, d.String(), fmt.Sprintf("line %d, byte %d: ", d.Line, d.Column))
		require.NotContains(t, d.String(), lines[d.Line-1][1:20])
		require.Empty(t, d.Kept, "no text, unless somebody asks for it")
		last = d.Line
	}

	causes, err := tracking.CountCauses(store.Damage(t.Context(), file.ID, cris.Page[int]{}))
	require.NoError(t, err)
	total := 0
	for _, n := range causes {
		total += n
	}
	require.Equal(t, day.Damaged, total)
	for _, cause := range []tracking.Cause{tracking.WrongCheckDigit, tracking.NoSuchDay, tracking.NoSuchTime, tracking.WrongCharacter, tracking.WrongSeparator} {
		require.Positive(t, causes[cause], cause)
	}
	broken := errors.New("disk gone")
	_, err = tracking.CountCauses(func(yield func(tracking.Damage, error) bool) { yield(tracking.Damage{}, broken) })
	require.EqualError(t, err, "tracking: list damage: disk gone")
	require.ErrorIs(t, err, broken)
}

func TestTR6_TotalsThatDisagreeAreReported(t *testing.T) {
	day := trackingtest.NewExtractFile(7, 10, trackingtest.Mess{})
	cut := day.Content[:len(day.Content)-282*3]
	file := ingest(t, memory.New().Scans(), "day.txt", cut)
	require.False(t, file.TotalsAgree())
	require.Equal(t, day.Records, file.Announced)
	require.Equal(t, day.Records-3, file.Records)
	require.Equal(t, day.Records-3, file.New, "the records themselves are good")

	none := bytes.Clone(day.Content)
	copy(none[58:], "000000000") // the header's count
	file = ingest(t, memory.New().Scans(), "day.txt", none)
	require.False(t, file.TotalsAgree(), "a file that announces nothing and holds something")
	require.Zero(t, file.Announced)
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
	_, err = store.File(t.Context(), file.ID)
	require.ErrorIs(t, err, tracking.ErrNotFound)
}

func TestIngest_ReportsWhatFailed(t *testing.T) {
	broken := errors.New("disk gone")
	empty := records(nil, nil)
	for _, test := range []struct {
		name  string
		store tracking.Store
		read  iter.Seq2[tracking.Record, error]
	}{
		{"the file", memory.New().Scans(), records(nil, broken)},
		{"looking for what is known", &failing{Store: memory.New().Scans(), file: []error{broken}}, empty},
		{"saving", &failing{Store: memory.New().Scans(), update: broken}, empty},
		{"looking for what came of it", &failing{Store: memory.New().Scans(), file: []error{nil, broken}}, empty},
	} {
		t.Run(test.name, func(t *testing.T) {
			file, err := tracking.NewIngester(test.store, nil).Ingest(t.Context(), tracking.Content{ID: trackingtest.FileID(1), Name: "day.txt", Records: test.read})
			require.EqualError(t, err, "tracking: ingest day.txt: disk gone")
			require.ErrorIs(t, err, broken)
			require.Zero(t, file)
		})
	}
}

// failing is a store of which a method fails.
type failing struct {
	tracking.Store
	file   []error // of each call
	update error
}

func (f *failing) File(ctx context.Context, id tracking.FileID) (tracking.File, error) {
	if len(f.file) > 0 {
		failed := f.file[0]
		if f.file = f.file[1:]; failed != nil {
			return tracking.File{}, failed
		}
	}
	return f.Store.File(ctx, id)
}

func (f *failing) Update(ctx context.Context, file tracking.FileID, decide func(tracking.File) (tracking.Batch, error)) error {
	if f.update != nil {
		return f.update
	}
	return f.Store.Update(ctx, file, decide)
}

// A store that forgets how far a file was read must not make the ingester leave records out.
func TestTR5_StoreThatLostRecordsIsNoticed(t *testing.T) {
	day := trackingtest.NewExtractFile(9, 30, trackingtest.Mess{})
	file, err := extract.Open("day.txt", bytes.NewReader(day.Content), nil)
	require.NoError(t, err)
	in := tracking.NewIngester(&forgetful{memory.New().Scans()}, &tracking.IngesterOptions{BatchSize: 10})
	_, err = in.Ingest(t.Context(), file)
	require.EqualError(t, err, "tracking: ingest day.txt: the store has lost records: 0, want at least 10")
}

// A file that holds less than was saved of it is not the same file, and not done.
func TestTR5_FileThatLostRecordsIsNotDone(t *testing.T) {
	day := trackingtest.NewExtractFile(10, 30, trackingtest.Mess{})
	store := memory.New().Scans()
	in := tracking.NewIngester(store, &tracking.IngesterOptions{BatchSize: 10})
	broken := errors.New("line dropped")
	content := tracking.Content{ID: trackingtest.FileID(1), Name: "day.txt", Records: records(day.Scans[:25], broken)}
	_, err := in.Ingest(t.Context(), content)
	require.ErrorIs(t, err, broken)
	content.Records = records(day.Scans[:24], nil)
	_, err = in.Ingest(t.Context(), content)
	require.EqualError(t, err, "tracking: ingest day.txt: the file has lost records: 24, want at least the 25 that were saved")
	file, err := store.File(t.Context(), content.ID)
	require.NoError(t, err)
	require.False(t, file.Done)
	content.Records = records(day.Scans[:25], nil)
	file, err = in.Ingest(t.Context(), content)
	require.NoError(t, err)
	require.Equal(t, 25, file.Records)
	require.True(t, file.Done, "what was saved is all there is")
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
		known, err := store.File(t.Context(), file.ID)
		require.NoError(t, err)
		require.Equal(t, day.Series, known.Series)
		require.Equal(t, day.Records+10, known.Records)
		require.Equal(t, day.Records, known.New)
		require.Equal(t, 10, known.Damaged)
		require.False(t, known.Done)
	}
	broken := errors.New("disk gone")
	failing := &failing{Store: memory.New().Scans(), update: broken}
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
	broken := errors.New("line dropped")
	other := tracking.Content{ID: trackingtest.FileID(1), Name: "day.txt", Records: records(day.Scans[:25], broken)}
	content := tracking.Content{ID: other.ID, Name: other.Name, Records: func(yield func(tracking.Record, error) bool) {
		records(day.Scans[:15], nil)(yield)
		_, err := in.Ingest(t.Context(), other)
		require.ErrorIs(t, err, broken)
	}}
	_, err := in.Ingest(t.Context(), content)
	require.EqualError(t, err, "tracking: ingest day.txt: the file has lost records: 15, want at least the 25 that were saved")
	file, err := store.File(t.Context(), content.ID)
	require.NoError(t, err)
	require.False(t, file.Done)
}

func TestIngest_RefusesAFileThatIsNone(t *testing.T) {
	in := tracking.NewIngester(memory.New().Scans(), nil)
	for _, content := range []tracking.Content{
		{Name: "day.txt", Records: records(nil, nil)},
		{Name: "day.txt", ID: trackingtest.FileID(1)},
	} {
		_, err := in.Ingest(t.Context(), content)
		require.EqualError(t, err, "tracking: ingest day.txt: a file without an ID or without records")
	}
}

func TestIngest_StopsWhenItIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	read := 0
	endless := func(yield func(tracking.Record, error) bool) {
		for yield(tracking.Record{Scan: trackingtest.NewScan(trackingtest.Number(1), "10", "2013-08-15T09:52")}, nil) {
			if read++; read == 10 {
				cancel()
			}
		}
	}
	in := tracking.NewIngester(memory.New().Scans(), &tracking.IngesterOptions{BatchSize: 1 << 30})
	_, err := in.Ingest(ctx, tracking.Content{ID: trackingtest.FileID(1), Name: "endless", Records: endless})
	require.ErrorIs(t, err, context.Canceled)
	require.LessOrEqual(t, read, 1000)
}

// A name may be any bytes, and a database takes only text.
func TestIngest_NameIsKeptAsText(t *testing.T) {
	day := trackingtest.NewExtractFile(11, 10, trackingtest.Mess{Damaged: 0.5})
	file := ingest(t, memory.New().Scans(), "Extrait_\xe9t\xe9\x00.txt", day.Content)
	require.Equal(t, "Extrait_\uFFFDt\uFFFD\uFFFD.txt", file.Name)
}

type forgetful struct{ tracking.Store }

func (s *forgetful) Update(ctx context.Context, file tracking.FileID, decide func(tracking.File) (tracking.Batch, error)) error {
	return s.Store.Update(ctx, file, func(tracking.File) (tracking.Batch, error) { return decide(tracking.File{}) })
}
