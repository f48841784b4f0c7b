package tracking

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/seed28e20331/cris/internal/ambient"
)

// File is one file of scans on its way into a store. ID and Scans must be there.
type File struct {
	ID   FileID
	Name string // for reports; bytes that are no text are replaced
	// Scans yields, record by record, a scan, or a *SetAside for a damaged record, and
	// after the last record a *TotalsError if the file's own totals disagree. Any other
	// error ends the file. Reading it again must yield the same.
	Scans iter.Seq2[Scan, error]
	// Bytes tells how much of the file was read, while Scans yields; nil if nothing does.
	Bytes func() int64
	// Summary tells what the file held, after Scans has ended; nil if nothing does. An
	// Ingester takes the Series from it.
	Summary func() Summary
}

// Report tells what has become of a file. It covers all readings of the file, so that
// it is the same whether or not a reading was broken off in between.
type Report struct {
	Progress
	Causes map[string]int // how many records were set aside, by SetAside.Cause
}

// TotalsAgree reports whether the file holds as many records as it announces; true
// where it announces none.
func (r Report) TotalsAgree() bool { return !r.Disagrees }

// IngesterOptions are what an Ingester takes from its surroundings. The zero value of
// each field means its default.
type IngesterOptions struct {
	BatchSize int // records that are saved together; 2,000
	// Quarantine gets the damaged records; nil if they are not to be kept.
	Quarantine Quarantine
	// OnProgress is told after every batch how the file comes on, by the goroutine that
	// called Ingest; nil for nobody. It must return soon.
	OnProgress func(Pace)
	Now        func() time.Time // the wall clock; for Pace alone
}

// Pace is how the reading of one file comes on.
type Pace struct {
	File    string  // its name
	Records int     // read and saved, of the whole file; those of an earlier reading included
	Bytes   int64   // read; 0 if the File does not tell
	Rate    float64 // records a second since this reading began; 0 where no time has passed
	Done    bool    // the whole file is saved
}

// Ingester reads files of scans into a store. It is safe for concurrent use if its
// store is, also on one file.
type Ingester struct {
	store      Store
	batchSize  int
	quarantine Quarantine
	onProgress func(Pace)
	now        func() time.Time
}

const defaultBatchSize = 2000

// NewIngester returns an ingester over the store. Nil options mean defaults.
func NewIngester(store Store, opts *IngesterOptions) *Ingester {
	if opts == nil {
		opts = &IngesterOptions{}
	}
	in := &Ingester{
		store: store, batchSize: defaultBatchSize, quarantine: opts.Quarantine, onProgress: opts.OnProgress, now: ambient.Clock(opts.Now),
	}
	if opts.BatchSize > 0 {
		in.batchSize = opts.BatchSize
	}
	return in
}

// Ingest reads the file from where it was left, and saves it batch by batch, each
// together with the progress it makes (TR-5). Whatever interrupts it, calling it again
// loses nothing and doubles nothing; a file that is done is not read again. Two calls
// on one file at once do what one call does.
//
// Damaged records are set aside, and the good ones around them are saved (TR-6); they
// are no error. An error means that the file could not be read to its end or that the
// store failed, and the report is then empty; what was read of the file before is saved. An error that matches cris.ErrConflict tells
// that others were writing: Ingest may be called again.
func (in *Ingester) Ingest(ctx context.Context, file File) (Report, error) {
	file.Name = plainText(file.Name)
	if file.ID.IsZero() || file.Scans == nil {
		return Report{}, fmt.Errorf("tracking: ingest %s: a file without an ID or without scans", file.Name)
	}
	prior, err := in.store.Progress(ctx, file.ID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Report{}, fmt.Errorf("tracking: read progress of %s: %w", file.Name, err)
	}
	if !prior.Done {
		if err := in.read(ctx, file, prior.Records); err != nil {
			return Report{}, fmt.Errorf("tracking: ingest %s: %w", file.Name, err)
		}
	}
	return in.report(ctx, file)
}

// plainText returns a name that every store can keep: file names may be any bytes.
func plainText(name string) string {
	const replacement = "\uFFFD"
	return strings.ReplaceAll(strings.ToValidUTF8(name, replacement), "\x00", replacement)
}

// recordsBetweenChecks is after how many records it is looked whether the context was
// cancelled: batches may be large, and a part that was saved already is read in none.
const recordsBetweenChecks = 1000

// read saves the records of the file from the given one on, counted from 0.
func (in *Ingester) read(ctx context.Context, file File, from int) error {
	next := batch{from: from}
	at, started := 0, in.now()
	for scan, err := range file.Scans {
		var damaged *SetAside
		var totals *TotalsError
		switch {
		case errors.As(err, &totals):
			next.totals = totals
			continue
		case err != nil && !errors.As(err, &damaged):
			return in.keep(ctx, file, next, err)
		}
		if at++; at%recordsBetweenChecks == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if at <= from {
			continue
		}
		next.add(scan, damaged)
		if record, is := errors.AsType[*DamagedRecord](err); is {
			kept := *record
			kept.File = file.Name
			next.kept = append(next.kept, kept)
		}
		if len(next.records) < in.batchSize {
			continue
		}
		if err := in.save(ctx, file, next); err != nil {
			return err
		}
		in.tell(file, at, at-from, started, false)
		next = batch{from: at, records: next.records[:0]}
	}
	if at < from {
		return fmt.Errorf("the file has lost records: %d, want at least the %d that were saved", at, from)
	}
	next.last = true
	if file.Summary != nil {
		next.series = file.Summary().Series
	}
	if err := in.save(ctx, file, next); err != nil {
		return err
	}
	in.tell(file, at, at-from, started, true)
	return nil
}

// keep saves what was read before the file ended with an error, and returns the error.
func (in *Ingester) keep(ctx context.Context, file File, read batch, ended error) error {
	if len(read.records) == 0 {
		return ended
	}
	return errors.Join(ended, in.save(ctx, file, read))
}

func (in *Ingester) tell(file File, records, read int, started time.Time, done bool) {
	if in.onProgress == nil {
		return
	}
	pace := Pace{File: file.Name, Records: records, Done: done}
	if file.Bytes != nil {
		pace.Bytes = file.Bytes()
	}
	if passed := in.now().Sub(started).Seconds(); passed > 0 {
		pace.Rate = float64(read) / passed
	}
	in.onProgress(pace)
}

// batch is a run of records of one file.
type batch struct {
	from    int // records of the file before it
	records []record
	kept    []DamagedRecord // for the quarantine
	last    bool
	series  Series       // of the file, with the last batch
	totals  *TotalsError // if the file's own totals disagree
}

// record is what became of one record: a scan, or damage.
type record struct {
	scan    Scan
	damaged *SetAside
}

func (b *batch) add(scan Scan, damaged *SetAside) {
	b.records = append(b.records, record{scan, damaged})
}

// keepDamaged hands the damaged records to the quarantine, before they are counted: a
// crash in between hands them over again, which changes nothing (TR-5).
func (in *Ingester) keepDamaged(ctx context.Context, file File, damaged []DamagedRecord) error {
	if in.quarantine == nil || len(damaged) == 0 {
		return nil
	}
	return in.quarantine.Keep(ctx, file.ID, damaged)
}

// save saves what another worker on the same file has not saved yet.
func (in *Ingester) save(ctx context.Context, file File, b batch) error {
	if err := in.keepDamaged(ctx, file, b.kept); err != nil {
		return err
	}
	return in.store.Update(ctx, file.ID, func(prior Progress) (Batch, error) {
		// TR-5: the records up to prior.Records are in the store; they are not saved again.
		done := min(max(prior.Records-b.from, 0), len(b.records))
		change := Batch{Progress: prior}
		if prior.Records < b.from {
			return Batch{}, fmt.Errorf("the store has lost progress: %d records, want at least %d", prior.Records, b.from)
		}
		if end := b.from + len(b.records); b.last && end < prior.Records {
			return Batch{}, fmt.Errorf("the file has lost records: %d, want at least the %d that were saved", end, prior.Records)
		}
		for _, r := range b.records[done:] {
			change.Progress.Records++
			if r.damaged == nil {
				change.Scans = append(change.Scans, r.scan)
				continue
			}
			// TR-6: set aside, with file, line and cause.
			change.Progress.SetAside++
			aside := *r.damaged
			aside.File = file.Name
			change.SetAside = append(change.SetAside, aside)
		}
		if prior.Name == "" {
			change.Progress.Name = file.Name
		}
		if b.last {
			change.Progress.Done, change.Progress.Series = true, b.series
		}
		if b.totals != nil {
			change.Progress.Disagrees, change.Progress.Announced = true, b.totals.Announced
		}
		return change, nil
	})
}

func (in *Ingester) report(ctx context.Context, file File) (Report, error) {
	progress, err := in.store.Progress(ctx, file.ID)
	if err != nil {
		return Report{}, fmt.Errorf("tracking: read progress of %s: %w", file.Name, err)
	}
	report := Report{Progress: progress, Causes: map[string]int{}}
	for aside, err := range in.store.SetAsides(ctx, file.ID, 0) {
		if err != nil {
			return Report{}, fmt.Errorf("tracking: read what was set aside of %s: %w", file.Name, err)
		}
		report.Causes[aside.Cause]++
	}
	return report, nil
}
